import Estimators
import Foundation

/// The folder for downloaded tables.
enum DataHome {
    /// The environment variable with its path.
    static let variable = "SWIFT_MLP_DATA"

    /// Returns the argument, else the folder in the environment variable, else one in the platform's cache folder.
    ///
    /// The folder need not exist.
    ///
    /// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` if the argument is not a file URL.
    static func folder(
        _ argument: URL?, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> URL {
        if let argument {
            try DatasetError.require(
                argument.isFileURL,
                .invalidArgument(
                    name: "dataHome", value: argument.absoluteString,
                    allowed: "the URL of a folder, such as URL(fileURLWithPath: \"data\")"))
            return argument
        }
        if let path = environment[variable], !path.isEmpty {
            return URL(fileURLWithPath: NSString(string: path).expandingTildeInPath, isDirectory: true)
        }
        return cache(environment: environment).appendingPathComponent("swift-mlp", isDirectory: true)
    }

    private static func cache(environment: [String: String]) -> URL {
        // HOME takes precedence over the system's user database, as in shells.
        let home =
            environment["HOME"].flatMap { $0.hasPrefix("/") ? URL(fileURLWithPath: $0, isDirectory: true) : nil }
            ?? FileManager.default.homeDirectoryForCurrentUser
        #if os(macOS)
            return home.appendingPathComponent("Library/Caches", isDirectory: true)
        #else
            // The XDG specification says to ignore a relative path.
            if let path = environment["XDG_CACHE_HOME"], path.hasPrefix("/") {
                return URL(fileURLWithPath: path, isDirectory: true)
            }
            return home.appendingPathComponent(".cache", isDirectory: true)
        #endif
    }

    /// Creates `folder` if it is missing, and checks that it can be written to.
    ///
    /// - Throws: ``DatasetError/unusableDataHome(folder:reason:)``.
    static func prepare(_ folder: URL) throws {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw DatasetError.unusableDataHome(
                folder: folder.path, reason: "creating it failed (\(error.localizedDescription.withoutFullStop))")
        }
        try DatasetError.require(
            FileManager.default.isWritableFile(atPath: folder.path),
            .unusableDataHome(folder: folder.path, reason: "it is not writable"))
    }
}
