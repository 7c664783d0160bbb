import LinearAlgebra

/// The samples that are kept from training, and how they judge a network.
struct Validation<Scalar: NetworkScalar> {
    /// The score of a network with the given outputs for the samples, greater being better.
    typealias Score = (_ network: Network<Scalar>, _ outputs: Matrix<Scalar>, _ data: TrainingData<Scalar>) throws ->
        Double

    let data: TrainingData<Scalar>
    let loss: Loss
    let score: Score

    /// The network's mean loss, without the penalty, and its score; NaN where its outputs are not finite.
    func callAsFunction(_ network: Network<Scalar>) throws -> (loss: Double, score: Double) {
        let outputs = network.outputs(data.features)
        guard outputs.withUnsafeElements(Scalar.allFinite) else { return (.nan, .nan) }
        return (meanLoss(of: outputs), try score(network, outputs, data))
    }

    private func meanLoss(of outputs: Matrix<Scalar>) -> Double {
        outputs.withUnsafeElements { outputs in
            data.targets.withUnsafeElements { targets in
                guard let outputs = outputs.baseAddress, let target = targets.baseAddress else { return .nan }
                func sum(_ weights: UnsafePointer<Scalar>?) -> Double {
                    Scalar.loss(
                        loss.kernel, prediction: outputs, target: target, weights: weights, rows: data.count,
                        columns: data.targets.columns, probabilityMargin: Double(Scalar.ulpOfOne))
                }
                guard let weights = data.weights else { return sum(nil) / Double(data.count) }
                let total = weights.withUnsafeBufferPointer { sum($0.baseAddress) }
                return total / weights.reduce(0) { $0 + Double($1) }
            }
        }
    }
}
