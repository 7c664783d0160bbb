import Foundation
import SwiftMLP
import Synchronization
import Testing

@testable import Workflows

/// Models with what is known about them.
@Suite struct WorkflowTests {
    private func table() throws -> TrainingTable {
        let rows = (0..<40)
        let table = try Table([
            "a": .numbers(rows.map { Double($0 % 7) }), "b": .strings(rows.map { $0 % 3 == 0 ? nil : "v\($0 % 3)" }),
            "y": .strings(rows.map { $0 % 2 == 0 ? "no" : "yes" }),
        ])
        return try TrainingTable(table, ColumnOptions(target: "y"))
    }

    private func path() -> String {
        FileManager.default.temporaryDirectory.appending(path: "workflow-\(UUID().uuidString).mlp").path
    }

    @Test func aFileKeepsModelAndCard() throws {
        let path = path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        var recipe = Recipe()
        (recipe.kind, recipe.changes, recipe.verbose) = (.mlp, [("max_iter", "3")], .silent)
        let (workflow, heldOut) = try TrainingJob(table(), output: path, recipe: recipe).run()
        let loaded = try Workflow(contentsOf: path)
        #expect(loaded.card.columns == workflow.card.columns)
        #expect(loaded.card.scores == workflow.card.scores)
        #expect(loaded.card.classes == ["no", "yes"])
        #expect(heldOut.rows.count == 8)
    }

    @Test func aModelOfTheLibraryHasAPlainCard() throws {
        let path = path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        let table = try table()
        guard case .labels(let y) = table.truth else { return }
        var model = TablePipeline(
            ColumnTransformer([.numeric(["a"])]), MLPClassifier<String, Double>(maxIter: 2, randomState: 1))
        model.last.verbose = .silent
        try model.fit(table.x, y)
        try model.save(to: path)
        let workflow = try Workflow(contentsOf: path)
        #expect(workflow.card.columns.map(\.name) == ["a"])
        #expect(try workflow.predictions(for: table.x).labels == model.predict(table.x))
        // A model that takes no tables.
        var matrix = MLPClassifier(maxIter: 2, randomState: 1)
        matrix.verbose = .silent
        try matrix.fit(Matrix(rows: 4, columns: 1, elements: [0, 1, 2, 3]), [0, 1, 0, 1])
        try matrix.save(to: path)
        #expect(throws: WorkflowError.self) { try Workflow(contentsOf: path) }
    }

    @Test func theCardOfAnotherModelIsRejected() throws {
        let path = path()
        defer { try? FileManager.default.removeItem(atPath: path) }
        var recipe = Recipe()
        (recipe.kind, recipe.changes, recipe.verbose) = (.mlp, [("maxIter", "2")], .silent)
        var (workflow, _) = try TrainingJob(table(), output: path, recipe: recipe).run()
        workflow.card.columns[0].name = "other"
        try workflow.save(to: path)
        #expect(throws: WorkflowError.self) { try Workflow(contentsOf: path) }
    }

