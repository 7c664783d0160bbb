import Composition
import Estimators
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import NumPyRandom
import Preprocessing
import Tables
import Testing

@testable import Interchange

/// Models that combine others: calibration, votes, bags and stacks, in both precisions.
///
/// Where the environment variable `SWIFT_MLP_EXCHANGE` names a folder, models and answers are left there for ONNX Runtime.
@Suite struct ExchangeEnsembleONNXTests {
    private static let random = {
        var random = RandomState(seed: 8)
        return (0..<320).map { _ in 4 * random.randomSample() - 1 }
    }()
    private static let numbers = (0..<80).map { (row: Int) -> Double in
        let features = Array(random[row * 4..<row * 4 + 4])
        return features[0] - features[1] * features[2]
    }
    private static let thirds = numbers.map { $0 < -2 ? "low" : $0 < 0 ? "middle" : "high" }
    private static let halves = numbers.map { $0 < -0.5 ? 3 : 5 }

    private func features<Scalar: NetworkScalar>(_: Scalar.Type) -> Matrix<Scalar> {
        Matrix(rows: 80, columns: 4, elements: Scalar.rounding(Self.random))
    }

    private func network<Target, Scalar>(_: Target.Type, _: Scalar.Type, units: Int = 5) -> MLPClassifier<
        Target, Scalar
    > {
        MLPClassifier(hiddenLayerSizes: [units], learningRateInit: 0.02, maxIter: 15, randomState: UInt32(units))
    }

    private func leave<Model: ProbabilisticClassifier & ONNXExportable>(
        _ name: String, _ model: Model, _ x: Matrix<Model.Scalar>, _ labels: ([Model.Target]) -> Exported.Values
    ) throws where Model.Features == Matrix<Model.Scalar> {
        let precision = Model.Scalar.self == Float.self ? "float" : "double"
        try Exported(
            name: "\(name)-\(precision)", model: model.onnxModel(), x: x,
            outputs: [
                "label": labels(model.predict(x)),
                "probabilities": .numbers(Model.Scalar.doubles(model.predictProba(x).elements)),
            ]
        ).leave()
    }

    @Test(arguments: CalibrationMethod.allCases, [false, true])
    func writesCalibration(_ method: CalibrationMethod, isEnsemble: Bool) throws {
        func export<Scalar: NetworkScalar>(_: Scalar.Type) throws {
            let x = features(Scalar.self)
            let name = "calibrated-\(method)-\(isEnsemble)"
            let two = try CalibratedClassifierCV(
                network(Int.self, Scalar.self), method: method, cv: 3, ensemble: BoolOrAuto(isEnsemble)
            ).fitted(x, Self.halves)
            // Some features are beyond those of the fit.
            let further = x.map { 1.5 * $0 }
            try leave("\(name)-2", two, further) { .integers($0) }
            let three = try CalibratedClassifierCV(
                network(String.self, Scalar.self), method: method, cv: 3, ensemble: BoolOrAuto(isEnsemble)
            ).fitted(x, Self.thirds)
            try leave("\(name)-3", three, further) { .strings($0) }
        }
        try export(Double.self)
        // Steps of isotonic functions can be steep, so that the last digit of a single-precision probability shows.
        if method != .isotonic { try export(Float.self) }
    }

    @Test func writesVotes() throws {
        func export<Scalar: NetworkScalar & RegressionTarget>(_: Scalar.Type) throws {
            let x = features(Scalar.self)
            let precision = Scalar.self == Float.self ? "float" : "double"
            let networks = [3, 4, 6].map { network(String.self, Scalar.self, units: $0) }
            let soft = try VotingClassifier(networks, voting: .soft, weights: [1, 2, 0.5]).fitted(x, Self.thirds)
            try leave("voting-soft", soft, x) { .strings($0) }
            for weights in [nil, [1.0, 3, 1]] {
                let hard = try VotingClassifier(networks, weights: weights).fitted(x, Self.thirds)
                try Exported(
                    name: "voting-hard-\(weights == nil)-\(precision)", model: hard.onnxModel(), x: x,
                    outputs: ["label": .strings(hard.predict(x))]
                ).leave()
            }
            let regressors = [3, 4].map {
                MLPRegressor<[Double], Scalar>(hiddenLayerSizes: [$0], maxIter: 15, randomState: 0)
            }
            let mean = try VotingRegressor(regressors, weights: [2, 1]).fitted(x, Self.numbers.map { [$0, $0 * $0] })
            try Exported(
                name: "voting-regressor-\(precision)", model: mean.onnxModel(), x: x,
                outputs: ["variable": .numbers(mean.predict(x).flatMap(\.self))]
            ).leave()
        }
        try export(Double.self)
        try export(Float.self)
    }

