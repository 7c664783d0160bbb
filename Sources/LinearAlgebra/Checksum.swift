import CKernels

/// A 64-bit checksum of a sequence of values. It tells whether two runs or searches have the same data.
///
/// It is the same in each process and for any number of threads.
package struct Checksum: Sendable {
    /// The checksum of everything added so far.
    package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    /// The checksum in hexadecimal digits.
    package var text: String { String(value, radix: 16) }

    /// Creates the checksum of nothing.
    package init() {}

    /// The block size in bytes. Each block has its own checksum, so that the result does not depend on the number of
    /// threads.
    private static let blockSize = 1 << 20

    /// Adds bytes and their end.
    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
        let blocks = stride(from: 0, to: bytes.count, by: Self.blockSize).map {
            UnsafeRawBufferPointer(rebasing: bytes[$0..<min($0 + Self.blockSize, bytes.count)])
        }
        var values = [UInt64](repeating: 0, count: blocks.count)
        if let only = blocks.first, blocks.count == 1 {
            values[0] = kernel_checksum(0, only.baseAddress, only.count)
        } else {
            values.withUnsafeMutableBufferPointer { values in
                WorkerPool.with(WorkerPool.usefulThreads(readingBytes: bytes.count)) { pool in
                    pool.run { chunk in
                        for index in chunk.range(of: blocks.count) {
                            values[index] = kernel_checksum(0, blocks[index].baseAddress, blocks[index].count)
                        }
                    }
                }
            }
        }
        value = values.withUnsafeBytes { kernel_checksum(value, $0.baseAddress, $0.count) }
    }
}
