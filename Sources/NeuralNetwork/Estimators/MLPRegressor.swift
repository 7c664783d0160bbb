public import Estimators
public import LinearAlgebra
import Metrics

/// A multi-layer perceptron that learns to predict numbers.
///
/// It minimizes half the squared error or half the Poisson deviance, with an L2 penalty on the coefficients, by Adam or
/// gradient descent over mini-batches, or by L-BFGS. Its parameters are ``MLPHyperparameters`` and ``loss``, what it has
/// learned is a ``FittedNetwork``; the members of both are members of the regressor.
///
/// ```swift
/// var mlp = MLPRegressor(hiddenLayerSizes: [50, 50], randomState: 1)
/// try mlp.fit(xTrain, yTrain)
/// let yPred = try mlp.predict(xTest)
/// ```
///
/// `MLPRegressor(…)` alone has `Double` targets and features; others are written out: `MLPRegressor<[Double], Double>(…)`
/// has several outputs, each target being an array.
public struct MLPRegressor<Target: RegressionTarget, Scalar: NetworkScalar>: MultilayerPerceptron {
    /// What is minimized. Default `.squaredError`.
    public var loss: RegressionLoss

    /// The other parameters, all in one value.
    public var hyperparameters: MLPHyperparameters

    /// What early stopping watches on the validation samples. Default `.score`, the coefficient of determination R².
    public var monitor: Monitor<MLPRegressor> = .score

    /// What was learned. Not for clients, who read ``MultilayerPerceptron/fitted``.
    public var _fitted = FittedNetwork<Scalar>()

    /// A regressor with the given parameters.
    public init(loss: RegressionLoss, _ hyperparameters: MLPHyperparameters) {
        self.loss = loss
        self.hyperparameters = hyperparameters
    }

    /// A regressor with the given parameters that minimizes the squared error.
    public init(_ hyperparameters: MLPHyperparameters) {
        self.init(loss: .squaredError, hyperparameters)
    }
}

// MARK: - Predictions

extension MLPRegressor {
    /// The prediction for every row of `x`.
    ///
    /// - Parameter x: samples × features, as many features as `fit` has seen.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `.invalidInput` when `x` has no rows, another number of columns,
    ///   or values that are not finite.
    /// - Complexity: O(samples × parameters).
    @_specialize(where Target == Double, Scalar == Double)
    @_specialize(where Target == Float, Scalar == Float)
    public func predict(_ x: Matrix<Scalar>) throws -> [Target] {
        targets(try outputs(.dense(x)))
    }

    /// The prediction for every row of sparse features.
    ///
    /// - Throws: what `predict` of dense features throws.
    /// - Complexity: O(stored elements × units of the first layer + samples × other parameters).
    public func predict(_ x: SparseMatrix<Scalar>) throws -> [Target] {
        targets(try outputs(.sparse(x)))
    }

    /// The coefficient of determination R² of the predictions for `x`: 1 at best, 0 for a constant.
    ///
    /// - Parameters:
    ///   - x: samples × features, as many features as `fit` has seen.
    ///   - y: the true targets, one per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    /// - Throws: what `predict` throws, and an error when `y` or the weights do not match `x`.
    /// - Complexity: O(samples × parameters).
    public func score(_ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]?) throws -> Double {
        try score(x._input, y, sampleWeight)
    }

    /// The coefficient of determination R² on sparse features.
    ///
    /// - Throws: what `score` of dense features throws.
    public func score(_ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil) throws -> Double {
        try score(x._input, y, sampleWeight)
    }

    private func score(_ x: NetworkInput<Scalar>, _ y: [Target], _ sampleWeight: [Double]?) throws -> Double {
        let predicted = targets(try outputs(x))
        try Check.sameCount(y.count, argument: "y", as: x.rows, of: "x")
        return try r2Score(y, predicted, sampleWeight: sampleWeight)
    }

    private func targets(_ outputs: Matrix<Scalar>) -> [Target] {
        Target._targets(
            from: Matrix(rows: outputs.rows, columns: outputs.columns, elements: Scalar.doubles(outputs.elements)))
    }
}
