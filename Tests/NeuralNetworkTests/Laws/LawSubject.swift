import Estimators
import LinearAlgebra

@testable import NeuralNetwork

/// An estimator under test: how one is made, and a table that it can learn from.
struct LawSubject<Model: MultilayerPerceptron & Equatable>: Sendable where Model.Target: Equatable {
    let make: @Sendable (MLPHyperparameters) -> Model
    let solver: Solver
    let x: Matrix<Model.Scalar>
    let y: [Model.Target]

    /// A few iterations with a smooth activation: at a kink of relu, rounding could change a model by more than rounding.
    var parameters: MLPHyperparameters {
        MLPHyperparameters(
            hiddenLayerSizes: [5], activation: .tanh, solver: solver, alpha: 0.01, batchSize: 8,
            learningRateInit: 0.05, maxIter: 4, randomState: 3)
    }

    /// The same, with all samples in every step and in the order in which they were given.
    var fullBatch: MLPHyperparameters {
        var parameters = parameters
        parameters.batchSize = .count(1_000)
        parameters.shuffle = false
        return parameters
    }

    /// How far apart results may be that only the order of additions sets apart: a thousand roundings.
    var tolerance: Double { Double(Model.Scalar.ulpOfOne) * 1_000 }

    func fitted(_ parameters: MLPHyperparameters, weights: [Double]? = nil) throws -> Model {
        var model = make(parameters)
        try model.fit(x, y, sampleWeight: weights)
        return model
    }
}
