#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The memory of this machine, by which what cannot be had is refused before it is asked for: a failed allocation ends the
/// process.
package enum PhysicalMemory {
    /// In bytes; nil where the system does not say.
    package static let bytes: Int? = {
        let pages = sysconf(Int32(_SC_PHYS_PAGES))
        let pageSize = sysconf(Int32(_SC_PAGESIZE))
        return pages > 0 && pageSize > 0 ? pages * pageSize : nil
    }()
}
