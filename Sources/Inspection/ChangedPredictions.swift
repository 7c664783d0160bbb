import Estimators

/// Returns a function that gives the model for samples which differ from `x` in one column: a copy that knows its
/// predictions for them if they can be computed faster than by `predict`, otherwise the model itself.
func modelForChanges<Model: Estimator>(
    _ model: Model, of x: Model.Features
) throws -> @Sendable (_ changed: Model.Features, _ column: Int) throws -> Model {
    func changes<Known: PredictsChangedColumns>(
        of known: Known
    ) throws -> (@Sendable (Model.Features, Int) throws -> Model)? {
        guard let x = x as? Known.Features, let predict = try known.predictingChanges(of: x) else { return nil }
        return { changed, column in
            guard let changed = changed as? Known.Features else { return model }
            return try predict(changed, column) as? Model ?? model
        }
    }
    guard let known = model as? any PredictsChangedColumns else { return { _, _ in model } }
    return try changes(of: known) ?? { _, _ in model }
}
