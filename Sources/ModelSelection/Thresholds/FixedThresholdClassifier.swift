public import Estimators
public import LinearAlgebra
import Metrics
public import ModelFiles

/// A classifier of two classes that predicts the positive class if its probability is at least a given threshold.
///
/// ```swift
/// let careful = try FixedThresholdClassifier(MLPClassifier(randomState: 0), threshold: 0.1).fitted(x, y)
/// ```
///
/// A classifier that is already fitted can be used without `fit`.
public struct FixedThresholdClassifier<Model: ProbabilisticClassifier>: ProbabilisticClassifier, MetaEstimator
where Model.Target: ClassLabel {
    /// The type of the features.
    public typealias Features = Model.Features
    /// The type of one sample's label.
    public typealias Target = Model.Target
    /// The precision of the probabilities.
    public typealias Scalar = Model.Scalar

    /// The classifier; `fit` does not change it.
    public var estimator: Model
    /// The least probability at which the positive class is predicted; nil for 0.5, as with scikit-learn's `"auto"`.
    /// Default nil.
    public var threshold: Double?
    /// The positive class; nil for the second class. Default nil.
    public var posLabel: Model.Target?

    package private(set) var fitted: Model?

    /// A classifier with scikit-learn's defaults.
    public init(_ estimator: Model, threshold: Double? = nil, posLabel: Model.Target? = nil) {
        (self.estimator, self.threshold, self.posLabel) = (estimator, threshold, posLabel)
    }

    package var standard: Self { Self(estimator) }

    /// The names of the classifier's parameters, such as `estimator.alpha`.
    public static var parameterNames: [PartialKeyPath<Self>: String] {
        nestedParameterNames(\Self.estimator, "estimator")
    }

    /// The classifier that predicts: the one that `fit` has fitted or, before `fit`, the given one.
    public var fittedEstimator: Model { fitted ?? estimator }

    /// The classes in ascending order; empty if the classifier is not fitted.
    public var classes: [Model.Target] { fittedEstimator.classes }

    /// Fits the classifier.
    ///
    /// - Parameters:
    ///   - x: the features of all samples.
    ///   - y: one label per sample, of two classes.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    /// - Throws: `EstimatorError` unless there are exactly two classes, and what the classifier throws.
    public mutating func fit(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws {
        try checkThreshold()
        _ = try twoClasses(of: y)
        fitted = try estimator.fitted(x, y, sampleWeight: sampleWeight)
    }

    private func checkThreshold() throws {
        if let threshold {
            try Check.require(!threshold.isNaN, parameter: "threshold", threshold, allowed: "a number, or nil for 0.5")
        }
    }

    /// Returns the positive class for each sample whose probability is at least the threshold, otherwise the other
    /// class.
    ///
    /// - Throws: `EstimatorError` if `posLabel` is not one of the classes, and what the classifier throws.
    public func predict(_ x: Model.Features) throws -> [Model.Target] {
        try checkThreshold()
        return try labels(of: fittedEstimator, x, threshold: threshold ?? 0.5, posLabel: posLabel)
    }

    /// Returns the classifier's probabilities: samples × classes.
    ///
    /// - Throws: what the classifier throws.
    public func predictProba(_ x: Model.Features) throws -> Matrix<Model.Scalar> {
        try fittedEstimator.predictProba(x)
    }
}

extension FixedThresholdClassifier: MatrixEstimator where Model: MatrixEstimator {}
extension FixedThresholdClassifier: Equatable where Model: Equatable {}
extension FixedThresholdClassifier: Encodable where Model: Encodable {}
extension FixedThresholdClassifier: Decodable where Model: Decodable {}

extension FixedThresholdClassifier: Storable where Model: Storable {
    /// `FixedThresholdClassifier` with the name of the classifier.
    public static var storedTypeName: String { ModelFiles.storedTypeName("FixedThresholdClassifier", Model.self) }
}

// MARK: - Labels by a threshold

/// The classes of `y`, of which there must be two.
func twoClasses<Label: ClassLabel>(of y: [Label]) throws -> [Label] {
    let classes = try Label.classes(in: y, argument: "y")
    try Check.require(
        classes.count == 2, "y", "must contain two classes, but contains \(classes.count) (\(listed(classes)))")
    return classes
}

/// The probability of the positive class, nil for the second one, for every sample.
func positiveScores<Model: ProbabilisticClassifier>(
    of model: Model, _ x: Model.Features, posLabel: Model.Target?
) throws -> [Double] where Model.Target: ClassLabel {
    let probabilities = try model.predictProba(x)
    try Check.require(
        model.classes.count == 2, "estimator", "must know two classes, but knows \(model.classes.count)")
    let column = posLabel.map { model.classes.firstIndex(of: $0) } ?? 1
    guard let column else {
        throw EstimatorError.invalidParameter(
            name: "posLabel", value: posLabel.map { "\($0)" } ?? "nil",
            allowed: "one of the classes (\(listed(model.classes)))")
    }
    return probabilities.column(column).map(Double.init)
}

/// The positive class, nil for the second one, where its probability is at least the threshold, else the other class.
func labels<Model: ProbabilisticClassifier>(
    of model: Model, _ x: Model.Features, threshold: Double, posLabel: Model.Target?
) throws -> [Model.Target] where Model.Target: ClassLabel {
    let scores = try positiveScores(of: model, x, posLabel: posLabel)
    return labels(scores, threshold: threshold, classes: model.classes, posLabel: posLabel)
}

/// The positive class, nil for the second one, where the score is at least the threshold, else the other class.
func labels<Label: ClassLabel>(
    _ scores: [Double], threshold: Double, classes: [Label], posLabel: Label?
) -> [Label] {
    let positive = posLabel ?? classes[1]
    let negative = classes[0] == positive ? classes[1] : classes[0]
    return scores.map { $0 >= threshold ? positive : negative }
}
