import Foundation
import SwiftMLP

/// Searches the parameters with which a model scores best in a cross-validation.
public struct TuningJob: Sendable {
    /// The data: those that the search may see.
    public var table: TrainingTable
    /// How the model is made; the search changes its parameters.
    public var recipe: Recipe
    /// The number of candidates.
    public var candidates = 20
    /// Whether few candidates get many rows, and many candidates few.
    public var isHalving = false
    /// The number of folds.
    public var folds = 3
    /// The name of the score that decides; nil for the log loss or the root mean squared error.
    public var metric: String?
    /// The file in which results are noted, from which a search that was killed resumes.
    public var journal: String
    /// Whether to show progress.
    public var verbose = false

    /// A search of twenty candidates.
    public init(_ table: TrainingTable, recipe: Recipe, journal: String) {
        (self.table, self.recipe, self.journal) = (table, recipe, journal)
    }

    /// A candidate and its score.
    public struct Result: Sendable, Codable {
        /// The parameters, as `--set` takes them.
        public var changes: [String]
        /// The mean and the standard deviation of the score over the folds; greater is better.
        public var mean, deviation: Double
    }

    /// What the score is that decides, and whether the search maximizes what is below 0: minus a loss or an error.
    public var score: (name: String, isLoss: Bool) {
        let name = metric ?? (table.task == .classification ? "log-loss" : "rmse")
        return (name, ["log-loss", "rmse", "mae"].contains(name))
    }

    /// Searches.
    ///
    /// - Returns: the recipe with the best parameters, and all candidates, the best first.
    /// - Throws: what the search throws; `WorkflowError` for a metric that there is not.
    public func run() throws -> (recipe: Recipe, results: [Result]) {
        let changes = draws()
        // What is printed does not make another search, which could not resume this one.
        var silent = recipe
        silent.verbose = .silent
        let recipes = changes.map { changes in
            var recipe = silent
            recipe.changes += changes
            return recipe
        }
        let labels = changes.map { $0.isEmpty ? "the defaults" : Self.texts($0).joined(separator: " ") }
        let found: [(index: Int, mean: Double, deviation: Double)] =
            switch (recipe.kind, table.truth) {
            case (.tabular, .labels(let y)):
                try search(
                    silent.tabularClassifier(for: table), y, \.settings, try recipes.map { try $0.tabularSettings() },
                    labels,
                    classScorer())
            case (.tabular, .numbers(let y)):
                try search(
                    silent.tabularRegressor(for: table), y, \.settings, try recipes.map { try $0.tabularSettings() },
                    labels,
                    numberScorer())
            case (.mlp, .labels(let y)):
                try search(
                    silent.classifier(for: table), y, \.last.hyperparameters,
                    try recipes.map { try $0.hyperparameters() }, labels,
                    classScorer())
            case (.mlp, .numbers(let y)):
                try search(
                    silent.regressor(for: table), y, \.regressor.last.hyperparameters,
                    try recipes.map { try $0.hyperparameters() }, labels,
                    numberScorer())
            }
        let results = found.map { index, mean, deviation in
            Result(changes: Self.texts(changes[index]), mean: mean, deviation: deviation)
        }
        var best = recipe
        if let first = found.first { best.changes += changes[first.index] }
        return (best, results)
    }

    /// Changes as `--set` takes them.
    private static func texts(_ changes: [(name: String, text: String)]) -> [String] {
        changes.map { "\($0.name)=\($0.text)" }
    }

