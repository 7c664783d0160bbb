import Datasets
import Foundation
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import TestSupport
import Testing

// What Scripts/fixtures/search.py calls by the same names.

/// Iris: features and classes, or the last column as the target of the first three.
enum Iris {
    static let data = Result { try loadIris() }

    static func x() throws -> Matrix<Double> { try data.get().data }
    static func classes() throws -> [Int] { try data.get().target }

    static func features() throws -> Matrix<Double> {
        let x = try x()
        return Matrix(rows: x.rows, columns: 3, elements: (0..<x.rows).flatMap { x.row($0).prefix(3) })
    }

    static func widths() throws -> [Double] {
        let x = try x()
        return (0..<x.rows).map { x[$0, 3] }
    }
}

let shuffled = KFold(nSplits: 4, shuffle: true, randomState: 3)

func classifier(maxIter: Int = 30) -> MLPClassifier<Int, Double> {
    MLPClassifier(hiddenLayerSizes: [5], learningRateInit: 0.02, maxIter: maxIter, randomState: 1)
}

func regressor(loss: RegressionLoss = .squaredError) -> MLPRegressor<Double, Double> {
    MLPRegressor(loss: loss, hiddenLayerSizes: [4], learningRateInit: 0.02, maxIter: 30, randomState: 1)
}

// MARK: - Comparison

/// Expects results of a network to equal scikit-learn's.
func expectEqual(
    _ actual: [Double], _ expected: [Double], within tolerance: Double = 1e-8, _ what: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(actual.count == expected.count, "\(what)", sourceLocation: sourceLocation)
    for (index, (actual, expected)) in zip(actual, expected).enumerated() {
        let isEqual = actual.isNaN && expected.isNaN || abs(actual - expected) <= tolerance * max(1, abs(expected))
        #expect(isEqual, "\(what)[\(index)]: \(actual) instead of \(expected)", sourceLocation: sourceLocation)
    }
}

func expectEqual(
    _ actual: [[Double]], _ expected: [[Double]], _ what: String = "",
    sourceLocation: SourceLocation = #_sourceLocation
) {
    #expect(actual.map(\.count) == expected.map(\.count), "\(what)", sourceLocation: sourceLocation)
    expectEqual(actual.flatMap { $0 }, expected.flatMap { $0 }, within: 1e-8, what, sourceLocation: sourceLocation)
}
