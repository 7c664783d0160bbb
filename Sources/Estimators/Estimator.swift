/// A model that learns targets from features: a classifier or a regressor.
///
/// Estimators are values: a copy is fitted independently, and a fitted estimator can be sent to other tasks.
public protocol Estimator<Features, Target>: Sendable {
    /// The type of the features of all samples: a matrix, or a table.
    associatedtype Features: Samples & Sendable

    /// The type of one sample's target.
    associatedtype Target: Sendable

    /// Learns from features `x` and one target per sample, and discards what was learned before.
    ///
    /// - Throws: ``EstimatorError`` for parameters or data that cannot be used; the estimator is unchanged then.
    mutating func fit(_ x: Features, _ y: [Target], sampleWeight: [Double]?) throws

    /// One target for every sample of `x`.
    ///
    /// - Throws: ``EstimatorError/notFitted(estimator:)`` before `fit`;
    ///   ``EstimatorError/invalidInput(argument:problem:)`` for features that cannot be used.
    func predict(_ x: Features) throws -> [Target]

    /// How good the predictions for `x` are: accuracy or R². Greater is better.
    ///
    /// - Throws: what `predict` throws, and ``EstimatorError`` if `y` does not fit `x`.
    func score(_ x: Features, _ y: [Target], sampleWeight: [Double]?) throws -> Double

    /// The index of each target's class in ascending order, by which cross-validation stratifies; nil if targets are
    /// not classes.
    static func classNumbers(of y: [Target]) -> [Int]?
}

extension Estimator {
    /// Learns from features `x` and one target per sample, with equal weights.
    ///
    /// - Throws: what ``fit(_:_:sampleWeight:)`` throws.
    public mutating func fit(_ x: Features, _ y: [Target]) throws {
        try fit(x, y, sampleWeight: nil)
    }

    /// A copy that has learned from features `x` and one target per sample.
    ///
    /// ```swift
    /// let model = try MLPClassifier(randomState: 1).fitted(x, y)
    /// ```
    ///
    /// - Parameters:
    ///   - x: the features of the samples.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for equal weights.
    /// - Throws: what ``fit(_:_:sampleWeight:)`` throws.
    public func fitted(_ x: Features, _ y: [Target], sampleWeight: [Double]? = nil) throws -> Self {
        try changed(self) { try $0.fit(x, y, sampleWeight: sampleWeight) }
    }

    /// How good the predictions for `x` are, with equal weights.
    ///
    /// - Throws: what ``score(_:_:sampleWeight:)`` throws.
    public func score(_ x: Features, _ y: [Target]) throws -> Double {
        try score(x, y, sampleWeight: nil)
    }
}

extension Estimator {
    /// Nil: the targets are not classes.
    public static func classNumbers(of y: [Target]) -> [Int]? { nil }
}

extension Estimator where Target: ClassificationTarget {
    /// The index of each target's class; nil for multilabel targets.
    public static func classNumbers(of y: [Target]) -> [Int]? {
        Target.isMultilabel ? nil : Target.numbers(of: y)
    }
}
