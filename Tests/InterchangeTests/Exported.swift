import Foundation
import LinearAlgebra
import NeuralNetwork
import Tables
import Testing

/// An ONNX model with features and its predictions for them.
struct Exported {
    enum Task: CaseIterable { case binary, truth, multiclass, words, ownLabels, multilabel, number, numbers, counts }

    enum Values: Encodable {
        case numbers([Double])
        case integers([Int])
        case strings([String?])
        case truths([Bool])

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .numbers(let values): try container.encode(values)
            case .integers(let values): try container.encode(values)
            case .strings(let values): try container.encode(values)
            case .truths(let values): try container.encode(values)
            }
        }
    }

    let name: String
    let model: Data
    private let answers: Answers

    init<Scalar: NetworkScalar>(name: String, model: Data, x: Matrix<Scalar>, outputs: [String: Values]) {
        self.name = name
        self.model = model
        answers = Answers(x: (0..<x.rows).map { Scalar.doubles(Array(x.row($0))) }, outputs: outputs)
    }

    /// A model whose inputs are columns of a table.
    init(
        name: String, model: Data, table: Table, inputs: [String], outputs: [String: Values],
        description: String? = nil, error: String? = nil, isSinglePrecision: Bool = false
    ) throws {
        self.name = name
        self.model = model
        let columns = try inputs.map { name -> Column in
            switch try table.column(name) {
            case .numbers(let values): Column(name: name, values: .numbers(values))
            case .strings(let values): Column(name: name, values: .strings(values))
            }
        }
        answers = Answers(
            description: description, error: error, isSinglePrecision: isSinglePrecision, columns: columns,
            outputs: outputs)
    }

    private struct Column: Encodable {
        let name: String
        let values: Values
    }

    private struct Answers: Encodable {
        /// What the model is, for the reader of a failure.
        var description: String?
        /// What the runtime's error contains, where it is to report one.
        var error: String?
        /// Whether a model of double outputs computes in single precision.
        var isSinglePrecision = false
        var x: [[Double]]?
        var columns: [Column]?
        let outputs: [String: Values]
    }

    /// Writes the model and its predictions to the folder that the environment names, if any.
    func leave() throws {
        #expect(!model.isEmpty)
        guard let path = ProcessInfo.processInfo.environment["SWIFT_MLP_EXCHANGE"] else { return }
        let folder = URL(filePath: path).appending(path: "onnx")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try model.write(to: folder.appending(path: "\(name).onnx"))
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        try encoder.encode(answers).write(to: folder.appending(path: "\(name).json"))
    }
}
