import ArgumentParser
import Foundation
import SwiftMLP
import Workflows

struct ExplainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Says what a model has learned: which columns matter, how, and where it is wrong.",
        discussion: """
            EXAMPLE
              mlp explain income.mlp test.csv
              mlp explain income.mlp test.csv --curves 3 --wrong 20 --json
            """)

    @Option(help: "How often each column is shuffled.")
    var repeats = 5

    @Option(help: "The number of most important columns whose effect on predictions is shown.")
    var curves = 5

    @Option(help: "The number of rows with the largest errors to show.")
    var wrong = 10

    @Option(help: "The maximum number of rows to use; from a larger file, this many are drawn at random.")
    var rows = 2000

    @Option(help: "The seed of the draws.")
    var seed: UInt32 = 0

    @OptionGroup var judged: JudgedArguments

    func run() throws {
        guard repeats >= 1, curves >= 0, wrong >= 0, rows >= 1 else {
            throw ValidationError("--repeats and --rows must be at least 1, --curves and --wrong at least 0")
        }
        let (workflow, x, truth, predictions, numbers) = try judged.read()
        var chosen = Array(0..<truth.count)
        if chosen.count > rows {
            chosen = try ShuffleSplit(nSplits: 1, testSize: .count(rows), randomState: seed)
                .split(nSamples: chosen.count)[0].test.sorted()
            judged.display.note("Importances and curves are those of \(rows) rows, drawn from \(truth.count).")
        }
        let (importances, dependences) = try workflow.model.explanation(
            x.selectingRows(chosen), truth.selecting(chosen), dates: Set(workflow.card.types.dates.keys),
            repeats: repeats, curves: curves, seed: seed)
        let explanation = Explanation(
            importances: importances, dependences: dependences,
            wrong: try predictions.worstRows(truth, numbers: numbers, count: wrong))
        if judged.display.json {
            print(try jsonOf(explanation))
        } else {
            print(text(for: explanation, task: workflow.card.task))
        }
    }

    private func text(for explanation: Explanation, task: ModelCard.Task) -> String {
        let score = task == .classification ? "accuracy" : "R²"
        let greatest = max(explanation.importances.first?.value ?? 0, 1e-12)
        var text = "Importance: how much the \(score) falls when a column is shuffled\n"
        text += aligned(
            explanation.importances.map { importance in
                let bar = String(repeating: "█", count: max(0, Int(importance.value / greatest * 30)))
                return [importance.column, short(importance.value), bar]
            }, right: [1])
        if !explanation.dependences.isEmpty {
            text += "\n\nDependence: the mean prediction over the values of a column"
        }
        for dependence in explanation.dependences {
            let least = dependence.predictions.min() ?? 0
            let greatest = dependence.predictions.max() ?? 0
            text += "\n\(dependence.column), \(dependence.output), from \(short(least)) to \(short(greatest))\n"
            text += "  \(sparkline(dependence.predictions))  "
            text +=
                dependence.values.count <= 8
                ? dependence.values.joined(separator: " ")
                : "\(dependence.values.first ?? "") … \(dependence.values.last ?? "")"
        }
        if !explanation.wrong.isEmpty {
            text += "\n\nThe rows that are most wrong\n"
            text += aligned(
                [["row", "true", "predicted", task == .classification ? "1 − p(true)" : "error"]]
                    + explanation.wrong.map { ["\($0.row)", $0.truth, $0.prediction, short($0.error)] })
        }
        return text
    }
}
