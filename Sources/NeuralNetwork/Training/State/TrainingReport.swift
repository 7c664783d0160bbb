import Foundation

/// How training went: what a notebook, a log or a dashboard wants to know of it. As JSON it can be kept beside a model.
///
/// ```swift
/// let encoder = JSONEncoder()
/// encoder.outputFormatting = .prettyPrinted
/// try encoder.encode(mlp.report).write(to: url)
/// ```
///
/// Printed, it is a few lines for people.
public struct TrainingReport: Sendable, Equatable, Codable {
    /// The epochs of all calls since the weights were drawn; for `.lbfgs`, the iterations.
    public let epochs: [TrainingEpoch]

    /// Why the last call ended; nil where it was interrupted.
    public let stopReason: StopReason?

    /// The parameters of the last call.
    public let parameters: MLPHyperparameters

    /// What was minimized: `squaredError`, `poisson`, `logLoss`, or `binaryLogLoss` for two classes and indicators.
    public let loss: String

    /// What early stopping watches: `score`, `loss` or the name of a scorer.
    public let monitor: String

    /// The weights of the classes, in words; nil for 1 each.
    public let classWeight: String?

    /// The shape of the last call's data.
    public let data: Data

    /// The package that trained.
    public let versions: Versions

    /// Seconds that the last call took, without any pause before it was resumed.
    public var seconds: Double { epochs.last?.elapsed ?? 0 }

    /// How many samples there were, and of what.
    public struct Data: Sendable, Equatable, Codable {
        /// Rows of `x`, those that early stopping kept for validation included.
        public let samples: Int

        /// Columns of `x`.
        public let features: Int

        /// Outputs of the network.
        public let outputs: Int

        /// Samples of a validation set of the caller's; nil without one.
        public let validationSamples: Int?

        /// Whether samples were weighted.
        public let isWeighted: Bool
    }

    /// Versions of software.
    public struct Versions: Sendable, Equatable, Codable {
        /// The version of this package.
        public let package: String

        /// The version of scikit-learn whose numbers it has.
        public let scikitLearn: String
    }
}

extension TrainingReport: CustomStringConvertible {
    /// How training ended, on what data and with which parameters:
    ///
    /// ```text
    /// 38 epochs in 0.0213 s, ended by .converged
    /// loss 0.04321, validation score 0.9333
    /// 150 × 4, 3 outputs
    /// MLPHyperparameters(alpha: 0.01, maxIter: 500)
    /// ```
    public var description: String {
        func fact(_ name: String, _ number: Double?) -> String? {
            number.map { "\(name) \(String(format: "%.4g", $0))" }
        }
        func count(_ number: Int, _ name: String) -> String { "\(number) \(name)\(number == 1 ? "" : "s")" }
        let last = epochs.last
        let results = [
            fact("loss", last?.loss), fact("validation loss", last?.validationLoss),
            fact("validation score", last?.validationScore),
        ]
        let shape = [
            "\(data.samples) × \(data.features)", count(data.outputs, "output"),
            data.isWeighted ? "weighted" : nil, data.validationSamples.map { "validated on \($0)" },
        ]
        return [
            "\(count(epochs.count, "epoch")) in \(String(format: "%.3g", seconds)) s, "
                + (stopReason.map { "ended by .\($0)" } ?? "interrupted"),
            results.compactMap { $0 }.joined(separator: ", "), shape.compactMap { $0 }.joined(separator: ", "),
            "\(parameters)",
        ].filter { !$0.isEmpty }.joined(separator: "\n")
    }
}

extension TrainedModel {
    /// Nil where the network comes from elsewhere.
    var report: TrainingReport? {
        guard let inputs else { return nil }
        return TrainingReport(
            epochs: history.epochs, stopReason: history.stopReason, parameters: inputs.hyperparameters,
            loss: inputs.loss.rawValue, monitor: inputs.monitor, classWeight: inputs.classWeight,
            data: TrainingReport.Data(
                samples: inputs.data.samples, features: inputs.data.features, outputs: inputs.data.outputs,
                validationSamples: inputs.data.validationSamples, isWeighted: inputs.data.isWeighted),
            versions: inputs.versions)
    }
}