    private func search<Model: Estimator, Value: Sendable & Equatable>(
        _ model: Model, _ y: [Model.Target], _ path: WritableKeyPath<Model, Value> & Sendable, _ values: [Value],
        _ labels: [String], _ scorer: Scorer<Model>
    ) throws -> [(index: Int, mean: Double, deviation: Double)] where Model.Features == Table {
        let axis = ParameterAxis(path, values, name: "candidate", labels: labels)
        let cv: any CrossValidator =
            Model.classNumbers(of: y) == nil
            ? KFold(nSplits: folds, shuffle: true, randomState: recipe.seed)
            : StratifiedKFold(nSplits: folds, shuffle: true, randomState: recipe.seed)
        let results: CVResults<Model>
        if isHalving {
            var search = HalvingGridSearchCV(
                model, paramGrid: [axis], cv: cv, scoring: scorer, refit: false, randomState: recipe.seed,
                verbose: verbose, journal: journal)
            try search.fit(table.x, y, sampleWeight: table.weights)
            results = search.cvResults
        } else {
            var search = GridSearchCV(
                model, paramGrid: [axis], scoring: scorer, refit: false, cv: cv, verbose: verbose, journal: journal)
            try search.fit(table.x, y, sampleWeight: table.weights)
            results = search.cvResults
        }
        // A halving search scores a candidate in each round: its last score counts.
        var last: [Int: (mean: Double, deviation: Double, rows: Int)] = [:]
        for (row, parameters) in results.params.enumerated() {
            guard let index = values.firstIndex(where: { $0 == parameters[path] }) else { continue }
            let rows = results.nResources.isEmpty ? 0 : results.nResources[row]
            if rows >= last[index]?.rows ?? 0 {
                last[index] = (results.meanTestScore[row], results.stdTestScore[row], rows)
            }
        }
        return last.map { ($0.key, $0.value.mean, $0.value.deviation, $0.value.rows) }
            .sorted { ($0.3, $0.1, -$0.0) > ($1.3, $1.1, -$1.0) }.map { ($0.0, $0.1, $0.2) }
    }

    private func classScorer<Model: ProbabilisticClassifier>() throws -> Scorer<Model> where Model.Target: ClassLabel {
        switch metric {
        case nil, "log-loss": .negLogLoss
        case "accuracy": .accuracy
        case "balanced-accuracy": .balancedAccuracy
        case "f1-macro": .f1Macro
        case "roc-auc": .rocAUC
        case let other?:
            throw WorkflowError(
                "--metric must be log-loss, accuracy, balanced-accuracy, f1-macro or roc-auc for classes, but is \(other)"
            )
        }
    }

    private func numberScorer<Model: Estimator>() throws -> Scorer<Model> where Model.Target == Double {
        switch metric {
        case nil, "rmse": .negRootMeanSquaredError
        case "mae": .negMeanAbsoluteError
        case "r2": .r2
        case let other?: throw WorkflowError("--metric must be rmse, mae or r2 for numbers, but is \(other)")
        }
    }

    /// Random parameters, but those that the recipe sets; the first candidate has the defaults.
    private func draws() -> [[(name: String, text: String)]] {
        let fixed = Set(recipe.changes.map { Parameters.camelCase($0.name) })
        var generator = SplitMix(state: UInt64(recipe.seed) &+ 0x5EED)
        func choice(_ texts: [String]) -> String { texts.randomElement(using: &generator) ?? texts[0] }
        func logUniform(_ low: Double, _ high: Double) -> String {
            String(format: "%.3g", low * Foundation.pow(high / low, Double.random(in: 0...1, using: &generator)))
        }
        return (0..<max(1, candidates)).map { index in
            if index == 0 { return [] }
            let drawn: [(name: String, text: String)]
            switch recipe.kind {
            case .tabular:
                let rate = table.task == .classification ? 0.04 : 0.2
                drawn = [
                    ("hiddenLayerSizes", choice(["192,192", "256,256,256", "128,128", "512,256,128"])),
                    ("learningRateInit", logUniform(rate / 4, rate * 2)),
                    ("dropout", choice(["0.0", "0.05", "0.15", "0.3"])),
                    ("weightDecay", logUniform(0.002, 0.2)),
                    ("embeddingSize", choice(["4", "8", "16"])),
                ]
            case .mlp:
                drawn = [
                    ("hiddenLayerSizes", choice(["50,", "100,", "200,", "50,50", "100,100", "200,100"])),
                    ("alpha", logUniform(1e-5, 1)),
                    ("learningRateInit", logUniform(3e-4, 1e-2)),
                    ("activation", choice(["relu", "tanh"])),
                    ("earlyStopping", choice(["true", "false"])),
                ]
            }
            return drawn.filter { !fixed.contains($0.name) }
        }
    }
}
