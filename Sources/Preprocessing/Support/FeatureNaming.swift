import Estimators

/// A transformer that names the features that it makes.
public protocol FeatureNaming {
    /// The names of the transformed features.
    ///
    /// - Parameter inputFeatures: one name per feature; nil for `x0`, `x1`, ….
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for another number of names.
    func getFeatureNamesOut(_ inputFeatures: [String]?) throws -> [String]
}

extension KBinsDiscretizer: FeatureNaming {}
extension OneHotEncoder: FeatureNaming {}
extension OrdinalEncoder: FeatureNaming {}
extension PolynomialFeatures: FeatureNaming {}
extension SimpleImputer: FeatureNaming {}

extension FunctionTransformer: FeatureNaming {
    /// The names given, which the function does not change.
    ///
    /// - Parameter inputFeatures: one name per feature.
    /// - Throws: `EstimatorError.invalidInput` for nil, because the number of features is not learned.
    public func getFeatureNamesOut(_ inputFeatures: [String]?) throws -> [String] {
        try Check.require(inputFeatures != nil, "inputFeatures", "must be one name per feature, but is nil")
        return inputFeatures ?? []
    }
}

extension PCA: FeatureNaming {
    /// `pca0`, `pca1`, …, whatever the names of the features.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`.
    public func getFeatureNamesOut(_ inputFeatures: [String]?) throws -> [String] { try getFeatureNamesOut() }
}
