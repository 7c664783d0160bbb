public import Estimators

extension Estimator where Target: ClassLabel {
    /// The accuracy of the predictions for `x`.
    ///
    /// - Throws: what `predict` throws, and `EstimatorError` if `y` or the weights do not fit `x`.
    public func score(_ x: Features, _ y: [Target], sampleWeight: [Double]?) throws -> Double {
        try accuracyScore(y, predict(x), sampleWeight: sampleWeight)
    }
}

extension Estimator where Target: RegressionTarget {
    /// The coefficient of determination R² of the predictions for `x`.
    ///
    /// - Throws: what `predict` throws, and `EstimatorError` if `y` or the weights do not fit `x`.
    public func score(_ x: Features, _ y: [Target], sampleWeight: [Double]?) throws -> Double {
        try r2Score(y, predict(x), sampleWeight: sampleWeight)
    }
}
