import CKernels
import Estimators
import LinearAlgebra
import NumPyRandom

@testable import NeuralNetwork

/// Small training tables that are the same in every run.
enum SmallData {
    /// Returns numbers between −1 and 1.
    static func features<Scalar: NetworkScalar>(
        _: Scalar.Type = Double.self, rows: Int = 30, columns: Int = 4, seed: UInt32 = 1
    ) throws -> Matrix<Scalar> {
        var generator = RandomState(seed: seed)
        let elements = try generator.uniform(low: -1, high: 1, size: rows * columns)
        return Matrix(rows: rows, columns: columns, elements: Scalar.rounding(elements))
    }

    /// Returns a nonlinear function of the features, between about −2 and 2.
    static func numbers(_ x: Matrix<Double>) -> [Double] {
        (0..<x.rows).map { row in x[row, 0] - 0.5 * x[row, 1] + x[row, 0] * x[row, x.columns - 1] }
    }

    /// Returns classes of nearly equal size, from intervals of ``numbers(_:)``.
    static func classes(_ x: Matrix<Double>, count: Int) -> [Int] {
        let numbers = numbers(x)
        let ranks = numbers.indices.sorted { numbers[$0] < numbers[$1] }
        var classes = [Int](repeating: 0, count: x.rows)
        for (rank, row) in ranks.enumerated() { classes[row] = rank * count / x.rows }
        return classes
    }

    /// Returns rows of three independent indicators.
    static func indicators(_ x: Matrix<Double>) -> [[Int]] {
        (0..<x.rows).map { row in
            [x[row, 0] > 0, x[row, 1] + x[row, 0] > 0, x[row, x.columns - 1] > 0.3].map { $0 ? 1 : 0 }
        }
    }
}

/// A user-defined label type.
enum Species: String, ClassLabel, CaseIterable {
    case setosa, versicolor, virginica
}

/// Returns the largest difference between corresponding numbers, relative to the larger magnitude if that is above 1.
///
/// Infinite if the counts differ or only one of two numbers is NaN.
func greatestDifference<Scalar: NetworkScalar>(_ first: [Scalar], _ second: [Scalar]) -> Double {
    guard first.count == second.count else { return .infinity }
    return zip(first, second).reduce(0) { greatest, pair in
        let (a, b) = (Double(pair.0), Double(pair.1))
        if a == b || (a.isNaN && b.isNaN) { return greatest }
        let difference = abs(a - b) / max(1, abs(a), abs(b))
        return difference.isNaN ? .infinity : max(greatest, difference)
    }
}

extension MultilayerPerceptron {
    /// Returns the outputs for each row of `x` as numbers, for any target type.
    func outputs(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> { try outputs(.dense(x)) }
}

extension Matrix where Scalar: NetworkScalar {
    /// Returns the largest difference from another matrix; infinite if the shapes differ.
    func difference(from other: Matrix) -> Double {
        rows == other.rows && columns == other.columns ? greatestDifference(elements, other.elements) : .infinity
    }
}

extension NetworkScalar {
    /// Returns the loss with probabilities limited by the precision, as in training.
    static func loss(
        _ function: kernel_loss, prediction: UnsafePointer<Self>, target: UnsafePointer<Self>,
        weights: UnsafePointer<Self>?, rows: Int, columns: Int
    ) -> Double {
        loss(
            function, prediction: prediction, target: target, weights: weights, rows: rows, columns: columns,
            probabilityMargin: Double(ulpOfOne))
    }
}
