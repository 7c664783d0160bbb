import ArgumentParser
import Foundation
import Workflows

/// How a CSV file is written.
struct ReadingArguments: ParsableArguments {
    @Option(help: "What separates cells: one character, tab or whitespace. Detected by default.")
    var separator: String?

    @Option(help: "What stands before the fraction of a number. Default: a point.")
    var decimal: String?

    @Option(help: "What stands between groups of three digits. Default: nothing.")
    var thousands: String?

    @Option(help: "utf-8, latin-1, windows-1252, utf-16, utf-16le, utf-16be or utf-32. Detected by default.")
    var encoding: String?

    @Option(parsing: .singleValue, help: "A text that stands for a missing value, besides the usual ones. Repeatable.")
    var missing: [String] = []

    @Option(help: "What begins a comment, up to the end of the line.")
    var comment: String?

    @Option(parsing: .singleValue, help: "A text before or behind numbers that is left out, such as €. Repeatable.")
    var currency: [String] = []

    @Flag(
        name: .customLong("no-header"),
        help: "The first line is a row like the others; the columns are called x0, x1 and so on.")
    var hasNoHeader = false

    @Flag(help: "Divide numbers with a percent sign by 100.")
    var percent = false

    @Flag(help: "Read (1.50), 1.50- and −1.50, with a typographic minus, as -1.5.")
    var accounting = false

    var options: ReadingOptions {
        var options = ReadingOptions()
        (options.separator, options.decimal, options.thousands) = (separator, decimal, thousands)
        (options.encoding, options.missing, options.comment) = (encoding, missing, comment)
        (options.currency, options.percent) = (currency.isEmpty ? nil : currency, percent ? true : nil)
        options.accounting = accounting ? true : nil
        options.header = hasNoHeader ? false : nil
        return options
    }
}

/// What is shown besides results.
struct DisplayArguments: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Write nothing to standard error but errors.")
    var quiet = false

    @Flag(help: "Print results as JSON.")
    var json = false

    /// Writes a line to standard error unless `--quiet` is given.
    func note(_ text: String) { if !quiet { Console.write(text + "\n") } }
}

/// What the columns of the training data are.
struct ColumnArguments: ParsableArguments {
    @Option(name: .shortAndLong, help: "The column to predict.")
    var target: String

    @Option(
        help: "classification or regression. Default: classification for text and for at most ten distinct integers.")
    var task: String?

    @Option(parsing: .singleValue, help: "A column to leave out. Repeatable.")
    var drop: [String] = []

    @Option(
        name: .customLong("type"), parsing: .singleValue,
        help: """
            What a column holds: NAME=numbers, NAME=strings, NAME=date or, where days and months cannot be told apart, \
            'NAME=date(dd/MM/yyyy)'. It is then never left out. Repeatable.
            """)
    var types: [String] = []

    @Option(help: "The column with the weights of the rows.")
    var weights: String?

    @Option(help: "A column: rows with the same value are all for training or all for scores.")
    var group: String?

    @Option(help: "The column that orders the rows, such as a date: scores are those of the last rows.")
    var ordered: String?

    func options() throws -> ColumnOptions {
        var options = ColumnOptions(target: target)
        options.task = try task.map {
            guard let task = ModelCard.Task(rawValue: $0) else {
                throw ValidationError("--task must be classification or regression, but is \($0)")
            }
            return task
        }
        (options.drop, options.weights, options.group, options.order) = (drop, weights, group, ordered)
        for type in types {
            guard let equals = type.lastIndex(of: "="),
                let kind = ColumnType(String(type[type.index(after: equals)...]))
            else {
                throw ValidationError(
                    "--type must be NAME=numbers, NAME=strings, NAME=date or 'NAME=date(dd/MM/yyyy)', but is \(type)")
            }
            options.types[String(type[..<equals])] = kind
        }
        return options
    }
}

/// How a model is made.
struct RecipeArguments: ParsableArguments {
    @Option(help: "tabular, the network for raw tables, or mlp, scikit-learn's network.")
    var model = "tabular"

    @Option(
        name: .customLong("set"), parsing: .singleValue,
        help: "A parameter of the model, such as alpha=1e-3 or hidden_layer_sizes=64,64. Repeatable.")
    var changes: [String] = []

