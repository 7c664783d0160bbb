import Estimators
import LinearAlgebra

/// Trains a network by L-BFGS: every evaluation takes the whole table.
///
/// It computes in double precision whatever the features' precision, since its line search compares losses that differ in
/// their last digits.
struct FullBatchTrainer<Scalar: NetworkScalar> {
    let minimizer: LBFGS
    let configuration: TrainingConfiguration
    let loss: Loss
    let data: TrainingData<Scalar>
    let validation: Validation<Scalar>?
    let observer: TrainingObserver<Scalar>

    /// Trains `model.network` until a reason to stop is found.
    ///
    /// - Parameters:
    ///   - model: where training begins; afterwards what it came to, with the record of its iterations.
    ///   - point: where the search stopped; nil for one that begins at the parameters of `model.network`.
    ///   - team: the threads that share every evaluation.
    /// - Throws: `EstimatorError.diverged` as soon as the loss is not finite, and what the observer throws.
    func train(_ model: inout TrainedModel<Scalar>, from point: LBFGS.Point?, team: WorkerPool) throws {
        let network = model.network.inDoublePrecision
        let evaluate = evaluation(of: network, team: team)
        var point = try point ?? minimizer.begin(at: network.parameters, evaluate)
        var stopwatch = Stopwatch(elapsed: model.history.elapsed)
        var bar =
            configuration.verbose == .progressBar
            ? EpochBar(maxIter: configuration.maxIter, after: model.history.epochsOfCall) : nil
        defer { bar?.finish() }
        var decision: TrainingDecision?

        let outcome = try minimizer.minimize(from: &point, evaluate) { point in
            let iteration = try lookBack(on: &model, at: point, &stopwatch)
            bar?.show(iteration)
            decision = try observer.onEpoch?(iteration)
            try observer.checkpoint?({ concluded(model, point) })
            return decision == .stop || Cancellation.isRequested
        }

        model = concluded(model, point)
        guard model.network.isFinite else { throw EstimatorError.diverged(iteration: nil) }
        model.history.stopReason = outcome == .stopped && decision == .stop ? .stopped : StopReason(outcome)
    }

    /// The loss of a network and its gradient, as a function of the parameters.
    private func evaluation(of network: Network<Double>, team: WorkerPool) -> LBFGS.Function {
        let data = data.inDoublePrecision
        let step = Backpropagation<Double, PenalizedGradient<Double>>(
            network, loss: loss, data: data, batchSize: data.count, moments: [], team: team,
            // What the features' precision can tell apart.
            probabilityMargin: Double(Scalar.ulpOfOne))
        step.load(Array(0..<data.count)[...])
        return { [alpha = configuration.alpha] parameters, gradient in
            step.memory.setParameters(parameters)
            step.forward()
            let loss = step.loss(alpha: alpha)
            guard loss.isFinite else { throw EstimatorError.diverged(iteration: nil) }
            step.backward(alpha: alpha, then: PenalizedGradient())
            step.memory.copyGradient(to: &gradient)
            return loss
        }
    }

    /// Looks back on an iteration: adds it to the record, with what the validation set says of it.
    private func lookBack(
        on model: inout TrainedModel<Scalar>, at point: LBFGS.Point, _ stopwatch: inout Stopwatch
    ) throws -> TrainingEpoch {
        let (number, loss) = (point.state.iterations, point.state.value)
        model.history.endIteration(number, loss: loss)
        var judgement: (loss: Double, score: Double)?
        if let validation {
            model.network.parameters = Scalar.rounding(point.state.parameters)
            judgement = try validation(model.network)
        }
        let seconds = stopwatch.lap()
        let iteration = TrainingEpoch(
            index: number, loss: loss, validationLoss: judgement?.loss, validationScore: judgement?.score,
            learningRate: nil, seconds: seconds, elapsed: stopwatch.elapsed)
        model.history.append(iteration)
        return iteration
    }

    /// The model as training returns it where it has come to `point`.
    private func concluded(_ model: TrainedModel<Scalar>, _ point: LBFGS.Point) -> TrainedModel<Scalar> {
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
