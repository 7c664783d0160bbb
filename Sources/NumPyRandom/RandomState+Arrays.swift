#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension RandomState {
    /// Returns an array of `size` values, each from one call of `draw`.
    @inline(__always)
    mutating func array<Value>(_ size: Int, of draw: (inout RandomState) -> Value) throws(RandomStateError) -> [Value] {
        try Self.checkSize(size, of: Value.self)
        return [Value](unsafeUninitializedCapacity: size) { values, count in
            for index in 0..<size {
                values.initializeElement(at: index, to: draw(&self))
            }
            count = size
        }
    }

    /// Throws if an array of `size` values does not fit in memory, before anything is drawn. `argument` is the name of
    /// the argument that gave the size.
    ///
    /// - Throws: `negativeSize`, or `sizeTooLarge` if `Array` would stop the process.
    static func checkSize<Value>(
        _ size: Int, of type: Value.Type, argument: String = "size"
    ) throws(RandomStateError) {
        guard size >= 0 else { throw .negativeSize(argument: argument, value: size) }
        let (byteCount, overflow) = size.multipliedReportingOverflow(by: MemoryLayout<Value>.stride)
        // Smaller arrays are not worth a system call.
        guard overflow || byteCount >= 1 << 30 else { return }
        guard !overflow, systemGrants(byteCount) else { throw .sizeTooLarge(argument: argument, value: size) }
    }

    /// Whether the system would currently grant this much memory.
    ///
    /// Uses `mmap`, since compilers remove a `malloc` whose memory is not used.
    private static func systemGrants(_ byteCount: Int) -> Bool {
        let headroom = 1 << 20
        guard byteCount <= Int.max - headroom else { return false }
        let length = byteCount + headroom
        let address = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0)
        guard address != MAP_FAILED else { return false }
        munmap(address, length)
        return true
    }
}
