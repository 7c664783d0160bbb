/// The history of a network's training. The next `partialFit` or warm start continues it.
struct TrainingHistory: Sendable, Codable {
    /// The number of iterations in the last call.
    private(set) var nIter = 0
    /// The number of samples seen in all calls.
    private(set) var t = 0
    /// All epochs of all calls; for `.lbfgs`, all iterations.
    private(set) var epochs: [TrainingEpoch] = []
    /// The loss of the last iteration.
    private(set) var finalLoss: Double?
    /// Decides whether training still improves.
    var plateau: PlateauDetector
    /// Why the last call ended; nil during the call.
    var stopReason: StopReason?

    private var lossSum = 0.0
    private var samplesInEpoch = 0

    /// The sums of an epoch are not stored: they are 0 between epochs.
    private enum CodingKeys: String, CodingKey {
        // The stored name of the detector is that of the first version of the format.
        case nIter, t, epochs, finalLoss, plateau = "progress", stopReason
    }

    init(watching watched: PlateauDetector.Watched) {
        plateau = PlateauDetector(watched)
    }

    /// Creates the history of a network that was trained elsewhere. The record has the losses and scores of the epochs,
    /// but not their times and learning rates. All epochs get the last rate, since NaN would make the history differ
    /// from itself.
    init<Scalar>(_ record: TrainingRecord<Scalar>) {
        self.init(watching: record.watchesScore ? .score : .loss)
        nIter = record.nIter
        t = record.t
        finalLoss = record.finalLoss
        plateau = PlateauDetector(
            plateau.watched, best: record.best, epochsWithoutImprovement: record.epochsWithoutImprovement)
        let scores = record.validationScores
        // The scores may cover only the last epochs.
        let first = record.lossCurve.count - scores.count
        epochs = record.lossCurve.enumerated().map { index, loss in
            TrainingEpoch(
                index: index + 1, loss: loss, validationLoss: nil,
                validationScore: index < first ? nil : scores[index - first],
                learningRate: record.learningRate, seconds: 0, elapsed: 0)
        }
    }

    /// The mean training loss of each epoch of all calls; empty for `.lbfgs`, whose iterations have no learning rate.
    var lossCurve: [Double] { epochs.compactMap { $0.learningRate == nil ? nil : $0.loss } }

    /// The epochs of the last call.
    var epochsOfCall: ArraySlice<TrainingEpoch> { epochs.suffix(nIter) }

    /// The seconds from the start of the last call to the end of its last epoch.
    var elapsed: Double { nIter > 0 ? epochs.last?.elapsed ?? 0 : 0 }

    /// Returns the best loss or score if `watched` is the watched quantity, otherwise nil.
    func best(_ watched: PlateauDetector.Watched) -> Double? {
        plateau.watched == watched && plateau.best.isFinite ? plateau.best : nil
    }

    /// Starts a call of `fit` or `partialFit`.
    mutating func begin() {
        nIter = 0
        stopReason = nil
    }

    /// Sets the watched quantity. Its best value of earlier calls remains the value to beat.
    mutating func watch(_ watched: PlateauDetector.Watched) {
        if plateau.watched != watched { plateau = PlateauDetector(watched) }
    }

    /// Adds a batch to the current epoch.
    mutating func record(loss: Double, samples: Int) {
        lossSum += loss * Double(samples)
        samplesInEpoch += samples
    }

    /// Ends the epoch. Its description is added by `append`.
    mutating func endEpoch() {
        nIter += 1
        t += samplesInEpoch
        finalLoss = lossSum / Double(samplesInEpoch)
        lossSum = 0
        samplesInEpoch = 0
    }

    /// Ends an iteration of a solver that has no epochs.
    mutating func endIteration(_ number: Int, loss: Double) {
        nIter = number
        finalLoss = loss
    }

    /// Adds the description of the ended epoch.
    mutating func append(_ epoch: TrainingEpoch) { epochs.append(epoch) }

    /// A description of what is invalid; nil if all is valid.
    var validationError: String? {
        // Far below the values at which counting could overflow.
        let counts = 0...(1 << 60)
        guard counts.contains(nIter), counts.contains(t), counts.contains(plateau.epochsWithoutImprovement) else {
            return "its numbers of iterations and samples must lie in 0...2⁶⁰"
        }
        return nil
    }
}

extension TrainingHistory: Equatable {
    /// Whether training had the same results. Times are not compared.
    static func == (first: TrainingHistory, second: TrainingHistory) -> Bool {
        first.nIter == second.nIter && first.t == second.t && first.finalLoss == second.finalLoss
            && first.plateau == second.plateau && first.stopReason == second.stopReason
            && first.epochs.elementsEqual(second.epochs) { $0.isSame(as: $1) }
    }
}
