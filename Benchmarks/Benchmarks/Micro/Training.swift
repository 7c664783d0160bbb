import Benchmark
import NeuralNetwork
import TrainingTable

/// Measures the cost of a step and an epoch without the start of a `fit`, as the difference between calls that differ
/// in one number.
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
            let epochs = 10
            let further = try table.allocations(layers: layers, epochs: epochs)
            benchmark.measurement(perFit, short.allocations)
            benchmark.measurement(perEpoch, further.ofEpochs * 100 / epochs)
            benchmark.measurement(perStep, further.ofSteps * 1000 / further.steps)
            benchmark.measurement(
                time, Int((long.seconds - short.seconds) * 1e9 / Double(epochs * table.steps(of: 200))))
        },
        setup: { try TrainingTable<Scalar>(rows: 2000, features: layers[0]) })
}
