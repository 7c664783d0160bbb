/// What a call of `fit` or `partialFit` was given, as far as it is kept with the model.
struct TrainingInputs: Equatable, Sendable, Codable {
    let hyperparameters: MLPHyperparameters
    let loss: Loss
    /// What early stopping watches, by its name.
    let monitor: String
    /// The weights of the classes, in words; nil for 1 each.
    let classWeight: String?
    let data: DataDescription
    let versions: TrainingReport.Versions
}
