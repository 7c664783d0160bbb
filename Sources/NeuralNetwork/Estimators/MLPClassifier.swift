public import Estimators
public import LinearAlgebra
import Metrics

/// A multi-layer perceptron classifier.
///
/// It minimizes the log loss plus an L2 penalty on the coefficients. The solver is Adam or stochastic gradient descent
/// over mini-batches, or L-BFGS on all samples at once. The parameters are ``MLPHyperparameters`` and the fitted
/// attributes are ``FittedNetwork``; the properties of both can be used directly on the classifier.
///
/// ```swift
/// var mlp = MLPClassifier(hiddenLayerSizes: [100], maxIter: 100, randomState: 42)
/// try mlp.fit(xTrain, yTrain)
/// let yPred = try mlp.predict(xTest)
/// mlp.lossCurve
/// ```
///
/// Without type arguments, `MLPClassifier(…)` has `Int` labels and `Double` features. Name other types explicitly:
/// `MLPClassifier<String, Float>(…)`. With the target type `[Int]`, a row of 0/1 indicators, the classifier is
/// multilabel.
public struct MLPClassifier<Target: ClassificationTarget, Scalar: NetworkScalar>: MultilayerPerceptron,
    SparseProbabilisticClassifier
{
    /// All parameters in one value.
    public var hyperparameters: MLPHyperparameters

    /// The weight of each class, which multiplies the sample weights; nil for 1 each. Default nil.
    ///
    /// scikit-learn's networks have no such parameter. Its function `compute_sample_weight` computes the same weights.
    public var classWeight: ClassWeight<Target.Label>?

    /// The quantity on the validation samples that early stopping monitors. Default `.score`, the accuracy.
    public var monitor: Monitor<MLPClassifier> = .score

    /// The device that trains the network. Default `.cpu`. It is not a parameter and is not stored in model files.
    public var device = Device.cpu

    /// The learned state. Not for clients; use ``MultilayerPerceptron/fitted``.
    public var _fitted = FittedNetwork<Scalar>()

    /// The classes in ascending order, which is the column order of `predictProba`; empty before `fit`.
    public internal(set) var classes: [Target.Label] = []

    /// Creates a classifier with the given parameters.
    public init(_ hyperparameters: MLPHyperparameters) {
        self.hyperparameters = hyperparameters
    }
}

extension MLPClassifier: PredictsChangedColumns {}

// MARK: - Predictions

extension MLPClassifier {
    /// Returns the most probable target for each row of `x`.
    ///
    /// - Parameter x: samples × features, with as many features as in `fit`.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `.invalidInput` if `x` has no rows, the wrong number of
    ///   columns, or values that are not finite.
    /// - Complexity: O(samples × parameters).
    @_specialize(where Target == Int, Scalar == Double)
    @_specialize(where Target == Int, Scalar == Float)
    @_specialize(where Target == String, Scalar == Double)
    @_specialize(where Target == String, Scalar == Float)
    public func predict(_ x: Matrix<Scalar>) throws -> [Target] {
        Target.decode(try outputs(.dense(x)), classes: classes)
    }

    /// Returns the most probable target for each row of sparse features.
    ///
    /// - Throws: what `predict` throws for dense features.
    /// - Complexity: O(stored elements × units of the first layer + samples × other parameters).
    public func predict(_ x: SparseMatrix<Scalar>) throws -> [Target] {
        Target.decode(try outputs(.sparse(x)), classes: classes)
    }

    /// Returns the probability of each class for each row of `x`: samples × classes, in the order of ``classes``.
    ///
    /// For multilabel targets, each column is the probability of its label, independent of the others.
    ///
    /// - Parameter x: samples × features, with as many features as in `fit`.
    /// - Throws: what `predict` throws.
    /// - Complexity: O(samples × parameters).
    @_specialize(where Target == Int, Scalar == Double)
    @_specialize(where Target == Int, Scalar == Float)
    @_specialize(where Target == String, Scalar == Double)
    @_specialize(where Target == String, Scalar == Float)
    public func predictProba(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        probabilities(try outputs(.dense(x)))
    }

    /// Returns the probability of each class for each row of sparse features: samples × classes, in the order of
    /// ``classes``.
    ///
    /// - Throws: what `predict` throws.
    public func predictProba(_ x: SparseMatrix<Scalar>) throws -> Matrix<Scalar> {
        probabilities(try outputs(.sparse(x)))
    }

    /// Returns the natural logarithm of the probability of each class for each row of `x`: samples × classes, in the
    /// order of ``classes``.
    ///
    /// - Parameter x: samples × features, with as many features as in `fit`.
    /// - Throws: what `predict` throws.
    /// - Complexity: O(samples × parameters).
    public func predictLogProba(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> { try predictProba(x).map { .log($0) } }

    /// Returns the natural logarithm of the probability of each class for each row of sparse features: samples ×
    /// classes, in the order of ``classes``.
    ///
    /// - Throws: what `predict` throws.
    public func predictLogProba(_ x: SparseMatrix<Scalar>) throws -> Matrix<Scalar> {
        try predictProba(x).map { .log($0) }
    }

    /// Returns the accuracy: the fraction of samples whose predicted target equals the true target.
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

    /// Returns the accuracy on sparse features.
    ///
    /// - Throws: what `score` throws for dense features.
    public func score(_ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil) throws -> Double {
        try score(x._input, y, sampleWeight)
    }

    private func score(_ x: NetworkInput<Scalar>, _ y: [Target], _ sampleWeight: [Double]?) throws -> Double {
        let predicted = Target.decode(try outputs(x), classes: classes)
        try Check.sameCount(y.count, argument: "y", as: x.rows, of: "x")
        return try accuracyScore(y, predicted, sampleWeight: sampleWeight)
    }

    /// Returns one column per class. A single output is the probability of the second class.
    private func probabilities(_ outputs: Matrix<Scalar>) -> Matrix<Scalar> {
        outputs.columns == 1 && !Target.isMultilabel ? outputs.withComplement() : outputs
    }
}
