public import Estimators
public import LinearAlgebra
public import Tables

// Training with options: each composition transforms its data and passes the options on to the estimator inside.
//
// `fit` and `resume` learn the transformation from the data, which for `resume` are those of `fit`. `partialFit` learns
// it in the first call and keeps it.

extension Pipeline: IterativeEstimator where Last: IterativeEstimator {
    /// The options are those of the estimator. Not for clients.
    public typealias _Options = Last._Options

    /// Trains the estimator on the transformed features. Not for clients.
    public mutating func _train(
        _ x: Matrix<Last.Scalar>, _ y: [Target], sampleWeight: [Double]?,
        validation: (x: Matrix<Last.Scalar>, y: [Target])?, options: Last._Options
    ) throws {
        try Check.sameCount(y.count, argument: "y", as: x.rows, of: "x")
        var fitted = self
        let features = try learned(keeping: options.isIncremental) {
            try fitted.transformer.transform(x)
        } else: {
            try fitted.transformer.fitTransform(x, y)
        }
        let whole = fitted
        let evaluated = try validation.map { (x: try whole.transformer.transform($0.x), y: $0.y) }
        try Pipeline.pass(features, madeOf: x) {
            try fitted.last._train(
                $0, y, sampleWeight: sampleWeight, validation: evaluated,
                options: options.forPart { last in changed(whole) { $0.last = last } })
        }
        self = fitted
    }
}

extension TablePipeline: IterativeEstimator where Last: IterativeEstimator {
    /// The options are those of the estimator. Not for clients.
    public typealias _Options = Last._Options

    /// Trains the estimator on the features of the columns. Not for clients.
    public mutating func _train(
        _ x: Table, _ y: [Target], sampleWeight: [Double]?, validation: (x: Table, y: [Target])?,
        options: Last._Options
    ) throws {
        var fitted = self
        let features = try learned(keeping: options.isIncremental) {
            try fitted.columns.features(x, takesSparse: Last.takesSparse)
        } else: {
            try fitted.columns.fitFeatures(x, y, takesSparse: Last.takesSparse)
        }
        let whole = fitted
        let evaluated = try validation.map {
            (x: try whole.columns.features($0.x, takesSparse: Last.takesSparse), y: $0.y)
        }
        try whole.columns.namingColumns(of: x, features: true) {
            try fitted.last.train(
                features, y, sampleWeight: sampleWeight, validation: evaluated,
                options: options.forPart { last in changed(whole) { $0.last = last } })
        }
        self = fitted
    }
}

extension TransformedTargetRegressor: ValidatingEstimator where Regressor: ValidatingEstimator {
    /// Fits the transformer to `y`, and the regressor to the transformed targets. The regressor evaluates its epochs on
    /// the validation set, whose targets are transformed in the same way.
    ///
    /// - Throws: what the transformer and the regressor throw. In this case, the model does not change.
    public mutating func fit(
        _ x: Regressor.Features, _ y: [Target], sampleWeight: [Double]? = nil,
        validation: (x: Regressor.Features, y: [Target])?
    ) throws {
        try learn(y, validation: validation) { regressor, y, validation, _ in
            try regressor.fit(x, y, sampleWeight: sampleWeight, validation: validation)
        }
    }
}

extension TransformedTargetRegressor: IterativeEstimator where Regressor: IterativeEstimator {
    /// The options are those of the regressor. Not for clients.
    public typealias _Options = Regressor._Options

    /// Trains the regressor on the transformed targets. Not for clients.
    public mutating func _train(
        _ x: Regressor.Features, _ y: [Target], sampleWeight: [Double]?,
        validation: (x: Regressor.Features, y: [Target])?, options: Regressor._Options
    ) throws {
        try learn(y, validation: validation, isIncremental: options.isIncremental) { regressor, y, validation, whole in
            try regressor._train(
                x, y, sampleWeight: sampleWeight, validation: validation, options: whole.passed(options))
        }
    }

    /// The options for the regressor of this model.
    private func passed(_ options: Regressor._Options) -> Regressor._Options {
        options.forPart { regressor in changed(self) { $0.regressor = regressor } }
    }
}

extension TransformedTargetRegressor: IterativeSparseEstimator where Regressor: IterativeSparseEstimator {
    /// Trains the regressor on the transformed targets and sparse features. Not for clients.
    public mutating func _train(
        _ x: SparseMatrix<Regressor.Scalar>, _ y: [Target], sampleWeight: [Double]?,
        validation: (x: SparseMatrix<Regressor.Scalar>, y: [Target])?, options: Regressor._Options
    ) throws {
        try learn(y, validation: validation, isIncremental: options.isIncremental) { regressor, y, validation, whole in
            try regressor._train(
                x, y, sampleWeight: sampleWeight, validation: validation, options: whole.passed(options))
        }
    }
}

/// What `transform` returns with what was learned before, if that is to be kept and there is such; otherwise what
/// `learn` returns.
func learned<Value>(
    keeping isKept: Bool, _ transform: () throws -> Value, else learn: () throws -> Value
) throws -> Value {
    guard isKept else { return try learn() }
    do { return try transform() } catch EstimatorError.notFitted { return try learn() }
}
