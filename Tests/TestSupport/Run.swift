public import Foundation

/// A program that has run to its end.
public struct Run: Sendable {
    /// The status with which it ended.
    public let status: Int32
    /// What it wrote to standard output.
    public let output: String
    /// What it wrote to standard error.
    public let errors: String
    /// The time that it took.
    public let seconds: Double

    /// Runs a program.
    ///
    /// - Parameters:
    ///   - command: the path of the program and its arguments.
    ///   - environment: the variables that are set, or removed where they are nil; all others are those of the tests.
    public init(_ command: [String], environment: [String: String?] = [:]) throws {
        let process = Process()
        process.executableURL = URL(filePath: command[0])
        process.arguments = Array(command.dropFirst())
        var variables = ProcessInfo.processInfo.environment
        for (name, value) in environment { variables[name] = value }
        process.environment = variables
        // Files instead of pipes, because a full pipe blocks the process.
        (status, output, errors, seconds) = try withFolder { folder in
            let files = try ["output", "errors"].map { name in
                let file = folder.appending(path: name)
                try Data().write(to: file)
                return file
            }
            process.standardOutput = try FileHandle(forWritingTo: files[0])
            process.standardError = try FileHandle(forWritingTo: files[1])
            let start = ContinuousClock.now
            try process.run()
            process.waitUntilExit()
            let seconds = (ContinuousClock.now - start) / .seconds(1)
            let texts = try files.map { try String(contentsOf: $0, encoding: .utf8) }
            return (process.terminationStatus, texts[0], texts[1], seconds)
        }
    }

    /// An executable of the package, which is built beside the tests.
    public static func executable(_ name: String) -> URL {
        let bundle = Bundle(for: Marker.self).bundleURL
        let places = [bundle, bundle.deletingLastPathComponent()].map { $0.appending(path: name) }
        return places.first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? places[1]
    }

    private final class Marker {}
}
