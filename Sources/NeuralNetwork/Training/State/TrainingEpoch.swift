import ModelFiles

/// What is known of an epoch when it ends; for `.lbfgs`, of an iteration.
public struct TrainingEpoch: Sendable, Equatable {
    /// Its number in the call of `fit`, from 1; one that is resumed counts on.
    public let index: Int

    /// The mean training loss, with the L2 penalty.
    public let loss: Double

    /// The mean loss on the validation set, without the penalty; nil without a validation set, NaN where the outputs are
    /// not finite.
    public let validationLoss: Double?

    /// The score on the validation set; nil without one, NaN where the outputs are not finite.
    public let validationScore: Double?

    /// The rate of the epoch's last step, for `.adam` with the correction of its first steps; nil for `.lbfgs`, NaN
    /// where it was trained elsewhere.
    public let learningRate: Double?

    /// Seconds that it took, looking at the validation set included.
    public let seconds: Double

    /// Seconds since training began, without any pause before it was resumed.
    public let elapsed: Double

    /// Whether all but the times are equal.
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
    /// - Throws: `DecodingError` when a part is missing or of another type, or a time is negative or infinite.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func number(_ key: CodingKeys) throws -> Double? {
            try container.decodeIfPresent(StoredNumber.self, forKey: key)?.value
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
            loss: try container.decode(StoredNumber.self, forKey: .loss).value,
            validationLoss: try number(.validationLoss), validationScore: try number(.validationScore),
            learningRate: try number(.learningRate),
            seconds: try time(.seconds), elapsed: try time(.elapsed))
    }

    /// Writes all parts that are not nil; NaN and infinite numbers as the texts `nan`, `inf` and `-inf`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(index, forKey: .index)
        try container.encode(StoredNumber(loss), forKey: .loss)
        try container.encodeIfPresent(validationLoss.map(StoredNumber.init), forKey: .validationLoss)
        try container.encodeIfPresent(validationScore.map(StoredNumber.init), forKey: .validationScore)
        try container.encodeIfPresent(learningRate.map(StoredNumber.init), forKey: .learningRate)
        try container.encode(seconds, forKey: .seconds)
        try container.encode(elapsed, forKey: .elapsed)
    }
}
