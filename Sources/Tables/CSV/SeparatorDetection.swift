extension CSVDialect {
    /// What may separate cells, the likeliest first.
    private static let candidates: [UInt8] = [
        UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), UInt8(ascii: "|"),
    ]
    /// How many rows a candidate is tried on.
    private static let rowsTried = 100

    /// The separator of a text that begins with `beginning`.
    ///
    /// It is the one that cuts all of the first rows into the same number of cells, at least two, and of several the one
    /// that makes most. Where none does, it is one that occurs in the first row and in another. Cells in quotation marks are
    /// whole for each of them.
    ///
    /// - Parameters:
    ///   - isWhole: whether there is nothing behind `beginning`; else its last row may be cut off.
    ///   - excluded: what stands in numbers.
    func detectingSeparator(
        in beginning: UnsafeBufferPointer<UInt8>, isWhole: Bool, excluding excluded: UInt8
    ) -> CSVDialect {
        let tried = Self.candidates.filter { $0 != excluded }.map { separator in
            var dialect = self
            dialect.separator = separator
            return (dialect: dialect, counts: dialect.cellCounts(in: beginning, isWhole: isWhole))
        }
        // `max` would take the last of several that are equally good.
        func most(_ fits: ([Int]) -> Bool) -> CSVDialect? {
            let fitting = tried.filter { fits($0.counts) }
            let greatest = fitting.map { $0.counts[0] }.max()
            return fitting.first { $0.counts[0] == greatest }?.dialect
        }
        return most { counts in counts.first ?? 1 > 1 && counts.allSatisfy { $0 == counts[0] } }
            ?? most { counts in counts.first ?? 1 > 1 && counts.dropFirst().contains { $0 > 1 } }
            ?? tried[0].dialect
    }

    /// How many cells each of the first rows has; none where a row breaks the rules.
    private func cellCounts(in text: UnsafeBufferPointer<UInt8>, isWhole: Bool) -> [Int] {
        var scanner = CSVScanner(text, self)
        var counts: [Int] = []
        while counts.count < Self.rowsTried {
            _ = scanner.skipEmptyLines()
            guard scanner.position < text.count else { break }
            var count = 0
            do {
                repeat {
                    _ = try scanner.cell(column: count)
                    count += 1
                } while scanner.endCell()
            } catch {
                // A quotation mark that is not closed here may be closed in what follows.
                if !isWhole, scanner.position >= text.count { break }
                return []
            }
            if !isWhole, scanner.position >= text.count, !counts.isEmpty { break }
            counts.append(count)
            scanner.endRow()
        }
        return counts
    }
}
