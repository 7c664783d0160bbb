import LinearAlgebra
import NeuralNetwork
import NumPyRandom

/// A small table that is the same in every run.
enum Sample {
    static let x: Matrix<Double> = features(rows: 61, columns: 5)
    static let classes = labels(of: x, 3)

    static func features<Scalar: NetworkScalar>(rows: Int, columns: Int, seed: UInt32 = 1) -> Matrix<Scalar> {
        var generator = RandomState(seed: seed)
        let numbers = (try? generator.uniform(low: -1, high: 1, size: rows * columns)) ?? []
        return Matrix(rows: rows, columns: columns, elements: numbers.map { Scalar($0) })
    }

    /// A nonlinear function of the features.
    static func numbers<Scalar: NetworkScalar>(of x: Matrix<Scalar>) -> [Double] {
        (0..<x.rows).map { row in
            Double(x[row, 0]) - 0.5 * Double(x[row, 1]) + Double(x[row, 0]) * Double(x[row, x.columns - 1])
        }
    }

    static func labels<Scalar: NetworkScalar>(of x: Matrix<Scalar>, _ count: Int) -> [Int] {
        numbers(of: x).map { min(count - 1, max(0, Int(($0 + 1) / 2 * Double(count)))) }
    }

    /// A classifier that trains for a few epochs of a few batches.
    static func classifier(on device: Device) -> MLPClassifier<Int, Double> {
        var model = MLPClassifier(
            hiddenLayerSizes: [9, 6], batchSize: 16, maxIter: 3, randomState: 1, nIterNoChange: .max)
        model.device = device
        return model
    }
}
