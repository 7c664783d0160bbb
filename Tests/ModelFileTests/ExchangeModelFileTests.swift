import Composition
import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
import NeuralNetwork
import Preprocessing
import Testing

/// Leaves model files for `Scripts/exchange/model_files.py`, which opens them with Python's `safetensors`, where
/// `SWIFT_MLP_EXCHANGE` names a folder, as `Scripts/test-exchange.sh` does.
@Suite struct ExchangeModelFileTests {
    private static var folder: URL? {
        ProcessInfo.processInfo.environment["SWIFT_MLP_EXCHANGE"].map {
            URL(filePath: $0).appending(path: "model_files")
        }
    }

    /// The contents that Python must find in a file.
    private struct Expectation<Scalar: NetworkScalar>: Encodable {
        let type: String
        let dtype: String
        let arrays: [String: Array]

        enum Array: Encodable {
            case vector([Scalar])
            case matrix(Matrix<Scalar>)

            func encode(to encoder: any Encoder) throws {
                var container = encoder.singleValueContainer()
                switch self {
                case .vector(let vector): try container.encode(vector)
                case .matrix(let matrix): try container.encode((0..<matrix.rows).map { Swift.Array(matrix.row($0)) })
                }
            }
        }
    }

    @Test func everyKindOfNetwork() throws {
        guard let folder = ExchangeModelFileTests.folder else { return }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for solver in Solver.allCases {
            try write("classifier-\(solver)", solver, Double.self, folder)
            try write("classifier-\(solver)-float", solver, Float.self, folder)
        }
    }

    private func write<Scalar: NetworkScalar>(_ name: String, _ solver: Solver, _: Scalar.Type, _ folder: URL) throws {
        let x = SmallTables.features().map { Scalar($0) }
        let classifier = MLPClassifier<Int, Scalar>(
            hiddenLayerSizes: [5, 3], solver: solver, batchSize: 16, maxIter: 3, randomState: 1)
        var pipeline = Pipeline(StandardScaler(), classifier)
        try pipeline.fit(x, SmallTables.classes(SmallTables.features(), count: 3))
        let mlp = pipeline.last
        try save(mlp, name, arrays(of: mlp.coefs, mlp.intercepts), folder)
        try save(pipeline, "pipeline-\(name)", arrays(of: mlp.coefs, mlp.intercepts, prefix: "last."), folder)
    }

    private func arrays<Scalar: NetworkScalar>(
        of coefs: [Matrix<Scalar>], _ intercepts: [[Scalar]], prefix: String = ""
    ) -> [String: Expectation<Scalar>.Array] {
        var arrays: [String: Expectation<Scalar>.Array] = [:]
        for (layer, matrix) in coefs.enumerated() { arrays["\(prefix)coefs.\(layer)"] = .matrix(matrix) }
        for (layer, vector) in intercepts.enumerated() { arrays["\(prefix)intercepts.\(layer)"] = .vector(vector) }
        return arrays
    }

    private func save<Model: Storable, Scalar: NetworkScalar>(
        _ model: Model, _ name: String, _ arrays: [String: Expectation<Scalar>.Array], _ folder: URL
    ) throws {
        try model.save(to: folder.appending(path: "\(name).safetensors"))
        let expectation = Expectation(
            type: Model.storedTypeName, dtype: Scalar.self == Float.self ? "F32" : "F64", arrays: arrays)
        try JSONEncoder().encode(expectation).write(to: folder.appending(path: "\(name).json"))
    }
}
