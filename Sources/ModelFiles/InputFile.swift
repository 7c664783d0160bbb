import Foundation
import LinearAlgebra

/// A regular file that is read piece by piece.
final class InputFile: Sendable {
    let path: String
    /// In bytes, when it was opened.
    let size: Int
    private let descriptor: Int32

    /// Opens a file.
    ///
    /// - Throws: ``ModelFileError/unreadable(path:reason:)``.
    init(_ url: URL) throws {
        let path = url.path
        func unreadable(_ reason: String) -> ModelFileError { .unreadable(path: path, reason: reason) }
        guard url.isFileURL else { throw unreadable("\(url.absoluteString) is no file URL") }

        // Non-blocking: otherwise opening a pipe without a writer would wait forever.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw unreadable(systemReason()) }
        var information = stat()
        let isKnown = fstat(descriptor, &information) == 0
        let size = Int(information.st_size)
        let problem: String? =
            if !isKnown {
                systemReason()
            } else if information.st_mode & S_IFMT != S_IFREG {
                information.st_mode & S_IFMT == S_IFDIR ? "it is a folder" : "it is no regular file"
            } else if size > PhysicalMemory.bytes ?? .max {
                "it has \(size) bytes, more than the memory of this machine"
            } else {
                nil
            }
        if let problem {
            close(descriptor)
            throw unreadable(problem)
        }
        self.path = path
        self.size = size
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// `count` elements whose bytes begin at `offset`; any bytes must be a value of their type.
    ///
    /// - Throws: ``ModelFileError/unreadable(path:reason:)``; ``FileProblem`` if the file ends before.
    func elements<Element>(_ count: Int, at offset: Int, of _: Element.Type = Element.self) throws -> [Element] {
        let (length, overflow) = count.multipliedReportingOverflow(by: MemoryLayout<Element>.stride)
        guard !overflow, offset >= 0, offset <= size, count >= 0, length <= size - offset else { throw endsEarly }
        return try [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            try fill(UnsafeMutableRawBufferPointer(buffer), from: offset)
            initialized = count
        }
    }

    private func fill(_ buffer: UnsafeMutableRawBufferPointer, from offset: Int) throws {
        var done = 0
        while done < buffer.count {
            let read = pread(
                descriptor, buffer.baseAddress.map { $0 + done }, buffer.count - done, off_t(offset + done))
            if read < 0, errno == EINTR { continue }
            if read < 0 { throw ModelFileError.unreadable(path: path, reason: systemReason()) }
            if read == 0 { throw endsEarly }
            done += read
        }
    }

    private var endsEarly: FileProblem { FileProblem("it ends too early, after \(size) bytes") }
}

/// The system's text for the last failed call.
func systemReason() -> String { String(cString: strerror(errno)) }
