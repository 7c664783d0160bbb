/// A model that predicts known samples faster when only one of their columns has changed, as explanations need it.
package protocol PredictsChangedColumns<Features, Target>: Estimator {
    /// Returns a function that predicts samples which differ from `x` in one column; nil if that saves no time.
    ///
    /// The function returns a copy of the model that knows its outputs for `changed`: its predictions and scores of
    /// exactly this value do not compute them again. They differ from those of the model by rounding only.
    ///
    /// - Throws: what `predict` throws for `x`.
    func predictingChanges(of x: Features) throws -> (@Sendable (_ changed: Features, _ column: Int) throws -> Self)?
}
