import CKernels
import Foundation
import LinearAlgebra
import NumPyRandom
import Testing

@testable import NeuralNetwork

extension Loss: CaseIterable {
    /// Every loss.
    public static var allCases: [Loss] {
        [.regression(.squaredError), .regression(.poisson), .logLoss, .binaryLogLoss]
    }
}

/// Compares the kernels of the losses and of their common delta with a plain formula per sample.
@Suite struct LossKernelTests {
    @Test(arguments: Loss.allCases) func valuesEqualTheFormulas(loss: Loss) throws {
        try check(Double.self, loss, tolerance: 1e-13)
        try check(Float.self, loss, tolerance: 1e-5)
    }

    private func check<Scalar: NetworkScalar>(_: Scalar.Type, _ loss: Loss, tolerance: Double) throws {
        for (rows, columns) in ActivationKernelTests.sizes {
            for weighted in [false, true] {
                let (prediction, target) = try batch(Scalar.self, loss, rows: rows, columns: columns)
                let weights: [Scalar]? = weighted ? (0..<rows).map { Scalar($0 % 3) / 2 } : nil
                let found = Scalar.loss(
                    loss.kernel, prediction: prediction, target: target, weights: weights, rows: rows, columns: columns)
                let expected = (0..<rows).reduce(0.0) { sum, row in
                    let range = row * columns..<(row + 1) * columns
                    let sample = zip(prediction[range], target[range]).reduce(0.0) {
                        $0 + plain(loss, Double($1.0), Double($1.1), columns: columns)
                    }
                    return sum + sample * Double(weights?[row] ?? 1)
                }
                #expect(
                    abs(found - expected) <= tolerance * max(1, abs(expected)),
                    "\(Scalar.self) \(loss) \(rows)×\(columns)")
            }
        }
    }

    /// Returns the contribution of one output to the loss of its sample.
    private func plain(_ loss: Loss, _ p: Double, _ y: Double, columns: Int) -> Double {
        switch loss {
        case .regression(.squaredError): (y - p) * (y - p) / 2 / Double(columns)
        case .regression(.poisson): (y == 0 ? 0 : y * Foundation.log(y / p)) - y + p
        case .logLoss: y == 0 ? 0 : -y * Foundation.log(p)
        case .regression: .nan
        case .binaryLogLoss: -(y == 0 ? 0 : y * Foundation.log(p)) - (y == 1 ? 0 : (1 - y) * Foundation.log(1 - p))
        }
    }

    private func batch<Scalar: NetworkScalar>(
        _: Scalar.Type, _ loss: Loss, rows: Int, columns: Int
    ) throws -> (prediction: [Scalar], target: [Scalar]) {
        let prediction = try uniform(Scalar.self, rows * columns, within: 0.49, seed: 5).map { $0 + 0.5 }
        let target = (0..<rows * columns).map { index -> Scalar in
            switch loss {
            case .regression(.squaredError): Scalar(index % 5) - 2
            case .regression(.poisson): Scalar(index % 4)
            case .regression: .nan
            case .logLoss, .binaryLogLoss: Scalar(index % 2)
            }
        }
        return (prediction, target)
    }

    @Test func probabilitiesOfZeroAndOneAreClipped() {
        // A certain wrong prediction costs −log of the precision, a certain correct one almost nothing.
        #expect(abs(binaryLogLoss([0.0], [1]) + Foundation.log(Double.ulpOfOne)) < 1e-12)
        #expect(abs(binaryLogLoss([1.0], [0]) + Foundation.log(Double.ulpOfOne)) < 1e-12)
        #expect(abs(binaryLogLoss([Float(0)], [1]) + Foundation.log(Double(Float.ulpOfOne))) < 1e-5)
        #expect(abs(binaryLogLoss([Float(1)], [0]) + Foundation.log(Double(Float.ulpOfOne))) < 1e-5)
        #expect(binaryLogLoss([1.0], [1]) < 1e-15)
        #expect(binaryLogLoss([0.0], [0]) < 1e-15)
        #expect(abs(logLoss([0.0, 1], [1, 0]) + Foundation.log(Double.ulpOfOne)) < 1e-12)
        #expect(logLoss([1.0, 0], [1, 0]) < 1e-15)
    }

    @Test func lossesPropagateNaN() {
        for loss in Loss.allCases {
            #expect(
                Double.loss(loss.kernel, prediction: [.nan], target: [1], weights: nil, rows: 1, columns: 1).isNaN)
            #expect(
                Float.loss(loss.kernel, prediction: [.nan], target: [1], weights: [1], rows: 1, columns: 1).isNaN)
        }
    }

    @Test func deltaIsPredictionMinusTarget() throws {
        try checkDelta(Double.self)
        try checkDelta(Float.self)
    }

    private func checkDelta<Scalar: NetworkScalar>(_: Scalar.Type) throws {
        for (rows, columns) in ActivationKernelTests.sizes where rows > 0 {
            for weights in [nil, (0..<rows).map { Scalar($0 % 3) / 2 }] {
                var delta = try uniform(Scalar.self, rows * columns, within: 2, seed: 6)
                let target = try uniform(Scalar.self, rows * columns, within: 2, seed: 7)
                var sums = [Scalar](repeating: .nan, count: columns)
                let expected = delta.indices.map { (delta[$0] - target[$0]) * (weights?[$0 / columns] ?? 1) }
                Scalar.outputDelta(
                    &delta, stride: columns, target: target, weights: weights, rows: rows, columns: columns, scale: 0.5,
                    sums: &sums)
                #expect(delta == expected, "\(Scalar.self) \(rows)×\(columns)")
                #expect(isClose(sums, columnSums(expected, columns: columns).map { $0 / 2 }, tolerance: 64))
            }
        }
    }
}

/// The binary log loss of one sample with one output.
private func binaryLogLoss<Scalar: NetworkScalar>(_ prediction: [Scalar], _ target: [Scalar]) -> Double {
    Scalar.loss(
        Loss.binaryLogLoss.kernel, prediction: prediction, target: target, weights: nil, rows: 1,
        columns: prediction.count)
}

/// The log loss of one sample.
private func logLoss<Scalar: NetworkScalar>(_ prediction: [Scalar], _ target: [Scalar]) -> Double {
    Scalar.loss(
        Loss.logLoss.kernel, prediction: prediction, target: target, weights: nil, rows: 1, columns: prediction.count)
}
