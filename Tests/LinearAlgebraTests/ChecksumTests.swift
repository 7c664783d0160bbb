import Testing

@testable import LinearAlgebra

/// The checksum by which a resumed training run or search detects different data.
@Suite struct ChecksumTests {
    private func checksum(_ numbers: [UInt64]) -> UInt64 {
        var checksum = Checksum()
        numbers.withUnsafeBytes { checksum.add($0) }
        return checksum.value
    }

    /// Twelve megabytes, enough for several threads.
    private let many = (0..<1_500_000).map { UInt64($0) }

    @Test func doesNotDependOnTheNumberOfThreads() {
        #expect(checksum(many) == BLASThreads.withAtMost(1) { checksum(many) })
    }

    @Test func dependsOnEveryBitOfEveryBlock() {
        let right = checksum(many)
        // The first and last words of twelve blocks of a megabyte.
        for place in Array(stride(from: 0, to: many.count, by: 131_072)) + [131_071, many.count - 1] {
            var other = many
            other[place] ^= 1 << UInt64(place % 64)
            #expect(checksum(other) != right, "\(place)")
        }
    }

    @Test func dependsOnTheOrderOfBlocks() {
        let block = 131_072
        var swapped = many
        swapped.replaceSubrange(0..<block, with: many[block..<2 * block])
        swapped.replaceSubrange(block..<2 * block, with: many[0..<block])
        #expect(checksum(swapped) != checksum(many))
        #expect(checksum(Array(many.dropLast())) != checksum(many))
        #expect(checksum([]) != checksum([0]) && checksum([0]) != checksum([0, 0]))
    }

    private func described(_ values: Any...) -> String {
        var checksum = Checksum()
        for value in values { checksum.add(describing: value) }
        return checksum.text
    }

    @Test func dependsOnValuesAndTypes() {
        #expect(described([1.0, 2]) == described([1.0, 2]))
        #expect(described([1.0, 2]) != described([1.0, 3]) && described([1.0, 2]) != described([Float(1), 2]))
        #expect(
            described(Matrix(rows: 1, columns: 2, elements: [1.0, 2]))
                != described(Matrix(rows: 2, columns: 1, elements: [1.0, 2])))
        #expect(described("ab", "c") != described("a", "bc") && described(["ab", "c"]) != described(["a", "bc"]))
        #expect(described(Double?.none) != described(Double?.some(0)))
        #expect(described([[1, 2], [3]]) != described([[1], [2, 3]]))
    }

    @Test func doesNotDependOnTheOrderOfASet() {
        let labels = Set(1...50)
        var roomy = Set<Int>(minimumCapacity: 5000)
        roomy.formUnion(labels)
        #expect(labels.description != roomy.description && described(labels) == described(roomy))
        #expect(described(labels) != described(labels.subtracting([1])))
    }

    @Test func distinguishesMissingFromEmptyTexts() {
        func checksum(_ texts: [String?]) -> UInt64 {
            var checksum = Checksum()
            checksum.add(texts: texts)
            return checksum.value
        }
        #expect(checksum([nil]) != checksum([""]) && checksum([nil, ""]) != checksum(["", nil]))
        #expect(checksum([]) != checksum([""]))
    }
}
