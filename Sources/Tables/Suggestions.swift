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
    package func mostSimilar(of names: [String]) -> String? {
        let letters = Array(lowercased().prefix(64))
        // Letters that were changed, left out, added, or exchanged with a neighbor.
        func distance(_ name: String) -> Int {
            let other = Array(name.lowercased().prefix(64))
            var (before, row) = ([Int](), Array(0...other.count))
            for (index, letter) in letters.enumerated() {
                var next = [index + 1]
                for (place, otherLetter) in other.enumerated() {
                    var least = Swift.min(
                        row[place] + (letter == otherLetter ? 0 : 1), row[place + 1] + 1, next[place] + 1)
                    if index > 0, place > 0, letter == other[place - 1], letters[index - 1] == otherLetter {
                        least = Swift.min(least, before[place - 1] + 1)
                    }
                    next.append(least)
                }
                (before, row) = (row, next)
            }
            return row[other.count]
        }
        let nearest = names.prefix(1000).map { (name: $0, distance: distance($0)) }.min { $0.distance < $1.distance }
        guard let nearest, nearest.distance <= letters.count / 3 else { return nil }
        return nearest.name
    }
}
