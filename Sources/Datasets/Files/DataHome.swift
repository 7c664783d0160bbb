import Foundation

/// The folder in which downloaded tables are kept.
enum DataHome {
    /// The environment variable that names it.
    static let variable = "SWIFT_MLP_DATA"

    /// The folder that the argument names, else the environment, else one in the platform's cache.
    ///
    /// The folder need not exist yet.
    ///
    /// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for an address that is not a file's.
    static func folder(
        _ argument: URL?, environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> URL {
        if let argument {
            guard argument.isFileURL else {
                throw DatasetError.invalidArgument(
                    name: "dataHome", value: argument.absoluteString,
                    allowed: "the URL of a folder, such as URL(fileURLWithPath: \"data\")")
            }
            return argument
        }
        if let path = environment[variable], !path.isEmpty {
            return URL(fileURLWithPath: NSString(string: path).expandingTildeInPath, isDirectory: true)
        }
        return cache(environment: environment).appendingPathComponent("swift-mlp", isDirectory: true)
    }

    private static func cache(environment: [String: String]) -> URL {
        // HOME comes before the user's entry in the system, as everywhere else.
        let home =
            environment["HOME"].flatMap { $0.hasPrefix("/") ? URL(fileURLWithPath: $0, isDirectory: true) : nil }
            ?? FileManager.default.homeDirectoryForCurrentUser
        #if os(macOS)
            return home.appendingPathComponent("Library/Caches", isDirectory: true)
        #else
            // The XDG specification asks to ignore a relative path.
            if let path = environment["XDG_CACHE_HOME"], path.hasPrefix("/") {
                return URL(fileURLWithPath: path, isDirectory: true)
            }
            return home.appendingPathComponent(".cache", isDirectory: true)
        #endif
    }

    /// Makes sure that `folder` exists and can be written to.
    ///
    /// - Throws: ``DatasetError/unusableDataHome(folder:reason:)``.
    static func prepare(_ folder: URL) throws {
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw DatasetError.unusableDataHome(
                folder: folder.path, reason: "making it failed (\(error.localizedDescription))")
        }
        guard FileManager.default.isWritableFile(atPath: folder.path) else {
            throw DatasetError.unusableDataHome(folder: folder.path, reason: "it is not writable")
        }
    }
}