    @Option(help: "balanced: classes weigh the same, however many rows they have.")
    var classWeight: String?

    @Option(help: "The seed of all random draws. The same seed and data give the same model, bit for bit.")
    var seed: UInt32 = 0

    @Option(name: .customLong("time"), help: "The maximum time for one training, such as 90s, 10m or 2h.")
    var time: String?

    func recipe(_ display: DisplayArguments) throws -> Recipe {
        var recipe = Recipe()
        guard let kind = Recipe.Kind(rawValue: model) else {
            throw ValidationError("--model must be tabular or mlp, but is \(model)")
        }
        recipe.kind = kind
        recipe.changes = try changes.map { change in
            guard let equals = change.firstIndex(of: "=") else {
                throw ValidationError("--set must be NAME=VALUE, but is \(change)")
            }
            return (String(change[..<equals]), String(change[change.index(after: equals)...]))
        }
        if let classWeight {
            guard classWeight == "balanced" else {
                throw ValidationError("--class-weight must be balanced, but is \(classWeight)")
            }
            recipe.balancesClasses = true
        }
        recipe.seed = seed
        recipe.maxTime = try time.map { try seconds($0) }
        recipe.verbose = display.quiet ? .silent : Console.isTerminal ? .progressBar : .warnings
        return recipe
    }
}

/// The number of seconds of a text such as `90s`, `10m` or `2h`.
func seconds(_ text: String) throws -> Double {
    let units: [Character: Double] = ["s": 1, "m": 60, "h": 3600]
    let unit = text.last.flatMap { units[$0] }
    guard let value = Double(unit == nil ? text : String(text.dropLast())), value > 0, value.isFinite else {
        throw ValidationError("--time must be a time such as 90s, 10m or 2h, but is \(text)")
    }
    return value * (unit ?? 1)
}

/// What `train` and `tune` have in common: the data, the model, and how it is judged.
struct TrainingArguments: ParsableArguments {
    @Argument(help: "The CSV file.")
    var data: String

    @OptionGroup(title: "The columns") var columns: ColumnArguments
    @OptionGroup(title: "The model") var recipe: RecipeArguments

    @Option(help: "The fraction of the rows to hold out for the scores; 0 for no scores.")
    var holdout = 0.2

    @Option(help: "An HTML report to write.")
    var report: String?

    @Flag(help: "Resume a run that was killed. The result equals that of an uninterrupted run, bit for bit.")
    var resume = false

    @OptionGroup var reading: ReadingArguments
    @OptionGroup var display: DisplayArguments

    /// The table, with what its columns are taken for.
    func table() throws -> TrainingTable { try TrainingTable(data, columns.options(), reading: reading.options) }

    /// The training, of which what the columns are taken for has been noted.
    func job(_ table: TrainingTable, output: String) throws -> TrainingJob {
        display.note("\(data): \(table.truth.count) rows\n\(text(for: table))")
        var job = TrainingJob(table, output: output, recipe: try recipe.recipe(display))
        (job.holdout, job.report, job.resumes) = (holdout, report, resume)
        try job.checkOutput()
        (job.data, job.checksum, job.reading) = (data, checksum(of: data), table.reading)
        job.note = { [display] in display.note($0) }
        if !display.quiet { Interruption.writes("\nInterrupted: the same command with --resume goes on from here.\n") }
        return job
    }

    /// Trains, and prints what was found out.
    func run(_ job: TrainingJob) throws {
        let (workflow, heldOut) = try job.run()
        if display.json {
            print(try workflow.card.json)
        } else if let validation = workflow.card.validation {
            print("Scores on \(validation)")
            print(text(for: workflow.card.scores, baseline: heldOut.baseline))
            let important = workflow.card.importances.prefix(5).filter { $0.value > 0 }
            if !important.isEmpty {
                print(
                    "\nImportant columns: "
                        + important.map { "\($0.column) (\(short($0.value)))" }.joined(separator: ", "))
            }
        }
        display.note("Wrote \(job.output)." + (report.map { " Wrote \($0)." } ?? ""))
    }
}
