import ModelFiles

/// The best loss or score so far, and the number of epochs since it last improved by `tol`.
struct PlateauDetector: Equatable, Sendable {
    /// The watched quantity: the training loss or validation loss, which should fall, or the validation score, which
    /// should rise.
    enum Watched: String, Equatable, Sendable, Codable {
        case loss, validationLoss, score

        var shouldRise: Bool { self == .score }
    }

    let watched: Watched
    private(set) var best: Double
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

extension PlateauDetector: Codable {
    private enum CodingKeys: String, CodingKey {
        case watched, best, epochsWithoutImprovement
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        watched = try container.decode(Watched.self, forKey: .watched)
        best = try container.decode(StoredNumber.self, forKey: .best).value
        epochsWithoutImprovement = try container.decode(Int.self, forKey: .epochsWithoutImprovement)
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(watched, forKey: .watched)
        try container.encode(StoredNumber(best), forKey: .best)
        try container.encode(epochsWithoutImprovement, forKey: .epochsWithoutImprovement)
    }
}
