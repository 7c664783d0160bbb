/// An estimator that learns in passes and can evaluate each pass on a validation set.
///
/// A search with `validatesOnTestSide` passes the test side of each split, a pipeline the transformed samples.
public protocol ValidatingEstimator<Features, Target>: Estimator {
    /// Learns from features `x` and one target per sample, and evaluates every pass on a validation set.
    ///
    /// - Parameters:
    ///   - x: the features of the samples to learn from.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - validation: features and one target per sample; nil for none.
    /// - Throws: what ``Estimator/fit(_:_:sampleWeight:)`` throws, and ``EstimatorError`` for validation data that
    ///   cannot be used.
    mutating func fit(
        _ x: Features, _ y: [Target], sampleWeight: [Double]?, validation: (x: Features, y: [Target])?) throws
}
