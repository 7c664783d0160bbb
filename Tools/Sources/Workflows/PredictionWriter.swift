import Foundation
public import SwiftMLP

/// How predictions are written.
public struct PredictionFormat: Sendable {
    /// Whether each row is a JSON object on a line of its own; else the rows are CSV.
    public var isJSON = false
    /// Whether to write the probability of every class.
    public var hasProbabilities = false
    /// The level of intervals, such as 0.9; nil for none.
    public var level: Double?
    /// The column that is copied, to tell the rows apart; nil for none.
    public var identifier: String?

    /// CSV with the predictions alone.
    public init() {}
}

/// Turns predictions into text, some rows at a time.
public struct PredictionWriter: Sendable {
    private let workflow: Workflow
    private let format: PredictionFormat
    private let halfWidth: Double?

    /// A writer for the predictions of a model.
    ///
    /// - Throws: `WorkflowError` for probabilities of numbers, or for intervals that the model cannot give.
    public init(_ workflow: Workflow, _ format: PredictionFormat) throws {
        (self.workflow, self.format) = (workflow, format)
        if format.hasProbabilities, workflow.card.task == .regression {
            throw WorkflowError(
                "--proba needs a model of classes, but this one predicts numbers; --interval gives bounds")
        }
        halfWidth = try format.level.map { level in
            guard level > 0, level < 1 else {
                throw WorkflowError("--interval must be above 0 and below 1, such as 0.9, but is \(level)")
            }
            guard workflow.card.task == .regression else {
                throw WorkflowError("--interval needs a model of numbers, but this one predicts classes; use --proba")
            }
            guard let width = workflow.card.halfWidth(level: level) else {
                throw WorkflowError(
                    "--interval \(level) needs more held-out rows than the \(workflow.card.errors.count) of this model: "
                        + "train it by mlp train with --folds, or ask for a lower level")
            }
            return width
        }
    }

    /// The names of the columns that are written.
    public var columnNames: [String] {
        var names = [format.identifier].compactMap(\.self) + ["prediction"]
        if format.hasProbabilities { names += workflow.card.classes.map { "p_\($0)" } }
        if halfWidth != nil { names += ["low", "high"] }
        return names
    }

    /// The first line of CSV; empty for JSON.
    public var header: [UInt8] {
        format.isJSON ? [] : Array((columnNames.map(\.csvCell).joined(separator: ",") + "\n").utf8)
    }

    /// The lines for the rows of a table, which has the model's columns, and the identifier's if there is one.
    ///
    /// - Throws: what the model throws.
    public func lines(for table: Table) throws -> [UInt8] {
        let predictions = try workflow.predictions(for: table)
        let identifiers = try format.identifier.map { name in
            workflow.card.types.dates[name] == nil
                ? try table.column(name).texts
                : try table.numbers(name).map { $0.isNaN ? nil : CalendarDate(days: $0).description }
        }
        let names = columnNames.map { JSONWriter.piece($0) + [UInt8(ascii: ":")] }
        let classes = workflow.card.classes.map { format.isJSON ? JSONWriter.piece($0) : Array($0.csvCell.utf8) }
        var text: [UInt8] = []
        text.reserveCapacity(predictions.count * 24)
        for row in 0..<predictions.count {
            var column = 0
            func begin() {
                if format.isJSON {
                    text.append(UInt8(ascii: column == 0 ? "{" : ","))
                    text += names[column]
                } else if column > 0 {
                    text.append(UInt8(ascii: ","))
                }
                column += 1
            }
            func append(_ number: Double) {
                begin()
                text += "\(number)".utf8
            }
            if let identifiers {
                begin()
                let identifier = identifiers[row]
                if format.isJSON {
                    text += identifier.map { JSONWriter.piece($0) } ?? Array("null".utf8)
                } else {
                    text += (identifier ?? "").csvCell.utf8
                }
            }
            switch predictions {
            case .numbers(let numbers):
                append(numbers[row])
                if let halfWidth {
                    append(numbers[row] - halfWidth)
                    append(numbers[row] + halfWidth)
                }
            case .probabilities(let probabilities, _):
                begin()
                text += classes[probabilities.mostProbable(in: row)]
                if format.hasProbabilities {
                    for index in classes.indices { append(probabilities[row, index]) }
                }
            }
            if format.isJSON { text.append(UInt8(ascii: "}")) }
            text.append(UInt8(ascii: "\n"))
        }
        return text
    }
}

extension String {
    /// The text as a cell of CSV.
    public var csvCell: String {
        guard utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else { return self }
        return "\"\(replacingOccurrences(of: "\"", with: "\"\""))\""
    }
}
