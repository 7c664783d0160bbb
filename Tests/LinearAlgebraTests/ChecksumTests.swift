import Testing

@testable import LinearAlgebra

/// What tells a training run that is resumed that its data are others.
@Suite struct ChecksumTests {
    private func checksum(_ numbers: [UInt64]) -> UInt64 {
        var checksum = Checksum()
        numbers.withUnsafeBytes { checksum.add($0) }
        return checksum.value
    }

    /// Twelve megabytes, which threads share out.
    private let many = (0..<1_500_000).map { UInt64($0) }

    @Test func theNumberOfThreadsChangesNothing() {
        #expect(checksum(many) == BLASThreads.withAtMost(1) { checksum(many) })
    }

    @Test func everyBitOfEveryBlockCounts() {
        let right = checksum(many)
        // Twelve blocks of a megabyte, and their last words.
        for place in Array(stride(from: 0, to: many.count, by: 131_072)) + [131_071, many.count - 1] {
            var other = many
            other[place] ^= 1 << UInt64(place % 64)
            #expect(checksum(other) != right, "\(place)")
        }
    }

    @Test func blocksHaveAnOrder() {
        let block = 131_072
        var swapped = many
        swapped.replaceSubrange(0..<block, with: many[block..<2 * block])
        swapped.replaceSubrange(block..<2 * block, with: many[0..<block])
        #expect(checksum(swapped) != checksum(many))
        #expect(checksum(Array(many.dropLast())) != checksum(many))
        #expect(checksum([]) != checksum([0]) && checksum([0]) != checksum([0, 0]))
    }
}
