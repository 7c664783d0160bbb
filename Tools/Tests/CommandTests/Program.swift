import Foundation
import Testing

/// A run of the program.
struct Run {
    var status: Int32
    var output: String
    var errors: String
}

/// A temporary folder, and the program in it.
final class Program {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "mlp-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try FileManager.default.copyItem(at: Self.people, to: folder.appending(path: "people.csv"))
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The example's people.
    static let people = repository.appending(path: "Examples/AdultStyleTable/people.csv")

    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    /// The program, which is built beside the tests.
    static let executable: URL = {
        var folder = Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }?
            .deletingLastPathComponent()
        if folder == nil { folder = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent() }
        return (folder ?? repository).appending(path: "mlp")
    }()

    func process(_ arguments: [String], input: String? = nil) throws -> (Process, output: Pipe, errors: Pipe) {
        let process = Process()
        process.executableURL = Self.executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let (output, errors) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (output, errors)
        if let input {
            let file = folder.appending(path: "input-\(UUID().uuidString)")
            try Data(input.utf8).write(to: file)
            process.standardInput = try FileHandle(forReadingFrom: file)
        } else {
            process.standardInput = FileHandle.nullDevice
        }
        try process.run()
        return (process, output, errors)
    }

    /// Runs the program to its end.
    @discardableResult
    func run(_ arguments: String..., input: String? = nil) throws -> Run { try run(arguments, input: input) }

    @discardableResult
    func run(_ arguments: [String], input: String? = nil) throws -> Run {
        let (process, output, errors) = try process(arguments, input: input)
        // Both are small: neither pipe fills while the other is read.
        let texts = [output, errors].map {
            String(decoding: $0.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        }
        process.waitUntilExit()
        return Run(status: process.terminationStatus, output: texts[0], errors: texts[1])
    }

    func write(_ text: String, to name: String) throws {
        try Data(text.utf8).write(to: folder.appending(path: name))
    }

    func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: folder.appending(path: name).path) }

    func read(_ name: String) throws -> String { try String(contentsOf: folder.appending(path: name), encoding: .utf8) }

    /// The names of the files in the folder.
    var files: [String] { get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() } }
}

/// Options with which training takes a moment.
let brief = ["--model", "mlp", "--set", "maxIter=5", "--set", "hiddenLayerSizes=8,"]
