import CKernels
import LinearAlgebra

/// The validation samples and the evaluation of networks on them.
struct Validation<Scalar: NetworkScalar> {
    /// A function that returns the score of a network from its outputs for the samples. Greater is better.
    typealias Score = (_ network: Network<Scalar>, _ outputs: Matrix<Scalar>, _ data: TrainingData<Scalar>) throws ->
        Double

    let data: TrainingData<Scalar>
    let loss: Loss
    let score: Score

    /// Returns the mean loss, without the penalty, and the score of a network; NaN if its outputs are not finite.
    func callAsFunction(
        _ network: Network<Scalar>, on engine: some TrainingEngine<Scalar>
    ) throws -> (loss: Double, score: Double) {
        try self(network, outputs: engine.outputs(of: network, for: data.features))
    }

    /// Returns the mean loss, without the penalty, and the score for the given outputs; NaN if they are not finite.
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
                    Scalar.kernelPrecision, loss.kernel, outputs.baseAddress, targets.baseAddress, data.weights,
                    data.count,
                    data.targets.columns, Double(Scalar.ulpOfOne))
            }
        }
        return sum / (data.weights.map { $0.reduce(0) { $0 + Double($1) } } ?? Double(data.count))
    }
}
