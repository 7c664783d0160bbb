import Estimators
import LinearAlgebra

/// Trains a network by L-BFGS: every evaluation takes the whole table.
///
/// It computes in double precision whatever the features' precision, since its line search compares losses that differ in
/// their last digits.
struct FullBatchTrainer {
    let minimizer: LBFGS
    let alpha: Double
    let loss: Loss
    let data: TrainingData<Double>
    /// How far the loss keeps probabilities from 0 and 1: what the features' precision can tell apart.
    let probabilityMargin: Double

    /// Minimises on from `point`, or from the parameters of `network` where there is none.
    ///
    /// - Parameter iterationEnded: called after every iteration; whether to stop.
    /// - Returns: where the search has come to, and why it ended.
    /// - Throws: `EstimatorError.diverged` as soon as the loss is not finite, and what `iterationEnded` throws.
    func train(
        _ network: Network<Double>, from point: LBFGS.Point?, team: Team,
        iterationEnded: (LBFGS.Point) throws -> Bool
    ) throws -> (point: LBFGS.Point, reason: StopReason) {
        let step = Backpropagation<Double, PenalizedGradient<Double>>(
            network, loss: loss, data: data, batchSize: data.count, moments: [], team: team,
            probabilityMargin: probabilityMargin)
        step.load(Array(0..<data.count)[...])

        func evaluate(_ parameters: [Double], _ gradient: inout [Double]) throws -> Double {
            step.memory.setParameters(parameters)
            step.forward()
            let loss = step.loss(alpha: alpha)
            guard loss.isFinite else { throw EstimatorError.diverged(iteration: nil) }
            step.backward(alpha: alpha, then: PenalizedGradient())
            step.memory.copyGradient(to: &gradient)
            return loss
        }

        var point = try point ?? minimizer.begin(at: network.parameters, evaluate)
        let outcome = try minimizer.minimize(from: &point, evaluate, shouldStop: iterationEnded)
        return (point, StopReason(outcome))
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
