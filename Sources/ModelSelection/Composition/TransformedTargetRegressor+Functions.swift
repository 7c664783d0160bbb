public import Preprocessing

extension TransformedTargetRegressor where Steps == FunctionTransformer {
    /// A regressor of targets to which `function` was applied, whose predictions `inverse` brings back.
    ///
    /// ```swift
    /// var model = TransformedTargetRegressor(MLPRegressor(randomState: 1), function: { log1p($0) }, inverse: { expm1($0) })
    /// ```
    public init(
        _ regressor: Regressor, function: @escaping @Sendable (Double) -> Double,
        inverse: @escaping @Sendable (Double) -> Double
    ) {
        self.init(regressor, transformer: FunctionTransformer(function, inverse: inverse))
    }
}
