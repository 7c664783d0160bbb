extension String {
    /// The one of the names that a slip of the hand may have turned into this; nil where none is near.
    public func mostSimilar(of names: [String]) -> String? {
        let letters = Array(lowercased().prefix(64))
        func distance(to name: String) -> Int {
            let other = Array(name.lowercased().prefix(64))
            var row = Array(0...other.count)
            for (index, letter) in letters.enumerated() {
                var diagonal = row[0]
                row[0] = index + 1
                for (place, otherLetter) in other.enumerated() {
                    let change = diagonal + (letter == otherLetter ? 0 : 1)
                    diagonal = row[place + 1]
                    row[place + 1] = Swift.min(change, row[place + 1] + 1, row[place] + 1)
                }
            }
            return row[other.count]
        }
        let nearest = names.prefix(1000).map { (name: $0, distance: distance(to: $0)) }.min {
            $0.distance < $1.distance
        }
        guard let nearest, nearest.distance <= Swift.max(letters.count > 1 ? 1 : 0, letters.count / 3) else {
            return nil
        }
        return nearest.name
    }
}
