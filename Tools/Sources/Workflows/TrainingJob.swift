import Foundation
public import SwiftMLP

/// Trains a model of a table, judges it on rows that it has not seen, and can resume after it was killed.
///
/// First one model is trained for each split, without the rows of the split's test side; its predictions for these rows
/// give the scores. Then the model is trained on all rows.
public struct TrainingJob: Sendable {
    /// The data.
    public var table: TrainingTable
    /// How the model is made.
    public var recipe: Recipe
    /// The path of the model file.
    public var output: String
    /// The number of folds of the cross-validation; nil to hold out `holdout` of the rows once.
    public var folds: Int?
    /// The fraction of the rows that is held out; 0 for no scores.
    public var holdout = 0.2
    /// Whether to resume a run that was killed.
    public var resumes = false
    /// The path of the report; nil for none.
    public var report: String?
    /// What the data are called in the card, and their checksum.
    public var data, checksum: String?
    /// How the data were read.
    public var reading = ReadingOptions()
    /// Gets a line for each step.
    public var note: @Sendable (String) -> Void = { _ in }

    /// A job with the default recipe, which holds out a fifth of the rows.
    public init(_ table: TrainingTable, output: String, recipe: Recipe = Recipe()) {
        (self.table, self.output, self.recipe) = (table, output, recipe)
    }

    /// Trains, and writes the model file.
    ///
    /// - Returns: the model, and the predictions for the rows that were held out.
    /// - Throws: what training throws; `WorkflowError` for options that do not fit the data.
    public func run() throws -> (workflow: Workflow, heldOut: HeldOut) {
        switch (recipe.kind, table.truth) {
        case (.tabular, .labels(let y)): try run(recipe.tabularClassifier(), y) { ClassifierWorkflow($0) }
        case (.tabular, .numbers(let y)): try run(recipe.tabularRegressor(), y) { RegressorWorkflow($0) }
        case (.mlp, .labels(let y)): try run(recipe.classifier(for: table.x), y) { ClassifierWorkflow($0) }
        case (.mlp, .numbers(let y)): try run(recipe.regressor(for: table.x), y) { RegressorWorkflow($0) }
        }
    }

    /// Predictions for rows that were held out, and the baseline's.
    public struct HeldOut: Sendable {
        /// The numbers of the rows.
        public var rows: [Int] = []
        /// The predictions for them.
        public var predictions: Predictions?
        /// The scores of a model without features.
        public var baseline: [ModelCard.Score] = []
    }

    private func run<Model: Trainable>(
        _ model: Model, _ y: [Model.Target], _ wrapped: (Model) -> any TableWorkflow
    ) throws -> (Workflow, HeldOut) {
        let splits = try splits()
        try checkOutput()
        if !resumes { removeParts(upTo: splits.count + 1) }
        var heldOut = HeldOut()
        var classes: [String] = []
        if case .labels(let labels) = table.truth { classes = Set(labels).sorted(by: String.precedes) }
        var parts: [Predictions] = []
        var importances: [ModelCard.Importance] = []
        for (index, split) in splits.enumerated() {
            note(splits.count == 1 ? "Training without the held-out rows" : "Fold \(index + 1) of \(splits.count)")
            let fitted = try fit(model, y, split.train, part: index)
            let x = table.x.selectingRows(split.test)
            parts.append(try wrapped(fitted).predictions(for: x).with(classes: classes))
            heldOut.rows += split.test
            guard index == splits.count - 1 else { continue }
            note("Measuring what the columns contribute")
            importances = try self.importances(of: fitted, x, split.test.map { y[$0] })
            if let report {
                note("Writing \(report)")
                try fitted.writeReport(
                    to: report, test: (x, split.test.map { y[$0] }), title: "\(table.target) from \(data ?? "a table")",
                    yTrain: split.train.map { y[$0] })
            }
        }
        note("Training on all rows")
        let fitted = try fit(model, y, Array(0..<table.truth.count), part: splits.count)
        let workflow = try Workflow(
            model: wrapped(fitted), card: card(wrapped(fitted), heldOut: &heldOut, parts, splits))
        var named = workflow
        named.card.importances = importances
        try named.save(to: output)
        removeParts(upTo: splits.count + 1)
        return (named, heldOut)
    }

    // MARK: Splits

    /// The rows that the first of the held-out scores does not use.
    ///
    /// - Throws: what ``run()`` throws for options that do not fit the data.
    public func trainingRows() throws -> [Int] { try splits().first?.train ?? Array(0..<table.truth.count) }

