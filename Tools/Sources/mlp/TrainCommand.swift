import ArgumentParser
import Foundation
import Workflows

struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Trains a model on a CSV file.",
        discussion: """
            First a part of the rows is held out and gives the scores; then the model is trained on all rows.

            EXAMPLE
              mlp train people.csv --target income -o income.mlp
              mlp train people.csv --target income -o income.mlp --folds 5 --report income.html
              mlp train people.csv --target age -o age.mlp --model mlp --set alpha=1e-3 --set hidden_layer_sizes=64,64
              mlp train people.csv --target income --swift
            """)

    @Argument(help: "The CSV file.")
    var data: String

    @OptionGroup var columns: ColumnArguments

    @Option(name: .shortAndLong, help: "The model file to write.")
    var output: String?

    @OptionGroup var recipe: RecipeArguments

    @Option(help: "The number of folds of a cross-validation, instead of holding out rows once.")
    var folds: Int?

    @Option(help: "The fraction of the rows to hold out for the scores; 0 for no scores.")
    var holdout = 0.2

    @Option(help: "An HTML report to write.")
    var report: String?

    @Flag(help: "Resume a run that was killed: the result is that of an undisturbed one, bit for bit.")
    var resume = false

    @Flag(help: "Print the program that trains the same model with the library, and do nothing else.")
    var swift = false

    @OptionGroup var reading: ReadingArguments
    @OptionGroup var display: DisplayArguments

    func run() throws {
        let table = try TrainingTable(data, columns.options(), reading: reading.options)
        let recipe = try recipe.recipe(display)
        if swift {
            print(try program(table, recipe, data: data, output: output ?? "model.mlp"))
            return
        }
        guard let output else { throw ValidationError("Missing expected argument '--output <output>'") }
        display.note("\(data): \(table.truth.count) rows\n\(text(for: table))")
        if recipe.maxTime == nil, table.truth.count > 100_000 {
            display.note("This is a large table: --time, such as --time 30m, limits each of the two trainings.")
        }
        var job = TrainingJob(table, output: output, recipe: recipe)
        (job.folds, job.holdout, job.report, job.resumes) = (folds, holdout, report, resume)
        (job.data, job.checksum, job.reading) = (data, checksum(of: data), reading.options)
        job.note = { [display] in display.note($0) }
        let (workflow, heldOut) = try job.run()
        try printScores(workflow, heldOut, display)
        display.note("Wrote \(output)." + (report.map { " Wrote \($0)." } ?? ""))
    }
}

/// Prints what a training found out.
func printScores(_ workflow: Workflow, _ heldOut: TrainingJob.HeldOut, _ display: DisplayArguments) throws {
    let card = workflow.card
    if display.json {
        print(try card.json)
        return
    }
    guard let validation = card.validation else { return }
    print("Scores on \(validation)")
    print(text(for: card.scores, baseline: heldOut.baseline))
    let important = card.importances.prefix(5).filter { $0.value > 0 }
    if !important.isEmpty {
        print("\nImportant columns: " + important.map { "\($0.column) (\(short($0.value)))" }.joined(separator: ", "))
    }
}
