import Estimators

/// The rule that the estimator is fitted already: every sample is a test sample, and none is learned from. scikit-learn
/// writes it `cv="prefit"`.
///
/// Only estimators whose documentation names it take it.
public struct Prefit: CrossValidator, Equatable, Codable {
    /// The rule.
    public init() {}

    /// Throws: there is nothing to fit on.
    ///
    /// - Throws: `EstimatorError.invalidParameter`.
    public func splits(of samples: SplitSamples) throws -> [SplitIndices] {
        throw EstimatorError.invalidParameter(
            name: "cv", value: ".prefit", allowed: "a cross-validator or a number of folds where a model is fitted")
    }
}

extension CrossValidator where Self == Prefit {
    /// The estimator is fitted already: see ``Prefit``.
    public static var prefit: Prefit { Prefit() }
}
