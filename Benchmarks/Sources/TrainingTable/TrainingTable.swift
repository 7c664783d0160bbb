import CAllocationCounter
public import LinearAlgebra
public import NeuralNetwork
import NumPyRandom

/// A table of random numbers to train on.
public struct TrainingTable<Scalar: NetworkScalar>: Sendable {
    private let x: Matrix<Scalar>
    private let y: [Double]

    /// Draws the table.
    public init(rows: Int, features: Int) throws {
        var generator = RandomState(seed: 0)
        x = Matrix(
            rows: rows, columns: features,
            elements: try generator.standardNormal(size: rows * features).map { Scalar($0) })
        y = try generator.standardNormal(size: rows)
    }

    /// Returns the number of whole batches in an epoch.
    public func steps(of batchSize: Int) -> Int { y.count / batchSize }

    /// Trains a network with these layers, and returns the number of allocations and the time.
    ///
    /// A single output makes it a regressor, several a classifier.
    public func train(layers: [Int], epochs: Int, batchSize: Int) throws -> (allocations: Int, seconds: Double) {
        let hyperparameters = MLPHyperparameters(
            hiddenLayerSizes: Array(layers.dropFirst().dropLast()), batchSize: .count(batchSize), maxIter: epochs,
            randomState: 1, tol: 0, nIterNoChange: .max)
        let before = allocation_count()
        let elapsed: Duration
        if layers.last == 1 {
            var mlp = MLPRegressor<Double, Scalar>(hyperparameters)
            elapsed = try ContinuousClock().measure { try mlp.fit(x, y) }
        } else {
            var mlp = MLPClassifier<Int, Scalar>(hyperparameters)
            let labels = y.indices.map { $0 % (layers.last ?? 1) }
            elapsed = try ContinuousClock().measure { try mlp.fit(x, labels) }
        }
        return (allocation_count() - before, elapsed / .seconds(1))
    }

    /// Returns the allocations that further epochs and further steps make.
    ///
    /// They are differences between calls of `fit` that differ only in the number of epochs or steps.
    ///
    /// - Parameter epochs: the number of further epochs.
    public func allocations(layers: [Int], epochs: Int) throws -> (ofEpochs: Int, ofSteps: Int, steps: Int) {
        func further(_ batchSize: Int) throws -> Int {
            let short = try train(layers: layers, epochs: 2, batchSize: batchSize)
            return try train(layers: layers, epochs: 2 + epochs, batchSize: batchSize).allocations - short.allocations
        }
        let ofEpochs = try further(200)
        return (ofEpochs, try further(20) - ofEpochs, epochs * (steps(of: 20) - steps(of: 200)))
    }
}
