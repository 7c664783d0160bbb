// The examples of Documentation/ModelFiles.md, as a client of the package writes them.

import Composition
import Datasets
import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
import ModelSelection
import NeuralNetwork
import Preprocessing
import Testing

@Suite struct ModelFileExampleTests {
    private let folder = FileManager.default.temporaryDirectory.appending(path: "examples-\(UUID().uuidString)")

    private func inFolder(_ example: (_ url: URL) throws -> Void) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try example(folder.appending(path: "mlp.safetensors"))
    }

    @Test func aPipelineInAFile() throws {
        let iris = try loadIris()
        let (x, y) = (iris.data, iris.target)
        try inFolder { url in
            var pipeline = Pipeline(StandardScaler(), MLPClassifier(maxIter: 20, randomState: 1))
            try pipeline.fit(x, y)
            try pipeline.save(to: url)

            let same = try Pipeline<StandardScaler, MLPClassifier<Int, Double>>(contentsOf: url)
            let probabilities = try same.predictProba(x)
            #expect(try probabilities == pipeline.predictProba(x))

            let error = #expect(throws: ModelFileError.self) { try StandardScaler(contentsOf: url) }
            #expect(
                error?.description
                    == "\(url.path) must hold a model of type StandardScaler, but holds one of type "
                    + "Pipeline<StandardScaler, MLPClassifier<Int, Double>>.")
        }
    }

    @Test func trainingThatGoesOn() throws {
        let iris = try loadIris()
        let (x, y) = (iris.data, iris.target)
        try inFolder { url in
            var mlp = MLPClassifier(maxIter: 10, randomState: 1)
            try mlp.fit(x, y)
            try mlp.save(to: url)

            var later = try MLPClassifier<Int, Double>(contentsOf: url)
            later.maxIter = 20
            try later.resume(x, y)

            var whole = MLPClassifier(maxIter: 20, randomState: 1)
            try whole.fit(x, y)
            #expect(later.coefs == whole.coefs)
        }
    }

    @Test func trainingThatMayBeKilled() throws {
        let iris = try loadIris()
        let (x, y) = (iris.data, iris.target)
        try inFolder { url in
            for _ in 0..<2 {
                var mlp = MLPClassifier(maxIter: 30, randomState: 1)
                let checkpoint = CheckpointFile(url, every: 10)
                if FileManager.default.fileExists(atPath: url.path) {
                    mlp = try MLPClassifier<Int, Double>(contentsOf: url)
                    try mlp.resume(x, y, checkpoint: checkpoint)
                } else {
                    try mlp.fit(x, y, checkpoint: checkpoint)
                }
                #expect(mlp.nIter == 30)
            }
        }
    }

    /// A client's transformer.
    private struct Doubler: Transformer, Storable {
        var factor = 2.0

        mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {}

        func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
            x.map { $0 * Scalar(factor) }
        }
    }

    @Test func typesOfYourOwn() throws {
        try inFolder { url in
            try Chain(Doubler(factor: -0.5), StandardScaler()).save(to: url)
            #expect(try Chain<Doubler, StandardScaler>(contentsOf: url).first.factor == -0.5)
        }
    }
}
