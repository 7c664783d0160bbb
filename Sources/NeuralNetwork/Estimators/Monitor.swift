public import Estimators
public import Metrics

/// The quantity that early stopping watches on the validation samples to choose the best weights and decide when to
/// stop.
public enum Monitor<Model: Estimator>: Sendable {
    /// The estimator's own score: accuracy or R².
    case score

    /// The mean validation loss, without the L2 penalty.
    case loss

    /// A scorer, such as `.scorer(.f1Macro)`. The scorer gets no sample weights. It does not support sparse features,
    /// except in a `TablePipeline`, which converts them to a dense matrix.
    case scorer(Scorer<Model>)
}

extension Monitor: CustomStringConvertible {
    /// `score`, `loss` or the name of the scorer.
    public var description: String {
        switch self {
        case .score: "score"
        case .loss: "loss"
        case .scorer(let scorer): scorer.name
        }
    }
}

extension Monitor: Codable {
    /// Reads `score`, `loss` or the name of a scorer.
    ///
    /// A file stores only the name of a scorer, because a scorer is a function. A scorer that is read from a file
    /// throws when it is called. Set ``MultilayerPerceptron/monitor`` again before you resume a run that it watched.
    public init(from decoder: any Decoder) throws {
        switch try decoder.singleValueContainer().decode(String.self) {
        case Monitor.score.description: self = .score
        case Monitor.loss.description: self = .loss
        case let name:
            self = .scorer(
                Scorer(name) { _, _, _ in
                    throw EstimatorError.invalidParameter(
                        name: "monitor", value: "the stored name \(name) of a scorer",
                        allowed: "set again after the file is read")
                })
        }
    }

    /// Writes `score`, `loss` or the name of the scorer.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

extension Monitor: Equatable {
    /// Whether both watch the same quantity. Scorers are equal if their names are.
    public static func == (first: Monitor, second: Monitor) -> Bool {
        switch (first, second) {
        case (.score, .score), (.loss, .loss): true
        case (.scorer(let first), .scorer(let second)): first.name == second.name
        default: false
        }
    }
}
