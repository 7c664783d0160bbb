import LinearAlgebra

/// The samples that early stopping keeps from training, and how it scores a network on them.
struct Validation<Scalar: NetworkScalar>: Sendable {
    /// The score of outputs for the given samples, greater being better.
    typealias Score = @Sendable (_ outputs: Matrix<Scalar>, _ data: TrainingData<Scalar>) throws -> Double

    let data: TrainingData<Scalar>
    let score: Score

    /// The network's score; NaN where its outputs are not finite.
    func callAsFunction(_ network: Network<Scalar>) throws -> Double {
        let outputs = network.outputs(data.features)
        guard outputs.withUnsafeElements(Scalar.allFinite) else { return .nan }
        return try score(outputs, data)
    }
}
