extension CVResults: CustomStringConvertible {
    /// The table with aligned columns: parameters, mean, standard deviation and rank by every scorer, seconds.
    public var description: String {
        aligned(parameterColumns + scorers.flatMap { scoreColumns(of: $0, withSplits: false) } + timeColumns)
    }

    /// The table as CSV with a header, all digits, and the score of every split too.
    public var csv: String {
        let columns = (parameterColumns + scorers.flatMap { scoreColumns(of: $0, withSplits: true) } + timeColumns)
            .map { [$0.header] + $0.cells.map(\.exact) }
        return (0...params.count).map { row in
            columns.map { $0[row].quotedForCSV }.joined(separator: ",") + "\n"
        }.joined()
    }

    private var parameterColumns: [TextColumn] {
        let names = params.reduce(into: [String]()) { names, set in
            for name in set.names where !names.contains(name) { names.append(name) }
        }
        let rounds = [TextColumn("iteration", counts: iterations), TextColumn("nResources", counts: nResources)]
        return rounds.filter { !$0.cells.isEmpty }
            + names.map { name in
                TextColumn(header: name, isNumeric: false, cells: params.map { $0.cell(name) })
            }
    }

    private func scoreColumns(of scorer: String, withSplits: Bool) -> [TextColumn] {
        let name = scorers.count == 1 ? "Score" : scorer.prefix(1).uppercased() + scorer.dropFirst()
        func columns(_ scores: Scores, _ side: String, ranked: Bool) -> [TextColumn] {
            let splits = withSplits ? (scores.splitScores.first ?? []).indices : 0..<0
            func ofSplit(_ split: Int) -> [Double] { scores.splitScores.map { $0[split] } }
            return [TextColumn("mean\(side)\(name)", scores.mean), TextColumn("std\(side)\(name)", scores.std)]
                + (ranked ? [TextColumn("rank\(side)\(name)", counts: scores.rank)] : [])
                + splits.map { TextColumn("split\($0)\(side)\(name)", ofSplit($0)) }
        }
        return (testScores[scorer].map { columns($0, "Test", ranked: true) } ?? [])
            + (trainScores[scorer].map { columns($0, "Train", ranked: false) } ?? [])
    }

    private var timeColumns: [TextColumn] {
        [TextColumn("meanFitTime", seconds: meanFitTime), TextColumn("meanScoreTime", seconds: meanScoreTime)]
    }
}
