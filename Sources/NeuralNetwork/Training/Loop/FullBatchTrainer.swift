import Estimators
import LinearAlgebra
import Optimization

/// Trains a network by L-BFGS. Each evaluation uses all samples.
///
/// It always computes in double precision, because the line search compares losses that differ only in their last
/// digits.
struct FullBatchTrainer<Scalar: NetworkScalar> {
    let run: TrainingRun<Scalar>
    let minimizer: LBFGS
    let validation: Validation<Scalar>?

    /// Trains `model.network` until there is a reason to stop.
    ///
    /// - Parameters:
    ///   - model: the model to start from; becomes the trained model, with the history of its iterations.
    ///   - point: where the search stopped; nil to start a new search at the parameters of `model.network`.
    ///   - engine: evaluates the objective.
    /// - Throws: `EstimatorError.diverged` as soon as the loss is not finite; any error of `onEpoch` and the
    ///   checkpoint.
    func train(
        _ model: inout TrainedModel<Scalar>, from point: LBFGS.Point?, on engine: some TrainingEngine<Double>
    ) throws {
        func evaluate(_ parameters: [Double], _ gradient: inout [Double]) throws -> Double {
            let loss = try engine.objective(at: parameters, gradient: &gradient)
            guard loss.isFinite else { throw EstimatorError.diverged(iteration: nil) }
            return loss
        }
        var point = try point ?? minimizer.begin(at: Scalar.doubles(model.network.parameters), evaluate)
        var stopwatch = Stopwatch(elapsed: model.history.elapsed)
        var bar = run.progressBar(after: model.history)
        defer { bar?.finish() }
        var decision: TrainingDecision?

        let outcome = try minimizer.minimize(from: &point, evaluate) { point in
            let iteration = try evaluateIteration(of: &model, at: point, on: engine, &stopwatch)
            bar?.show(iteration)
            decision = try run.decision(after: iteration)
            try run.save({ snapshot(model, point) })
            return try run.isCancelled() || decision == .stop
        }

        model = snapshot(model, point)
        guard model.network.isFinite else { throw EstimatorError.diverged(iteration: nil) }
        model.history.stopReason = outcome == .stopped && decision == .stop ? .stopped : StopReason(outcome)
    }

    /// Records an iteration with its validation loss and score.
    private func evaluateIteration(
        of model: inout TrainedModel<Scalar>, at point: LBFGS.Point, on engine: some TrainingEngine<Double>,
        _ stopwatch: inout Stopwatch
    ) throws -> TrainingEpoch {
        let (number, loss) = (point.state.iterations, point.state.value)
        model.history.endIteration(number, loss: loss)
        var evaluation: (loss: Double, score: Double)?
        if let validation {
            model.network.parameters = Scalar.rounding(point.state.parameters)
            if let engine = engine as? any TrainingEngine<Scalar> {
                evaluation = try validation(model.network, on: engine)
            } else {
                // A network of Float predicts in Float.
                evaluation = try validation(model.network, outputs: model.network.outputs(validation.data.features))
            }
        }
        let seconds = stopwatch.lap()
        let iteration = TrainingEpoch(
            index: number, loss: loss, validationLoss: evaluation?.loss, validationScore: evaluation?.score,
            learningRate: nil, seconds: seconds, elapsed: stopwatch.elapsed)
        model.history.append(iteration)
        return iteration
    }

    /// Returns the model that training would return at `point`.
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
