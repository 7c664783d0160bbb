import ArgumentParser
import Foundation
import SwiftMLP
import Workflows

/// A model file, and a table with the true values of its target.
struct JudgedArguments: ParsableArguments {
    @Argument(help: "The model file.")
    var model: String

    @Argument(help: "A CSV file with the model's columns and its target.")
    var data: String

    @Option(name: .shortAndLong, help: "The column with the true values. Default: the column of the training.")
    var target: String?

    @OptionGroup var reading: ReadingArguments
    @OptionGroup var display: DisplayArguments

    /// The model, the rows with a target, their true values, their predictions, and their numbers in the file, from 0.
    func read() throws -> (workflow: Workflow, x: Table, truth: Truth, predictions: Predictions, rows: [Int]) {
        let workflow = try Workflow(contentsOf: model)
        let (x, truth, rows) = try workflow.judged(
            data, target: target, reading: reading.options.filled(from: workflow.card.reading))
        do {
            return (workflow, x, truth, try workflow.predictions(for: x), rows)
        } catch let error as UnpredictableRow {
            throw WorkflowError("\(data), row \(rows[error.row] + 1): \(error.problem)")
        }
    }
}

struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Scores a model on a CSV file.",
        discussion: """
            EXAMPLE
              mlp evaluate income.mlp test.csv
              mlp evaluate income.mlp test.csv --report test.html
            """)

    @Option(help: "An HTML report to write.")
    var report: String?

    @OptionGroup var judged: JudgedArguments

    func run() throws {
        let (workflow, x, truth, predictions, _) = try judged.read()
        let scores = try Scores.of(predictions, truth: truth)
        let baseline = try Scores.of(
            Scores.baseline(truth, train: truth, classes: workflow.card.classes), truth: truth)
        if judged.display.json {
            print(try Evaluation(rows: truth.count, scores: scores).json)
        } else {
            print("Scores on \(truth.count) rows")
            print(text(for: scores, baseline: baseline))
            if case .labels(let labels) = truth { try printClasses(labels, predictions, workflow.card.classes) }
        }
        if let report {
            try workflow.model.writeReport(to: report, x, truth, title: "\(workflow.card.target) of \(judged.data)")
            judged.display.note("Wrote \(report).")
        }
    }

    private func printClasses(_ labels: [String], _ predictions: Predictions, _ classes: [String]) throws {
        let predicted = predictions.labels ?? []
        print("\nClasses")
        print(try classificationReport(labels, predicted, labels: classes))
        let confusion = try confusionMatrix(labels, predicted, labels: classes)
        print("\nConfusion: true classes in rows, predicted ones in columns")
        print(
            aligned(
                [[""] + classes]
                    + classes.indices.map { row in [classes[row]] + confusion.row(row).map { "\(Int($0))" } }))
        guard case .probabilities(let probabilities, _) = predictions, classes.count == 2 else { return }
        let curve = try calibrationCurve(
            labels.map { $0 == classes[1] ? 1 : 0 }, probabilities.column(1), nBins: 10)
        print("\nCalibration: where \(classes[1]) is predicted with probability p, how often it is true")
        print(aligned([["p"] + curve.probPred.map(short), ["true"] + curve.probTrue.map(short)]))
    }

    private struct Evaluation: Codable {
        var rows: Int
        var scores: [ModelCard.Score]
        var json: String { get throws { try jsonOf(self) } }
    }
}

/// A value as JSON.
func jsonOf(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
}
