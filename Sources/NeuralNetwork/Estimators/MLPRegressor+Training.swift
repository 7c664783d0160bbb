import Estimators
import LinearAlgebra
import Metrics

// How a call becomes a training run, and its result what the regressor has learned.

extension MLPRegressor {
    mutating func fit(_ call: TrainingCall<MLPRegressor>) throws {
        var training = try training(call, incremental: false)
        let beginning = try beginning(incremental: false, features: call.x)
        try checkContinuation(of: beginning, by: training)
        training.observer.checkpoint = try checkpoints(in: call.checkpoint)
        fitted.model = try training.run(from: beginning)
        try finish(call.checkpoint)
    }

    mutating func resume(_ call: TrainingCall<MLPRegressor>) throws {
        var training = try training(call, incremental: false)
        let stopped = try modelToResume(features: call.x)
        try checkContinuation(of: stopped, by: training)
        training.observer.checkpoint = try checkpoints(in: call.checkpoint)
        fitted.model = try training.resume(stopped)
        try finish(call.checkpoint)
    }

    mutating func partialFit(_ call: TrainingCall<MLPRegressor>) throws {
        try checkIncremental()
        let training = try training(call, incremental: true)
        let beginning = try beginning(incremental: true, features: call.x)
        try checkContinuation(of: beginning, by: training)
        fitted.model = try training.run(from: beginning)
    }

    /// Refuses to go on from a model of other outputs: their number, or the function that the loss gives them.
    private func checkContinuation(of previous: TrainedModel<Scalar>?, by training: Training<Scalar>) throws {
        guard let network = previous?.network else { return }
        let outputs = training.data.targets.columns
        guard outputs == network.shape.outputs else {
            throw EstimatorError.invalidInput(
                argument: "y",
                problem:
                    "must have \(network.shape.outputs) outputs per sample, as in the last call, but has \(outputs)")
        }
        guard training.loss.outActivation == network.outActivation else {
            throw EstimatorError.invalidParameter(
                name: "loss", value: "\(loss)", allowed: "unchanged where training goes on from the last call's weights"
            )
        }
    }

    private func training(_ call: TrainingCall<MLPRegressor>, incremental: Bool) throws -> Training<Scalar> {
        try check(call)
        let targets = try encode(call.y, argument: "y")
        let validation = try call.validation.map { x, y in
            TrainingData(features: x, targets: try encode(y, argument: "validation.y"), weights: nil)
        }
        if let validation, validation.targets.columns != targets.columns {
            throw EstimatorError.invalidInput(
                argument: "validation.y",
                problem:
                    "must have \(targets.columns) outputs per sample, as y has, but has \(validation.targets.columns)")
        }
        return Training(
            hyperparameters: hyperparameters, loss: Loss(loss),
            data: TrainingData(
                features: call.x, targets: targets, weights: try TrainingData.weights(call.sampleWeight)),
            validation: validation,
            score: monitoredScore(call) { _, outputs, data in
                try r2Score(rows(of: data.targets), rows(of: outputs), sampleWeight: data.weights.map(Scalar.doubles))
            },
            stratifiesValidation: false, monitor: "\(monitor)", monitorsLoss: monitor == .loss, classWeight: nil,
            isIncremental: incremental, observer: call.observer)
    }

    /// Samples × outputs.
    private func encode(_ y: [Target], argument: String) throws -> Matrix<Scalar> {
        let targets = try Target.outputs(of: y, argument: argument)
        if loss == .poisson, let bad = targets.elements.first(where: { $0 < 0 }) {
            throw EstimatorError.invalidInput(
                argument: argument, problem: "must not be negative where loss is poisson, but contains \(bad)")
        }
        let rounded = Scalar.rounding(targets.elements)
        if !rounded.withUnsafeBufferPointer(Scalar.allFinite), let bad = rounded.firstIndex(where: { !$0.isFinite }) {
            throw EstimatorError.invalidInput(
                argument: argument,
                problem: "must be within ±\(Scalar.greatestFiniteMagnitude), the range of \(Scalar.self), but contains "
                    + "\(targets.elements[bad])")
        }
        return Matrix(rows: targets.rows, columns: targets.columns, elements: rounded)
    }
}

/// The rows as arrays of doubles.
private func rows<Scalar: NetworkScalar>(of matrix: Matrix<Scalar>) -> [[Double]] {
    (0..<matrix.rows).map { matrix.row($0).map { Double($0) } }
}