    private func splits() throws -> [SplitIndices] {
        let rows = table.truth.count
        var samples = SplitSamples(count: rows)
        if case .labels(let labels) = table.truth {
            let numbers = Dictionary(uniqueKeysWithValues: zip(Set(labels).sorted(by: String.precedes), 0...))
            samples.classes = labels.map { numbers[$0] ?? 0 }
        }
        if let groups = table.groups {
            let numbers = Dictionary(uniqueKeysWithValues: zip(Set(groups).sorted(by: String.precedes), 0...))
            samples.groups = groups.map { numbers[$0] ?? 0 }
        }
        // Classes with one row cannot be on both sides.
        let least = samples.classes.map { Dictionary(grouping: $0, by: { $0 }).values.map(\.count).min() ?? 0 } ?? 0
        let seed = recipe.seed
        if let folds {
            guard folds >= 2, folds <= rows else {
                throw WorkflowError("--folds must be from 2 to the number of rows, \(rows), but is \(folds)")
            }
            let rule: any CrossValidator
            if table.isOrdered {
                rule = TimeSeriesSplit(nSplits: folds)
            } else if samples.groups != nil {
                rule = GroupKFold(nSplits: folds, shuffle: true, randomState: seed)
            } else if least >= folds {
                rule = StratifiedKFold(nSplits: folds, shuffle: true, randomState: seed)
            } else {
                rule = KFold(nSplits: folds, shuffle: true, randomState: seed)
            }
            return try rule.splits(of: samples)
        }
        guard holdout > 0 else { return [] }
        guard holdout < 1 else { throw WorkflowError("--holdout must be below 1, but is \(holdout)") }
        let count = max(1, Int((Double(rows) * holdout).rounded()))
        guard count < rows else { throw WorkflowError("--holdout \(holdout) leaves no row to learn from") }
        if table.isOrdered { return [(train: Array(0..<(rows - count)), test: Array((rows - count)..<rows))] }
        if samples.groups != nil {
            return try GroupShuffleSplit(nSplits: 1, testSize: .fraction(holdout), randomState: seed).splits(
                of: samples)
        }
        let classCount = Set(samples.classes ?? []).count
        if least >= 2, count >= classCount, rows - count >= classCount {
            return try StratifiedShuffleSplit(nSplits: 1, testSize: .count(count), randomState: seed).splits(
                of: samples)
        }
        return try ShuffleSplit(nSplits: 1, testSize: .count(count), randomState: seed).splits(of: samples)
    }

    // MARK: Fits

    private func path(of part: Int) -> String { "\(output).part\(part + 1)" }

    private func removeParts(upTo count: Int) {
        for part in 0..<count { try? FileManager.default.removeItem(atPath: path(of: part)) }
    }

    private func checkOutput() throws {
        var isFolder: ObjCBool = false
        let folder = URL(fileURLWithPath: output).deletingLastPathComponent().path
        guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
            throw WorkflowError("\(output) must be in a folder that exists, but there is no folder \(folder)")
        }
    }

    /// The note that says that a part is finished, and with what.
    private static let finished = "mlp.finished"

    /// The call of a model's initializer, without what it shows.
    private static func call(of model: some CustomStringConvertible) -> String {
        model.description.replacing(/(, )?verbose: [.\w]+/, with: "")
    }

    private func fit<Model: Trainable>(_ model: Model, _ y: [Model.Target], _ rows: [Int], part: Int) throws -> Model {
        let path = path(of: part)
        let mark = "\(Self.call(of: model)) on \(checksum ?? "") rows \(rows.hashedText)"
        let x = table.x.selectingRows(rows)
        let y = rows.map { y[$0] }
        let weights = table.weights.map { weights in rows.map { weights[$0] } }
        let limit = recipe.maxTime
        let isTabular = recipe.kind == .tabular
        func watch(_ epoch: TrainingEpoch) -> TrainingDecision {
            // Networks for tables know the limit themselves.
            if let limit, !isTabular, epoch.elapsed > limit { return .stop }
            return .continue
        }
        let checkpoint = CheckpointFile(path, every: 16)
        if resumes, FileManager.default.fileExists(atPath: path) {
            let information = try ModelFileInformation(contentsOf: path)
            var started = try Model(contentsOf: path)
            let foreign = WorkflowError(
                "\(path) is of a run with other data or options: leave out --resume to start anew")
            guard Self.call(of: started) == Self.call(of: model) else { throw foreign }
            if let finished = information.notes[Self.finished] {
                guard finished == mark else { throw foreign }
                return started
            }
            try started.resume(x, y, sampleWeight: weights, checkpoint: checkpoint, onEpoch: watch)
            try started.save(to: path, notes: [Self.finished: mark])
            return started
        }
        var fitted = model
        try fitted.fit(x, y, sampleWeight: weights, checkpoint: checkpoint, onEpoch: watch)
        try fitted.save(to: path, notes: [Self.finished: mark])
        return fitted
    }

    private func importances<Model: Trainable>(
        of model: Model, _ x: Table, _ y: [Model.Target]
    ) throws -> [ModelCard.Importance] {
        let rows = Array(x.sampleCount > 1000 ? Array(0..<1000) : Array(0..<x.sampleCount))
        let result = try permutationImportance(
            model, x.selectingRows(rows), rows.map { y[$0] }, nRepeats: 3, randomState: 0, nJobs: -1)
        return zip(x.columnNames, result.importancesMean).map { ModelCard.Importance(column: $0, value: $1) }
            .sorted { $0.value > $1.value }
    }

    // MARK: The card

    private func card(
        _ model: any TableWorkflow, heldOut: inout HeldOut, _ parts: [Predictions], _ splits: [SplitIndices]
    ) throws -> ModelCard {
        var card = try ModelCard(
            task: table.task, target: table.target,
            columns: model.columnTypes().map { try ModelCard.Column($0.name, table.x.column($0.name)) },
            call: model.call)
        card.classes = model.classLabels
        card.rows = table.truth.count
        (card.data, card.checksum, card.reading) = (data, checksum, reading)
        card.date = Date()
        guard let predictions = Predictions(joining: parts) else { return card }
        heldOut.predictions = predictions
        let truth = table.truth.selecting(heldOut.rows)
        card.scores = try Scores.of(predictions, truth: truth)
        let train = table.truth.selecting(splits[0].train)
        heldOut.baseline = try Scores.of(
            Scores.baseline(truth, train: train, classes: model.classLabels), truth: truth)
        card.validation =
            folds.map { "\($0) folds, \(truth.count) rows" }
            ?? "\(truth.count) held-out rows of \(table.truth.count)"
        if case (.numbers(let predicted), .numbers(let truth)) = (predictions, truth) {
            // At most a thousand, since they are kept in the file.
            let errors = zip(predicted, truth).map { abs($0 - $1) }.sorted()
            let count = min(errors.count, 1000)
            card.errors =
                errors.count <= 1000
                ? errors : (1...count).map { errors[min(errors.count - 1, $0 * errors.count / count)] }
        }
        return card
    }
}

