import ArgumentParser
import Foundation
import SwiftMLP
import Workflows

struct PredictCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "predict",
        abstract: "Predicts the rows of a CSV file.",
        discussion: """
            The file has the model's columns in any order, and may have others. It is read some rows at a time, however \
            large it is.

            EXAMPLE
              mlp predict income.mlp new.csv > predictions.csv
              mlp predict income.mlp new.csv --proba --id name -o predictions.csv
              cat new.csv | mlp predict income.mlp - --json
            """)

    @Argument(help: "The model file.")
    var model: String

    @Argument(help: "The CSV file; - for standard input.")
    var data = "-"

    @Option(name: .shortAndLong, help: "The file to write; standard output by default.")
    var output: String?

    @Flag(help: "Write the probability of every class.")
    var proba = false

    @Option(help: "Write the bounds that contain this fraction of new values, such as 0.9; for numbers only.")
    var interval: Double?

    @Option(help: "A column to copy to the output, to tell the rows apart.")
    var id: String?

    @Option(help: "The number of rows to read at once.")
    var batch = 20_000

    @OptionGroup var reading: ReadingArguments
    @OptionGroup var display: DisplayArguments

    func run() throws {
        let workflow = try Workflow(contentsOf: model)
        var format = PredictionFormat()
        (format.isJSON, format.hasProbabilities, format.level, format.identifier) = (display.json, proba, interval, id)
        let writer = try PredictionWriter(workflow, format)
        guard batch >= 1 else { throw ValidationError("--batch must be at least 1, but is \(batch)") }
        var names = workflow.card.columns.map(\.name)
        var types = workflow.card.types
        if let id, !names.contains(id) {
            names.append(id)
            types.strings.insert(id)
        }
        do {
            let batches = try reading.options.filled(from: workflow.card.reading).batches(
                data, size: batch, columns: names, types: types)
            let sink = try Sink(output)
            try sink.write(writer.header)
            var rows = 0
            for batch in batches {
                let table = try batch.get()
                do {
                    try sink.write(writer.lines(for: table))
                } catch let error as UnpredictableRow {
                    throw WorkflowError("\(data), row \(rows + error.row + 1): \(error.problem)")
                }
                rows += table.rowCount
            }
            try sink.close()
        } catch TableError.invalidArgument("columns", let missing, _) {
            throw WorkflowError("\(data) lacks \(missing): the model takes \(names.joined(separator: ", "))")
        } catch TableError.malformed(let file, let line, let column, let reason) where reason.contains("stringColumns")
        {
            let value = reason.prefix { $0 != ";" }
            throw WorkflowError("\(file), line \(line), column \(column): \(value); the model takes numbers there")
        }
    }
}

/// Standard output, or a file that appears when it is complete.
final class Sink {
    private let handle: FileHandle
    private let paths: (temporary: String, final: String)?

    /// - Throws: `WorkflowError` for a file that cannot be written.
    init(_ path: String?) throws {
        guard let path else {
            (handle, paths) = (.standardOutput, nil)
            return
        }
        let temporary = path + ".\(ProcessInfo.processInfo.processIdentifier).tmp"
        Interruption.removes(temporary)
        guard FileManager.default.createFile(atPath: temporary, contents: nil),
            let file = FileHandle(forWritingAtPath: temporary)
        else {
            throw WorkflowError("\(path) cannot be written: look whether its folder exists and may be written to")
        }
        (handle, paths) = (file, (temporary, path))
    }

    func write(_ bytes: [UInt8]) throws { try handle.write(contentsOf: bytes) }

    /// Gives the file its name.
    func close() throws {
        guard let paths else { return }
        try handle.synchronize()
        try handle.close()
        guard rename(paths.temporary, paths.final) == 0 else {
            throw WorkflowError("\(paths.final) cannot be written: \(String(cString: strerror(errno)))")
        }
        Interruption.removes(nil)
    }

    deinit { if let paths { unlink(paths.temporary) } }
}
