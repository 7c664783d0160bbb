public import Estimators
public import Metrics

/// What early stopping watches on the validation samples, to keep the best weights and to know when to stop.
public enum Monitor<Model: Estimator>: Sendable {
    /// The estimator's own score: accuracy or R².
    case score

    /// The mean loss, without the L2 penalty.
    case loss

    /// Any scorer: `.scorer(.f1Macro)`. It sees the validation samples without weights; not for sparse features.
    case scorer(Scorer<Model>)
}

extension Monitor: CustomStringConvertible {
    /// `score`, `loss` or the scorer's name.
    public var description: String {
        switch self {
        case .score: "score"
        case .loss: "loss"
        case .scorer(let scorer): scorer.name
        }
    }
}

extension Monitor: Codable {
    /// Reads `score` or `loss`.
    ///
    /// A scorer is a function, of which only the name is stored: it becomes `.score` here, and must be set anew before a run
    /// that watched it is resumed.
    public init(from decoder: any Decoder) throws {
        self = try decoder.singleValueContainer().decode(String.self) == Monitor.loss.description ? .loss : .score
    }

    /// Writes `score`, `loss` or the scorer's name.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Monitor: Equatable {
    /// Whether both watch the same; scorers are the same where their names are.
    public static func == (first: Monitor, second: Monitor) -> Bool {
        switch (first, second) {
        case (.score, .score), (.loss, .loss): true
        case (.scorer(let first), .scorer(let second)): first.name == second.name
        default: false
        }
    }
}
