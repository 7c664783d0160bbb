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
    /// Whether the model is trained on all rows once the held-out ones have given its scores.
    public var refits = true
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
        case (.tabular, .labels(let y)): try run({ try $0.tabularClassifier(for: table) }, y) { ClassifierWorkflow($0) }
        case (.tabular, .numbers(let y)): try run({ try $0.tabularRegressor(for: table) }, y) { RegressorWorkflow($0) }
        case (.mlp, .labels(let y)): try run({ try $0.classifier(for: table) }, y) { ClassifierWorkflow($0) }
        case (.mlp, .numbers(let y)): try run({ try $0.regressor(for: table) }, y) { RegressorWorkflow($0) }
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
        _ make: (Recipe) throws -> Model, _ y: [Model.Target], _ wrapped: (Model) -> any TableWorkflow
    ) throws -> (Workflow, HeldOut) {
        let model = try make(recipe)
        guard refits || folds == nil && holdout > 0 else {
            throw WorkflowError(
                "--no-refit keeps the model of the rows that are not held out: leave out --folds and --holdout 0")
        }
        let splits = try splits()
        if case .labels(let labels) = table.truth,
            let one = splits.first(where: { Set($0.train.map { labels[$0] }).count < 2 })
        {
            throw WorkflowError(
                "the rows that are not held out have no class but \(labels[one.train[0]]): more rows are needed, or --holdout 0, "
                    + "which gives no scores")
        }
        try checkOutput()
        if !resumes { removeParts(upTo: splits.count + 1) }
        try noteTime(make, y, trainings: splits.count + (refits ? 1 : 0))
        var heldOut = HeldOut()
        var classes: [String] = []
        if case .labels(let labels) = table.truth { classes = Set(labels).sorted(by: String.precedes) }
        var parts: [Predictions] = []
        var importances: [ModelCard.Importance] = []
        var last: Model?
        for (index, split) in splits.enumerated() {
            note(splits.count == 1 ? "Training without the held-out rows" : "Fold \(index + 1) of \(splits.count)")
            let fitted = try fit(model, y, split.train, part: index)
            last = fitted
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
        var kept = last
        if refits {
            note("Training on all rows")
            kept = try fit(model, y, Array(0..<table.truth.count), part: splits.count)
        }
        guard let kept else { throw WorkflowError("there is no model without a training") }
        var workflow = try Workflow(
            model: wrapped(kept), card: card(wrapped(kept), heldOut: &heldOut, parts, splits))
        workflow.card.importances = importances
        try workflow.save(to: output)
        removeParts(upTo: splits.count + 1)
        return (workflow, heldOut)
    }
}

/// A model that a job can train.
public typealias Trainable = IterativeEstimator & Storable & TableModel & CustomStringConvertible
    & _TableTrainable

/// Estimators over tables whose training can be saved and resumed. Not for clients.
public protocol _TableTrainable: IterativeEstimator, _Stopping where Features == Table, _Options == _NetworkOptions {}

/// Estimators that say why their training stopped. Not for clients.
public protocol _Stopping {
    /// Why training stopped; nil if it has not begun or not ended. Not for clients.
    var _stopReason: StopReason? { get }
}

extension MLPClassifier: _Stopping {
    /// Why training stopped; nil if it has not begun or not ended. Not for clients.
    public var _stopReason: StopReason? { self.stopReason }
}

extension MLPRegressor: _Stopping {
    /// Why training stopped; nil if it has not begun or not ended. Not for clients.
    public var _stopReason: StopReason? { self.stopReason }
}

extension TabularMLPClassifier: _Stopping {
    /// Why training stopped; nil if it has not begun or not ended. Not for clients.
    public var _stopReason: StopReason? { self.stopReason }
}

extension TabularMLPRegressor: _Stopping {
    /// Why training stopped; nil if it has not begun or not ended. Not for clients.
    public var _stopReason: StopReason? { self.stopReason }
}

extension TablePipeline: _Stopping where Last: _Stopping {
    /// Why training stopped; nil if it has not begun or not ended. Not for clients.
    public var _stopReason: StopReason? { last._stopReason }
}

extension TransformedTargetRegressor: _Stopping where Regressor: _Stopping {
    /// Why training stopped; nil if it has not begun or not ended. Not for clients.
    public var _stopReason: StopReason? { regressor._stopReason }
}

extension TabularMLPClassifier: _TableTrainable {}
extension TabularMLPRegressor: _TableTrainable {}
extension TablePipeline: _TableTrainable where Last: IterativeEstimator & _Stopping, Last._Options == _NetworkOptions {}
extension TransformedTargetRegressor: _TableTrainable
where Regressor: IterativeEstimator & _Stopping, Regressor.Features == Table, Regressor._Options == _NetworkOptions {}
