import Estimators
public import ModelSelection
public import Tables

extension ColumnTransformer: TableModel {
    /// The columns that the parts take, and those that pass through after `fit`.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit` when columns that no part names pass through.
    public func columnTypes() throws -> [(name: String, kind: Table.ColumnKind)] {
        if remainder == .passthrough, remaining == nil {
            throw EstimatorError.notFitted(estimator: "ColumnTransformer")
        }
        let types = parts.flatMap { part in part.columns.map { (name: $0, kind: part.step.kind) } }
        var known: Set<String> = []
        return (types + (remaining ?? []).map { (name: $0, kind: .numbers) }).filter { known.insert($0.name).inserted }
    }
}

extension ColumnTransformer.Step {
    /// What the columns of the part hold.
    fileprivate var kind: Table.ColumnKind {
        switch self {
        case .numeric, .passthrough: .numbers
        case .categorical: .strings
        }
    }
}

extension TablePipeline: TableModel {
    /// The columns that the column transformer takes.
    ///
    /// - Throws: what ``ColumnTransformer/columnTypes()`` throws.
    public func columnTypes() throws -> [(name: String, kind: Table.ColumnKind)] { try columns.columnTypes() }
}

extension TransformedTargetRegressor: TableModel where Regressor: TableModel {
    /// The columns that the regressor takes.
    ///
    /// - Throws: what the regressor throws.
    public func columnTypes() throws -> [(name: String, kind: Table.ColumnKind)] {
        try regressor.columnTypes()
    }
}

extension ParameterSearch: TableModel where Model: TableModel {
    /// The columns that the best candidate takes.
    ///
    /// - Throws: what the candidate throws.
    public func columnTypes() throws -> [(name: String, kind: Table.ColumnKind)] {
        try (bestEstimator ?? estimator).columnTypes()
    }
}

extension FixedThresholdClassifier: TableModel where Model: TableModel {
    /// The columns that the classifier takes.
    ///
    /// - Throws: what the classifier throws.
    public func columnTypes() throws -> [(name: String, kind: Table.ColumnKind)] { try fittedEstimator.columnTypes() }
}

extension FrozenEstimator: TableModel where Model: TableModel {
    /// The columns that the estimator takes.
    ///
    /// - Throws: what the estimator throws.
    public func columnTypes() throws -> [(name: String, kind: Table.ColumnKind)] { try estimator.columnTypes() }
}

extension CalibratedClassifierCV: TableModel where Model: TableModel {
    /// The columns that the inner estimator takes.
    ///
    /// - Throws: what the estimator throws.
    public func columnTypes() throws -> [(name: String, kind: Table.ColumnKind)] { try latestEstimator.columnTypes() }
}

extension TunedThresholdClassifierCV: TableModel where Model: TableModel {
    /// The columns that the inner estimator takes.
    ///
    /// - Throws: what the estimator throws.
    public func columnTypes() throws -> [(name: String, kind: Table.ColumnKind)] { try latestEstimator.columnTypes() }
}

extension ConformalClassifier: TableModel where Model: TableModel {
    /// The columns that the inner estimator takes.
    ///
    /// - Throws: what the estimator throws.
    public func columnTypes() throws -> [(name: String, kind: Table.ColumnKind)] { try latestEstimator.columnTypes() }
}

extension ConformalRegressor: TableModel where Model: TableModel {
    /// The columns that the inner estimator takes.
    ///
    /// - Throws: what the estimator throws.
    public func columnTypes() throws -> [(name: String, kind: Table.ColumnKind)] { try latestEstimator.columnTypes() }
}

extension ConformalizedQuantileRegressor: TableModel where Model: TableModel {
    /// The columns that the inner estimator takes.
    ///
    /// - Throws: what the estimator throws.
    public func columnTypes() throws -> [(name: String, kind: Table.ColumnKind)] { try latestEstimator.columnTypes() }
}