    @Test func callsHaveDots() throws {
        var recipe = Recipe()
        (recipe.balancesClasses, recipe.verbose, recipe.maxTime) = (true, .silent, 10)
        recipe.changes = [("maxIter", "5")]
        #expect(
            try recipe.call(for: table())
                == "TabularMLPClassifier(TabularSettings(maxIter: 5), maxTime: 10.0, randomState: 0, verbose: .silent, "
                + "classWeight: .balanced)")
        for (text, expected) in [
            ("f(schedule: cosine, batchSize: 5)", "f(schedule: .cosine, batchSize: 5)"),
            ("f(batchSize: auto, monitor: nil)", "f(batchSize: .auto, monitor: nil)"),
            ("f(dropoutSchedule: warmUp(0.1, then: cosine))", "f(dropoutSchedule: .warmUp(0.1, then: .cosine))"),
            ("f(classWeight: [\"a\": 1.0])", "f(classWeight: [\"a\": 1.0])"),
        ] {
            #expect(text.withDots == expected)
        }
        for text in [
            "f(a: 1, verbose: .silent, b: 2)", "f(verbose: true, a: 1, b: 2)", "f(a: 1, b: 2, verbose: progressBar)",
        ] {
            #expect(text.withoutVerbose == "f(a: 1, b: 2)")
        }
    }

    @Test func halfWidthsAreConformalQuantiles() {
        var card = ModelCard(task: .regression, target: "y", columns: [], call: "")
        card.errors = (1...9).map(Double.init)
        // The ⌈(9 + 1) · level⌉-th of the errors.
        #expect(card.halfWidth(level: 0.5) == 5)
        #expect(card.halfWidth(level: 0.9) == 9)
        #expect(card.halfWidth(level: 0.95) == nil)
    }

    @Test func intervalsOfScoresCoverTheScore() throws {
        let probabilities = Matrix<Double>(
            rows: 200, columns: 2,
            elements: (0..<200).flatMap { row in
                let p = Double(row % 10) / 10 + 0.05
                return [1 - p, p]
            })
        let labels = (0..<200).map { ($0 * 7) % 10 < $0 % 10 ? "b" : "a" }
        let scores = try Scores.of(.probabilities(probabilities, classes: ["a", "b"]), truth: .labels(labels))
        #expect(scores.count == 6)
        for score in scores {
            let (low, high) = (try #require(score.low), try #require(score.high))
            #expect(low < score.value && score.value < high)
        }
        let predicted = Predictions.probabilities(probabilities, classes: ["a", "b"]).labels ?? []
        #expect(scores[0].value == Double(zip(labels, predicted).count { $0 == $1 }) / 200)
        #expect(throws: WorkflowError.self) {
            try Scores.of(.probabilities(probabilities, classes: ["a", "b"]), truth: .labels(labels.map { _ in "c" }))
        }
    }

    @Test func tasksAreGuessed() throws {
        func task(_ values: [Double]) throws -> ModelCard.Task {
            let table = try Table([
                ("x", .numbers(values.indices.map { Double($0 * $0 % 11) })), ("y", .numbers(values)),
            ])
            return try TrainingTable(table, ColumnOptions(target: "y")).task
        }
        #expect(try task((0..<30).map { Double($0 % 3) }) == .classification)
        #expect(try task((0..<30).map { Double($0 % 3) + 0.5 }) == .regression)
        #expect(try task((0..<30).map { Double($0) }) == .regression)
    }

    @Test func typesOfColumnsAreRead() {
        #expect(ColumnType("numbers") == .numbers)
        #expect(ColumnType("date") == .dates(nil))
        #expect(ColumnType("date(dd/MM/yyyy HH:mm)") == .dates(.dayMonthYear))
        #expect(ColumnType("date(mm-dd-yy)") == .dates(.monthDayYear))
        #expect(ColumnType("date(ymd)") == .dates(.yearMonthDay))
        for text in ["", "date()", "date(yyyy)", "words", "date(dd/MM/yyyy"] { #expect(ColumnType(text) == nil) }
    }

    @Test func numbersThatAreDatesAreFound() throws {
        let days = (0..<40).map { (row: Int) -> Double in Double(20_240_101 + row % 28 + 100 * (row / 28)) }
        let table = try Table([
            ("day", .numbers(days)), ("n", .numbers((0..<40).map { (row: Int) -> Double in Double(row * row % 7) })),
            ("y", .numbers(days.indices.map { (row: Int) -> Double in Double(row) / 3 })),
        ])
        let training = try TrainingTable(table, ColumnOptions(target: "y"))
        let expected = ["day": DateOrder.yearMonthDay]
        #expect(training.dates == expected)
        #expect(try training.x.numbers("day")[0] == 19_723)
        var options = ColumnOptions(target: "y")
        options.types = ["day": .numbers]
        #expect(try TrainingTable(table, options).x.numbers("day") == days)
    }

    private static let spellings: [(texts: [String?], options: String?)] = {
        var cases: [(texts: [String?], options: String?)] = []
        for text in ["1", "2.5", "00501", "1.2.3", "12:30", "12,34,56"] { cases.append(([text], nil)) }
        cases.append((["5%", "x"], nil))
        cases.append(([nil], nil))
        cases.append((["5%", "12 %"], "--percent"))
        cases.append((["$5", "-$1.50"], "--currency '$'"))
        cases.append((["1.234,50", "7"], "--decimal ',' --thousands '.'"))
        cases.append((["1,5"], "--decimal ','"))
        cases.append((["1,250", "1,25"], "--decimal ','"))
        cases.append((["1,250,000"], "--thousands ','"))
        cases.append((["1 234,5 €"], "--decimal ',' --thousands ' ' --currency '€'"))
        cases.append((["1'234.50"], "--thousands \"'\""))
        cases.append((["1,2345"], "--decimal ','"))
        cases.append((["(1.50)", "2"], "--accounting"))
        cases.append((["1.234,50-", "7 €"], "--decimal ',' --thousands '.' --currency '€' --accounting"))
        cases.append((["−5", "7"], "--accounting"))
        for text in ["(-5)", "-(5)", "((5))", "5--", "(", "()"] { cases.append(([text], nil)) }
        return cases
    }()

    @Test func numbersHaveOtherSpellings() throws {
        for (texts, options) in Self.spellings {
            let spelling = NumberSpelling(texts)
            #expect(spelling?.problem.components(separatedBy: "say ").last == options, "\(texts)")
            // What is proposed reads the texts.
            guard let spelling else { continue }
            var reading = ReadingOptions()
            reading.decimal = spelling.decimal.first.map(String.init)
            reading.thousands = spelling.thousands.first.map(String.init)
            (reading.currency, reading.percent) = (spelling.currency.sorted(), spelling.percent)
            reading.accounting = spelling.accounting
            let cells = texts.map { "\"\($0 ?? "")\"" }
            let table = try readCSV(text: "a;b\n" + cells.map { $0 + ";1\n" }.joined(), reading.format())
            #expect(table.numericColumnNames == ["a", "b"], "\(texts)")
        }
    }

    @Test func parenthesesAreNeverGuessed() {
        var reading = ReadingOptions()
        NumberSpelling(["($1.50)", "$2"])?.add(to: &reading)
        #expect(reading == ReadingOptions())
        reading.accounting = true
        NumberSpelling(["($1.50)", "$2"])?.add(to: &reading)
        #expect(reading.currency == ["$"])
    }

    @Test func longTrainingsAreAnnounced() throws {
        let rows = 20_000
        let table = try Table([
            ("a", .numbers((0..<rows).map { Double($0 % 701) })), ("y", .numbers((0..<rows).map { Double($0 % 997) })),
        ])
        let training = try TrainingTable(table, ColumnOptions(target: "y"))
        guard case .numbers(let y) = training.truth else { return }
        func notes(_ count: Int = rows, _ change: (inout TrainingJob) -> Void = { _ in }) throws -> [String] {
            let part = training.selecting(Array(0..<count))
            let lines = Mutex<[String]>([])
            var recipe = Recipe()
            recipe.changes = [
                ("nEnsemble", "2"), ("hiddenLayerSizes", "4,"), ("maxIter", "1000000"), ("batchSize", "4096"),
                ("maxSteps", "1000000000"),
            ]
            var job = TrainingJob(part, output: "none", recipe: recipe)
            job.note = { line in lines.withLock { $0.append(line) } }
            change(&job)
            try job.noteTime(
                { try $0.tabularRegressor(for: part) }, Array(y.prefix(count)), trainings: job.refits ? 2 : 1)
            return lines.withLock { $0 }
        }
        let two = try #require(try notes().first)
        #expect(
            two.contains(
                /^Each of the 2 trainings takes about \d+ (minutes|hours|days): 1000000 passes over 20000 rows\./))
        #expect(two.contains("--time 30m, limits it; --no-refit saves the second."))
        let one = try #require(try notes { $0.refits = false }.first)
        #expect(one.hasPrefix("The training takes about ") && one.hasSuffix("limits it."))
        // Not where it is short, limited, or of few rows.
        #expect(try notes { $0.recipe.changes[2].text = "1" } == [])
        #expect(try notes { $0.recipe.maxTime = 60 } == [])
        #expect(try notes(19_999) == [])
        for (seconds, text) in [
            (61.0, "2 minutes"), (5399, "90 minutes"), (5400, "2 hours"), (172_799, "48 hours"), (172_800, "2 days"),
        ] {
            #expect(TrainingJob.duration(seconds) == text)
        }
    }
}
