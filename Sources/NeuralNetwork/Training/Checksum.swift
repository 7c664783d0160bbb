internal import CKernels

/// A 64-bit checksum of arrays, one after the other.
struct Checksum {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        value = kernel_checksum(value, bytes.baseAddress, bytes.count)
    }
}
