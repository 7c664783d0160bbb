import CKernels
import Foundation
import LinearAlgebra
import NumPyRandom
import Testing

@testable import NeuralNetwork

/// Compares the activation kernels with a plain formula per element, for sizes around that of a vector register.
@Suite struct ActivationKernelTests {
    static let sizes = [(0, 1), (1, 1), (1, 7), (7, 1), (3, 16), (16, 3), (5, 33), (33, 5), (2, 129)]

    @Test(arguments: OutActivation.allCases) func valuesEqualTheFormulas(function: OutActivation) throws {
        try check(Double.self, function)
        try check(Float.self, function)
    }

    private func check<Scalar: NetworkScalar>(_: Scalar.Type, _ function: OutActivation) throws {
        for (rows, columns) in Self.sizes {
            let z = try uniform(Scalar.self, rows * columns, within: 6, seed: 1)
            let bias = try uniform(Scalar.self, columns, within: 1, seed: 2)
            var computed = z
            computed.withUnsafeMutableBufferPointer { computed in
                guard let start = computed.baseAddress else { return }
                Scalar.activate(
                    function.kernel, start, stride: columns, bias: bias, rows: rows, columns: columns)
            }
            for row in 0..<rows {
                let sums = (0..<columns).map { Double(z[row * columns + $0] + bias[$0]) }
                let expected = plain(function, sums).map { Scalar($0) }
                let found = Array(computed[row * columns..<(row + 1) * columns])
                #expect(isClose(found, expected), "\(Scalar.self) \(function) \(rows)×\(columns)")
            }
        }
    }

    /// The function in Double, computed from its definition.
    private func plain(_ function: OutActivation, _ z: [Double]) -> [Double] {
        switch function {
        case .identity: z
        case .logistic: z.map { 1 / (1 + Foundation.exp(-$0)) }
        case .tanh: z.map { Foundation.tanh($0) }
        case .relu: z.map { max(0, $0) }
        case .exp: z.map { Foundation.exp($0) }
        case .softmax: z.map { one in 1 / z.reduce(0) { $0 + Foundation.exp($1 - one) } }
        }
    }

    @Test(arguments: [Activation.identity, .logistic, .tanh, .relu]) func derivativesEqualTheFormulas(
        function: Activation
    ) throws {
        try checkDerivative(Double.self, function)
        try checkDerivative(Float.self, function)
    }

    private func checkDerivative<Scalar: NetworkScalar>(_: Scalar.Type, _ function: Activation) throws {
        let scale: Scalar = 0.25
        for (rows, columns) in Self.sizes {
            var output = try uniform(Scalar.self, rows * columns, within: 1, seed: 3)
            if function == .relu { output = output.map { max(0, $0) } }
            var delta = try uniform(Scalar.self, rows * columns, within: 2, seed: 4)
            // The previous content of the sums must be ignored.
            var sums = [Scalar](repeating: .nan, count: columns)
            let expected = zip(delta, output).map { delta, a -> Scalar in
                switch function {
                case .identity: delta
                case .logistic: delta * a * (1 - a)
                case .tanh: delta * (1 - a * a)
                case .relu: a > 0 ? delta : 0
                default: .nan
                }
            }
            delta.withUnsafeMutableBufferPointer { delta in
                guard let start = delta.baseAddress else { return }
                Scalar.differentiate(
                    function.kernel, start, stride: columns, output: output, rows: rows, columns: columns, scale: scale,
                    sums: &sums)
            }
            guard rows > 0 else { continue }
            #expect(isClose(delta, expected), "\(Scalar.self) \(function) \(rows)×\(columns)")
            #expect(isClose(sums, columnSums(expected, columns: columns).map { $0 * scale }, tolerance: 64))
        }
    }

    @Test func activationsPropagateNaN() {
        for function in OutActivation.allCases {
            #expect(allNaN(activated(function, [Double.nan])), "\(function)")
            #expect(allNaN(activated(function, [Float.nan])), "\(function)")
            #expect(activated(function, [0, Double.nan, 1])[1].isNaN, "\(function)")
        }
        #expect(allNaN(activated(.softmax, [0, Double.nan, 1])))
        #expect(allNaN(activated(.softmax, [Float.nan, 0, 1])))
    }

    @Test func hugeSumsSaturateWithoutOverflow() {
        #expect(activated(.logistic, [1000.0, -1000, 0]) == [1, 0, 0.5])
        #expect(activated(.logistic, [Float(1000), -1000, 0]) == [1, 0, 0.5])
        #expect(activated(.tanh, [1000.0, -1000]) == [1, -1])
        #expect(activated(.tanh, [Float(1000), -1000]) == [1, -1])
        #expect(activated(.softmax, [1e300, 1e300]) == [0.5, 0.5])
        #expect(activated(.softmax, [1000.0, 0, -1000]) == [1, 0, 0])
        #expect(activated(.softmax, [Float(1e38), 0, -1e38]) == [1, 0, 0])
        #expect(activated(.softmax, [-1e300]) == [1])
        #expect(activated(.exp, [1000.0]) == [.infinity])
        #expect(activated(.exp, [-1000.0]) == [0])
        #expect(activated(.relu, [-Double.infinity, .infinity, -0.0]) == [0, .infinity, 0])
    }

    @Test func reluDerivativeAtZeroIsZero() {
        var delta = [3.0, 3.0]
        var sums = [0.0, 0.0]
        Double.differentiate(
            Activation.relu.kernel, &delta, stride: 2, output: [0, 1e-300], rows: 1, columns: 2, scale: 1, sums: &sums)
        #expect(delta == [0, 3])
        #expect(sums == [0, 3])
    }

    private func allNaN<Scalar: NetworkScalar>(_ values: [Scalar]) -> Bool { values.allSatisfy { $0.isNaN } }

    private func activated<Scalar: NetworkScalar>(_ function: OutActivation, _ row: [Scalar]) -> [Scalar] {
        var row = row
        let bias = [Scalar](repeating: 0, count: row.count)
        Scalar.activate(function.kernel, &row, stride: bias.count, bias: bias, rows: 1, columns: bias.count)
        return row
    }
}

// MARK: - Shared by the tests of the kernels

/// Returns uniform numbers in ±`bound`.
func uniform<Scalar: NetworkScalar>(
    _: Scalar.Type, _ count: Int, within bound: Double, seed: UInt32
) throws -> [Scalar] {
    guard count > 0 else { return [] }
    var generator = RandomState(seed: seed)
    return Scalar.rounding(try generator.uniform(low: -bound, high: bound, size: count))
}

/// Whether all numbers agree to `tolerance` times the precision of their type, relative to the larger number or to 1.
func isClose<Scalar: NetworkScalar>(_ found: [Scalar], _ expected: [Scalar], tolerance: Double = 8) -> Bool {
    greatestDifference(found, expected) <= tolerance * Double(Scalar.ulpOfOne)
}

/// Returns the sum of each column of a row-major table.
func columnSums<Scalar: NetworkScalar>(_ values: [Scalar], columns: Int) -> [Scalar] {
    values.indices.reduce(into: [Scalar](repeating: 0, count: columns)) { $0[$1 % columns] += values[$1] }
}
