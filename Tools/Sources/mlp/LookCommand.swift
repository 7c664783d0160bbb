import ArgumentParser
import Foundation
import SwiftMLP
import Workflows

struct LookCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "look",
        abstract: "Shows what is in a CSV file: columns, gaps, ranges, and what looks suspicious.",
        discussion: """
            EXAMPLE
              mlp look people.csv
              mlp look people.csv --target income
            """)

    @Argument(help: "The CSV file.")
    var data: String

    @Option(name: .shortAndLong, help: "The column to predict: columns that reveal it are then listed.")
    var target: String?

    @Option(help: "An HTML page to write.")
    var report: String?

    @OptionGroup var reading: ReadingArguments
    @OptionGroup var display: DisplayArguments

    func run() throws {
        var reading = self.reading.options
        if let target { try TrainingTable.check(target, in: data, reading: reading) }
        let table = try reading.table(data, finding: [])
        let look = try TableLook(table, target: target)
        if display.json {
            print(try jsonOf(look))
        } else {
            print("\(data): \(table.rowCount) rows, \(table.columnCount) columns")
            if let source = table.source, source.isSeparatorDetected {
                print("separator: \(source.separator == "\t" ? "tab" : "\(source.separator)")")
            }
            print(
                aligned(
                    [["column", "type", "missing", "distinct", "least", "median", "greatest", ""]]
                        + look.columns.map { column in
                            [
                                column.name, column.type, "\(column.missing)", "\(column.distinct)",
                                column.least ?? "", column.median ?? "", column.greatest ?? "",
                                sparkline(column.counts.map(Double.init)),
                            ]
                        }, right: [2, 3, 4, 5, 6]))
            if !look.findings.isEmpty {
                print("\nSuspicious")
                for finding in look.findings { print("  \(finding)") }
            }
        }
        if let report {
            let sink = try Sink(report)
            try sink.write(Array(look.page(title: data).utf8))
            try sink.close()
            display.note("Wrote \(report).")
        }
    }
}
