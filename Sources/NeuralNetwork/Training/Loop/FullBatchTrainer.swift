import Estimators
import LinearAlgebra

/// Trains a network by L-BFGS: every evaluation takes the whole table.
///
/// It computes in double precision whatever the features' precision, since its line search compares losses that differ in
/// their last digits.
struct FullBatchTrainer<Scalar: NetworkScalar> {
    let run: TrainingRun<Scalar>
    let minimizer: LBFGS
    let validation: Validation<Scalar>?

    /// Trains `model.network` until a reason to stop is found.
    ///
    /// - Parameters:
    ///   - model: where training starts; afterwards the trained model, with the record of its iterations.
    ///   - point: where the search stopped; nil for one that starts at the parameters of `model.network`.
    ///   - engine: evaluates the objective.
    ///   - outputs: computes the outputs for validation, in the features' precision.
    /// - Throws: `EstimatorError.diverged` as soon as the loss is not finite; what `onEpoch` and the checkpoint throw.
    func train(
        _ model: inout TrainedModel<Scalar>, from point: LBFGS.Point?, on engine: some TrainingEngine<Double>
    ) throws {
        func evaluate(_ parameters: [Double], _ gradient: inout [Double]) throws -> Double {
            let loss = engine.objective(at: parameters, gradient: &gradient)
            guard loss.isFinite else { throw EstimatorError.diverged(iteration: nil) }
            return loss
        }
        var point = try point ?? minimizer.begin(at: Scalar.doubles(model.network.parameters), evaluate)
        var stopwatch = Stopwatch(elapsed: model.history.elapsed)
        var bar = run.progressBar(after: model.history)
        defer { bar?.finish() }
        var decision: TrainingDecision?

        let outcome = try minimizer.minimize(from: &point, evaluate) { point in
            let iteration = try evaluateIteration(of: &model, at: point, &stopwatch)
            bar?.show(iteration)
            decision = try run.onEpoch?(iteration)
            try run.checkpoint?({ snapshot(model, point) })
            return decision == .stop || Cancellation.isRequested
        }

        model = snapshot(model, point)
        guard model.network.isFinite else { throw EstimatorError.diverged(iteration: nil) }
        model.history.stopReason = outcome == .stopped && decision == .stop ? .stopped : StopReason(outcome)
    }

    /// Records an iteration that has ended, with its loss and score on the validation set.
    private func evaluateIteration(
        of model: inout TrainedModel<Scalar>, at point: LBFGS.Point, _ stopwatch: inout Stopwatch
    ) throws -> TrainingEpoch {
        let (number, loss) = (point.state.iterations, point.state.value)
        model.history.endIteration(number, loss: loss)
        var evaluation: (loss: Double, score: Double)?
        if let validation {
            model.network.parameters = Scalar.rounding(point.state.parameters)
            evaluation = try validation(model.network, outputs: model.network.outputs(validation.data.features))
        }
        let seconds = stopwatch.lap()
        let iteration = TrainingEpoch(
            index: number, loss: loss, validationLoss: evaluation?.loss, validationScore: evaluation?.score,
            learningRate: nil, seconds: seconds, elapsed: stopwatch.elapsed)
        model.history.append(iteration)
        return iteration
    }

    /// The model as training returns it at `point`.
    private func snapshot(_ model: TrainedModel<Scalar>, _ point: LBFGS.Point) -> TrainedModel<Scalar> {
        var model = model
        model.network.parameters = Scalar.rounding(point.state.parameters)
        model.history.endIteration(point.state.iterations, loss: point.state.value)
        model.resumePoint = .fullBatch(point)
        return model
    }
}

extension StopReason {
    fileprivate init(_ outcome: LBFGS.Outcome) {
        self =
            switch outcome {
            case .converged: .converged
            case .reachedMaxIter: .reachedMaxIter
            case .reachedMaxFun: .reachedMaxFun
            case .stuck: .lineSearchFailed
            case .stopped: .cancelled
            }
    }
}
