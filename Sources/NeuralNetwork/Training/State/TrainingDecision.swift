/// What the function that `onEpoch` names answers after each epoch.
public enum TrainingDecision: Sendable, Equatable {
    /// Train on.
    case `continue`

    /// End training, as if `maxIter` were reached: the model is fitted, and `resume` goes on from there.
    case stop
}