/// A model that a job can train.
public typealias Trainable = IterativeEstimator & Storable & TableModel & CustomStringConvertible
    & _TableTrainable

/// Estimators over tables whose training can be saved and resumed. Not for clients.
public protocol _TableTrainable: IterativeEstimator where Features == Table, _Options == _NetworkOptions {}

extension TabularMLPClassifier: _TableTrainable {}
extension TabularMLPRegressor: _TableTrainable {}
extension TablePipeline: _TableTrainable where Last: IterativeEstimator, Last._Options == _NetworkOptions {}
extension TransformedTargetRegressor: _TableTrainable
where Regressor: IterativeEstimator, Regressor.Features == Table, Regressor._Options == _NetworkOptions {}

extension Array where Element == Int {
    /// A checksum of the numbers.
    fileprivate var hashedText: String {
        String(
            reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64(bitPattern: Int64($1))) &* 0x0000_0100_0000_01B3 }, radix: 16)
    }
}

extension Predictions {
    /// The predictions with a column for each of `classes`; those that the model does not know have probability 0.
    func with(classes all: [String]) -> Predictions {
        guard case .probabilities(let probabilities, let classes) = self, classes != all else { return self }
        var elements: [Double] = []
        for row in 0..<probabilities.rows {
            elements += all.map { label in classes.firstIndex(of: label).map { probabilities[row, $0] } ?? 0 }
        }
        return .probabilities(Matrix(rows: probabilities.rows, columns: all.count, elements: elements), classes: all)
    }

    /// The predictions one after the other; nil for none.
    init?(joining parts: [Predictions]) {
        switch parts.first {
        case nil: return nil
        case .numbers:
            self = .numbers(
                parts.flatMap { part -> [Double] in
                    if case .numbers(let numbers) = part { return numbers }
                    return []
                })
        case .probabilities(_, let classes):
            let elements = parts.flatMap { part -> [Double] in
                if case .probabilities(let matrix, _) = part { return matrix.elements }
                return []
            }
            self = .probabilities(
                Matrix(rows: elements.count / classes.count, columns: classes.count, elements: elements),
                classes: classes)
        }
    }
}

extension ModelCard.Column {
    /// What is known of a column of the training data.
    init(_ name: String, _ column: Table.Column) {
        self.init(name: name, kind: column.kind)
        let count = Double(max(1, column.texts.count))
        missing = Double(column.missingRows.count) / count
        switch column {
        case .numbers(let values):
            let known = values.filter { !$0.isNaN }.sorted()
            (least, greatest) = (known.first, known.last)
            median = known.isEmpty ? nil : known[known.count / 2]
            isInteger = known.allSatisfy { $0 == $0.rounded() }
        case .strings(let values):
            var counts: [String: Int] = [:]
            for value in values.compactMap(\.self) { counts[value, default: 0] += 1 }
            categoryCount = counts.count
            categories = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(100).map(\.key)
        }
    }
}
