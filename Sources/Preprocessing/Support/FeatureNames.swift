public import Estimators

/// A transformer that makes each column of the column at the same place.
public protocol OneToOneTransformer: Transformer, FeatureNaming {
    /// The number of features seen by `fit`; nil before.
    var nFeaturesIn: Int? { get }
}

extension OneToOneTransformer {
    /// The names of the transformed features, which are those of the features.
    ///
    /// - Parameter inputFeatures: one name per feature; nil for `x0`, `x1`, ….
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for another number of names.
    public func getFeatureNamesOut(_ inputFeatures: [String]? = nil) throws -> [String] {
        try featureNames(inputFeatures, nFeaturesIn: nFeaturesIn, of: "\(Self.self)")
    }
}

/// The names given, or `x0`, `x1`, ….
func featureNames(_ given: [String]?, nFeaturesIn: Int?, of estimator: String) throws -> [String] {
    guard let nFeaturesIn else { throw EstimatorError.notFitted(estimator: estimator) }
    guard let given else { return (0..<nFeaturesIn).map { "x\($0)" } }
    try Check.perFeature(given.count, argument: "inputFeatures", features: nFeaturesIn)
    return given
}
