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

// MARK: - Fit

extension MLPRegressor {
    /// Learns from samples × features `x` and one target per sample.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - y: one target per sample, finite; for `.poisson` not negative.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    /// - Throws: `EstimatorError.invalidParameter` for a parameter outside of its range, `.invalidInput` for data that
    ///   cannot be used, `.diverged` when loss or weights are no longer finite. The regressor keeps what it had before.
    /// - Complexity: O(iterations × samples × parameters).
    public mutating func fit(_ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]?) throws {
        try fit(TrainingCall(x, y, sampleWeight: sampleWeight))
    }

    mutating func fit(_ call: TrainingCall<MLPRegressor>) throws {
        var training = try training(call, incremental: false)
        let beginning = try beginning(incremental: false, features: call.x)
        try checkContinuation(of: beginning, by: training)
        training.observer.checkpoint = try checkpoints(in: call.checkpoint)
        fitted.model = try training.run(from: beginning)
        try finish(call.checkpoint)
    }

    /// Goes on with the last call of `fit` where it stopped: after `maxIter` was raised, a cancellation, or a file.
    ///
    /// Training for n epochs and resuming for n more equals training for 2n, in every bit, for all solvers: the state of the
    /// generator, the order of the samples, the optimizer's moments, the split of early stopping and its best weights are
    /// kept with the model. A run that has converged stays as it is.
    ///
    /// ```swift
    /// mlp.maxIter = 400
    /// try mlp.resume(x, y)
    /// ```
    ///
    /// - Parameters:
    ///   - x: the samples × features of that call.
    ///   - y: its targets.
    ///   - sampleWeight: its weights.
    /// - Throws: what ``fit(_:_:sampleWeight:)-(Matrix<Scalar>,_,_)`` throws; `EstimatorError.notFitted` before `fit`,
    ///   `.invalidInput` after `partialFit` and for other data, `.invalidParameter` where another parameter than `maxIter`,
    ///   `maxFun`, `tol`, `nIterNoChange` or `verbose` has changed.
    /// - Complexity: that of the epochs that are left.
    public mutating func resume(_ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil) throws {
        try resume(TrainingCall(x, y, sampleWeight: sampleWeight))
    }

    mutating func resume(_ call: TrainingCall<MLPRegressor>) throws {
        var training = try training(call, incremental: false)
        let stopped = try modelToResume(features: call.x)
        try checkContinuation(of: stopped, by: training)
        training.observer.checkpoint = try checkpoints(in: call.checkpoint)
        fitted.model = try training.resume(stopped)
        try finish(call.checkpoint)
    }

    /// Goes once through the data, on from the weights and the optimizer's moments of the last call.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - y: one target per sample, finite; for `.poisson` not negative.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    /// - Throws: what ``fit(_:_:sampleWeight:)-(Matrix<Scalar>,_,_)`` throws, and errors for `.lbfgs` and with early
    ///   stopping.
    /// - Complexity: O(samples × parameters).
    public mutating func partialFit(_ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil) throws {
        try partialFit(TrainingCall(x, y, sampleWeight: sampleWeight))
    }

    mutating func partialFit(_ call: TrainingCall<MLPRegressor>) throws {
        try checkIncremental()
        let training = try training(call, incremental: true)
        let beginning = try beginning(incremental: true, features: call.x)
        try checkContinuation(of: beginning, by: training)
        fitted.model = try training.run(from: beginning)
    }

    /// Refuses to go on from a model of other outputs: their number, or the function that the loss gives them.
    private func checkContinuation(of previous: TrainedModel<Scalar>?, by training: Training<Scalar>) throws {
        guard let network = previous?.network else { return }
        let outputs = training.data.targets.columns
        guard outputs == network.shape.outputs else {
            throw EstimatorError.invalidInput(
                argument: "y",
                problem:
                    "must have \(network.shape.outputs) outputs per sample, as in the last call, but has \(outputs)")
        }
        guard training.loss.outActivation == network.outActivation else {
            throw EstimatorError.invalidParameter(
                name: "loss", value: "\(loss)", allowed: "unchanged where training goes on from the last call's weights"
            )
        }
    }

    private func training(_ call: TrainingCall<MLPRegressor>, incremental: Bool) throws -> Training<Scalar> {
        try check(call)
        let targets = try encode(call.y, argument: "y")
        let validation = try call.validation.map { x, y in
            TrainingData(features: x, targets: try encode(y, argument: "validation.y"), weights: nil)
        }
        if let validation, validation.targets.columns != targets.columns {
            throw EstimatorError.invalidInput(
                argument: "validation.y",
                problem:
                    "must have \(targets.columns) outputs per sample, as y has, but has \(validation.targets.columns)")
        }
        return Training(
            hyperparameters: hyperparameters, loss: Loss(loss),
            data: TrainingData(
                features: call.x, targets: targets, weights: call.sampleWeight.map(Scalar.rounding)),
            validation: validation,
            score: monitoredScore(call) { _, outputs, data in
                try r2Score(rows(of: data.targets), rows(of: outputs), sampleWeight: data.weights.map(Scalar.doubles))
            },
            stratifiesValidation: false, monitor: "\(monitor)", monitorsLoss: monitor == .loss, classWeight: nil,
            isIncremental: incremental, observer: call.observer)
    }

    /// Samples × outputs.
    private func encode(_ y: [Target], argument: String) throws -> Matrix<Scalar> {
        let targets = try Target.outputs(of: y, argument: argument)
        if loss == .poisson, let bad = targets.elements.first(where: { $0 < 0 }) {
            throw EstimatorError.invalidInput(
                argument: argument, problem: "must not be negative where loss is poisson, but contains \(bad)")
        }
        return Matrix(rows: targets.rows, columns: targets.columns, elements: Scalar.rounding(targets.elements))
    }
}

/// The rows as arrays of doubles.
private func rows<Scalar: NetworkScalar>(of matrix: Matrix<Scalar>) -> [[Double]] {
    (0..<matrix.rows).map { matrix.row($0).map { Double($0) } }
}

// MARK: - Predict

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
