#if canImport(Darwin)
    import Darwin
#elseif canImport(Musl)
    import Musl
#else
    import Glibc
#endif

/// Throws when the system would not grant memory for `count` scalars.
///
/// An array that gets no memory ends the program. Where a small argument asks for a huge result, asking first turns
/// that into an error; it is no promise, as the system may grant more than it has.
func requireMemory<Scalar>(for type: Scalar.Type, count: Int, of method: String) throws(LinearAlgebraError) {
    // Not malloc: the optimizer takes the pair of malloc and free out, and the question with it.
    let (bytes, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Scalar>.stride)
    guard !overflow, let probe = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANON, -1, 0),
        probe != MAP_FAILED
    else { throw .outOfMemory(method: method) }
    munmap(probe, bytes)
}

/// Throws when the system would not grant memory for a result of that shape; asks for none where the result has no
/// more elements than the arguments, which have been granted theirs.
func requireMemory<Scalar>(
    for type: Scalar.Type, rows: Int, columns: Int, beyond arguments: Int, of method: String
) throws(LinearAlgebraError) {
    let (count, overflow) = rows.multipliedReportingOverflow(by: columns)
    guard !overflow else { throw .outOfMemory(method: method) }
    if count > arguments { try requireMemory(for: type, count: count, of: method) }
}
