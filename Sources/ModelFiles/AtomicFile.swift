import Estimators
package import Foundation

/// Writes a file as a whole or not at all.
package enum AtomicFile {
    /// Appends bytes to the file.
    package typealias Sink = (UnsafeRawBufferPointer) throws -> Void

    /// Writes a new file at `file`, in place of what is there.
    ///
    /// The bytes are written to another file in the same folder, which is renamed once they are on the disk. If the
    /// process is killed meanwhile, the earlier file is still there, and a hidden file `.swift-mlp-….tmp` remains
    /// beside it.
    ///
    /// - Parameters:
    ///   - file: the file, in a folder that exists.
    ///   - body: writes the contents, by passing all bytes to its argument.
    /// - Throws: ``ModelFileError/unwritable(path:reason:)``, and what `body` throws.
    package static func write(to file: some FileLocation, _ body: (Sink) throws -> Void) throws {
        let url = file.fileURL
        let (draft, descriptor) = try draft(of: url)
        func check(_ result: Int32) throws {
            if result != 0 { throw ModelFileError.unwritable(path: url.path, reason: systemReason()) }
        }

        do {
            do {
                defer { close(descriptor) }
                try body { try append($0, to: descriptor, named: url.path) }
                try check(fsync(descriptor))
            }
            try check(rename(draft.path, url.resolvingSymlinksInPath().path))
        } catch {
            unlink(draft.path)
            throw error
        }
        syncFolder(draft.deletingLastPathComponent())
    }

    /// Writes a new file with the text at `file`, likewise.
    ///
    /// - Throws: ``ModelFileError/unwritable(path:reason:)``.
    package static func write(_ text: String, to file: some FileLocation) throws {
        try write(Data(text.utf8), to: file)
    }

    /// Writes a new file with the bytes at `file`, likewise.
    ///
    /// - Throws: ``ModelFileError/unwritable(path:reason:)``.
    package static func write(_ bytes: some ContiguousBytes, to file: some FileLocation) throws {
        try write(to: file) { sink in try bytes.withUnsafeBytes(sink) }
    }

    /// Throws if a file cannot be written, without writing it.
    ///
    /// - Throws: ``ModelFileError/unwritable(path:reason:)``.
    package static func check(_ url: URL) throws {
        let probe = try draft(of: url)
        close(probe.descriptor)
        unlink(probe.url.path)
        var information = stat()
        if stat(url.path, &information) == 0, information.st_mode & S_IFMT == S_IFDIR {
            throw ModelFileError.unwritable(path: url.path, reason: "it is a folder")
        }
    }

    /// An empty file in the same folder.
    private static func draft(of url: URL) throws -> (url: URL, descriptor: Int32) {
        guard url.isFileURL else {
            throw ModelFileError.unwritable(path: url.path, reason: "\(url.absoluteString) is no file URL")
        }
        // A link stays a link: its target is replaced.
        let folder = url.resolvingSymlinksInPath().deletingLastPathComponent()
        let draft = folder.appending(path: ".swift-mlp-\(String(UInt64.random(in: 0 ... .max), radix: 36)).tmp")
        let descriptor = open(draft.path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        guard descriptor >= 0 else {
            let reason = errno == ENOENT ? "its folder \(folder.path) does not exist" : systemReason()
            throw ModelFileError.unwritable(path: url.path, reason: reason)
        }
        return (draft, descriptor)
    }

    private static func append(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32, named path: String) throws {
        var rest = bytes
        while !rest.isEmpty {
            let written = Foundation.write(descriptor, rest.baseAddress, rest.count)
            if written < 0, errno == EINTR { continue }
            guard written > 0 else { throw ModelFileError.unwritable(path: path, reason: systemReason()) }
            rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(written))
        }
    }

    /// Makes the new name survive a power failure, where the system can do that.
    private static func syncFolder(_ folder: URL) {
        let descriptor = open(folder.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }
}
