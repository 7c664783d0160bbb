import ArgumentParser
import Foundation
import Logging
import SwiftMLP

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

            Results go to standard output, everything else to standard error. The exit status is 0 if all was done, 1 if
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
            ("stringColumns", "--type NAME=strings"),
            ("numericColumns", "--type NAME=numbers"), ("missingValues", "--missing"),
        ] {
            text = text.replacingOccurrences(of: argument, with: option)
        }
        return text.hasSuffix(".") ? text : text + "."
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
