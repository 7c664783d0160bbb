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

    @Test(arguments: SplineTransformer.Extrapolation.allCases, 0...3)
    func writesSplines(_ extrapolation: SplineTransformer.Extrapolation, degree: Int) throws {
        func export<Scalar: NetworkScalar & RegressionTarget>(_: Scalar.Type) throws {
            let data = ExportData<Scalar>()
            let splines = SplineTransformer(
                nKnots: 4, degree: degree, knots: degree == 2 ? .quantile : .uniform, extrapolation: extrapolation,
                includeBias: degree != 1, handleMissing: .zeros)
            var pipeline = Pipeline(splines, MLPRegressor<Scalar, Scalar>(.small(.tanh)))
            try pipeline.fit(data.x, data.numbers.map { Scalar($0) })
            // Gaps, and rows beyond the knots where that is no error.
            var x = data.x.map { extrapolation == .error ? $0 : 1.25 * $0 }
            for row in stride(from: 0, to: x.rows, by: 7) { x[row, row % 4] = .nan }
            try Exported(
                name: "spline-\(extrapolation)-\(degree)-\(Scalar.self)", model: pipeline.onnxModel(), x: x,
                outputs: ["variable": .numbers(Scalar.doubles(pipeline.predict(x)))]
            ).leave()
        }
        try export(Double.self)
        try export(Float.self)
    }

    @Test(arguments: KNNImputer.Weights.allCases, [1, 4, 100])
    func writesNearestNeighbors(_ weights: KNNImputer.Weights, count: Int) throws {
        func export<Scalar: NetworkScalar & RegressionTarget>(_: Scalar.Type) throws {
            let data = ExportData<Scalar>()
            let marker: Scalar = count == 4 ? -99 : .nan
            var x = data.x
            for element in stride(from: 0, to: x.count, by: 3) { x[element / 4, element % 4] = marker }
            // A row without a value, and a feature that no sample has.
            for column in 0..<4 { x[5, column] = marker }
            if count == 100 { for row in 0..<x.rows { x[row, 2] = marker } }
            let imputer = KNNImputer(
                missingValues: count == 4 ? -99 : .nan, nNeighbors: count, weights: weights, addIndicator: count == 1,
                keepEmptyFeatures: weights == .uniform)
            var pipeline = Pipeline(imputer, MLPRegressor<Scalar, Scalar>(.small(.tanh)))
            try pipeline.fit(x, data.numbers.map { Scalar($0) })
            x[0, 0] = marker
            try Exported(
                name: "knn-\(weights)-\(count)-\(Scalar.self)", model: pipeline.onnxModel(), x: x,
                outputs: ["variable": .numbers(Scalar.doubles(pipeline.predict(x)))]
            ).leave()
        }
        try export(Double.self)
        try export(Float.self)
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

    @Test(arguments: [false, true]) func writesFunctions(isFloat: Bool) throws {
        if isFloat { try exportFunctions(Float.self) } else { try exportFunctions(Double.self) }
    }

    private func exportFunctions<Scalar: NetworkScalar & RegressionTarget>(_: Scalar.Type) throws {
        let precision = Scalar.self == Float.self ? "float" : "double"
        let data = ExportData<Scalar>()
        let smaller: Matrix<Scalar> = data.x.map { abs($0) / 3 + 0.01 }
        let functions: [@Sendable (Double) -> Double] = [
            { 1 / $0 }, { $0 * $0 * $0 }, { $0.squareRoot() }, { log($0) }, { log2($0) }, { log10($0) }, { log1p($0) },
            { log(1 + $0) }, { exp($0) }, { exp2($0) }, { expm1($0) }, { exp($0) - 1 }, { -$0 }, { sin($0) },
            { cos($0) }, { tanh($0) }, { sinh($0) }, { asinh($0) }, { $0 / 3 }, { $0 * 0.7 }, { $0 - 2 }, { $0 },
        ]
        for (number, function) in functions.enumerated() {
            var model = Pipeline(FunctionTransformer(function), MLPRegressor<Scalar, Scalar>(.small(.tanh)))
            try model.fit(smaller, data.numbers.map { Scalar($0) })
            try Exported(
                name: "function-\(number)-\(precision)", model: model.onnxModel(), x: smaller,
                outputs: ["variable": .numbers(Scalar.doubles(model.predict(smaller)))]
            ).leave()
        }
    }

    @Test(arguments: [false, true]) func writesTransformedTargets(isFloat: Bool) throws {
        if isFloat { try exportTargets(Float.self) } else { try exportTargets(Double.self) }
    }

    private func exportTargets<Scalar: NetworkScalar & RegressionTarget>(_: Scalar.Type) throws {
        let precision = Scalar.self == Float.self ? "float" : "double"
        let data = ExportData<Scalar>()
        for (number, transformer) in Draw.targetTransformers.enumerated() {
            func export(_ transformer: some ONNXInvertibleTransformer) throws {
                let network = MLPRegressor<Double, Scalar>(.small(.tanh))
                var model = TransformedTargetRegressor(Pipeline(MaxAbsScaler(), network), transformer: transformer)
                try model.fit(data.x, data.numbers.map { abs($0) + 1 })
                try Exported(
                    name: "target-\(number)-\(precision)", model: model.onnxModel(), x: data.x,
                    outputs: ["variable": .numbers(model.predict(data.x))]
                ).leave()
            }
            try export(transformer)
        }
    }

    @Test(arguments: [false, true]) func writesEncodersOfNumbers(isFloat: Bool) throws {
        if isFloat { try exportEncoders(Float.self) } else { try exportEncoders(Double.self) }
    }

    private func exportEncoders<Scalar: NetworkScalar & RegressionTarget>(_: Scalar.Type) throws {
        let precision = Scalar.self == Float.self ? "float" : "double"
        // The second column has gaps, and 0.7 is another number in single precision.
        var elements: [Double] = []
        for row in 0..<40 {
            elements.append(Double(row % 3) + 0.7)
            elements.append(row % 7 == 0 ? .nan : Double(row % 5))
        }
        let table = Matrix<Scalar>(rows: 40, columns: 2, elements: Scalar.rounding(elements))
        let x: Matrix<Scalar> = table.map { $0 == 4 ? 9 : $0 }
        func export(_ name: String, _ encoder: some ONNXTransformer) throws {
            var model = Pipeline(encoder, MLPRegressor<Scalar, Scalar>(.small(.relu)))
            try model.fit(table, (0..<40).map { Scalar($0 % 3) })
            try Exported(
                name: "encoder-\(name)-\(precision)", model: model.onnxModel(), x: x,
                outputs: ["variable": .numbers(Scalar.doubles(model.predict(x)))]
            ).leave()
        }
        try export("gaps", OneHotEncoder<Double>(handleUnknown: .ignore))
        try export("rare", OneHotEncoder<Double>(handleUnknown: .infrequentIfExist, maxCategories: 3))
        try export("binary", OneHotEncoder<Double>(drop: .ifBinary, handleUnknown: .ignore, minFrequency: 8))
        try export(
            "ordinal",
            OrdinalEncoder<Double>(
                handleUnknown: .useEncodedValue, unknownValue: -1, encodedMissingValue: -2, maxCategories: 3))
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
