import Estimators

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

    /// Trains `network` until a reason to stop is found.
    ///
    /// - Returns: the final loss, the number of iterations, and the reason.
    /// - Throws: `EstimatorError.diverged` as soon as the loss is not finite.
    func train(_ network: inout Network<Double>) throws -> (loss: Double, iterations: Int, reason: StopReason) {
        var step = Backpropagation(network, loss: loss, batchSize: data.count, for: data)
        step.probabilityMargin = probabilityMargin
        step.load(Array(0..<data.count)[...], of: data)

        func evaluate(_ parameters: [Double], _ gradient: inout [Double]) throws -> Double {
            _ = step.parameters.update(fromContentsOf: parameters)
            step.forward()
            let loss = step.loss(alpha: alpha)
            guard loss.isFinite else { throw EstimatorError.diverged(iteration: nil) }
            step.backward(alpha: alpha)
            gradient.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: step.gradient) }
            return loss
        }

        let (state, outcome) = try minimizer.minimize(from: network.parameters, evaluate) { Cancellation.isRequested }
        network.parameters = state.parameters
        return (state.value, state.iterations, StopReason(outcome))
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
