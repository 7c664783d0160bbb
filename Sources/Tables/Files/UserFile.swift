import Estimators
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

/// A regular file that a user names, open for reading.
final class UserFile: Sendable {
    let path: String
    /// In bytes, when it was opened.
    let size: Int
    private let descriptor: Int32

    /// Opens a file.
    ///
    /// - Throws: ``TableError/invalidArgument(name:value:allowed:)`` for the URL of something else,
    ///   ``TableError/unreadable(file:reason:)`` when there is no such file, or when it is not a regular one.
    init(_ location: some FileLocation) throws {
        let url = location.fileURL
        guard url.isFileURL else {
            throw TableError.invalidArgument(name: "url", value: "\(url)", allowed: "the URL of a file")
        }
        let path = url.path
        // Non-blocking: otherwise opening a pipe without a writer would wait forever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw TableError.unreadable(file: path, reason: Self.systemReason) }
        var information = stat()
        let isKnown = fstat(descriptor, &information) == 0
        let problem = isKnown ? Self.problem(mode: information.st_mode) : Self.systemReason
        if let problem {
            close(descriptor)
            throw TableError.unreadable(file: path, reason: problem)
        }
        self.path = path
        size = Int(information.st_size)
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Appends up to `count` bytes from `offset` on to `bytes`, fewer only at the end of the file.
    ///
    /// Several threads read large parts side by side.
    ///
    /// - Throws: ``TableError/unreadable(file:reason:)``; `CancellationError` where the task is cancelled.
    func read(_ count: Int, at offset: Int, into bytes: inout [UInt8]) throws {
        let before = bytes
        bytes = try [UInt8](unsafeUninitializedCapacity: before.count + count) { buffer, filled in
            filled = buffer.initialize(fromContentsOf: before)
            nonisolated(unsafe) let target = UnsafeMutableRawBufferPointer(
                UnsafeMutableBufferPointer(rebasing: buffer[filled...]))
            let pieces = (count + Self.pieceSize - 1) / Self.pieceSize
            let lengths = try parallelMap(count: pieces, jobs: pieces) { [self] piece in
                let start = piece * Self.pieceSize
                let part = UnsafeMutableRawBufferPointer(rebasing: target[start..<min(count, start + Self.pieceSize)])
                return try read(into: part, at: offset + start)
            }
            let whole = lengths.prefix { $0 == Self.pieceSize }
            filled += whole.count * Self.pieceSize + (whole.count < pieces ? lengths[whole.count] : 0)
        }
    }

    /// How many bytes one thread reads at once.
    private static let pieceSize = 1 << 20

    /// Fills `target`, and returns how many bytes there are.
    private func read(into target: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
        var filled = 0
        while filled < target.count {
            let start = target.baseAddress.map { $0 + filled }
            let read = pread(descriptor, start, target.count - filled, off_t(offset + filled))
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { throw TableError.unreadable(file: path, reason: Self.systemReason) }
            if read == 0 { break }
            filled += read
        }
        return filled
    }

    private static func problem(mode: mode_t) -> String? {
        switch mode & S_IFMT {
        case S_IFREG: nil
        case S_IFDIR: "it is a folder"
        // Reading from a pipe or a device might never end.
        default: "it is not a regular file"
        }
    }

    /// What the system says about the call that failed last.
    private static var systemReason: String { String(cString: strerror(errno)) }
}
