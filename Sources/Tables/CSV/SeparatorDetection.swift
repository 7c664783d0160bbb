extension CSVDialect {
    /// What may separate cells, the likeliest first: a tab that is in every row is hardly ever part of the text.
    private static let candidates: [UInt8] = [
        UInt8(ascii: "\t"), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "|"),
    ]
    /// How many rows are looked at.
    private static let rowsTried = 100

    /// The dialect with the separator of a text that begins with `beginning`.
    ///
    /// It is the one that cuts all of the first rows into the same number of cells, at least two, and of several the one
    /// that makes most. Where none does, it is one that occurs in the first row and in another. What is in quotation marks
    /// does not count.
    ///
    /// - Parameters:
    ///   - isWhole: whether there is nothing behind `beginning`; else its last row may be cut off.
    ///   - excluded: what stands in numbers.
    func detectingSeparator(
        in beginning: UnsafeBufferPointer<UInt8>, isWhole: Bool, excluding excluded: UInt8
    ) -> CSVDialect {
        let candidates = Self.candidates.filter { $0 != excluded && $0 != comment }
        let rows = separatorCounts(candidates, in: beginning, isWhole: isWhole)
        let tried = candidates.indices.map { index in (candidates[index], counts: rows.map { $0[index] }) }
        // `max` would take the last of several that are equally good.
        func most(_ fits: ([Int]) -> Bool) -> UInt8? {
            let fitting = tried.filter { ($0.counts.first ?? 0) > 0 && fits($0.counts) }
            let greatest = fitting.map { $0.counts[0] }.max()
            return fitting.first { $0.counts[0] == greatest }?.0
        }
        var dialect = self
        dialect.separator =
            most { counts in counts.allSatisfy { $0 == counts[0] } }
            ?? most { counts in counts.count == 1 || counts.dropFirst().contains { $0 > 0 } }
            ?? candidates.first { $0 != UInt8(ascii: "\t") } ?? candidates[0]
        return dialect
    }

    /// How often each candidate separates in each of the first rows.
    private func separatorCounts(
        _ candidates: [UInt8], in text: UnsafeBufferPointer<UInt8>, isWhole: Bool
    ) -> [[Int]] {
        var rows: [[Int]] = []
        var scanner = CSVScanner(text, self)
        while rows.count < Self.rowsTried {
            _ = scanner.skipEmptyLines()
            guard scanner.position < text.count else { break }
            var counts = candidates.map { _ in 0 }
            var beginsCell = true
            while scanner.position < text.count, case let byte = text[scanner.position], !Self.isLineEnd(byte),
                byte != comment
            {
                if beginsCell, byte == Self.quote, let end = quotedEnd(text, scanner.position, candidates) {
                    scanner.position = end
                    beginsCell = false
                    continue
                }
                if let candidate = candidates.firstIndex(of: byte) { counts[candidate] += 1 }
                beginsCell = candidates.contains(byte) || (beginsCell && skipsInitialSpace && isBlank(byte))
                scanner.position += 1
            }
            // The last row may be cut off; the only one is better than none.
            if !isWhole, scanner.position >= text.count, !rows.isEmpty { break }
            rows.append(counts)
            scanner.endRow()
        }
        return rows
    }

    /// The index behind the cell that a quotation mark begins; nil where what follows does not end a cell for any candidate.
    private func quotedEnd(_ text: UnsafeBufferPointer<UInt8>, _ quote: Int, _ candidates: [UInt8]) -> Int? {
        var position = quote + 1
        while position < text.count {
            if text[position] != Self.quote {
                position += 1
            } else if position + 1 < text.count, text[position + 1] == Self.quote {
                position += 2
            } else {
                position += 1
                guard position < text.count else { return position }
                let next = text[position]
                return Self.isLineEnd(next) || next == comment || candidates.contains(next) ? position : nil
            }
        }
        return text.count
    }
}
