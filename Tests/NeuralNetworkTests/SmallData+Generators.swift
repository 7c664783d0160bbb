import LinearAlgebra
import Metrics
import NumPyRandom

@testable import NeuralNetwork

extension SmallData {
    /// Returns well-separated classes, similar to images of digits: 16 features in [0, 1], with different bright
    /// features for each class.
    static func images(
        classes: Int, rows: Int = 200, seed: UInt32 = 5
    ) throws -> (x: Matrix<Double>, y: [Int]) {
        var generator = RandomState(seed: seed)
        var x = Matrix<Double>(rows: rows, columns: 16, repeating: 0)
        let y = (0..<rows).map { $0 % classes }
        for row in 0..<rows {
            for column in 0..<16 {
                let isBright = column * classes / 16 == y[row]
                x[row, column] = try generator.uniform(low: isBright ? 0.4 : 0, high: isBright ? 1 : 0.6)
            }
        }
        return (x, y)
    }

    /// Returns a linear function of ten features with a little noise, with mean 0 and a standard deviation of about 1.
    static func regression(outputs: Int = 1) throws -> (x: Matrix<Double>, y: [[Double]]) {
        let x = try features(rows: 200, columns: 10, seed: 7)
        var generator = RandomState(seed: 8)
        let slopes = try (0..<outputs).map { _ in try generator.uniform(low: -1, high: 1, size: 10) }
        let y = (0..<200).map { row in
            slopes.map { slopes in
                slopes.indices.reduce(0.05 * generator.standardNormal()) { $0 + slopes[$1] * x[row, $1] }
            }
        }
        return (x, y)
    }
}
