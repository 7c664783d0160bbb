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
/// The first rows are kept until it is opened again, so that they can be read to find out what they hold, and then again.
final class ByteStream: Sendable {
    private struct State {
        /// The bytes from `start` on that have been read.
        var bytes: [UInt8] = []
        var start = 0
        var hasEnded = false
        var openings = 0
    }

    let name: String
    private let descriptor: Int32
    private let state = Locked(State())

    init(descriptor: Int32) {
        self.descriptor = descriptor
        name = descriptor == 0 ? "standard input" : "descriptor \(descriptor)"
    }

    /// The stream for one who reads it from its beginning: first to find out what it holds, then once more.
    ///
    /// - Throws: ``TableError/unreadable(file:reason:)`` the third time.
    func opened() throws -> ByteStream {
        try state.withLock { state in
            state.openings += 1
            guard state.openings <= 2 else {
                throw TableError.unreadable(file: name, reason: "a stream can be read only once")
            }
        }
        return self
    }

    /// Appends up to `count` bytes from `offset` on to `target`, fewer only at the end.
    ///
    /// - Throws: ``TableError/unreadable(file:reason:)`` where reading fails.
    func read(_ count: Int, at offset: Int, into target: inout [UInt8]) throws {
        try state.withLock { state in
            // Copies of an iterator share the stream.
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
            if state.openings == 2 {
                // What comes before this part. The part itself may be read again: the beginning says which encoding it is.
                state.bytes.removeFirst(first)
                state.start += first
            }
        }
    }
}
