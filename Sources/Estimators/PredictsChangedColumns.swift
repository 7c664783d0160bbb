/// How one column of known samples changes.
package enum ColumnChange: Sendable {
    /// Each sample has the value of another one: sample i that of sample `order[i]`.
    case order([Int])
    /// All samples have one value.
    case value(Double)
}

/// A model that predicts known samples faster when only one of their columns has changed, as explanations need it.
package protocol PredictsChangedColumns<Features, Target>: Estimator {
    /// Returns a copy of the model that takes given features for the changed samples: its predictions and scores of
    /// exactly this value are those of the changed samples, and differ from the model's by rounding only. It predicts
    /// all other features as the model does.
    typealias Knowing = @Sendable (Features) -> Self

    /// Returns a function that predicts samples which differ from `x` in one column, for each change of that column;
    /// nil if that saves no time. An element of its result is nil if the model has to predict the changed samples
    /// themselves.
    ///
    /// - Throws: what `predict` throws for `x`.
    func predictingChanges(of x: Features) throws -> (@Sendable (_ column: Int, [ColumnChange]) -> [Knowing?])?
}

/// A transformer that transforms each value by itself, depending on the column only. Equal values of a column stay equal, and
/// a column never depends on another one.
package protocol ElementwiseTransformer: Transformer, Equatable {}