    /// Members have drawn different features; one with few samples may not know every class.
    @Test(arguments: [false, true]) func writesBags(drawsAgain: Bool) throws {
        func export<Scalar: NetworkScalar>(_: Scalar.Type) throws {
            let x = features(Scalar.self)
            let precision = Scalar.self == Float.self ? "float" : "double"
            let bag = try BaggingClassifier(
                network(String.self, Scalar.self), nEstimators: 4, maxFeatures: 0.75, bootstrapFeatures: drawsAgain,
                randomState: 0
            ).fitted(x, Self.thirds)
            try leave("bagging-\(drawsAgain)", bag, x) { .strings($0) }
            let regressor = MLPRegressor<Double, Scalar>(hiddenLayerSizes: [4], maxIter: 15)
            let numbers = try BaggingRegressor(
                regressor, nEstimators: 3, bootstrapFeatures: drawsAgain, randomState: 0
            ).fitted(x, Self.numbers)
            try Exported(
                name: "bagging-regressor-\(drawsAgain)-\(precision)", model: numbers.onnxModel(), x: x,
                outputs: ["variable": .numbers(numbers.predict(x))]
            ).leave()
        }
        try export(Double.self)
        try export(Float.self)
    }

    @Test(arguments: [false, true]) func writesStacks(passesFeatures: Bool) throws {
        let x = features(Double.self)
        let networks = [3, 4].map { network(Int.self, Double.self, units: $0) }
        let two = try StackingClassifier(
            networks, finalEstimator: network(Int.self, Double.self), cv: 3, passthrough: passesFeatures
        ).fitted(x, Self.halves)
        try leave("stacking-2-\(passesFeatures)", two, x) { .integers($0) }
        let three = try StackingClassifier(
            [3, 4].map { network(String.self, Double.self, units: $0) },
            finalEstimator: network(String.self, Double.self), cv: 3, passthrough: passesFeatures
        ).fitted(x, Self.thirds)
        try leave("stacking-3-\(passesFeatures)", three, x) { .strings($0) }
        let regressors = [3, 4].map { MLPRegressor(hiddenLayerSizes: [$0], maxIter: 15, randomState: 0) }
        let numbers = try StackingRegressor(
            regressors, finalEstimator: MLPRegressor(hiddenLayerSizes: [], maxIter: 15, randomState: 0), cv: 3,
            passthrough: passesFeatures
        ).fitted(x, Self.numbers)
        try Exported(
            name: "stacking-regressor-\(passesFeatures)", model: numbers.onnxModel(), x: x,
            outputs: ["variable": .numbers(numbers.predict(x))]
        ).leave()
    }

    /// An ensemble of workflows has one input for each column.
    @Test func writesEnsemblesOfTables() throws {
        let table = try Table([
            "x": .numbers((0..<80).map { Self.random[$0 * 4] }),
            "city": .strings((0..<80).map { ["Bonn", "Ulm", nil][$0 % 3] }),
        ])
        let columns = ColumnTransformer([
            .numeric(["x"], StandardScaler()),
            .categorical(["city"], CategoryImputer(), OneHotEncoder<String?>(handleUnknown: .ignore)),
        ])
        let model = try CalibratedClassifierCV(
            TablePipeline(columns, network(String.self, Double.self)), method: .temperature, cv: 3
        ).fitted(table, Self.thirds)
        try Exported(
            name: "calibrated-table", model: model.onnxModel(), table: table, inputs: ["x", "city"],
            outputs: [
                "label": .strings(model.predict(table)),
                "probabilities": .numbers(model.predictProba(table).elements),
            ]
        ).leave()
        #expect(throws: EstimatorError.notFitted(estimator: "CalibratedClassifierCV")) {
            try CalibratedClassifierCV(network(Int.self, Double.self)).onnxModel()
        }
    }
}
