/// What is recorded while a network is trained, and carried on by the next `partialFit` or warm start.
struct TrainingHistory: Equatable, Sendable {
    /// Iterations in the last call.
    private(set) var nIter = 0
    /// Samples seen in all calls.
    private(set) var t = 0
    /// The mean training loss of every epoch of all calls.
    private(set) var lossCurve: [Double] = []
    /// The loss of the last iteration.
    private(set) var finalLoss: Double?
    /// The score on the validation set after every epoch; only with early stopping.
    var validationScores: [Double] = []
    /// Judges whether training still improves.
    var progress: Progress
    /// Why the last call ended; nil while it goes on.
    var stopReason: StopReason?

    private var lossSum = 0.0
    private var samplesInEpoch = 0

    init(watching watched: Progress.Watched) {
        progress = Progress(watched)
    }

    /// The best loss or score, where that is what was watched.
    func best(_ watched: Progress.Watched) -> Double? {
        progress.watched == watched && progress.best.isFinite ? progress.best : nil
    }

    /// Begins a call of `fit` or `partialFit`.
    mutating func begin(watching watched: Progress.Watched) {
        nIter = 0
        stopReason = nil
        if progress.watched != watched { progress = Progress(watched) }
    }

    /// Adds a batch to the epoch.
    mutating func record(loss: Double, samples: Int) {
        lossSum += loss * Double(samples)
        samplesInEpoch += samples
    }

    /// Closes the epoch.
    mutating func endEpoch() {
        nIter += 1
        t += samplesInEpoch
        let loss = lossSum / Double(samplesInEpoch)
        lossCurve.append(loss)
        finalLoss = loss
        lossSum = 0
        samplesInEpoch = 0
    }

    /// Adds a whole call of a solver that has no epochs.
    mutating func record(finalLoss: Double, iterations: Int, stopReason: StopReason) {
        nIter = iterations
        self.finalLoss = finalLoss
        self.stopReason = stopReason
    }
}
