import ArgumentParser
import Foundation
import Workflows

struct TuneCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "tune",
        abstract: "Searches for good parameters, and trains the model with the best.",
        discussion: """
            Some rows are held out first, and the search does not see them: they give the scores of the best candidate. \
            Parameters that --set gives stay as they are.

            EXAMPLE
              mlp tune people.csv --target income -o income.mlp --candidates 20
              mlp tune people.csv -t income -o income.mlp --halving --metric roc-auc
              mlp tune people.csv -t income -o income.mlp --resume
            """)

    @Option(name: .shortAndLong, help: "The model file to write.")
    var output: String

    @Option(help: "The number of candidates.")
    var candidates = 20

    @Option(help: "The number of folds on which each candidate is scored.")
    var folds = 3

    @Flag(help: "Give many candidates few rows, and the best of them more, in rounds.")
    var halving = false

    @Option(help: "The score that decides: log-loss, accuracy, balanced-accuracy, f1-macro, roc-auc; rmse, mae, r2.")
    var metric: String?

    @OptionGroup var training: TrainingArguments

    func run() throws {
        guard candidates >= 1 else { throw ValidationError("--candidates must be at least 1, but is \(candidates)") }
        guard folds >= 2 else { throw ValidationError("--folds must be at least 2, but is \(folds)") }
        let display = training.display
        let table = try training.table()
        var job = try training.job(table, output: output)
        let journal = output + ".journal"
        if !training.resume { try? FileManager.default.removeItem(atPath: journal) }
        var tuning = TuningJob(table.selecting(try job.trainingRows()), recipe: job.recipe, journal: journal)
        (tuning.candidates, tuning.folds, tuning.isHalving) = (candidates, folds, halving)
        (tuning.metric, tuning.verbose) = (metric, !display.quiet)
        let (score, isLoss) = tuning.score
        display.note(
            "\nSearching: \(candidates) candidates, scored on \(folds) folds by \(isLoss ? "minus the " : "")\(score), of which "
                + "more is better")
        let (best, results) = try tuning.run()
        display.note("\nThe best candidates")
        display.note(
            aligned(
                [[score, "±", "parameters"]]
                    + results.prefix(10).map { result in
                        let changes = result.changes.isEmpty ? "the defaults" : result.changes.joined(separator: " ")
                        return [short(isLoss ? -result.mean : result.mean), short(result.deviation), changes]
                    }, right: [0, 1]))
        job.recipe = best
        try training.run(job)
        try? FileManager.default.removeItem(atPath: journal)
    }
}
