import Benchmark
import LinearAlgebra
import NeuralNetwork

/// Predictions of one row, of some and of many.
func registerPrediction() {
    registerPrediction("predict: 1 row, 4-100-3", rows: 1, layers: [4, 100, 3], Double.self)
    registerPrediction("predict: 1000 rows, 4-100-3", rows: 1000, layers: [4, 100, 3], Double.self)
    registerPrediction("predict: 1 row, mid", rows: 1, layers: [784, 256, 128, 10], Float.self)
    registerPrediction("predict: 1000 rows, mid", rows: 1000, layers: [784, 256, 128, 10], Float.self)
}

private func registerPrediction<Scalar: NetworkScalar>(_ name: String, rows: Int, layers: [Int], _: Scalar.Type) {
    let classes = layers[layers.count - 1]
    measure(name) {
        var mlp = MLPClassifier<Int, Scalar>(
            MLPHyperparameters(hiddenLayerSizes: Array(layers.dropFirst().dropLast()), maxIter: 1, randomState: 1))
        let learned = Matrix<Scalar>(
            rows: 10 * classes, columns: layers[0], elements: (0..<10 * classes * layers[0]).map { Scalar($0 % 7) })
        try mlp.fit(learned, (0..<10 * classes).map { $0 % classes })
        let fitted = mlp
        let x = Matrix<Scalar>(rows: rows, columns: layers[0], repeating: 1)
        return { blackHole(try fitted.predict(x)) }
    }
}
