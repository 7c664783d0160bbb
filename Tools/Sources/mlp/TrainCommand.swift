import ArgumentParser
import Foundation
import Workflows

struct TrainCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "train",
        abstract: "Trains a model on a CSV file.",
        discussion: """
            The model is trained twice: first without a fifth of the rows, which give the scores, then on all rows. --folds \
            trains once for each fold, and then on all rows; --no-refit and --holdout 0 train once.

            EXAMPLE
              mlp train people.csv --target income -o income.mlp
              mlp train people.csv -t income -o income.mlp --folds 5 --report income.html
              mlp train people.csv -t age -o age.mlp --model mlp --set alpha=1e-3
              mlp train people.csv -t income --swift
            """)

    @Option(name: .shortAndLong, help: "The model file to write.")
    var output: String?

    @Option(help: "The number of folds of a cross-validation, instead of holding out rows once.")
    var folds: Int?

    @Flag(
        name: .customLong("no-refit"),
        help: "Save the model that was scored, which has not seen the held-out rows. Do not train a second one.")
    var keepsFirst = false

    @Flag(help: "Print the program that trains the same model with the library, and do nothing else.")
    var swift = false

    @OptionGroup var training: TrainingArguments

    func run() throws {
        let table = try training.table()
        if swift {
            var recipe = try training.recipe.recipe(training.display)
            recipe.verbose = .warnings
            print(try program(table, recipe, training, output: output ?? "model.mlp"))
            return
        }
        guard let output else { throw ValidationError("Missing expected argument '--output <output>'") }
        var job = try training.job(table, output: output)
        (job.folds, job.refits) = (folds, !keepsFirst)
        try training.run(job)
    }
}
