public import Estimators

/// A search over all combinations of given values of some parameters.
///
/// ```swift
/// var search = GridSearchCV(
///     MLPClassifier(maxIter: 40, randomState: 1),
///     paramGrid: [.init(\.activation, [.relu, .tanh]), .init(\.alpha, [1e-4, 1.0])],
///     nJobs: 2, cv: 4)
/// try search.fit(x, y)
/// search.bestParams        // {activation: tanh, alpha: 0.0001}
/// print(search.cvResults)  // a table
/// ```
///
/// The search tries the combinations in order. The value of the last parameter changes fastest.
public typealias GridSearchCV<Model: Estimator> = ParameterSearch<GridCandidates<Model>>

/// All combinations of given values of some parameters.
public struct GridCandidates<Model: Estimator>: CandidateSource {
    /// The parameters and their values.
    public var paramGrid: [ParameterAxis<Model>]

    /// More grids, whose combinations the search tries after those of `paramGrid`. Use them for parameters that matter
    /// only with some values of other parameters.
    public var furtherGrids: [[ParameterAxis<Model>]] = []

    /// The name of the search.
    public static var searchName: String { "GridSearchCV" }

    /// The grid, or the list of the grids.
    public var arguments: [String] {
        let texts = ([paramGrid] + furtherGrids).map { grid in
            "[" + grid.map { "\($0.name): \(literal($0.assignments.map(\.value)))" }.joined(separator: ", ") + "]"
        }
        return ["paramGrid: \(texts.count == 1 ? texts[0] : "[\(texts.joined(separator: ", "))]")"]
    }

    /// All combinations, in their order.
    ///
    /// - Throws: `EstimatorError` for a grid without axes, an axis without values, and more than a million candidates.
    public func candidates(splits: Int, _ y: [Model.Target]) throws -> [ParameterSet<Model>] {
        let grids = [paramGrid] + furtherGrids
        for axes in grids { try Check.notEmpty(axes.count, argument: "paramGrid") }
        let grid = try ParameterGrid(grids)
        try checkTrials(grid.count, name: "the number of candidates of paramGrid")
        return Array(grid)
    }
}

// MARK: - In rounds

/// A search in rounds: it tries all combinations of given values with few resources, and the better ones again with
/// more.
///
/// ```swift
/// var search = HalvingGridSearchCV(
///     MLPClassifier(randomState: 1), paramGrid: [.init(\.alpha, [1e-4, 1e-2, 1, 10])], resource: .parameter(\.maxIter),
///     maxResources: 200)
/// try search.fit(x, y)
/// ```
///
/// If a round has n candidates, the best ⌈n / factor⌉ of them reach the next round, which has `factor` times the
/// resources. The best candidate is the best one of the last round. Source: K. Jamieson, A. Talwalkar, "Non-stochastic
/// best arm identification and hyperparameter optimization", AISTATS 2016.
public typealias HalvingGridSearchCV<Model: Estimator> = ParameterSearch<HalvingGridCandidates<Model>>

/// All combinations of given values of some parameters, for a halving search.
public struct HalvingGridCandidates<Model: Estimator>: HalvingCandidateSource {
    /// The parameters and their values.
    public var paramGrid: [ParameterAxis<Model>]

    /// More grids, whose combinations the search tries in addition to those of `paramGrid`.
    public var furtherGrids: [[ParameterAxis<Model>]] = []

    /// The parameters that all halving searches have, in one value.
    public var halving: HalvingSettings<Model>

    private var grid: GridCandidates<Model> { GridCandidates(paramGrid: paramGrid, furtherGrids: furtherGrids) }

    /// The name of the search.
    public static var searchName: String { "HalvingGridSearchCV" }

    /// The grid, or the list of the grids.
    public var arguments: [String] { grid.arguments }

    /// All combinations, in their order.
    ///
    /// - Throws: what ``GridCandidates/candidates(splits:_:)`` throws.
    public func candidates(splits: Int, _ y: [Model.Target]) throws -> [ParameterSet<Model>] {
        try grid.candidates(splits: splits, y)
    }
}
