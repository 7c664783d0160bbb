import Estimators

/// A transformer that knows the names of the features that it makes.
public protocol FeatureNaming {
    /// The names of the transformed features.
    ///
    /// - Parameter inputFeatures: one name per feature; nil for `x0`, `x1`, ….
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for another number of names.
    func getFeatureNamesOut(_ inputFeatures: [String]?) throws -> [String]
}

extension KBinsDiscretizer: FeatureNaming {}
extension MaxAbsScaler: FeatureNaming {}
extension MinMaxScaler: FeatureNaming {}
extension Normalizer: FeatureNaming {}
extension OneHotEncoder: FeatureNaming {}
extension OrdinalEncoder: FeatureNaming {}
extension PolynomialFeatures: FeatureNaming {}
extension PowerTransformer: FeatureNaming {}
extension QuantileTransformer: FeatureNaming {}
extension RobustScaler: FeatureNaming {}
extension SimpleImputer: FeatureNaming {}
extension StandardScaler: FeatureNaming {}

extension FunctionTransformer: FeatureNaming {
    /// The names given, which the function does not change.
    ///
    /// - Parameter inputFeatures: one name per feature.
    /// - Throws: `EstimatorError.invalidInput` for nil, since it has not counted the features.
    public func getFeatureNamesOut(_ inputFeatures: [String]?) throws -> [String] {
        guard let inputFeatures else {
            throw EstimatorError.invalidInput(
                argument: "inputFeatures", problem: "must be one name per feature, but is nil")
        }
        return inputFeatures
    }
}

extension PCA: FeatureNaming {
    /// `pca0`, `pca1`, …, whatever the names of the features.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`.
    public func getFeatureNamesOut(_ inputFeatures: [String]?) throws -> [String] { try getFeatureNamesOut() }
}
