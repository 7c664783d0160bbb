import CKernels
import LinearAlgebra

/// The samples that are kept from training, by which networks are evaluated.
struct Validation<Scalar: NetworkScalar> {
    /// The score of a network with the given outputs for the samples; greater is better.
    typealias Score = (_ network: Network<Scalar>, _ outputs: Matrix<Scalar>, _ data: TrainingData<Scalar>) throws ->
        Double

    let data: TrainingData<Scalar>
    let loss: Loss
    let score: Score

    /// The network's mean loss, without the penalty, and its score; NaN where its outputs are not finite.
    func callAsFunction(
        _ network: Network<Scalar>, on engine: some TrainingEngine<Scalar>
    ) throws -> (loss: Double, score: Double) {
        try self(network, outputs: engine.outputs(of: network, for: data.features))
    }

    /// The mean loss, without the penalty, and the score of a network with the given outputs; NaN where they are not finite.
    func callAsFunction(
        _ network: Network<Scalar>, outputs: Matrix<Scalar>
    ) throws -> (loss: Double, score: Double) {
        guard outputs.withUnsafeElements(Scalar.allFinite) else { return (.nan, .nan) }
        return (meanLoss(of: outputs), try score(network, outputs, data))
    }

    private func meanLoss(of outputs: Matrix<Scalar>) -> Double {
        let sum = outputs.withUnsafeElements { outputs in
            data.targets.withUnsafeElements { targets in
                kernel_loss_sum(
                    Scalar.precision, loss.kernel, outputs.baseAddress, targets.baseAddress, data.weights, data.count,
                    data.targets.columns, Double(Scalar.ulpOfOne))
            }
        }
        return sum / (data.weights.map { $0.reduce(0) { $0 + Double($1) } } ?? Double(data.count))
    }
}
