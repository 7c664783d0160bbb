import Foundation

/// Unpacking tar archives with the system's `tar`, which every Linux and macOS has.
enum Archive {
    /// The contents of one file in a gzip-compressed tar archive.
    ///
    /// Only for archives whose digest has been checked: `tar` decides how large the result gets.
    ///
    /// - Throws: ``DatasetError/unreadable(file:reason:)``, naming `file`.
    static func member(_ member: String, of archive: [UInt8], file: String) throws -> [UInt8] {
        func failure(_ reason: String) -> DatasetError { .unreadable(file: file, reason: reason) }

        guard let tar = ["/usr/bin/tar", "/bin/tar"].first(where: FileManager.default.isExecutableFile) else {
            throw failure("the program tar, which unpacks it, is neither in /usr/bin nor in /bin")
        }
        // The archive goes through a file, since writing to and reading from the same process can deadlock.
        let packed = FileManager.default.temporaryDirectory.appendingPathComponent("swift-mlp-\(UUID()).tgz")
        defer { try? FileManager.default.removeItem(at: packed) }

        let output = Pipe()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: tar)
        process.arguments = ["-xzOf", packed.path, member]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        do {
            try Data(archive).write(to: packed)
            try process.run()
            let contents = try output.fileHandleForReading.readToEnd() ?? Data()
            process.waitUntilExit()
            guard process.terminationStatus == 0 else {
                throw failure("tar ended with status \(process.terminationStatus) and no \(member)")
            }
            return [UInt8](contents)
        } catch let error as DatasetError {
            throw error
        } catch {
            throw failure("unpacking failed (\(error.localizedDescription))")
        }
    }
}
