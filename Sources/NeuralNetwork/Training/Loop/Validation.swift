import Estimators
import LinearAlgebra

/// The validation samples and the evaluation of networks on them.
struct Validation<Scalar: NetworkScalar> {
    /// A function that returns the score of a network from its outputs for the samples. Greater is better.
    typealias Score = (_ network: Network<Scalar>, _ outputs: Matrix<Scalar>, _ data: TrainingData<Scalar>) throws ->
        Double

    /// The samples; in a group of processes, the features of this process's samples and the targets and weights of all.
    let data: TrainingData<Scalar>
    let loss: Loss
    let score: Score
    /// Gathers the outputs of all processes; nil for a single process.
    let gathering: Gathering?

    /// Returns the mean loss, without the penalty, and the score of a network; NaN if its outputs are not finite.
    func callAsFunction(
        _ network: Network<Scalar>, on engine: some TrainingEngine<Scalar>
    ) throws -> (loss: Double, score: Double) {
        try self(network, outputs: try engine.outputs(of: network, for: data.features))
    }

    /// Returns the mean loss, without the penalty, and the score for the given outputs; NaN if they are not finite.
    func callAsFunction(
        _ network: Network<Scalar>, outputs: Matrix<Scalar>
    ) throws -> (loss: Double, score: Double) {
        guard let gathering else { return try evaluate(network, outputs) }
        let all = try gathering.gather(outputs)
        return try gathering.onFirst { try evaluate(network, all) }
    }

    private func evaluate(_ network: Network<Scalar>, _ outputs: Matrix<Scalar>) throws -> (loss: Double, score: Double)
    {
        guard outputs.withUnsafeElements(Scalar.allFinite) else { return (.nan, .nan) }
        // A warning in every epoch would be no help; `checkScores(of:by:)` has the reason of scores that are NaN.
        return (meanLoss(of: outputs), try FitWarnings.collected { try score(network, outputs, data) }.result)
    }

    private func meanLoss(of outputs: Matrix<Scalar>) -> Double {
        var outputs = outputs
        let levels: [Scalar]? = loss.levels(outputs: outputs.columns)
        let sum = outputs.withUnsafeMutableElements { outputs in
            data.targets.withUnsafeElements { targets in
                data.weights.withUnsafePointer { weights in
                    levels.withUnsafePointer { levels in
                        guard let outputs = outputs.baseAddress, let targets = targets.baseAddress else { return 0.0 }
                        let batch = LossBatch(
                            predictions: outputs, targets: targets, weights: weights, rows: data.targets.rows,
                            outputs: data.targets.columns, levels: levels)
                        return loss.sum(over: batch, margin: Double(Scalar.ulpOfOne))
                    }
                }
            }
        }
        return sum / (data.weights.map { $0.reduce(0) { $0 + Double($1) } } ?? Double(data.targets.rows))
    }
}

extension _TrainingRun {
    /// Says why the validation score was NaN in all epochs, so that no epoch was the best one.
    ///
    /// - Throws: `EstimatorError.invalidInput` if a scorer decided about the best weights. A score of the estimator's own
    ///   is a warning, as in scikit-learn.
    func checkScores(of model: TrainedModel<Scalar>, by validation: Validation<Scalar>?) throws {
        let scores = model.history.epochsOfCall.compactMap(\.validationScore)
        guard let validation, !scores.isEmpty, scores.allSatisfy(\.isNaN),
            [.validationStoppedImproving, .reachedMaxIter, .converged].contains(model.history.stopReason)
        else { return }
        let own = model.network.outputs(validation.data.features)
        let outputs = try validation.gathering?.gather(own) ?? own
        let warnings = try FitWarnings.collected {
            try validation.score(model.network, outputs, validation.data)
        }.warnings
        let reason = warnings.first.map { ": \($0)".withoutFullStop } ?? ""
        let text =
            "is nan on the \(validation.data.targets.rows) validation samples in all \(scores.count) epochs\(reason)"
        try Check.require(
            watched != .score || monitor == "score", "monitor",
            "must give a number in some epoch, but \(monitor) \(text)")
        report("The validation score \(text).", kind: "the validation score is nan in all epochs\(reason).")
    }
}

extension Optional {
    /// Calls `body` with a pointer to the elements of an array, or with nil if there is none.
    fileprivate func withUnsafePointer<Element, Result>(
        _ body: (UnsafePointer<Element>?) -> Result
    ) -> Result where Wrapped == [Element] {
        guard let self else { return body(nil) }
        return self.withUnsafeBufferPointer { body($0.baseAddress) }
    }
}
