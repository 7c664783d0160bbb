import Estimators

/// Predicts samples in which one column has changed: for each change, what gives a copy of the model that takes the
/// features it is called with for the changed samples, or nil if the model has to predict the changed samples themselves.
typealias ChangedPredictions<Model: Estimator> =
    @Sendable (_ column: Int, [ColumnChange]) -> [(@Sendable (Model.Features) -> Model)?]

/// Returns how a model predicts samples that differ from `x` in one column; nil for a model that can only predict.
///
/// - Throws: what `predict` throws for `x`.
func changedPredictions<Model: Estimator>(
    _ model: Model, of x: Model.Features
) throws -> ChangedPredictions<Model>? {
    func changes<Known: PredictsChangedColumns>(of known: Known) throws -> ChangedPredictions<Model>? {
        guard let x = x as? Known.Features else { return nil }
        return try known.predictingChanges(of: x) as? ChangedPredictions<Model>
    }
    return try (model as? any PredictsChangedColumns).flatMap { try changes(of: $0) }
}
