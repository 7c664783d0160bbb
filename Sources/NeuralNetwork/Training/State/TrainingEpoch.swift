import ModelFiles

/// The results of one epoch; for `.lbfgs`, of one iteration.
public struct TrainingEpoch: Sendable, Equatable {
    /// The number of the epoch in the call of `fit`, from 1. A resumed run continues the count.
    public let index: Int

    /// The mean training loss, including the L2 penalty.
    public let loss: Double

    /// The mean validation loss, without the penalty; nil without a validation set, NaN if the outputs are not finite.
    public let validationLoss: Double?

    /// The validation score; nil without a validation set, NaN if the outputs are not finite.
    public let validationScore: Double?

    /// The learning rate of the last step, for `.adam` and `.adamW` with bias correction; nil for `.lbfgs`. In a model
    /// that comes from scikit-learn, all epochs have the last known rate, or NaN.
    public let learningRate: Double?

    /// The duration in seconds, including validation.
    public let seconds: Double

    /// The training time in seconds up to the end of this epoch. Pauses between a stop and `resume` do not count.
    public let elapsed: Double

    package init(
        index: Int, loss: Double, validationLoss: Double?, validationScore: Double?, learningRate: Double?,
        seconds: Double, elapsed: Double
    ) {
        (self.index, self.loss, self.validationLoss) = (index, loss, validationLoss)
        (self.validationScore, self.learningRate) = (validationScore, learningRate)
        (self.seconds, self.elapsed) = (seconds, elapsed)
    }

    /// Whether everything except the times is equal.
    func isSame(as other: TrainingEpoch) -> Bool {
        index == other.index && loss == other.loss && validationLoss == other.validationLoss
            && validationScore == other.validationScore && learningRate == other.learningRate
    }
}

extension TrainingEpoch: Codable {
    private enum CodingKeys: String, CodingKey {
        case index, loss, validationLoss, validationScore, learningRate, seconds, elapsed
    }

    /// Reads an epoch.
    ///
    /// - Throws: `DecodingError` if a value is missing or has the wrong type, or if a time is negative or infinite.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func number(_ key: CodingKeys) throws -> Double? {
            try container.decodeIfPresent(StoredNumber.self, forKey: key)?.wrappedValue
        }
        func time(_ key: CodingKeys) throws -> Double {
            let seconds = try container.decode(Double.self, forKey: key)
            guard seconds >= 0, seconds.isFinite else {
                throw DecodingError.dataCorruptedError(
                    forKey: key, in: container,
                    debugDescription: "must be a finite time of at least 0, but is \(seconds)")
            }
            return seconds
        }
        self.init(
            index: try container.decode(Int.self, forKey: .index),
            loss: try container.decode(StoredNumber.self, forKey: .loss).wrappedValue,
            validationLoss: try number(.validationLoss), validationScore: try number(.validationScore),
            learningRate: try number(.learningRate),
            seconds: try time(.seconds), elapsed: try time(.elapsed))
    }

    /// Writes all values that are not nil. It writes NaN and infinities as the strings `nan`, `inf` and `-inf`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(index, forKey: .index)
        try container.encode(StoredNumber(wrappedValue: loss), forKey: .loss)
        try container.encodeIfPresent(validationLoss.map(StoredNumber.init), forKey: .validationLoss)
        try container.encodeIfPresent(validationScore.map(StoredNumber.init), forKey: .validationScore)
        try container.encodeIfPresent(learningRate.map(StoredNumber.init), forKey: .learningRate)
        try container.encode(seconds, forKey: .seconds)
        try container.encode(elapsed, forKey: .elapsed)
    }
}
