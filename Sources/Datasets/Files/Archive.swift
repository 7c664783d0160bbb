import Estimators
import Foundation

/// Unpacks tar archives with the system's `tar`, which every Linux and macOS has.
enum Archive {
    /// Returns the contents of one file in a gzip-compressed tar archive.
    ///
    /// The archive's digest must have been checked: nothing here limits the size of the contents.
    ///
    /// - Throws: ``DatasetError/unreadable(file:reason:)``, naming `file`.
    static func member(_ member: String, of archive: [UInt8], file: String) throws -> [UInt8] {
        func failure(_ reason: String) -> DatasetError { .unreadable(file: file, reason: reason) }

        guard let tar = SystemProgram.find("tar") else {
            throw failure(
                "the program tar, which unpacks it, is neither in PATH nor in \(SystemProgram.usualFolders[0])")
        }
        // The archive is passed in a file: writing to a process and reading from it at once can deadlock.
        let packed = FileManager.default.temporaryDirectory.appendingPathComponent("swift-mlp-\(UUID()).tgz")
        defer { try? FileManager.default.removeItem(at: packed) }

        let output = Pipe()
        let process = Process()
        process.executableURL = tar
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
                throw failure("tar ended with status \(process.terminationStatus) without \(member)")
            }
            return [UInt8](contents)
        } catch let error as DatasetError {
            throw error
        } catch {
            throw failure("unpacking failed (\(error.localizedDescription.withoutFullStop))")
        }
    }
}
