extension Collection<String> {
    /// The names in quotation marks, each with the known one that it may be meant to be.
    func described(among known: [String]) -> String {
        var texts = prefix(20).map { name in
            "\"\(name)\"" + (name.mostSimilar(of: known).map { " (did you mean \"\($0)\"?)" } ?? "")
        }
        if count > texts.count { texts.append("…") }
        return texts.joined(separator: ", ")
    }
}

extension String {
    /// The one of the names that a slip of the hand may have turned into this; nil where none is near.
    func mostSimilar(of names: [String]) -> String? {
        let letters = Array(lowercased().prefix(64))
        func distance(_ name: String) -> Int {
            let other = Array(name.lowercased().prefix(64))
            var row = Array(0...other.count)
            for (index, letter) in letters.enumerated() {
                var diagonal = row[0]
                row[0] = index + 1
                for (place, otherLetter) in other.enumerated() {
                    let exchanged = diagonal + (letter == otherLetter ? 0 : 1)
                    diagonal = row[place + 1]
                    row[place + 1] = Swift.min(exchanged, row[place] + 1, diagonal + 1)
                }
            }
            return row[other.count]
        }
        let nearest = names.prefix(1000).map { (name: $0, distance: distance($0)) }.min { $0.distance < $1.distance }
        guard let nearest, nearest.distance <= letters.count / 3 else { return nil }
        return nearest.name
    }
}
