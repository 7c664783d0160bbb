#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#endif

/// Memory that is allocated for many numbers at once.
package enum LargeBlock {
    /// Allocates memory that is not initialized. `deallocate()` frees it.
    ///
    /// On Linux, large blocks are on large pages if the system offers them on request. Then reading rows in any order costs
    /// fewer translations of addresses.
    package static func allocate(byteCount: Int) -> UnsafeMutableRawPointer {
        #if os(Linux)
            let page = 1 << 21
            if byteCount >= 2 * page {
                let block = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: page)
                // If the request fails, the pages stay small.
                _ = madvise(block, byteCount, 14 /* MADV_HUGEPAGE */)
                return block
            }
        #endif
        return .allocate(byteCount: byteCount, alignment: 64)
    }
}
