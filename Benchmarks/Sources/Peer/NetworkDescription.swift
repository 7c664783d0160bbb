import Foundation
import LinearAlgebra
import NeuralNetwork

/// A network to be trained, and the files that hold its table.
struct NetworkDescription: Decodable {
    enum Task: String, Decodable { case classification, regression }
    enum Scalar: String, Decodable { case f32, f64 }

    /// Features, hidden units, outputs.
    var layers: [Int]
    var task: Task
    var scalar: Scalar
    /// How many rows the table has, and how many epochs one measurement takes.
    var rows: Int
    var epochs: Int
    /// The features in the machine's byte order and in the precision of `scalar`, and the targets as doubles.
    var x: String
    var y: String

    static let batchSize = 200

    var steps: Int { (rows + Self.batchSize - 1) / Self.batchSize * epochs }

    var hyperparameters: MLPHyperparameters {
        // The classifier's number of iterations is that of the epochs: nothing stops it earlier.
        MLPHyperparameters(
            hiddenLayerSizes: Array(layers.dropFirst().dropLast()), batchSize: .count(Self.batchSize), maxIter: epochs,
            randomState: 1, tol: 0, nIterNoChange: .max)
    }

    func features<Element: NetworkScalar>(_ type: Element.Type) throws -> Matrix<Element> {
        Matrix(rows: rows, columns: layers[0], elements: try numbers(in: x, count: rows * layers[0]))
    }

    func targets() throws -> [Double] { try numbers(in: y, count: rows) }

    /// The numbers in a file, read to where they stay: a measurement of memory should find them once.
    private func numbers<Element>(in path: String, count: Int) throws -> [Element] {
        guard let file = fopen(path, "rb") else { throw PeerError("cannot open \(path)") }
        defer { fclose(file) }
        // The table goes past the buffer that the stream would have.
        setvbuf(file, nil, _IONBF, 0)
        return try [Element](unsafeUninitializedCapacity: count) { buffer, initialized in
            initialized = fread(buffer.baseAddress, MemoryLayout<Element>.stride, count, file)
            guard initialized == count else { throw PeerError("\(path) has \(initialized) numbers and not \(count)") }
        }
    }
}
