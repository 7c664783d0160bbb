/// What is recorded while a network is trained, and carried on by the next `partialFit` or warm start.
struct TrainingHistory: Sendable, Codable {
    /// Iterations in the last call.
    private(set) var nIter = 0
    /// Samples seen in all calls.
    private(set) var t = 0
    /// Every epoch of all calls; for `.lbfgs`, every iteration.
    private(set) var epochs: [TrainingEpoch] = []
    /// The loss of the last iteration.
    private(set) var finalLoss: Double?
    /// Judges whether training still improves.
    var plateau: PlateauDetector
    /// Why the last call ended; nil while it goes on.
    var stopReason: StopReason?

    private var lossSum = 0.0
    private var samplesInEpoch = 0

    /// The sums of an epoch are none between epochs.
    private enum CodingKeys: String, CodingKey {
        // The detector keeps the name that it had in the first version of the format.
        case nIter, t, epochs, finalLoss, plateau = "progress", stopReason
    }

    init(watching watched: PlateauDetector.Watched) {
        plateau = PlateauDetector(watched)
    }

    /// The history of a network that was trained elsewhere, which tells the losses and scores of its epochs, but neither
    /// how long they took nor their rates: those are all the last one. NaN would make the history differ from itself.
    init<Scalar>(_ record: TrainingRecord<Scalar>) {
        self.init(watching: record.watchesScore ? .score : .loss)
        nIter = record.nIter
        t = record.t
        finalLoss = record.finalLoss
        plateau = PlateauDetector(
            plateau.watched, best: record.best, epochsWithoutImprovement: record.epochsWithoutImprovement)
        let scores = record.validationScores
        // The scores are those of the last epochs, if not of all.
        let first = record.lossCurve.count - scores.count
        epochs = record.lossCurve.enumerated().map { index, loss in
            TrainingEpoch(
                index: index + 1, loss: loss, validationLoss: nil,
                validationScore: index < first ? nil : scores[index - first],
                learningRate: record.learningRate, seconds: 0, elapsed: 0)
        }
    }

    /// The mean training loss of every epoch of all calls. The iterations of `.lbfgs`, which have no rate, are none.
    var lossCurve: [Double] { epochs.compactMap { $0.learningRate == nil ? nil : $0.loss } }

    /// The epochs of the last call.
    var epochsOfCall: ArraySlice<TrainingEpoch> { epochs.suffix(nIter) }

    /// Seconds that the last call has taken until its last epoch.
    var elapsed: Double { nIter > 0 ? epochs.last?.elapsed ?? 0 : 0 }

    /// The best loss or score, where that is what was watched.
    func best(_ watched: PlateauDetector.Watched) -> Double? {
        plateau.watched == watched && plateau.best.isFinite ? plateau.best : nil
    }

    /// Begins a call of `fit` or `partialFit`.
    mutating func begin() {
        nIter = 0
        stopReason = nil
    }

    /// Decides what is watched. What was the best of it in earlier calls has still to be beaten.
    mutating func watch(_ watched: PlateauDetector.Watched) {
        if plateau.watched != watched { plateau = PlateauDetector(watched) }
    }

    /// Adds a batch to the epoch.
    mutating func record(loss: Double, samples: Int) {
        lossSum += loss * Double(samples)
        samplesInEpoch += samples
    }

    /// Closes the epoch, which `append` then describes.
    mutating func endEpoch() {
        nIter += 1
        t += samplesInEpoch
        finalLoss = lossSum / Double(samplesInEpoch)
        lossSum = 0
        samplesInEpoch = 0
    }

    /// Closes an iteration of a solver that has no epochs.
    mutating func endIteration(_ number: Int, loss: Double) {
        nIter = number
        finalLoss = loss
    }

    /// Adds the description of the epoch that was closed.
    mutating func append(_ epoch: TrainingEpoch) { epochs.append(epoch) }

    /// What is invalid, in words; nil for nothing.
    var validationError: String? {
        // Far below where counting on would overflow.
        let counts = 0...(1 << 60)
        guard counts.contains(nIter), counts.contains(t), counts.contains(plateau.epochsWithoutImprovement) else {
            return "its numbers of iterations and samples must lie in 0...2⁶⁰"
        }
        return nil
    }
}

extension TrainingHistory: Equatable {
    /// Whether training went the same way. How long it took makes no difference.
    static func == (first: TrainingHistory, second: TrainingHistory) -> Bool {
        first.nIter == second.nIter && first.t == second.t && first.finalLoss == second.finalLoss
            && first.plateau == second.plateau && first.stopReason == second.stopReason
            && first.epochs.elementsEqual(second.epochs) { $0.isSame(as: $1) }
    }
}
