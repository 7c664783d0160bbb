import Benchmark
import LinearAlgebra

/// Measures matrix products with the sizes of training steps, which are a lower bound of their time.
func registerProducts() {
    for (name, shape) in [("housing", (200, 8, 100)), ("mid", (200, 784, 256)), ("big", (200, 1024, 1024))] {
        registerProduct("product: \(name), f32", shape, Float.self)
        registerProduct("product: \(name), f64", shape, Double.self)
    }
}

private func registerProduct<Scalar: MatrixScalar>(_ name: String, _ shape: (Int, Int, Int), _: Scalar.Type) {
    let rate = BenchmarkMetric.whole("MFLOP/s", polarity: .prefersLarger)
    Benchmark(
        name, configuration: .init(metrics: [.wallClock, rate], scalingFactor: .kilo, maxDuration: .seconds(1)),
        closure: { benchmark, factors in
            let clock = ContinuousClock()
            let elapsed = try clock.measure {
                benchmark.startMeasurement()
                for _ in benchmark.scaledIterations { blackHole(try matmul(factors.0, factors.1)) }
                benchmark.stopMeasurement()
            }
            let operations = 2.0 * Double(shape.0 * shape.1 * shape.2 * benchmark.scaledIterations.count)
            benchmark.measurement(rate, Int(operations / (elapsed / .seconds(1)) / 1e6))
        },
        setup: {
            (
                Matrix<Scalar>(rows: shape.0, columns: shape.1, repeating: 0.5),
                Matrix<Scalar>(rows: shape.1, columns: shape.2, repeating: 0.25)
            )
        })
}
