/// The result of an `onEpoch` function: whether training continues.
public enum TrainingDecision: Sendable, Equatable {
    /// Continue training.
    case `continue`

    /// End training as if `maxIter` were reached: the model is fitted, and `resume` continues from there.
    case stop
}
