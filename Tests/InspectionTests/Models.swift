import Estimators
import Foundation
import LinearAlgebra

/// x₀x₁ + 2x₂ − x₃², whatever it is fitted to.
struct Formula: MatrixEstimator {
    typealias Scalar = Double

    func fit(_ x: Matrix<Double>, _ y: [Double], sampleWeight: [Double]?) {}

    func predict(_ x: Matrix<Double>) -> [Double] {
        (0..<x.rows).map { x[$0, 0] * x[$0, 1] + 2 * x[$0, 2] - x[$0, 3] * x[$0, 3] }
    }

    func score(_ x: Matrix<Double>, _ y: [Double], sampleWeight: [Double]?) throws -> Double {
        let weights = sampleWeight ?? [Double](repeating: 1, count: y.count)
        let mean = zip(y, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
        let residual = zip(zip(predict(x), y), weights).reduce(0) { $0 + $1.1 * ($1.0.0 - $1.0.1) * ($1.0.0 - $1.0.1) }
        return 1 - residual / zip(y, weights).reduce(0) { $0 + $1.1 * ($1.0 - mean) * ($1.0 - mean) }
    }
}

/// A fitted model of which nothing is known but its predictions.
struct Opaque<Model: MatrixEstimator>: MatrixEstimator {
    typealias Scalar = Model.Scalar

    let model: Model

    mutating func fit(_ x: Matrix<Scalar>, _ y: [Model.Target], sampleWeight: [Double]?) {}

    func predict(_ x: Matrix<Scalar>) throws -> [Model.Target] { try model.predict(x) }

    func score(_ x: Matrix<Scalar>, _ y: [Model.Target], sampleWeight: [Double]?) throws -> Double {
        try model.score(x, y, sampleWeight: sampleWeight)
    }
}

/// Probabilities that are proportional to the exponentials of the first features.
struct Shares: ProbabilisticClassifier, MatrixEstimator {
    typealias Scalar = Double

    var classes: [Int] = []

    mutating func fit(_ x: Matrix<Double>, _ y: [Int], sampleWeight: [Double]?) {
        classes = Set(y).sorted()
    }

    func predictProba(_ x: Matrix<Double>) throws -> Matrix<Double> {
        try Matrix(
            (0..<x.rows).map { row in
                let powers = classes.indices.map { exp(x[row, $0]) }
                return powers.map { $0 / powers.reduce(0, +) }
            })
    }

    func predict(_ x: Matrix<Double>) throws -> [Int] {
        let probabilities = try predictProba(x)
        return (0..<x.rows).map { row in
            let values: [Double] = probabilities.row(row)
            return classes[values.firstIndex(of: values.max() ?? 0) ?? 0]
        }
    }

    func score(_ x: Matrix<Double>, _ y: [Int], sampleWeight: [Double]?) throws -> Double {
        let weights = sampleWeight ?? [Double](repeating: 1, count: y.count)
        let right = zip(zip(try predict(x), y), weights).reduce(0) { $0 + ($1.0.0 == $1.0.1 ? $1.1 : 0) }
        return right / weights.reduce(0, +)
    }
}

/// Whether all numbers agree: relatively above 1, absolutely below.
func close(_ values: [Double], _ expected: [Double], _ tolerance: Double) -> Bool {
    values.count == expected.count
        && zip(values, expected).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
}

extension Sequence where Element == [Double] {
    var flat: [Double] { Array(joined()) }
}
