import LinearAlgebra
import NumPyRandom
import RealModule
import Testing

@testable import NeuralNetwork

/// The counterparts of scikit-learn's tests of its loss functions.
@Suite struct LossValueTests {
    @Test func lossIsFiniteForProbabilitiesZeroAndOne() {
        let binary = Double.loss(
            Loss.binaryLogLoss.kernel, prediction: [0.9, 1, 1], target: [0, 0, 1], weights: nil, rows: 3, columns: 1)
        #expect(binary.isFinite && binary > 30)
        let several = Double.loss(
            Loss.logLoss.kernel, prediction: [0, 1, 0, 0.9, 0.05, 0.05], target: [1, 0, 0, 0, 1, 0], weights: nil,
            rows: 2,
            columns: 3)
        #expect(several.isFinite && several > 30)
    }

    @Test func poissonLossIsHalfTheDeviance() throws {
        var generator = RandomState(seed: 3)
        let target = try generator.randint(low: 0, high: 10, size: 1_000).map { Double($0) }
        let raw = try generator.standardNormal(size: 1_000)
        let weights = try generator.uniform(low: 0.1, high: 10, size: 1_000)
        #expect(target.contains(0))
        let loss = Double.loss(
            Loss.regression(.poisson).kernel, prediction: raw.map { .exp($0) }, target: target, weights: weights,
            rows: 1_000,
            columns: 1)
        // In terms of the raw prediction: exp(r) − y·r, plus the constant y·log(y) − y, so that a perfect prediction
        // gives 0.
        let expected = (0..<1_000).reduce(0.0) { sum, i in
            let y = target[i]
            return sum + weights[i] * (.exp(raw[i]) - y * raw[i] + (y == 0 ? 0 : y * .log(y)) - y)
        }
        #expect(abs(loss - expected) < 1e-12 * abs(expected))
    }
}
