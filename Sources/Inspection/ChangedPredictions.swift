import Estimators

/// The predictions of a model for samples that differ from known ones in one column.
struct ChangedPredictions<Model: Estimator>: Sendable {
    /// A function that gives the model for the changed samples.
    typealias Knowing = @Sendable (_ changed: Model.Features) -> Model

    private let model: Model
    /// Nil for a model that can only predict.
    private let predict: (@Sendable (_ column: Int, _ variants: [[Double]]) -> [Knowing])?

    init(_ model: Model, of x: Model.Features) throws {
        func changes<Known: PredictsChangedColumns>(
            of known: Known
        ) throws -> (@Sendable (_ column: Int, _ variants: [[Double]]) -> [Knowing])? {
            guard let x = x as? Known.Features, let predict = try known.predictingChanges(of: x) else { return nil }
            return { column, variants in
                predict(column, variants).map { knowing in
                    { changed in (changed as? Known.Features).flatMap { knowing($0) as? Model } ?? model }
                }
            }
        }
        self.model = model
        predict = try (model as? any PredictsChangedColumns).flatMap { try changes(of: $0) }
    }

    /// Returns the model for each variant of a column's values: a copy that knows its predictions if they can be
    /// computed faster than by `predict`, otherwise the model itself.
    ///
    /// - Parameter variants: returns the values of the column in each variant; called only if they are needed.
    func models(changing column: Int, count: Int, variants: () -> [[Double]]) -> [Knowing] {
        predict?(column, variants()) ?? Array(repeating: { [model] _ in model }, count: count)
    }
}
