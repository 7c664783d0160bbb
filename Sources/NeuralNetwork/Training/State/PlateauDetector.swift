/// The best loss or score so far, and the number of epochs since it last improved by `tol`.
struct PlateauDetector: Equatable, Sendable, Codable {
    /// The watched quantity: the training loss or validation loss, which should fall, or the validation score, which
    /// should rise.
    enum Watched: String, Equatable, Sendable, Codable {
        case loss, validationLoss, score

        var shouldRise: Bool { self == .score }
    }

    let watched: Watched
    @StoredNumber private(set) var best: Double
    private(set) var epochsWithoutImprovement = 0

    init(_ watched: Watched) {
        self.watched = watched
        best = watched.shouldRise ? -.infinity : .infinity
    }

    /// Creates the state after epochs that were trained elsewhere; `best` is nil if there were none.
    init(_ watched: Watched, best: Double?, epochsWithoutImprovement: Int) {
        self.init(watched)
        if let best { self.best = best }
        self.epochsWithoutImprovement = epochsWithoutImprovement
    }

    /// Observes the loss or score of an epoch.
    ///
    /// An improvement of less than `tol` does not count, even if the value is the best so far.
    ///
    /// - Returns: whether the value is the best so far.
    @discardableResult
    mutating func observe(_ value: Double, tol: Double) -> Bool {
        let isStagnant = watched.shouldRise ? value < best + tol : value > best - tol
        epochsWithoutImprovement = isStagnant ? epochsWithoutImprovement + 1 : 0
        let isBest = watched.shouldRise ? value > best : value < best
        if isBest { best = value }
        return isBest
    }

    /// Restarts the count of epochs, after the learning rate was lowered.
    mutating func reset() { epochsWithoutImprovement = 0 }
}
