import Foundation
import LinearAlgebra
import NeuralNetwork

/// A network to train, and the files of its table.
struct NetworkDescription: Decodable {
    enum Task: String, Decodable { case classification, regression }
    enum Scalar: String, Decodable { case f32, f64 }

    /// The sizes of all layers: features, hidden units, outputs.
    var layers: [Int]
    var task: Task
    var scalar: Scalar
    /// The number of rows of the table, and the number of epochs of one measurement.
    var rows: Int
    var epochs: Int
    /// The file of the features, in the machine's byte order and in the precision of `scalar`. The targets are doubles.
    var x: String
    var y: String

    /// The number of samples of a batch; 200 if it is not given.
    var batch: Int?

    var batchSize: Int { batch ?? 200 }

    var steps: Int { (rows + batchSize - 1) / batchSize * epochs }

    var hyperparameters: MLPHyperparameters {
        // Nothing stops training early, so the number of iterations is the number of epochs.
        MLPHyperparameters(
            hiddenLayerSizes: Array(layers.dropFirst().dropLast()), batchSize: .count(batchSize), maxIter: epochs,
            randomState: 1, tol: 0, nIterNoChange: .max)
    }

    func features<Element: NetworkScalar>(_ type: Element.Type) throws -> Matrix<Element> {
        Matrix(rows: rows, columns: layers[0], elements: try numbers(in: x, count: rows * layers[0]))
    }

    func targets() throws -> [Double] { try numbers(in: y, count: rows) }

    /// Reads the numbers of a file directly into their array, so that a measurement of memory counts them once.
    private func numbers<Element>(in path: String, count: Int) throws -> [Element] {
        guard let file = fopen(path, "rb") else { throw PeerError("cannot open \(path)") }
        defer { fclose(file) }
        // Without the stream's buffer, the file is read directly into the table.
        setvbuf(file, nil, _IONBF, 0)
        return try [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = fread(buffer.baseAddress, MemoryLayout<Element>.stride, count, file)
            guard initialized == count else { throw PeerError("\(path) has \(initialized) numbers and not \(count)") }
        }
    }
}
