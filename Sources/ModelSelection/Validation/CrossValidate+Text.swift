extension CrossValidationResult: CustomStringConvertible {
    /// A table with aligned columns: the scores of every split and the seconds that it took, and below them the means.
    public var description: String {
        let splits = fitTime.indices.map { TextColumn.Cell.count($0) }
        let scores = testScores.keys.sorted().flatMap { scorer in
            let name = testScores.count == 1 ? "Score" : scorer.prefix(1).uppercased() + scorer.dropFirst()
            return [column("test\(name)", testScores[scorer]), column("train\(name)", trainScores[scorer])]
        }
        let times = [("fitTime", fitTime), ("scoreTime", scoreTime)].map { name, seconds in
            TextColumn(name, seconds: seconds + [mean(of: seconds)])
        }
        let first = TextColumn(header: "split", isNumeric: true, cells: splits + [.text("mean")])
        return aligned([first] + scores.compactMap { $0 } + times)
    }

    /// The numbers and their mean; nil where there are none.
    private func column(_ header: String, _ numbers: [Double]?) -> TextColumn? {
        numbers.map { TextColumn(header, $0 + [$0.reduce(0, +) / Double($0.count)]) }
    }
}
