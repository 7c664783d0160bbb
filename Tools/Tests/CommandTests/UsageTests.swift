import Foundation
import Testing

/// Exit statuses, streams, help, and the pages about the program.
@Suite struct UsageTests {
    @Test(
        arguments: [
            ([], 0), (["--help"], 0), (["train", "--help"], 0), (["--version"], 0), (["bogus"], 2), (["train"], 2),
            (["train", "people.csv", "-t", "income"], 2),
            (["train", "people.csv", "-t", "income", "-o", "m", "--folds", "x"], 2),
            (["train", "none.csv", "-t", "income", "-o", "m"], 1), (["show", "people.csv"], 1),
            (["predict", "none"], 1),
            (["tune", "people.csv", "-t", "income", "-o", "m", "--candidates", "0"], 2),
        ] as [([String], Int32)])
    func statuses(_ arguments: [String], _ status: Int32) throws {
        let program = try Program()
        let run = try program.run(arguments)
        #expect(run.status == status, "\(arguments): \(run.errors)")
        #expect((status == 0) == run.errors.isEmpty)
        #expect((status == 0) != run.output.isEmpty)
    }

    @Test func quietWritesNothingToStandardError() throws {
        let program = try Program()
        let run = try program.run(["train", "people.csv", "-t", "income", "-o", "p.mlp", "--quiet"] + brief)
        #expect(run.errors.isEmpty && run.status == 0)
    }

    #if os(Linux)
        @Test func aFullDiskIsNoSuccess() throws {
            let program = try Program()
            try program.run(["train", "people.csv", "-t", "income", "-o", "p.mlp", "-q"] + brief)
            for arguments in [["show", "p.mlp"], ["predict", "p.mlp", "people.csv"], ["look", "people.csv"]] {
                let process = Process()
                process.executableURL = Program.executable
                process.arguments = arguments
                process.currentDirectoryURL = program.folder
                process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
                let errors = Pipe()
                process.standardError = errors
                try process.run()
                let text = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
                process.waitUntilExit()
                #expect(process.terminationStatus == 1 && text.contains("No space left"), "\(arguments): \(text)")
            }
        }
    #endif

    /// The commands of the program, as its own description has them.
    private static func commands() throws -> [[String: Any]] {
        let program = try Program()
        let text = try program.run("--experimental-dump-help").output
        let all = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
        let root = all?["command"] as? [String: Any]
        return (root?["subcommands"] as? [[String: Any]] ?? []).filter { $0["commandName"] as? String != "help" }
    }

    @Test func everyExampleInTheHelpRuns() throws {
        let program = try Program()
        try program.run(["train", "people.csv", "-t", "income", "-o", "income.mlp", "-q"] + brief)
        for name in ["test.csv", "new.csv"] {
            try FileManager.default.copyItem(at: Program.people, to: program.folder.appending(path: name))
        }
        try FileManager.default.copyItem(
            at: Program.repository.appending(path: "Tests/InterchangeTests/Fixtures/pipeline-number.skops"),
            to: program.folder.appending(path: "model.skops"))
        var count = 0
        for command in try Self.commands() where command["commandName"] as? String != "serve" {
            let text = command["discussion"] as? String ?? ""
            let examples = text.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
                .filter { $0.contains("mlp ") && ($0.hasPrefix("mlp ") || $0.hasPrefix("cat ")) }
            #expect(!examples.isEmpty, "\(command["commandName"] ?? "")")
            for example in examples {
                // Smaller networks, since it is the examples that are tested.
                var line = example
                if example.contains("mlp train") || example.contains("mlp tune") {
                    line += " --set maxIter=2 --set hiddenLayerSizes=8,"
                    if !example.contains("--model") { line += " --set nEnsemble=2" }
                    if example.contains("mlp tune"), !example.contains("--candidates") { line += " --candidates 3" }
                    if example.contains("--candidates 20") { line += " --candidates 3" }
                }
                if line.contains("--id name") { line = line.replacingOccurrences(of: "--id name", with: "--id age") }
                let process = Process()
                process.executableURL = URL(filePath: "/bin/sh")
                process.arguments = ["-c", line + " >/dev/null"]
                process.currentDirectoryURL = program.folder
                let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
                process.environment = ["PATH": Program.executable.deletingLastPathComponent().path + ":" + path]
                try process.run()
                process.waitUntilExit()
                #expect(process.terminationStatus == 0, "\(example)")
                count += 1
            }
        }
        #expect(count >= 15)
    }

    @Test func everyOptionIsOnThePageAndInTheManual() throws {
        let page = try String(
            contentsOf: Program.repository.appending(path: "Documentation/CommandLine.md"), encoding: .utf8)
        let manual = try String(contentsOf: Program.repository.appending(path: "Tools/mlp.1"), encoding: .utf8)
            .replacingOccurrences(of: "\\-", with: "-")
        for command in try Self.commands() {
            let name = command["commandName"] as? String ?? ""
            #expect(page.contains("mlp \(name)") && manual.contains("mlp \(name)"))
            for argument in command["arguments"] as? [[String: Any]] ?? [] {
                let names = (argument["names"] as? [[String: String]] ?? []).filter { $0["kind"] == "long" }
                for long in names.compactMap({ $0["name"] }) where !["help", "version"].contains(long) {
                    #expect(page.contains("--\(long)"), "\(name) --\(long)")
                    #expect(manual.contains("--\(long)"), "\(name) --\(long)")
                }
            }
        }
    }
}
