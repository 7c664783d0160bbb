import CKernels
import Foundation
import Testing

@testable import NeuralNetwork

/// Compares the exponentials and hyperbolic tangents of the kernels with the C library's.
@Suite struct ExponentialTests {
    private func values<Scalar: NetworkScalar>(_ function: OutActivation, _ x: [Scalar]) -> [Scalar] {
        var values = x
        values.withUnsafeMutableBufferPointer { values in
            guard let start = values.baseAddress else { return }
            Scalar.activate(function.kernel, start, stride: 1, bias: [0], rows: x.count, columns: 1)
        }
        return values
    }

    /// The largest error in units in the last place of the correct value.
    private func ulps<Scalar: NetworkScalar>(_ values: [Scalar], _ right: [Double]) -> Double {
        zip(values, right).reduce(0) { greatest, pair in
            let right = Scalar(pair.1)
            if pair.0 == right || (pair.0.isNaN && right.isNaN) { return greatest }
            let error = abs(Double(pair.0) - pair.1) / Double(right.ulp)
            return error.isNaN ? .infinity : max(greatest, error)
        }
    }

    @Test func errorIsAtMostTwoUlps() {
        let wide = (0...200_000).map { -700 + 1400 * Double($0) / 200_000 }
        let narrow = (0...200_000).map { -20 + 40 * Double($0) / 200_000 }
        #expect(ulps(values(.exp, wide), wide.map { Foundation.exp($0) }) <= 1.01)
        #expect(ulps(values(.tanh, narrow), narrow.map { Foundation.tanh($0) }) <= 2.01)
        #expect(ulps(values(.logistic, narrow), narrow.map { 1 / (1 + Foundation.exp(-$0)) }) <= 3.01)

        let wideFloats = wide.map { Float($0 / 8.1) }
        let narrowFloats = narrow.map { Float($0) }
        #expect(ulps(values(.exp, wideFloats), wideFloats.map { Foundation.exp(Double($0)) }) <= 1.51)
        #expect(ulps(values(.tanh, narrowFloats), narrowFloats.map { Foundation.tanh(Double($0)) }) <= 1.51)
        #expect(
            ulps(values(.logistic, narrowFloats), narrowFloats.map { 1 / (1 + Foundation.exp(-Double($0))) }) <= 2.51)
    }

    @Test func handlesNaNInfinitiesAndSubnormals() {
        let x = [Double.nan, .infinity, -.infinity, 0, 710, -746, 1e-300, -740]
        #expect(ulps(values(.exp, x), x.map { Foundation.exp($0) }) == 0)
        #expect(ulps(values(.tanh, x), x.map { Foundation.tanh($0) }) == 0)
        let floats = [Float.nan, .infinity, -.infinity, 0, 89, -104, 1e-30, -100]
        #expect(ulps(values(.exp, floats), floats.map { Double(Foundation.exp($0)) }) <= 1)
        #expect(ulps(values(.tanh, floats), floats.map { Double(Foundation.tanh($0)) }) == 0)
    }

    /// For very negative x, exp(x) / (1 + exp(x)) is exp(x). The two functions compute the exponential differently.
    @Test func logisticFunctionHasTheBitsOfTheExponential() {
        let x = (0...200_000).map { -40 - 720 * Double($0) / 200_000 } + [-.infinity]
        #expect(values(.logistic, x) == values(.exp, x))
        let floats = (0...200_000).map { -20 - 90 * Float($0) / 200_000 } + [-.infinity]
        #expect(values(.logistic, floats) == values(.exp, floats))
    }
}
