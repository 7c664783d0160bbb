// The examples of Documentation/ModelFiles.md, word for word; ModelFileExampleTests says what must come of them.

import Composition
import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
import NeuralNetwork
import Preprocessing
import Tables
import Testing

@Suite struct ModelFilesPage {
    @Test func files() throws {
        let support = try PageSupport()
        let (x, y) = (support.x, support.y)
        try PageSupport.inFolder { folder in
            let url = folder.appending(path: "iris.safetensors")

            var pipeline = Pipeline(StandardScaler(), MLPClassifier(maxIter: 20, randomState: 1))
            try pipeline.fit(x, y)
            try pipeline.save(to: url)

            let same = try Pipeline<StandardScaler, MLPClassifier<Int, Double>>(contentsOf: url)
            let probabilities = try same.predictProba(x)

            #expect(try probabilities == pipeline.predictProba(x))
        }
    }

    @Test func notes() throws {
        let support = try PageSupport()
        let (x, y) = (support.x, support.y)
        try PageSupport.inFolder { folder in
            let url = folder.appending(path: "iris.safetensors")
            var pipeline = Pipeline(StandardScaler(), MLPClassifier(maxIter: 20, randomState: 1))
            try pipeline.fit(x, y)

            try pipeline.save(to: url, notes: ["data": "iris.csv of March"])
            let information = try ModelFileInformation(contentsOf: url)
            print(information.typeName, information.notes["data"] ?? "")

            #expect(information.typeName == "Pipeline<StandardScaler, MLPClassifier<Int, Double>>")
            #expect(information.notes == ["data": "iris.csv of March"])
            let same = try Pipeline<StandardScaler, MLPClassifier<Int, Double>>(contentsOf: url)
            #expect(try same.predictProba(x) == pipeline.predictProba(x))
            #expect(throws: ModelFileError.self) { try ModelFileInformation(contentsOf: folder) }
        }
    }

    @Test func goingOn() throws {
        let support = try PageSupport()
        let (x, y) = (support.x, support.y)
        try PageSupport.inFolder { folder in
            let url = folder.appending(path: "iris.safetensors")

            var mlp = MLPClassifier(maxIter: 10, randomState: 1)
            try mlp.fit(x, y)
            try mlp.save(to: url)

            var later = try MLPClassifier<Int, Double>(contentsOf: url)
            later.maxIter = 20
            try later.resume(x, y)

            var whole = MLPClassifier(maxIter: 20, randomState: 1)
            try whole.fit(x, y)
            print(later.coefs == whole.coefs)

            #expect(later.coefs == whole.coefs)
        }
    }

    private struct MyScaler: Transformer, Storable {
        func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) {}
        func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) -> Matrix<Scalar> { x.map { $0 / 10 } }
    }

    @Test func partsOfYourOwn() throws {
        let table = try Table(["hours": .numbers([4, 8, 6, 2])])
        try PageSupport.inFolder { folder in
            let url = folder.appending(path: "table.safetensors")
            let pipeline = try TablePipeline(
                ColumnTransformer([.numeric(["hours"], MyScaler())]),
                MLPClassifier<String, Double>(maxIter: 5, randomState: 1)
            ).fitted(table, ["no", "yes", "yes", "no"])

            try pipeline.save(to: url, knowing: [MyScaler.self])
            let same = try TablePipeline<MLPClassifier<String, Double>>(contentsOf: url, knowing: [MyScaler.self])

            #expect(try same.predictProba(table) == pipeline.predictProba(table))
        }
    }
}
