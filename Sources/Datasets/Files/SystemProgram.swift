import Foundation

/// Programs of the system that this module runs, so that its users need not link what those do.
enum SystemProgram {
    /// The folders in which Linux and macOS (with Homebrew last) install programs; searched after those of PATH.
    static let usualFolders = ["/usr/bin", "/bin", "/usr/local/bin", "/opt/homebrew/bin"]

    /// Returns the program of that name in a folder of `path` or in one of the usual folders, or nil.
    ///
    /// Relative folders are skipped: what they contain depends on where the process happens to run.
    static func find(_ name: String, path: String? = ProcessInfo.processInfo.environment["PATH"]) -> URL? {
        let folders = (path ?? "").split(separator: ":").map(String.init).filter { $0.hasPrefix("/") } + usualFolders
        return folders.map { URL(fileURLWithPath: $0).appendingPathComponent(name) }
            .first { FileManager.default.isExecutableFile(atPath: $0.path) && !$0.hasDirectoryPath }
    }
}
