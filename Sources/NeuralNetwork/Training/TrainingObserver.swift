/// Who is told of every epoch, or of every iteration of `.lbfgs`. Nothing of it is called within a step.
struct TrainingObserver<Scalar: NetworkScalar> {
    /// Decides whether to train on.
    var onEpoch: OnEpoch?

    /// May take the model as training would return it now, for which arrays are copied.
    var checkpoint: ((_ model: () -> TrainedModel<Scalar>) throws -> Void)?
}

/// What is told of every epoch, and decides whether to train on.
public typealias OnEpoch = (_ epoch: TrainingEpoch) throws -> TrainingDecision
