import Composition
import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
import NeuralNetwork
import NumPyRandom
import Preprocessing
import Testing

@testable import Interchange

/// Models of every task in both precisions, with and without transformers.
///
/// Where the environment variable `SWIFT_MLP_EXCHANGE` names a folder, as `Scripts/test-exchange.sh` does, models and
/// answers are left there for ONNX's checker and ONNX Runtime; without it, they are written to memory only.
@Suite struct ExchangeONNXTests {
    @Test(arguments: Exported.Task.allCases, [false, true])
    func writesNetworks(_ task: Exported.Task, isFloat: Bool) throws {
        for activation in Activation.allCases {
            if isFloat {
                try task.export(activation, Float.self)
            } else {
                try task.export(activation, Double.self)
            }
        }
    }

    @Test(arguments: [false, true]) func writesTransformers(isFloat: Bool) throws {
        if isFloat { try exportTransformers(Float.self) } else { try exportTransformers(Double.self) }
    }

    private func exportTransformers<Scalar: NetworkScalar & RegressionTarget>(_: Scalar.Type) throws {
        let precision = Scalar.self == Float.self ? "float" : "double"
        func export(_ name: String, _ steps: some ONNXTransformer) throws {
            var pipeline = Pipeline(steps, MLPRegressor<Scalar, Scalar>(.small(.tanh)))
            let data = ExportData<Scalar>()
            try pipeline.fit(data.x, data.numbers.map { Scalar($0) })
            // Rows that `fit` has not seen, some of them outside its range.
            let x = data.x.map { 1.5 * $0 }
            try Exported(
                name: "\(name)-\(precision)", model: pipeline.onnxModel(), x: x,
                outputs: ["variable": .numbers(Scalar.doubles(pipeline.predict(x)))]
            ).leave()
        }
        try export("standard", StandardScaler())
        try export("standard-mean", StandardScaler(withStd: false))
        try export("minmax-clip", MinMaxScaler(featureRange: (-1, 2), clip: true))
        try export("maxabs-clip", MaxAbsScaler(clip: true))
        try export("robust", RobustScaler(unitVariance: true))
        try export("chain", Chain(Chain(MaxAbsScaler(), StandardScaler()), MinMaxScaler()))

        var encoded = Pipeline(
            OneHotEncoder<Double>(drop: .first, handleUnknown: .ignore), MLPRegressor<Scalar, Scalar>(.small(.relu)))
        let table = Matrix<Scalar>(rows: 40, columns: 3, elements: (0..<120).map { Scalar($0 * 7 % 5) })
        try encoded.fit(table, (0..<40).map { Scalar($0 % 3) })
        let x = table.map { $0 == 4 ? 9 : $0 }
        try Exported(
            name: "onehot-\(precision)", model: encoded.onnxModel(), x: x,
            outputs: ["variable": .numbers(Scalar.doubles(encoded.predict(x)))]
        ).leave()
    }

    @Test func writesAFile() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).onnx")
        defer { try? FileManager.default.removeItem(at: url) }
        let mlp = try MLPRegressor<Double, Double>(coefs: [[[1], [2]]], intercepts: [[0]])
        try mlp.exportONNX(to: url)
        #expect(try Data(contentsOf: url) == mlp.onnxModel())
    }

    @Test func rejectsUnfittedModels() {
        #expect(throws: EstimatorError.notFitted(estimator: "MLPClassifier")) {
            try MLPClassifier<Int, Double>().onnxModel()
        }
        #expect(throws: EstimatorError.notFitted(estimator: "StandardScaler")) {
            try Pipeline(StandardScaler(), MLPRegressor<Double, Double>()).onnxModel()
        }
    }

    @Test func rejectsUnsupportedCategories() throws {
        var missing = OneHotEncoder<Double>()
        try missing.fit([[1], [.nan]] as Matrix<Double>)
        var rare = OneHotEncoder<Double>(maxCategories: 2)
        try rare.fit([[1], [1], [2], [3]] as Matrix<Double>)
        for encoder in [missing, rare] {
            var graph = ONNXGraph(scalar: .double)
            #expect(throws: InterchangeError.self) { try encoder.append(to: &graph, features: ONNXGraph.input) }
        }
    }

    /// The exported function is the one that the network was trained with, even if the parameter has changed.
    @Test func exportsTheTrainedActivation() throws {
        var mlp = try MLPRegressor<Double, Double>(
            coefs: [[[1]], [[1]]], intercepts: [[0], [0]], MLPHyperparameters(activation: .tanh))
        let before = try mlp.onnxModel()
        mlp.activation = .relu
        #expect(try mlp.onnxModel() == before)
    }
}

// MARK: - Models

