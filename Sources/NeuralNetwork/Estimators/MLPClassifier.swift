public import Estimators
public import LinearAlgebra
import Metrics

/// A multi-layer perceptron that learns to tell classes apart.
///
/// It minimizes the log loss, with an L2 penalty on the coefficients, by Adam or gradient descent over mini-batches, or by
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
public struct MLPClassifier<Target: ClassificationTarget, Scalar: NetworkScalar>: MultilayerPerceptron,
    ProbabilisticClassifier
{
    /// The parameters, all in one value.
    public var hyperparameters: MLPHyperparameters

    /// How much samples weigh for their classes, times their own weights; nil for 1 each. Default nil.
    ///
    /// scikit-learn's networks have no such parameter; its `compute_sample_weight` gives the same weights.
    public var classWeight: ClassWeight<Target.Label>?

    /// What early stopping watches on the validation samples. Default `.score`, the accuracy.
    public var monitor: Monitor<MLPClassifier> = .score

    /// What was learned. Not for clients, who read ``MultilayerPerceptron/fitted``.
    public var _fitted = FittedNetwork<Scalar>()

    /// The classes in ascending order, in which `predictProba` has its columns; empty before `fit`.
    public internal(set) var classes: [Target.Label] = []

    /// A classifier with the given parameters.
    public init(_ hyperparameters: MLPHyperparameters) {
        self.hyperparameters = hyperparameters
    }
}

// MARK: - Predictions

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
        Target.decode(try outputs(.dense(x)), classes: classes)
    }

    /// The most probable target for every row of sparse features.
    ///
    /// - Throws: what `predict` of dense features throws.
    /// - Complexity: O(stored elements × units of the first layer + samples × other parameters).
    public func predict(_ x: SparseMatrix<Scalar>) throws -> [Target] {
        Target.decode(try outputs(.sparse(x)), classes: classes)
    }

    /// The probability of every class for every row of `x`: samples × classes, in the order of ``classes``.
    ///
    /// For multilabel targets a column is the probability of its label, independent of the others.
    ///
    /// - Parameter x: samples × features, as many features as `fit` has seen.
    /// - Throws: what `predict` throws.
    /// - Complexity: O(samples × parameters).
    @_specialize(where Target == Int, Scalar == Double)
    @_specialize(where Target == Int, Scalar == Float)
    @_specialize(where Target == String, Scalar == Double)
    @_specialize(where Target == String, Scalar == Float)
    public func predictProba(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        probabilities(try outputs(.dense(x)))
    }

    /// The probability of every class for every row of sparse features: samples × classes, in the order of ``classes``.
    ///
    /// - Throws: what `predict` throws.
    public func predictProba(_ x: SparseMatrix<Scalar>) throws -> Matrix<Scalar> {
        probabilities(try outputs(.sparse(x)))
    }

    /// The natural logarithm of the probability of every class for every row of `x`.
    ///
    /// - Parameter x: samples × features, as many features as `fit` has seen.
    /// - Throws: what `predict` throws.
    /// - Complexity: O(samples × parameters).
    public func predictLogProba(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> { try predictProba(x).map { .log($0) } }

    /// The natural logarithm of the probability of every class for every row of sparse features.
    ///
    /// - Throws: what `predict` throws.
    public func predictLogProba(_ x: SparseMatrix<Scalar>) throws -> Matrix<Scalar> {
        try predictProba(x).map { .log($0) }
    }

    /// The accuracy: the fraction of the rows of `x` for which `predict` gives the target in `y`.
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

    /// The accuracy on sparse features.
    ///
    /// - Throws: what `score` of dense features throws.
    public func score(_ x: SparseMatrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil) throws -> Double {
        try score(x._input, y, sampleWeight)
    }

    private func score(_ x: NetworkInput<Scalar>, _ y: [Target], _ sampleWeight: [Double]?) throws -> Double {
        let predicted = Target.decode(try outputs(x), classes: classes)
        try Check.sameCount(y.count, argument: "y", as: x.rows, of: "x")
        return try accuracyScore(y, predicted, sampleWeight: sampleWeight)
    }

    /// A column per class. A single output is the probability of the second of two.
    private func probabilities(_ outputs: Matrix<Scalar>) -> Matrix<Scalar> {
        guard outputs.columns == 1, !Target.isMultilabel else { return outputs }
        return Matrix(rows: outputs.rows, columns: 2, elements: outputs.elements.flatMap { [1 - $0, $0] })
    }
}
