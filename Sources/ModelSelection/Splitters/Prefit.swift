import Estimators

/// The value of `cv` for an estimator that is already fitted: all samples are test samples. In scikit-learn, this is
/// `cv="prefit"`.
///
/// Only estimators whose documentation mentions `.prefit` accept it.
public struct Prefit: CrossValidator, Equatable, Codable {
    /// Creates the rule.
    public init() {}

    /// Always throws, because there are no training samples.
    ///
    /// - Throws: `EstimatorError.invalidParameter`.
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        throw EstimatorError.invalidParameter(
            name: "cv", value: ".prefit", allowed: "a cross-validator or a number of folds where a model is fitted")
    }
}

extension CrossValidator where Self == Prefit {
    /// The estimator is already fitted: see ``Prefit``.
    public static var prefit: Prefit { Prefit() }
}
