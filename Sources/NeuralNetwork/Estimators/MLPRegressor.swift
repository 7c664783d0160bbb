public import Estimators
public import LinearAlgebra
import Metrics

/// A multi-layer perceptron that learns to predict numbers.
///
/// It minimises half the squared error or half the Poisson deviance, with an L2 penalty on the coefficients, by Adam or
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
@dynamicMemberLookup
public struct MLPRegressor<Target: RegressionTarget, Scalar: NetworkScalar>: MultilayerPerceptron, Equatable {
    /// What is minimised. Default `.squaredError`.
    public var loss: RegressionLoss

    /// The other parameters, all in one value.
    public var hyperparameters: MLPHyperparameters

    /// What early stopping watches on the validation samples. Default `.score`, the coefficient of determination R².
    public var monitor: Monitor<MLPRegressor> = .score

    /// What was learned, all in one value.
    public internal(set) var fitted = FittedNetwork<Scalar>()

    static var name: String { "MLPRegressor" }

    /// A regressor with the given parameters.
    public init(loss: RegressionLoss = .squaredError, _ hyperparameters: MLPHyperparameters) {
        self.loss = loss
        self.hyperparameters = hyperparameters
    }

    /// A parameter, by its name in ``MLPHyperparameters``.
    public subscript<Value>(dynamicMember member: WritableKeyPath<MLPHyperparameters, Value>) -> Value {
        get { hyperparameters[keyPath: member] }
        set { hyperparameters[keyPath: member] = newValue }
    }

    /// A fitted attribute, by its name in ``FittedNetwork``.
    public subscript<Value>(dynamicMember member: KeyPath<FittedNetwork<Scalar>, Value>) -> Value {
        fitted[keyPath: member]
    }
}

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
        try predict(.dense(x))
    }

    func predict(_ x: InputFeatures<Scalar>) throws -> [Target] {
        let outputs = try outputs(x)
        return Target.targets(
            from: Matrix(rows: outputs.rows, columns: outputs.columns, elements: Scalar.doubles(outputs.elements)))
    }

    /// The coefficient of determination R² of the predictions for `x`: 1 at best, 0 for a constant.
    ///
    /// - Parameters:
    ///   - x: samples × features, as many features as `fit` has seen.
    ///   - y: the true targets, one per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    /// - Throws: what ``predict(_:)-(Matrix<Scalar>)`` throws, and an error when `y` or the weights do not fit `x`.
    /// - Complexity: O(samples × parameters).
    public func score(_ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]?) throws -> Double {
        try score(.dense(x), y, sampleWeight: sampleWeight)
    }

    func score(_ x: InputFeatures<Scalar>, _ y: [Target], sampleWeight: [Double]?) throws -> Double {
        let predicted = try predict(x)
        try Check.sameCount(y.count, argument: "y", as: x.rows, of: "x")
        return try r2Score(y, predicted, sampleWeight: sampleWeight)
    }
}
