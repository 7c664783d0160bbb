import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// The kernels that select, check and scale whole rows.
@Suite struct RowKernelTests {
    @Test func gathersRowsInTheGivenOrder() throws {
        try checkGathering(Double.self)
        try checkGathering(Float.self)
    }

    private func checkGathering<Scalar: NetworkScalar>(_: Scalar.Type) throws {
        for columns in [1, 7, 16, 33] {
            let source = try uniform(Scalar.self, 9 * columns, within: 1, seed: 8)
            for indices in [[0], [8, 0, 8], [3, 1, 4, 1, 5, 2, 6, 5, 3, 5, 8]] {
                var target = [Scalar](repeating: .nan, count: indices.count * columns)
                Scalar.gatherRows(&target, from: source, indices, count: indices.count, columns: columns)
                #expect(target == indices.flatMap { source[$0 * columns..<($0 + 1) * columns] })
            }
        }
    }

    @Test(arguments: [0, 1, 7, 15, 16, 17, 33, 100]) func findsANonFiniteValueAtAnyPosition(count: Int) throws {
        try checkFiniteness(Double.self, count: count)
        try checkFiniteness(Float.self, count: count)
    }

    private func checkFiniteness<Scalar: NetworkScalar>(_: Scalar.Type, count: Int) throws {
        // The largest finite numbers, whose sum is not finite.
        let good = [Scalar](repeating: .greatestFiniteMagnitude, count: count)
        #expect(isFinite(good))
        for position in 0..<count {
            for bad in [Scalar.nan, .infinity, -.infinity] {
                var values = good
                values[position] = bad
                #expect(!isFinite(values), "\(bad) at \(position) of \(count)")
            }
        }
    }

    private func isFinite<Scalar: NetworkScalar>(_ values: [Scalar]) -> Bool {
        values.withUnsafeBufferPointer(Scalar.allFinite)
    }

    @Test func unstandardizeInvertsStandardize() throws {
        for columns in [1, 7, 16, 33] {
            let x: [Double] = try uniform(Double.self, 5 * columns, within: 3, seed: 9)
            let offset: [Double] = try uniform(Double.self, columns, within: 1, seed: 10)
            let divisor = offset.map { $0 + 2 }
            for (offset, divisor) in [(offset, divisor), (nil, divisor), (offset, nil), (nil, nil)] {
                var scaled = x
                Double.standardize(&scaled, offset: offset, divisor: divisor, rows: 5, columns: columns)
                let expected = x.indices.map { (x[$0] - (offset?[$0 % columns] ?? 0)) / (divisor?[$0 % columns] ?? 1) }
                #expect(scaled == expected)
                Double.unstandardize(&scaled, factor: divisor, offset: offset, rows: 5, columns: columns)
                #expect(isClose(scaled, x))
            }
        }
    }
}
