import Foundation
import PostgresStore
import TestSupport
import Testing

/// Processes that are killed at any moment.
@Suite(.serialized, .enabled(if: Server.programs != nil, Server.reason)) struct KilledProcessesTests {
    /// A process that runs the example, which is in the folder of the tests.
    private final class Worker {
        private let process = Process()
        private let output: URL
        private let errors: URL

        init(_ arguments: [String]) throws {
            let folder = FileManager.default.temporaryDirectory
            output = folder.appending(path: "worker-\(UUID().uuidString).csv")
            errors = folder.appending(path: "worker-\(UUID().uuidString).txt")
            for file in [output, errors] { try Data().write(to: file) }
            process.executableURL = Run.executable("SharedSearch")
            process.arguments = arguments
            let handles = try [output, errors].map(FileHandle.init(forWritingTo:))
            (process.standardOutput, process.standardError) = (handles[0], handles[1])
            try process.run()
            for handle in handles { try handle.close() }
        }

        deinit {
            kill()
            for file in [output, errors] { try? FileManager.default.removeItem(at: file) }
        }

        var isRunning: Bool { process.isRunning }

        func kill() {
            if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
        }

        /// What it has written to standard error.
        func messages() throws -> String { try String(contentsOf: errors, encoding: .utf8) }

        /// What it prints, once it has ended by itself.
        func table() throws -> String {
            process.waitUntilExit()
            #expect(process.terminationStatus == 0, "\((try? String(contentsOf: errors, encoding: .utf8)) ?? "")")
            return try String(contentsOf: output, encoding: .utf8)
        }
    }

    /// The table without its two last columns, the times.
    private func scores(_ csv: String) -> [Substring] {
        csv.split(separator: "\n").map { line in
            let end = line.indices.filter { line[$0] == "," }.suffix(2).first ?? line.endIndex
            return line[..<end]
        }
    }

    @Test(arguments: [[], ["--halving"]]) func tenKillsAndARestartChangeNothing(options: [String]) throws {
        let alone = try Worker(options).table()
        #expect(scores(alone).count > 24)
        try Server.run { server in
            var (study, killed, hasRestarted) = (0, 0, false)
            while killed < 10 {
                // A fast machine finishes a study before all are killed.
                study += 1
                try #require(study <= 40, "the processes end before they can be killed")
                let arguments = ["--database", server.url, "--study", "kills \(study)", "--lease", "1"] + options
                var workers = try (0..<3).map { _ in try Worker(arguments) }
                while killed < 10 {
                    usleep(.random(in: 20_000...300_000))
                    guard let index = workers.indices.filter({ workers[$0].isRunning }).randomElement() else { break }
                    workers[index].kill()
                    workers[index] = try Worker(arguments)
                    killed += 1
                    if killed == 5, !hasRestarted {
                        hasRestarted = true
                        try server.crash()
                        usleep(500_000)
                        try server.start()
                    }
                }
                let tables = try workers.map { try $0.table() }
                #expect(Set(tables).count == 1, "every process has the same table, bit for bit")
                #expect(scores(tables[0]) == scores(alone), "it is the table of one process")
                let last = try Worker(arguments + ["--progress"])
                #expect(try last.table() == tables[0])
                let lines = try last.messages().split(separator: "\n").filter { $0.hasPrefix("[") }
                #expect(lines.count == scores(alone).count - 1, "it shows what the others have done")
            }
            let rows = try server.sql(
                "SELECT count(*) = count(finished), count(*) = count(DISTINCT (study, round, candidate, split)), "
                    + "sum(claims) >= count(*) FROM swift_mlp_trials")
            #expect(rows == "t|t|t")
        }
    }
}
