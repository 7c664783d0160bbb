#if canImport(Darwin)
    import Darwin
#elseif canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

extension RandomState {
    /// An array of `size` values, each made by one call of `draw`.
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

    /// Makes sure that an array of `size` values can be had, before anything is drawn. `argument` is the name under which
    /// the user gave the size.
    ///
    /// - Throws: `negativeSize`, or `sizeTooLarge` where `Array` would stop the process.
    static func checkSize<Value>(
        _ size: Int, of type: Value.Type, argument: String = "size"
    ) throws(RandomStateError) {
        guard size >= 0 else { throw .negativeSize(argument: argument, value: size) }
        let (byteCount, overflow) = size.multipliedReportingOverflow(by: MemoryLayout<Value>.stride)
        // Anything smaller is not worth a question to the system.
        guard overflow || byteCount >= 1 << 30 else { return }
        guard !overflow, systemGrants(byteCount) else { throw .sizeTooLarge(argument: argument, value: size) }
    }

    /// Whether the system would hand out that much memory now.
    ///
    /// Asked with `mmap`, since compilers remove a `malloc` whose memory nobody uses.
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
