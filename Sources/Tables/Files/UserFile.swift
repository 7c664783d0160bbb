import Estimators

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
    /// - Throws: ``TableError/unreadable(file:reason:)``.
    func read(_ count: Int, at offset: Int, into bytes: inout [UInt8]) throws {
        let part = try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            filled = 0
            while filled < count {
                let target = buffer.baseAddress.map { $0 + filled }
                let read = pread(descriptor, target, count - filled, off_t(offset + filled))
                if read < 0, errno == EINTR { continue }
                guard read >= 0 else { throw TableError.unreadable(file: path, reason: Self.systemReason) }
                if read == 0 { return }
                filled += read
            }
        }
        if bytes.isEmpty { bytes = part } else { bytes += part }
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
