import Foundation

/// A regular file that a user names, open for reading.
package final class RegularFile: Sendable {
    /// Makes the error of a file with this path that cannot be read for this reason.
    package typealias Failure = @Sendable (_ path: String, _ reason: String) -> any Error

    package let path: String
    /// In bytes, when it was opened.
    package let size: Int
    private let descriptor: Int32
    private let failure: Failure

    /// Opens a file.
    ///
    /// - Throws: a `failure` for the URL of something else, or if there is no such file or it is not a regular one.
    package init(_ file: some FileLocation, failure: @escaping Failure) throws {
        let url = file.fileURL
        let path = url.path
        guard url.isFileURL else { throw failure(path, "\(url.absoluteString) is no file URL") }

        // Non-blocking: otherwise opening a pipe without a writer would wait forever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw failure(path, systemReason()) }
        var information = stat()
        let isKnown = fstat(descriptor, &information) == 0
        if let problem = isKnown ? RegularFile.problem(mode: information.st_mode) : systemReason() {
            close(descriptor)
            throw failure(path, problem)
        }
        self.path = path
        self.size = Int(information.st_size)
        self.descriptor = descriptor
        self.failure = failure
    }

    deinit { close(descriptor) }

    /// Fills `target` with the bytes from `offset` on, and returns how many there are.
    ///
    /// - Throws: a failure.
    package func read(into target: UnsafeMutableRawBufferPointer, at offset: Int) throws -> Int {
        var filled = 0
        while filled < target.count {
            let start = target.baseAddress.map { $0 + filled }
            let read = pread(descriptor, start, target.count - filled, off_t(offset + filled))
            if read < 0, errno == EINTR { continue }
            guard read >= 0 else { throw failure(path, systemReason()) }
            if read == 0 { break }
            filled += read
        }
        return filled
    }

    /// All bytes.
    ///
    /// - Throws: a failure.
    package func bytes() throws -> [UInt8] {
        try [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            count = try read(into: UnsafeMutableRawBufferPointer(buffer), at: 0)
        }
    }

    private static func problem(mode: mode_t) -> String? {
        switch mode & S_IFMT {
        case S_IFREG: nil
        case S_IFDIR: "it is a folder"
        // Reading from a pipe or a device might never end.
        default: "it is not a regular file"
        }
    }
}

/// The system's text for the last failed call.
func systemReason() -> String { String(cString: strerror(errno)) }
