import Estimators
import LinearAlgebra
import ModelSelection

/// Estimators whose outputs are the features of a last one: what ``StackingClassifier`` and ``StackingRegressor`` have in
/// common.
protocol Stacking: Ensemble, NamedParameters {
    /// The type of the last estimator.
    associatedtype Final: MatrixEstimator where Final.Target == Target, Final.Scalar == Double

    var finalEstimator: Final { get }
    var cv: any CrossValidator { get }
    var nJobs: Int? { get }
    var passthrough: Bool { get }
    var fittedEstimators: [Model] { get }
    var fittedFinalEstimator: Final? { get }

    /// The columns that an estimator gives the last one.
    static func columns(of model: Model, _ x: Features) throws -> Matrix<Double>

    /// The columns that an estimator gives the last one to learn from, for samples that it was not fitted on.
    static func heldOutColumns(
        of model: Model, _ x: Features, _ y: [Target], cv: GivenSplits, nJobs: Int?, sampleWeight: [Double]?
    ) throws -> Matrix<Double>
}

extension Stacking {
    package var requiredArguments: [String] { [literal(estimators), "finalEstimator: \(literal(finalEstimator))"] }

    /// Fits copies of the estimators and of the last one.
    func fittedStack(
        _ x: Features, _ y: [Target], sampleWeight: [Double]?
    ) throws -> (estimators: [Model], final: Final) {
        try Check.require(!estimators.isEmpty, "estimators", "must have at least one estimator, but is empty")
        try Check.sameCount(y.count, argument: "y", as: x.sampleCount, of: "x")
        try Check.sampleWeight(sampleWeight, count: x.sampleCount)
        let models: [Model]
        let columns: [Matrix<Double>]
        if cv is Prefit {
            models = estimators
            columns = try models.map { try Self.columns(of: $0, x) }
        } else {
            models = try fittedCopies(x, y, sampleWeight: sampleWeight, nJobs: nJobs)
            let splits = try cv.splits(of: SplitSamples(count: y.count, classes: Self.classNumbers(of: y)))
            columns = try estimators.map {
                try Self.heldOutColumns(
                    of: $0, x, y, cv: GivenSplits(splits), nJobs: nJobs, sampleWeight: sampleWeight)
            }
        }
        let features = try features(columns, x)
        return (models, try finalEstimator.fitted(features, y, sampleWeight: sampleWeight))
    }

    /// The fitted last estimator, and the features that it gets.
    func stack(_ x: Features) throws -> (final: Final, features: Matrix<Double>) {
        guard let final = fittedFinalEstimator, !fittedEstimators.isEmpty else {
            throw EstimatorError.notFitted(estimator: typeName(Self.self))
        }
        return (final, try features(fittedEstimators.map { try Self.columns(of: $0, x) }, x))
    }

    /// Columns side by side, and with `passthrough` the features behind them.
    private func features(_ columns: [Matrix<Double>], _ x: Features) throws -> Matrix<Double> {
        var parts = columns
        if passthrough {
            guard let x = x as? Matrix<Double> else {
                throw EstimatorError.invalidParameter(
                    name: "passthrough", value: "true", allowed: "false for features that are no Matrix<Double>")
            }
            parts.append(x)
        }
        return Matrix(
            rows: parts[0].rows, columns: parts.reduce(0) { $0 + $1.columns },
            elements: (0..<parts[0].rows).flatMap { row in parts.flatMap { $0.rowSlice(row) } })
    }

    /// Returns the predictions of the last estimator.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`, and what the estimators throw.
    public func predict(_ x: Features) throws -> [Target] {
        let stack = try stack(x)
        return try stack.final.predict(stack.features)
    }
}
