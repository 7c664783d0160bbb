/// A model that predicts known samples faster when only one of their columns has changed, as explanations need it.
package protocol PredictsChangedColumns<Features, Target>: Estimator {
    /// A function that takes the changed samples of one variant, and returns a copy of the model that knows its outputs
    /// for them: predictions and scores of exactly this value do not compute them again. They differ from those of the
    /// model by rounding only.
    typealias Knowing = @Sendable (_ changed: Features) -> Self

    /// Returns a function that predicts samples which differ from `x` in one column, for each variant of that column's
    /// values; nil if that saves no time.
    ///
    /// - Throws: what `predict` throws for `x`.
    func predictingChanges(of x: Features) throws -> (@Sendable (_ column: Int, _ variants: [[Double]]) -> [Knowing])?
}