extension MLPHyperparameters {
    fileprivate static func small(_ activation: Activation) -> MLPHyperparameters {
        MLPHyperparameters(
            hiddenLayerSizes: [6, 4], activation: activation, learningRateInit: 0.02, maxIter: 20, randomState: 3)
    }
}

/// A small table with all kinds of targets.
private struct ExportData<Scalar: NetworkScalar> {
    let x: Matrix<Scalar>
    let numbers: [Double]

    init() {
        var random = RandomState(seed: 8)
        let elements = (0..<240).map { _ in 4 * random.randomSample() - 1 }
        x = Matrix(rows: 60, columns: 4, elements: Scalar.rounding(elements))
        let table = x
        numbers = (0..<60).map { Double(table[$0, 0] - table[$0, 1] * table[$0, 2]) }
    }

    /// The number of one of three classes.
    var thirds: [Int] { numbers.map { $0 < -2 ? 0 : $0 < 0 ? 1 : 2 } }
}

extension Exported.Task {
    func export<Scalar: NetworkScalar & RegressionTarget>(_ activation: Activation, _: Scalar.Type) throws {
        let data = ExportData<Scalar>()
        let name = "\(self)-\(activation)-\(Scalar.self == Float.self ? "float" : "double")"
        let parameters = MLPHyperparameters.small(activation)

        func classifier<Target: ONNXTarget>(
            _ targets: [Target], _ labels: ([Target]) -> Exported.Values
        ) throws {
            var mlp = MLPClassifier<Target, Scalar>(parameters)
            try mlp.fit(data.x, targets, sampleWeight: nil)
            try Exported(
                name: name, model: mlp.onnxModel(), x: data.x,
                outputs: [
                    "label": labels(mlp.predict(data.x)),
                    "probabilities": .numbers(Scalar.doubles(mlp.predictProba(data.x).elements)),
                ]
            ).leave()
        }
        func regressor<Target: RegressionTarget>(_ targets: [Target], loss: RegressionLoss = .squaredError) throws {
            var mlp = MLPRegressor<Target, Scalar>(loss: loss, parameters)
            try mlp.fit(data.x, targets, sampleWeight: nil)
            let outputs = try Target._outputs(of: mlp.predict(data.x), argument: "y")
            try Exported(
                name: name, model: mlp.onnxModel(), x: data.x, outputs: ["variable": .numbers(outputs.elements)]
            ).leave()
        }

        switch self {
        case .binary: try classifier(data.numbers.map { $0 > 0 ? 7 : -2 }) { .integers($0) }
        case .truth: try classifier(data.numbers.map { $0 > 0 }) { .truths($0) }
        case .multiclass: try classifier(data.thirds) { .integers($0) }
        case .words: try classifier(data.thirds.map { ["élan", "Zebra", "ant"][$0] }) { .strings($0) }
        case .ownLabels: try classifier(data.thirds.map { Word.target([Double($0)]) }) { .strings($0.map(\.rawValue)) }
        case .multilabel:
            try classifier(data.numbers.map { [$0 > 0 ? 1 : 0, abs($0) > 1 ? 1 : 0] }) { .integers($0.flatMap(\.self)) }
        case .number: try regressor(data.numbers)
        case .numbers: try regressor(data.numbers.map { [$0, $0 * $0] })
        case .counts: try regressor(data.numbers.map { abs($0).rounded() }, loss: .poisson)
        }
    }
}

/// An ONNX model with features and its predictions for them.
struct Exported {
    enum Task: CaseIterable { case binary, truth, multiclass, words, ownLabels, multilabel, number, numbers, counts }

    enum Values: Encodable {
        case numbers([Double])
        case integers([Int])
        case strings([String])
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
    let x: [[Double]]
    let outputs: [String: Values]

    init<Scalar: NetworkScalar>(name: String, model: Data, x: Matrix<Scalar>, outputs: [String: Values]) {
        self.name = name
        self.model = model
        self.x = (0..<x.rows).map { Scalar.doubles(Array(x.row($0))) }
        self.outputs = outputs
    }

    private struct Answers: Encodable {
        let x: [[Double]]
        let outputs: [String: Values]
    }

    /// Writes the model and its predictions to the folder that the environment names, if any.
    func leave() throws {
        #expect(!model.isEmpty)
        guard let path = ProcessInfo.processInfo.environment["SWIFT_MLP_EXCHANGE"] else { return }
        let folder = URL(filePath: path).appending(path: "onnx")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try model.write(to: folder.appending(path: "\(name).onnx"))
        try JSONEncoder().encode(Answers(x: x, outputs: outputs)).write(to: folder.appending(path: "\(name).json"))
    }
}
