public import Estimators
public import LinearAlgebra
import Metrics

/// A multi-layer perceptron regressor.
///
/// It minimizes half the squared error or another ``RegressionLoss``, plus an L2 penalty on the coefficients. The
/// solver is Adam or stochastic gradient descent over mini-batches, or L-BFGS on all samples at once. The parameters
/// are ``loss`` and the properties of ``MLPHyperparameters``. The fitted attributes are the properties of
/// ``FittedNetwork``. All of them can be used directly on the regressor.
///
/// ```swift
/// var mlp = MLPRegressor(hiddenLayerSizes: [50, 50], randomState: 1)
/// try mlp.fit(xTrain, yTrain)
/// let yPred = try mlp.predict(xTest)
/// ```
///
/// Without type arguments, `MLPRegressor(…)` has `Double` targets and features. Name other types explicitly:
/// `MLPRegressor<[Double], Double>(…)` has several outputs, and each target is an array of numbers.
public struct MLPRegressor<Target: RegressionTarget, Scalar: NetworkScalar>: MultilayerPerceptron {
    /// The loss that training minimizes. Default `.squaredError`.
    public var loss: RegressionLoss

    /// All other parameters in one value.
    public var hyperparameters: MLPHyperparameters

    /// The quantity on the validation samples that early stopping monitors. Default `.score`, the coefficient of
    /// determination R².
    public var monitor: Monitor<MLPRegressor> = .score

    /// The device that trains the network. Default `.cpu`. It is not a parameter and is not stored in model files.
    public var device = Device.cpu

    /// The learned state. Not for clients; use ``MultilayerPerceptron/fitted``.
    public var _fitted = FittedNetwork<Scalar>()

    /// Creates a regressor with the given loss and parameters.
    public init(loss: RegressionLoss, _ hyperparameters: MLPHyperparameters) {
        self.loss = loss
        self.hyperparameters = hyperparameters
    }

    /// Creates a regressor with the given parameters that minimizes the squared error.
    public init(_ hyperparameters: MLPHyperparameters) {
        self.init(loss: .squaredError, hyperparameters)
    }
}

extension MLPRegressor: PredictsChangedColumns {}

// MARK: - Predictions

extension MLPRegressor {
    /// Returns the prediction for each row of `x`.
    ///
    /// - Parameter x: samples × features, with as many features as in `fit`.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `.invalidInput` if `x` has no rows, the wrong number of
    ///   columns, or values that are not finite.
    /// - Complexity: O(samples × parameters).
    @_specialize(where Target == Double, Scalar == Double)
    @_specialize(where Target == Float, Scalar == Float)
    public func predict(_ x: Matrix<Scalar>) throws -> [Target] {
        targets(try outputs(.dense(x)))
    }

    /// Returns the prediction for each row of sparse features.
    ///
    /// - Throws: what `predict` throws for dense features.
    /// - Complexity: O(stored elements × units of the first layer + samples × other parameters).
    public func predict(_ x: SparseMatrix<Scalar>) throws -> [Target] {
        targets(try outputs(.sparse(x)))
    }

    /// Returns the coefficient of determination R² of the predictions. The best value is 1; always predicting the mean
    /// of `y` gives 0.
    ///
    /// - Parameters:
    ///   - x: samples × features, with as many features as in `fit`.
    ///   - y: the true targets, one per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    /// - Throws: what `predict` throws. Also throws `EstimatorError.invalidInput` if `y` or the weights do not match
    ///   `x`.
    /// - Complexity: O(samples × parameters).
    public func score(_ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]?) throws -> Double {
        try score(x._input, y, sampleWeight)
    }

    /// Returns the coefficient of determination R² on sparse features.
    ///
    /// - Throws: what `score` throws for dense features.
    public func score(_ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil) throws -> Double {
        try score(x._input, y, sampleWeight)
    }

    private func score(_ x: NetworkInput<Scalar>, _ y: [Target], _ sampleWeight: [Double]?) throws -> Double {
        let predicted = targets(try outputs(x).scored(by: loss))
        try Check.sameCount(y.count, argument: "y", as: x.rows, of: "x")
        return try r2Score(y, predicted, sampleWeight: sampleWeight)
    }

    private func targets(_ outputs: Matrix<Scalar>) -> [Target] {
        Target._targets(
            from: Matrix(rows: outputs.rows, columns: outputs.columns, elements: Scalar.doubles(outputs.elements)))
    }
}
