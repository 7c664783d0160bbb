import ArgumentParser
import Foundation
import Logging
import SwiftMLP
import Workflows

@main
struct MLP: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mlp",
        abstract: "Trains, judges, explains and serves networks for tables.",
        discussion: """
            EXAMPLE
              mlp look people.csv --target income
              mlp train people.csv --target income -o income.mlp
              mlp predict income.mlp new.csv > predictions.csv
              mlp serve income.mlp

            Results go to standard output, everything else to standard error. The exit status is 0 if all was done, 1 if \
            something failed, and 2 if the command was not understood.
            """,
        version: "mlp \(PackageVersion.current)",
        subcommands: [
            LookCommand.self, TrainCommand.self, TuneCommand.self, PredictCommand.self, EvaluateCommand.self,
            ExplainCommand.self, ShowCommand.self, ConvertCommand.self, ServeCommand.self,
        ])

    static func main() async {
        LoggingSystem.bootstrap { _ in StandardErrorLog() }
        do {
            var command = try parseAsRoot()
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
            guard fflush(nil) == 0 else {
                throw WorkflowError("standard output cannot be written: \(String(cString: strerror(errno)))")
            }
        } catch {
            let code = exitCode(for: error)
            switch code {
            case .success:
                print(fullMessage(for: error))
                exit(withStatus: 0)
            case .validationFailure:
                Console.write(fullMessage(for: error) + "\n")
                exit(withStatus: 2)
            default:
                if !(error is ExitCode) { Console.write("mlp: \(sentence(for: error))\n") }
                exit(withStatus: 1)
            }
        }
    }

    private static func exit(withStatus status: Int32) -> Never { Foundation.exit(status) }

    private static func sentence(for error: any Error) -> String {
        var text = error is CancellationError ? "interrupted" : "\(error)"
        // What the library calls an argument is an option here.
        for (argument, option) in [
            (
                "a column of words has to be one of stringColumns",
                "where the column holds words, say --type NAME=strings"
            ),
            (
                "a column of dates has to be one of dateColumns",
                "where the column holds dates, say --type NAME=date"
            ),
            ("state another encoding:, such as .windowsCP1252", "say --encoding windows-1252 or latin-1"),
            (".utf16LittleEndian", "utf-16le"), (".utf16BigEndian", "utf-16be"),
            ("state encoding:, such as", "say --encoding"), ("state encoding:", "say --encoding"),
            (": Table(json:) reads a list of objects", ": write it as CSV first"),
            (
                ", such as an Excel workbook or a skops file, and no CSV file",
                ", such as an Excel workbook: save its sheet as CSV"
            ),
            (", which init(contentsOf:) of the model reads", ": the model file comes first, and then the CSV file"),
            ("stringColumns", "--type NAME=strings"),
            ("numericColumns", "--type NAME=numbers"), ("missingValues", "--missing"),
        ] {
            text = text.replacingOccurrences(of: argument, with: option)
        }
        if text.hasSuffix(".") { text.removeLast() }
        return text + remedy(for: error) + "."
    }

    /// What may be done about a line of another length, which has many causes.
    private static func remedy(for error: any Error) -> String {
        guard case TableError.malformed(_, _, _, let reason)? = error as? TableError,
            let counts = reason.firstMatch(of: /^the line has (\d+) values, but .* has (\d+)$/),
            let count = Int(counts.1), let expected = Int(counts.2)
        else { return "" }
        if expected == 1 {
            return
                ": remove the lines before the names of the columns, say --comment '#' if they begin so, or --separator"
        }
        return count < expected
            ? ": the place of a missing value must stay empty between two separators"
            : ": each column must have a name in the first line, and a value with the separator in it quotation marks"
    }
}

/// Writes the library's warnings to standard error, one line each.
private struct StandardErrorLog: LogHandler {
    var logLevel = Logger.Level.notice
    var metadata = Logger.Metadata()

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) { Console.write("\(event.level): \(event.message)\n") }
}
