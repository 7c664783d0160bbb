import Composition
import Datasets
import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
import NeuralNetwork
import Preprocessing
import Tables
import TestSupport
import Testing

/// Options of training reach the network inside of every composition, with the results of the network alone.
@Suite struct TrainingThroughCompositionsTests {
    let (x, y): (Matrix<Double>, [Int])
    let (xVal, yVal): (Matrix<Double>, [Int])

    init() throws {
        let iris = try loadIris()
        let rows = Array(0..<150)
        let (train, test) = (rows.filter { $0 % 3 > 0 }, rows.filter { $0 % 3 == 0 })
        (x, y) = (iris.data.selectingRows(train), train.map { iris.target[$0] })
        (xVal, yVal) = (iris.data.selectingRows(test), test.map { iris.target[$0] })
    }

    private func network(_ maxIter: Int) -> MLPClassifier<Int, Double> {
        MLPClassifier(hiddenLayerSizes: [6], maxIter: maxIter, randomState: 1, tol: 0, nIterNoChange: .max)
    }

    @Test func aPipelineTrainsAsByHand() throws {
        var scaler = StandardScaler()
        let (features, validation) = (try scaler.fitTransform(x), try scaler.transform(xVal))
        var alone = network(8)
        try alone.fit(features, y, validation: (validation, yVal)) { $0.index < 5 ? .continue : .stop }

        var pipeline = Pipeline(StandardScaler(), network(8))
        var losses: [Double?] = []
        try pipeline.fit(x, y, validation: (xVal, yVal)) {
            losses.append($0.validationLoss)
            return $0.index < 5 ? .continue : .stop
        }
        #expect(pipeline.last == alone && pipeline.last.stopReason == .stopped)
        #expect(losses == alone.validationLossCurve.map { $0 } && losses.count == 5)
    }

    @Test func aPipelineResumesFromItsCheckpoint() throws {
        try withFolder { folder in
            let url = folder.appending(path: "pipeline.safetensors")
            var interrupted = Pipeline(StandardScaler(), network(12))
            #expect(throws: Interruption.self) {
                try interrupted.fit(x, y, checkpoint: CheckpointFile(url, every: 2)) {
                    if $0.index == 7 { throw Interruption() }
                    return .continue
                }
            }
            #expect(interrupted.last.nIter == nil)
            var loaded = try Pipeline<StandardScaler, MLPClassifier<Int, Double>>(contentsOf: url)
            #expect(loaded.last.lossCurve.count == 6)
            try loaded.resume(x, y, checkpoint: CheckpointFile(url))

            var whole = Pipeline(StandardScaler(), network(12))
            try whole.fit(x, y)
            #expect(loaded.last.coefs == whole.last.coefs && loaded.last.lossCurve == whole.last.lossCurve)
            #expect(loaded.transformer == whole.transformer)
            let saved = try Pipeline<StandardScaler, MLPClassifier<Int, Double>>(contentsOf: url)
            #expect(saved.last.coefs == whole.last.coefs)
            var other = loaded
            other.last.maxIter = 20
            #expect(throws: EstimatorError.self) { try other.resume(xVal, yVal) }
        }
    }

    @Test func aTransformedTargetInATableResumesToo() throws {
        typealias Model = TransformedTargetRegressor<TablePipeline<MLPRegressor<Double, Double>>, StandardScaler>
        let table = try Table([
            ("a", .numbers(x.column(0))), ("b", .strings(y.map { ["u", "v", "w"][$0] })),
        ])
        let target = x.column(2)
        let columns = ColumnTransformer([
            .numeric(["a"], StandardScaler()), .categorical(["b"], OneHotEncoder<String?>()),
        ])
        func model(_ maxIter: Int) -> Model {
            Model(
                TablePipeline(
                    columns,
                    MLPRegressor(
                        hiddenLayerSizes: [5], maxIter: maxIter, randomState: 2, tol: 0, earlyStopping: true,
                        nIterNoChange: .max)), transformer: StandardScaler())
        }
        var whole = model(10)
        try whole.fit(table, target, validation: (table, target))
        try withFolder { folder in
            let url = folder.appending(path: "model.safetensors")
            var first = model(4)
            try first.fit(table, target, validation: (table, target), checkpoint: CheckpointFile(url))
            var second = try Model(contentsOf: url)
            second.regressor.last.maxIter = 10
            try second.resume(table, target, validation: (table, target))
            #expect(second.regressor.last.coefs == whole.regressor.last.coefs)
            #expect(second.regressor.last.validationLossCurve == whole.regressor.last.validationLossCurve)
            #expect(try second.predict(table) == whole.predict(table))
        }
        // The validation targets are in the network's unit: the validation set is the training set here.
        let curve = whole.regressor.last.validationLossCurve
        #expect(curve.count == 10 && curve[9] < curve[0] && curve[0] < 2)
    }

    @Test func partialFitKeepsWhatTransformersHaveLearned() throws {
        let halves = [Array(0..<50), Array(50..<100)]
        var pipeline = Pipeline(StandardScaler(), network(1))
        for rows in halves {
            try pipeline.partialFit(x.selectingRows(rows), rows.map { y[$0] }, classes: [0, 1, 2])
        }
        var scaler = StandardScaler()
        var alone = network(1)
        try scaler.fit(x.selectingRows(halves[0]))
        for rows in halves {
            try alone.partialFit(
                scaler.transform(x.selectingRows(rows)), rows.map { y[$0] }, classes: [0, 1, 2])
        }
        #expect(pipeline.transformer == scaler && pipeline.last == alone)
        // A scaler that was fitted before stays.
        var prepared = Pipeline(StandardScaler(), network(1))
        try prepared.transformer.fit(x)
        try prepared.partialFit(x.selectingRows(halves[0]), halves[0].map { y[$0] }, classes: [0, 1, 2])
        #expect(try prepared.transformer == StandardScaler().fitted(x))
        var unnamed = Pipeline(StandardScaler(), network(1))
        #expect(throws: EstimatorError.self) { try unnamed.partialFit(x, y) }
        #expect(unnamed.transformer.nFeaturesIn == nil)
    }

    @Test func aModelThatCannotBeSavedHasNoCheckpoint() throws {
        try withFolder { folder in
            let file = CheckpointFile(folder.appending(path: "never.safetensors"))
            var pipeline = Pipeline(FunctionTransformer { $0 * 2 }, network(2))
            #expect(throws: EstimatorError.self) { try pipeline.fit(x, y, checkpoint: file) }
            #expect(!FileManager.default.fileExists(atPath: file.url.path))
            try pipeline.fit(x, y) { _ in .continue }
            #expect(pipeline.last.nIter == 2)
        }
    }
}

private struct Interruption: Error {}
