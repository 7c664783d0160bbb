public import Estimators
public import LinearAlgebra
import Metrics

/// A multi-layer perceptron that learns to tell classes apart.
///
/// It minimises the log loss, with an L2 penalty on the coefficients, by Adam or gradient descent over mini-batches, or by
/// L-BFGS. Its parameters are ``MLPHyperparameters``, what it has learned is a ``FittedNetwork``; the members of both are
/// members of the classifier.
///
/// ```swift
/// var mlp = MLPClassifier(hiddenLayerSizes: [100], maxIter: 100, randomState: 42)
/// try mlp.fit(xTrain, yTrain)
/// let yPred = try mlp.predict(xTest)
/// mlp.lossCurve
/// ```
///
/// `MLPClassifier(…)` alone has `Int` labels and `Double` features; others are written out:
/// `MLPClassifier<String, Float>(…)`. The target `[Int]`, a row of 0/1 indicators, makes it a multilabel classifier.
@dynamicMemberLookup
public struct MLPClassifier<Target: ClassificationTarget, Scalar: NetworkScalar>: MultilayerPerceptron,
    ProbabilisticClassifier, Equatable
{
    /// The parameters, all in one value.
    public var hyperparameters: MLPHyperparameters

    /// How much samples weigh for their classes, times their own weights; nil for 1 each. Default nil.
    ///
    /// scikit-learn's networks have no such parameter; its `compute_sample_weight` gives the same weights.
    public var classWeight: ClassWeight<Target.Label>?

    /// What early stopping watches on the validation samples. Default `.score`, the accuracy.
    public var monitor: Monitor<MLPClassifier> = .score

    /// What was learned, all in one value.
    public internal(set) var fitted = FittedNetwork<Scalar>()

    /// The classes in ascending order, in which `predictProba` has its columns; empty before `fit`.
    public internal(set) var classes: [Target.Label] = []

    static var name: String { "MLPClassifier" }

    /// A classifier with the given parameters.
    public init(_ hyperparameters: MLPHyperparameters) {
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

extension MLPClassifier {
    /// Learns from samples × features `x` and one target per sample.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - y: one target per sample, of at least two classes.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    /// - Throws: `EstimatorError.invalidParameter` for a parameter outside of its range, `.invalidInput` for data that
    ///   cannot be used, `.diverged` when loss or weights are no longer finite. The classifier keeps what it had before.
    /// - Complexity: O(iterations × samples × parameters).
    public mutating func fit(_ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]?) throws {
        try fit(TrainingCall(x, y, sampleWeight: sampleWeight))
    }

    mutating func fit(_ call: TrainingCall<MLPClassifier>) throws {
        try check(call)
        let found = try Target.classes(in: call.y, argument: "y")
        let beginning = try beginning(incremental: false, features: call.x)
        if beginning != nil, found != classes {
            throw EstimatorError.invalidInput(
                argument: "y",
                problem: "must have the classes of the last fit (\(classes)) for a warm start, but has \(found)")
        }
        guard Target.isMultilabel || found.count >= 2 else {
            throw EstimatorError.invalidInput(
                argument: "y", problem: "must contain at least 2 classes, but contains only \(found[0])")
        }
        var training = try training(call, classes: found, incremental: false)
        var learner = self
        learner.classes = found
        training.observer.checkpoint = try learner.checkpoints(in: call.checkpoint)
        learner.fitted.model = try training.run(from: beginning)
        self = learner
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

    mutating func resume(_ call: TrainingCall<MLPClassifier>) throws {
        try check(call)
        let stopped = try modelToResume(features: call.x)
        let found = try Target.classes(in: call.y, argument: "y")
        guard found == classes else {
            throw EstimatorError.invalidInput(
                argument: "y",
                problem: "must have the classes of the run that is resumed (\(classes)), but has \(found)")
        }
        var training = try training(call, classes: found, incremental: false)
        training.observer.checkpoint = try checkpoints(in: call.checkpoint)
        fitted.model = try training.resume(stopped)
        try finish(call.checkpoint)
    }

    /// Goes once through the data, on from the weights and the optimizer's moments of the last call.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - y: one target per sample; not every class need occur.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - classes: all classes that can occur in any call; needed in the first call, unless targets are indicators.
    /// - Throws: what ``fit(_:_:sampleWeight:)-(Matrix<Scalar>,_,_)`` throws, and errors when `classes` is missing in the
    ///   first call or differs later, for `.lbfgs`, with early stopping, and for balanced classes, whose weights no single
    ///   call can know: give them as `.weights`.
    /// - Complexity: O(samples × parameters).
    public mutating func partialFit(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil, classes: [Target.Label]? = nil
    ) throws {
        try partialFit(TrainingCall(x, y, sampleWeight: sampleWeight), classes: classes)
    }

    mutating func partialFit(_ call: TrainingCall<MLPClassifier>, classes: [Target.Label]?) throws {
        try check(call)
        try checkIncremental()
        if classWeight == .balanced {
            throw EstimatorError.invalidParameter(
                name: "classWeight", value: "balanced",
                allowed:
                    "weights or nil for partialFit, which cannot tell how frequent the classes are in data still to come"
            )
        }
        let known = try knownClasses(call.y, given: classes)
        fitted.model = try training(call, classes: known, incremental: true)
            .run(from: beginning(incremental: true, features: call.x))
        self.classes = known
    }

    /// The classes of the first call or, where there was one, those of the last.
    private func knownClasses(_ y: [Target], given: [Target.Label]?) throws -> [Target.Label] {
        let sorted = given.map { Set($0).sorted(by: Target.Label.precedes) }
        if fitted.model != nil {
            guard sorted == nil || sorted == classes else {
                throw EstimatorError.invalidInput(
                    argument: "classes",
                    problem: "must be those of the first call (\(classes)), but are \(sorted ?? [])")
            }
            return classes
        }
        if Target.isMultilabel { return try Target.classes(in: y, argument: "y") }
        guard let sorted else {
            throw EstimatorError.invalidInput(
                argument: "classes", problem: "must be given in the first call of partialFit, but is nil")
        }
        guard sorted.count >= 2 else {
            throw EstimatorError.invalidInput(
                argument: "classes", problem: "must have at least 2 classes, but has \(sorted.count)")
        }
        return sorted
    }

    private func training(
        _ call: TrainingCall<MLPClassifier>, classes: [Target.Label], incremental: Bool
    ) throws -> Training<Scalar> {
        let targets: Matrix<Scalar> = try Target.encode(call.y, classes: classes, argument: "y")
        let weights = try sampleWeights(call, targets, classes: classes)
        let validation = try call.validation.map { x, y in
            TrainingData(
                features: x, targets: try Target.encode(y, classes: classes, argument: "validation.y"), weights: nil)
        }
        var judge = self
        judge.classes = classes
        return Training(
            hyperparameters: hyperparameters,
            loss: targets.columns == 1 || Target.isMultilabel ? .binaryLogLoss : .logLoss,
            data: TrainingData(features: call.x, targets: targets, weights: weights.map(Scalar.rounding)),
            validation: validation,
            score: judge.monitoredScore(call) { _, outputs, data in
                try accuracyScore(
                    Target.decode(data.targets, classes: classes), Target.decode(outputs, classes: classes),
                    sampleWeight: data.weights.map(Scalar.doubles))
            },
            stratifiesValidation: targets.columns == 1, monitor: "\(monitor)", monitorsLoss: monitor == .loss,
            classWeight: classWeight?.description, isIncremental: incremental, observer: call.observer)
    }

    /// The weights of the samples times those of their classes; nil for 1 each.
    private func sampleWeights(
        _ call: TrainingCall<MLPClassifier>, _ targets: Matrix<Scalar>, classes: [Target.Label]
    ) throws -> [Double]? {
        guard let classWeight else { return call.sampleWeight }
        var weights = try classWeight.sampleWeights(targets, classes: classes, isMultilabel: Target.isMultilabel)
        if let given = call.sampleWeight { weights = zip(weights, given).map { $0 * $1 } }
        let sum = weights.reduce(0, +)
        guard sum > 0, sum.isFinite else {
            throw EstimatorError.invalidParameter(
                name: "classWeight", value: "\(classWeight)",
                allowed: "such that the weights of the samples have a positive finite sum")
        }
        return weights
    }
}

// MARK: - Predict

extension MLPClassifier {
    /// The most probable target for every row of `x`.
    ///
    /// - Parameter x: samples × features, as many features as `fit` has seen.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `.invalidInput` when `x` has no rows, another number of columns,
    ///   or values that are not finite.
    /// - Complexity: O(samples × parameters).
    @_specialize(where Target == Int, Scalar == Double)
    @_specialize(where Target == Int, Scalar == Float)
    @_specialize(where Target == String, Scalar == Double)
    @_specialize(where Target == String, Scalar == Float)
    public func predict(_ x: Matrix<Scalar>) throws -> [Target] {
        try predict(.dense(x))
    }

    func predict(_ x: InputFeatures<Scalar>) throws -> [Target] {
        Target.decode(try outputs(x), classes: classes)
    }

    /// The probability of every class for every row of `x`: samples × classes, in the order of ``classes``.
    ///
    /// For multilabel targets a column is the probability of its label, independent of the others.
    ///
    /// - Parameter x: samples × features, as many features as `fit` has seen.
    /// - Throws: what ``predict(_:)-(Matrix<Scalar>)`` throws.
    /// - Complexity: O(samples × parameters).
    @_specialize(where Target == Int, Scalar == Double)
    @_specialize(where Target == Int, Scalar == Float)
    @_specialize(where Target == String, Scalar == Double)
    @_specialize(where Target == String, Scalar == Float)
    public func predictProba(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try predictProba(.dense(x))
    }

    func predictProba(_ x: InputFeatures<Scalar>) throws -> Matrix<Scalar> {
        let outputs = try outputs(x)
        // A single output is the probability of the second class.
        guard outputs.columns == 1, !Target.isMultilabel else { return outputs }
        return Matrix(rows: x.rows, columns: 2, elements: outputs.elements.flatMap { [1 - $0, $0] })
    }

    /// The natural logarithm of ``predictProba(_:)-(Matrix<Scalar>)``.
    ///
    /// - Parameter x: samples × features, as many features as `fit` has seen.
    /// - Throws: what ``predict(_:)-(Matrix<Scalar>)`` throws.
    /// - Complexity: O(samples × parameters).
    public func predictLogProba(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try predictProba(x).map { .log($0) }
    }

    /// The share of the rows of `x` for which `predict` gives the target in `y`.
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
        return try accuracyScore(y, predicted, sampleWeight: sampleWeight)
    }
}
