/// What a training run needs to know, checked and free of everything that does not apply.
struct TrainingConfiguration: Sendable {
    /// The L2 penalty's strength.
    let alpha: Double
    let maxIter: Int
    let tol: Double
    let nIterNoChange: Int
    let shuffle: Bool
    let batchSize: BatchSize
    let verbose: Verbosity
    /// What decides whether training still improves.
    let watched: Progress.Watched
    /// Whether to go through the data once and leave everything ready for more.
    let isIncremental: Bool

    var log: VerboseLog { VerboseLog(isOn: verbose == .lines) }
}
