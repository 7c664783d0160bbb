import Benchmark
import CAllocationCounter
import LinearAlgebra
import NeuralNetwork
import NumPyRandom

/// What a step and an epoch cost beside the beginning of a `fit`: differences of calls that differ in one number alone.
func registerTraining() {
    registerTraining("train: housing 8-100-1, f64", layers: [8, 100, 1], Double.self)
    registerTraining("train: housing 8-100-1, f32", layers: [8, 100, 1], Float.self)
    registerTraining("train: mid 784-256-128-10, f64", layers: [784, 256, 128, 10], Double.self)
    registerTraining("train: mid 784-256-128-10, f32", layers: [784, 256, 128, 10], Float.self)
}

private func registerTraining<Scalar: NetworkScalar>(_ name: String, layers: [Int], _: Scalar.Type) {
    let perFit = BenchmarkMetric.whole("Allocations of a fit")
    let perEpoch = BenchmarkMetric.whole("Allocations per further 100 epochs")
    let perStep = BenchmarkMetric.whole("Allocations per further 1000 steps")
    let time = BenchmarkMetric.whole("Time per step, batch 200 (ns)")
    Benchmark(
        name, configuration: .init(metrics: [perFit, perEpoch, perStep, time], warmupIterations: 0, maxIterations: 5),
        closure: { benchmark, table in
            let short = try table.train(layers: layers, epochs: 2, batchSize: 200)
            let long = try table.train(layers: layers, epochs: 12, batchSize: 200)
            let shortOfSmall = try table.train(layers: layers, epochs: 2, batchSize: 20)
            let longOfSmall = try table.train(layers: layers, epochs: 12, batchSize: 20)
            let epochs = 10
            let furtherSteps = epochs * (table.steps(of: 20) - table.steps(of: 200))
            let ofEpochs = long.allocations - short.allocations
            let ofSmall = longOfSmall.allocations - shortOfSmall.allocations
            benchmark.measurement(perFit, short.allocations)
            benchmark.measurement(perEpoch, ofEpochs * 100 / epochs)
            benchmark.measurement(perStep, (ofSmall - ofEpochs) * 1000 / furtherSteps)
            benchmark.measurement(
                time, Int((long.seconds - short.seconds) * 1e9 / Double(epochs * table.steps(of: 200))))
        },
        setup: { try Table<Scalar>(rows: 2000, features: layers[0]) })
}

/// A table to train on, of random numbers.
private struct Table<Scalar: NetworkScalar> {
    let x: Matrix<Scalar>
    let y: [Double]

    init(rows: Int, features: Int) throws {
        var generator = RandomState(seed: 0)
        x = Matrix(
            rows: rows, columns: features,
            elements: try generator.standardNormal(size: rows * features).map { Scalar($0) })
        y = try generator.standardNormal(size: rows)
    }

    func steps(of batchSize: Int) -> Int { y.count / batchSize }

    func train(layers: [Int], epochs: Int, batchSize: Int) throws -> (allocations: Int, seconds: Double) {
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
            let labels = y.indices.map { $0 % 10 }
            elapsed = try ContinuousClock().measure { try mlp.fit(x, labels) }
        }
        return (allocation_count() - before, elapsed / .seconds(1))
    }
}
