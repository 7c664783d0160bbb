/// Something that learns targets from features: a classifier or a regressor.
///
/// Estimators are values: a copy can be fitted on its own, and a fitted one can be sent to other tasks.
public protocol Estimator<Features, Target>: Sendable {
    /// The type of the features of all samples: a matrix, or a table.
    associatedtype Features: Samples & Sendable

    /// The type of one sample's target.
    associatedtype Target: Sendable

    /// Learns from features `x` and one target per sample, forgetting what was learned before.
    ///
    /// - Throws: ``EstimatorError`` for parameters or data that cannot be used; the estimator is unchanged then.
    mutating func fit(_ x: Features, _ y: [Target], sampleWeight: [Double]?) throws

    /// One target for every sample of `x`.
    ///
    /// - Throws: ``EstimatorError/notFitted(estimator:)`` before `fit`; ``EstimatorError/invalidInput(argument:problem:)``
    ///   for features that cannot be used.
    func predict(_ x: Features) throws -> [Target]

    /// How good the predictions for `x` are, greater being better: accuracy or R².
    ///
    /// - Throws: what `predict` throws, and an error when `y` does not fit `x`.
    func score(_ x: Features, _ y: [Target], sampleWeight: [Double]?) throws -> Double

    /// The class of each target, numbered from 0 in ascending order, by which cross-validation stratifies; nil where
    /// targets are not classes.
    static func classNumbers(of y: [Target]) -> [Int]?
}

extension Estimator {
    /// Learns from features `x` and one target per sample, all samples weighing the same.
    ///
    /// - Throws: what ``fit(_:_:sampleWeight:)`` throws.
    public mutating func fit(_ x: Features, _ y: [Target]) throws {
        try fit(x, y, sampleWeight: nil)
    }

    /// How good the predictions for `x` are, all samples weighing the same.
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
    /// The number of each target's class; nil for multilabel targets.
    public static func classNumbers(of y: [Target]) -> [Int]? {
        Target.isMultilabel ? nil : Target.numbers(of: y)
    }
}
