#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Throws if the system would not grant memory for `count` scalars.
///
/// An array that gets no memory ends the program. This check turns that into an error for functions whose result can be
/// much larger than their arguments. It is not a guarantee, because the system may grant more memory than it has.
func requireMemory<Scalar>(for type: Scalar.Type, count: Int, of method: String) throws(LinearAlgebraError) {
    // Not malloc: the optimizer would remove the pair of malloc and free, and with it the check.
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Scalar>.stride)
    guard !overflow, let probe = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0),
        probe != MAP_FAILED
    else { throw .outOfMemory(method: method) }
    munmap(probe, bytes)
}

/// Throws if the system would not grant memory for a result of this shape. Does not check results that have no more
/// elements than the arguments.
func requireMemory<Scalar>(
    for type: Scalar.Type, rows: Int, columns: Int, beyond arguments: Int, of method: String
) throws(LinearAlgebraError) {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard !overflow else { throw .outOfMemory(method: method) }
    if count > arguments { try requireMemory(for: type, count: count, of: method) }
}
