import Foundation

/// A report of how training went, for a notebook, a log or a dashboard. It can be stored as JSON beside the model.
///
/// ```swift
/// let encoder = JSONEncoder()
/// encoder.outputFormatting = .prettyPrinted
/// try encoder.encode(mlp.report).write(to: url)
/// ```
///
/// The description of a report is a short readable summary.
public struct TrainingReport: Sendable, Equatable, Codable {
    /// All epochs since the weights were initialized, over all calls; for `.lbfgs`, the iterations.
    public let epochs: [TrainingEpoch]

    /// The reason why the last call ended; nil if it was interrupted.
    public let stopReason: StopReason?

    /// The parameters of the last call.
    public let parameters: MLPHyperparameters

    /// The name of the minimized loss. A regressor has the name of its ``RegressionLoss``. A classifier has `logLoss`,
    /// or `binaryLogLoss` for two classes and for indicators.
    public let loss: String

    /// The quantity that early stopping watches: `score`, `loss` or the name of a scorer.
    public let monitor: String

    /// A description of the class weights; nil for 1 each.
    public let classWeight: String?

    /// The shape of the last call's data.
    public let data: Data

    /// The name of the device that trained the network: `cpu`, or `gpu` with the model of the card. It is nil if the
    /// network comes from a file, because files do not contain it.
    public let device: String?

    /// The version of this package that trained the network, and the version of scikit-learn that it reproduces.
    public let versions: Versions

    /// The training time of the last call in seconds. Pauses between a stop and `resume` do not count.
    public var seconds: Double { epochs.last?.elapsed ?? 0 }

    /// The shape of the training data.
    public struct Data: Sendable, Equatable, Codable {
        /// The number of rows of `x`, including those that early stopping held out for validation.
        public let samples: Int

        /// The number of columns of `x`.
        public let features: Int

        /// The number of outputs of the network.
        public let outputs: Int

        /// The number of samples in the caller's validation set; nil without one.
        public let validationSamples: Int?

        /// Whether there were sample weights or class weights.
        public let isWeighted: Bool
    }

    /// The versions of this package and of scikit-learn.
    public struct Versions: Sendable, Equatable, Codable {
        /// The version of this package.
        public let package: String

        /// The version of scikit-learn whose results this package reproduces.
        public let scikitLearn: String
    }
}

extension TrainingReport: CustomStringConvertible {
    /// A summary of the training, its data and its parameters:
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
        let place = device.map { $0 == "cpu" ? "" : " on \($0)" } ?? ""
        return [
            "\(count(epochs.count, "epoch")) in \(String(format: "%.3g", seconds)) s\(place), "
                + (stopReason.map { "ended by .\($0)" } ?? "interrupted"),
            results.compactMap { $0 }.joined(separator: ", "), shape.compactMap { $0 }.joined(separator: ", "),
            "\(parameters)",
        ].filter { !$0.isEmpty }.joined(separator: "\n")
    }
}

extension TrainedModel {
    /// The report of the training; nil if the network comes from elsewhere.
    var report: TrainingReport? {
        guard let inputs else { return nil }
        return TrainingReport(
            epochs: history.epochs, stopReason: history.stopReason, parameters: inputs.hyperparameters,
            loss: inputs.loss.rawValue, monitor: inputs.monitor, classWeight: inputs.classWeight,
            data: TrainingReport.Data(
                samples: inputs.data.samples, features: inputs.data.features, outputs: inputs.data.outputs,
                validationSamples: inputs.data.validationSamples, isWeighted: inputs.data.isWeighted),
            device: device, versions: inputs.versions)
    }
}
