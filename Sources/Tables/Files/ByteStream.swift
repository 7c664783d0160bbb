import LinearAlgebra

#if canImport(FoundationEssentials)
    internal import FoundationEssentials
#else
    internal import Foundation
#endif

#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#else
    internal import Darwin
#endif

/// The bytes of a pipe or of standard input, which can be read only once.
///
/// They are kept from ``start`` on until ``forget()``, so that the first rows can be read to find out what they hold, and
/// then again.
final class ByteStream: Sendable {
    private struct State {
        /// The bytes from `start` on that have been read.
        var bytes: [UInt8] = []
        var start = 0
        var hasEnded = false
        var forgets = false
    }

    let name: String
    private let descriptor: Int32
    private let state = Locked(State())

    init(descriptor: Int32, name: String) { (self.descriptor, self.name) = (descriptor, name) }

    /// From now on, each reading lets go of what comes before.
    func forget() { state.withLock { $0.forgets = true } }

    /// Appends up to `count` bytes from `offset` on to `target`, fewer only at the end.
    ///
    /// - Throws: ``TableError/unreadable(file:reason:)`` where reading fails, or for bytes that have been let go of.
    func read(_ count: Int, at offset: Int, into target: inout [UInt8]) throws {
        try state.withLock { state in
            guard offset >= state.start else {
                throw TableError.unreadable(file: name, reason: "a stream can be read only once")
            }
            while !state.hasEnded, state.start + state.bytes.count < offset + count {
                let missing = offset + count - state.start - state.bytes.count
                var problem: Int32 = 0
                let part = [UInt8](unsafeUninitializedCapacity: missing) { buffer, filled in
                    #if canImport(Darwin)
                        let got = Darwin.read(descriptor, buffer.baseAddress, missing)
                    #elseif canImport(Musl)
                        let got = Musl.read(descriptor, buffer.baseAddress, missing)
                    #else
                        let got = Glibc.read(descriptor, buffer.baseAddress, missing)
                    #endif
                    if got < 0 { problem = errno }
                    filled = max(0, got)
                }
                if problem == EINTR { continue }
                guard problem == 0 else {
                    throw TableError.unreadable(file: name, reason: String(cString: strerror(problem)))
                }
                state.hasEnded = part.isEmpty
                state.bytes += part
            }
            let first = min(offset - state.start, state.bytes.count)
            target += state.bytes[first...].prefix(count)
            if state.forgets {
                // What comes before this part. The part itself may be read again: the beginning says which encoding it is.
                state.bytes.removeFirst(first)
                state.start += first
            }
        }
    }
}
