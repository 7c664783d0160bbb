import ArgumentParser
import Foundation
import SwiftMLP
import Workflows

struct ShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows what a model file holds.",
        discussion: """
            EXAMPLE
              mlp show income.mlp
              mlp show income.mlp --json
            """)

    @Argument(help: "The model file.")
    var model: String

    @OptionGroup var display: DisplayArguments

    func run() throws {
        let card = try Workflow(contentsOf: model).card
        guard !display.json else {
            print(try card.json)
            return
        }
        print("\(card.target): \(card.task.rawValue)")
        if !card.classes.isEmpty { print("classes: \(card.classes.joined(separator: ", "))") }
        print("model: \(card.call)")
        if let rows = card.rows {
            print("trained on \(rows) rows" + (card.data.map { " of \($0)" } ?? ""))
        }
        if let checksum = card.checksum { print("checksum of the data: \(checksum)") }
        if let date = card.date { print("trained: \(date.formatted(.iso8601))") }
        if let library = card.library { print("written by \(library)") }
        print("\ncolumns")
        print(
            aligned(
                card.columns.map { column in
                    let range =
                        column.least.flatMap { least in
                            column.greatest.map { "\(column.text(least)) … \(column.text($0))" }
                        } ?? column.categories.prefix(5).joined(separator: ", ")
                        + (column.categoryCount > 5 ? ", … (\(column.categoryCount))" : "")
                    let gaps = column.missing > 0 ? "\(short(column.missing * 100)) % missing" : ""
                    return ["  " + column.name, column.dates == nil ? column.kind.rawValue : "dates", range, gaps]
                }, right: [3]))
        if let validation = card.validation {
            print("\nscores on \(validation)")
            print(text(for: card.scores))
        }
        if !card.importances.isEmpty {
            print("\nimportant columns")
            print(aligned(card.importances.prefix(10).map { ["  " + $0.column, short($0.value)] }))
        }
    }
}

extension ModelCard.Column {
    /// A number of the column as people read it.
    fileprivate func text(_ number: Double) -> String {
        dates == nil ? short(number) : CalendarDate(days: number).description
    }
}
