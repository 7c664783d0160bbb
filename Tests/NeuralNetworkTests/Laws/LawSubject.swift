import Estimators
import LinearAlgebra

@testable import NeuralNetwork

/// An estimator under test: how to create it, and a table to train it on.
struct LawSubject<Model: MultilayerPerceptron & Equatable>: Sendable where Model.Target: Equatable {
    let make: @Sendable (MLPHyperparameters) -> Model
    let solver: Solver
    let x: Matrix<Model.Scalar>
    let y: [Model.Target]

    /// A few iterations with a smooth activation. At the kink of relu, rounding errors could change the model
    /// considerably.
    var parameters: MLPHyperparameters {
        MLPHyperparameters(
            hiddenLayerSizes: [5], activation: .tanh, solver: solver, alpha: 0.01, batchSize: 8,
            learningRateInit: 0.05, maxIter: 4, randomState: 3)
    }

    /// The same with all samples in each step, in their original order.
    var fullBatch: MLPHyperparameters {
        var parameters = parameters
        parameters.batchSize = .count(1_000)
        parameters.shuffle = false
        return parameters
    }

    /// The tolerance for results that differ only in the order of additions: a thousand rounding errors.
    var tolerance: Double { Double(Model.Scalar.ulpOfOne) * 1_000 }

    func fitted(_ parameters: MLPHyperparameters, weights: [Double]? = nil) throws -> Model {
        var model = make(parameters)
        try model.fit(x, y, sampleWeight: weights)
        return model
    }
}
