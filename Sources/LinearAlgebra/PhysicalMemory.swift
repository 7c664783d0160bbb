#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The memory of this machine. It is used to reject what does not fit before allocating, because a failed allocation
/// ends the process.
package enum PhysicalMemory {
    /// The memory in bytes; nil if it is unknown.
    package static let bytes: Int? = {
        let pages = sysconf(Int32(_SC_PHYS_PAGES))
        let pageSize = sysconf(Int32(_SC_PAGESIZE))
        return pages > 0 && pageSize > 0 ? pages * pageSize : nil
    }()
}
