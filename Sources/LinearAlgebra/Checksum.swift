import CKernels

/// A 64-bit checksum of arrays, one after the other.
package struct Checksum {
    package private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    package init() {}

    /// Blocks of so many bytes have checksums of their own, so that threads can share them out and change nothing.
    private static let blockSize = 1 << 20

    package mutating func add(_ bytes: UnsafeRawBufferPointer) {
        let blocks = stride(from: 0, to: bytes.count, by: Self.blockSize).map {
            UnsafeRawBufferPointer(rebasing: bytes[$0..<min($0 + Self.blockSize, bytes.count)])
        }
        var values = [UInt64](repeating: 0, count: blocks.count)
        values.withUnsafeMutableBufferPointer { values in
            WorkerPool.with(WorkerPool.usefulThreads(readingBytes: bytes.count)) { pool in
                pool.run { chunk in
                    for index in chunk.range(of: blocks.count) {
                        values[index] = kernel_checksum(0, blocks[index].baseAddress, blocks[index].count)
                    }
                }
            }
        }
        value = values.withUnsafeBytes { kernel_checksum(value, $0.baseAddress, $0.count) }
    }
}
