import Benchmark
import CAllocationCounter

extension BenchmarkMetric {
    /// The number of memory blocks that one call allocates.
    static let allocations = whole("Allocations")

    /// Returns a metric of one measurement that is not multiplied by the number of calls.
    static func whole(_ name: String, polarity: Polarity = .prefersSmaller) -> BenchmarkMetric {
        .custom(name, polarity: polarity, useScalingFactor: false)
    }
}

/// Registers a benchmark of the time and the allocations of one call of the function that `prepare` returns.
func measure(_ name: String, prepare: @escaping @Sendable () throws -> () throws -> Void) {
    Benchmark(
        name,
        configuration: .init(metrics: [.wallClock, .allocations], scalingFactor: .kilo, maxDuration: .seconds(1)),
        closure: { benchmark, call in
            // The first call may allocate memory that later calls reuse.
            try call()
            let before = allocation_count()
            benchmark.startMeasurement()
            for _ in benchmark.scaledIterations { try call() }
            benchmark.stopMeasurement()
            let calls = benchmark.scaledIterations.count
            benchmark.measurement(.allocations, (allocation_count() - before) / calls)
        },
        setup: { try prepare() })
}
