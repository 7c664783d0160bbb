import Composition
import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
import NeuralNetwork
import NumPyRandom
import Preprocessing
import Tables
import Testing

@testable import Interchange

extension MLPHyperparameters {
    static let small = MLPHyperparameters(
        hiddenLayerSizes: [6, 4], activation: .tanh, learningRateInit: 0.02, maxIter: 12, randomState: 3)
}

/// Draws values and choices.
struct Draw {
    private var random: RandomState

    init(seed: Int) { random = RandomState(seed: UInt32(seed)) }

    mutating func number() -> Double { random.randomSample() }

    mutating func chance(_ probability: Double) -> Bool { number() < probability }

    mutating func pick<Value>(_ values: [Value]) -> Value { values[Int(number() * Double(values.count))] }

    mutating func several<Value>(of values: [Value]) -> [Value] {
        let chosen = values.filter { _ in chance(0.6) }
        return chosen.isEmpty ? [pick(values)] : chosen
    }
}

/// A table of numbers and strings with gaps, another one with unknown categories too, and targets.
struct TableData {
    let train: Table
    let test: Table
    let numbers: [Double]

    static let numericNames = ["age", "income", "rooms", "day"]
    static let categoricalNames = ["job", "état", "color"]

    init(seed: Int, hasUnknown: Bool = true) throws {
        var draw = Draw(seed: 1000 + seed)
        train = try TableData.table(rows: 60, unknown: [], &draw)
        test = try TableData.table(rows: 40, unknown: hasUnknown ? ["zebra"] : [], &draw)
        numbers = (0..<60).map { _ in 100 * draw.number() }
    }

    private static func table(rows: Int, unknown: [String?], _ draw: inout Draw) throws -> Table {
        func numbers(gaps: Double, _ value: (inout Draw) -> Double) -> Table.Column {
            .numbers((0..<rows).map { _ in draw.chance(gaps) ? .nan : value(&draw) })
        }
        func strings(_ categories: [String?]) -> Table.Column {
            .strings((0..<rows).map { _ in draw.pick(categories + unknown) })
        }
        return try Table([
            ("age", numbers(gaps: 0.15) { 18 + 60 * $0.number() }),
            ("income", numbers(gaps: 0.1) { exp(7 + 3 * $0.number()) }),
            ("rooms", numbers(gaps: 0) { (1 + 5 * $0.number()).rounded(.down) }),
            ("day", numbers(gaps: 0.1) { (7 * $0.number()).rounded(.down) }),
            ("job", strings(["smith", "clerk", "clerk", "miller", "baker"])),
            ("état", strings([nil, "ça va", "中", "a b", nil])),
            ("color", strings(["?", "red", "blue", nil])),
        ])
    }

    /// Columns of every kind, simply treated.
    var plainColumns: ColumnTransformer {
        ColumnTransformer([
            .numeric(["age", "income"], SimpleImputer(), StandardScaler()), .passthrough(["rooms"]),
            .categorical(["job", "color"], OneHotEncoder(handleUnknown: .ignore)),
            .categorical(["état"], CategoryImputer(), OneHotEncoder(handleUnknown: .ignore)),
        ])
    }
}

/// A column transformer with parts drawn at random, and an estimator drawn at random.
struct RandomComposition {
    private let name: String
    private let data: TableData
    private let columns: ColumnTransformer
    private var draw: Draw

    init(seed: Int) throws {
        name = "table-random-\(seed)"
        draw = Draw(seed: seed)
        let rejectsUnknown = draw.chance(0.2)
        data = try TableData(seed: seed, hasUnknown: !rejectsUnknown)
        var parts: [ColumnTransformer.Part] = []
        for _ in 0...Int(draw.number() * 2) { parts.append(draw.numericPart()) }
        for _ in 0..<Int(draw.number() * 3) { parts.append(draw.categoricalPart(rejectsUnknown: rejectsUnknown)) }
        let named = Set(parts.flatMap(\.columns))
        // Only a table without strings in its remainder can pass through, and gaps must not.
        let isFree = named.isSuperset(of: ["age", "income", "day", "job", "état", "color"])
        let passes = draw.chance(0.8)
        columns = ColumnTransformer(parts, remainder: isFree && passes ? .passthrough : .drop)
    }

    /// Fits the composition, and leaves it with its predictions.
    mutating func leave() throws {
        switch Int(draw.number() * 9) {
        case 0: try classify(data.numbers.map { $0 > 50 ? "yes" : "élan" }) { .strings($0) }
        case 1: try classify(data.numbers.map { Int($0 / 34) - 1 }) { .integers($0) }
        case 2: try classify(data.numbers.map { [$0 > 50 ? 1 : 0, $0 > 20 ? 1 : 0] }) { .integers($0.flatMap(\.self)) }
        case 3: try regress(MLPRegressor<Double, Double>(.small), data.numbers)
        case 4: try regress(MLPRegressor<[Double], Double>(.small), data.numbers.map { [$0, -$0 * $0] })
        case 5: try transformingTarget(StandardScaler())
        case 6:
            let transformer = draw.pick(Draw.targetTransformers)
            try transformingTarget(transformer)
        case 7:
            try regress(
                TransformedTargetRegressor(
                    MLPRegressor<[Double], Double>(.small), transformer: Chain(PowerTransformer(), MinMaxScaler())),
                data.numbers.map { [$0, $0.squareRoot() - 20] })
        default:
            try regress(
                Pipeline(StandardScaler(), PCA(nComponents: 1), MLPRegressor<Double, Double>(.small)), data.numbers)
        }
    }

    private func transformingTarget(_ transformer: some ONNXInvertibleTransformer) throws {
        try regress(
            TransformedTargetRegressor(MLPRegressor<Double, Double>(.small), transformer: transformer), data.numbers)
    }

    private func classify<Target: ONNXTarget>(_ y: [Target], _ labels: ([Target]) -> Exported.Values) throws {
        let model = try TablePipeline(columns, MLPClassifier<Target, Double>(.small)).fitted(data.train, y)
        try leave(
            model,
            [
                "label": labels(model.predict(data.test)),
                "probabilities": .numbers(model.predictProba(data.test).elements),
            ])
    }

    private func regress<Last: Estimator & ONNXExportable>(_ last: Last, _ y: [Last.Target]) throws
    where Last.Features == Matrix<Double>, Last.Target: RegressionTarget {
        let model = try TablePipeline(columns, last).fitted(data.train, y)
        let outputs = try Last.Target._outputs(of: model.predict(data.test), argument: "y")
        try leave(model, ["variable": .numbers(outputs.elements)])
    }

    private func leave(_ model: some ONNXExportable & TableModel, _ outputs: [String: Exported.Values]) throws {
        // Functions cannot be stored.
        if !"\(model)".contains("FunctionTransformer") {
            let storable = try #require(model as? any ONNXExportable & Storable)
            try expectSameAfterLoading(storable)
        }
        try Exported(
            name: name, model: model.onnxModel(), table: data.test, inputs: model.columnTypes().map(\.name),
            outputs: outputs, description: "\(model)"
        ).leave()
    }
}

/// Expects a model to be exported with the same bytes after it was saved and loaded.
private func expectSameAfterLoading<Model: ONNXExportable & Storable>(_ model: Model) throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).safetensors")
    defer { try? FileManager.default.removeItem(at: url) }
    try model.save(to: url)
    #expect(try Model(contentsOf: url).onnxModel() == model.onnxModel())
}

// MARK: - Parts

extension Draw {
    static let targetTransformers: [any ONNXInvertibleTransformer] = [
        MinMaxScaler(featureRange: (-1, 2)), MaxAbsScaler(), RobustScaler(unitVariance: true),
        PowerTransformer(method: .boxCox), PowerTransformer(standardize: false), QuantileTransformer(nQuantiles: 20),
        QuantileTransformer(nQuantiles: 30, outputDistribution: .normal), FunctionTransformer(log1p, inverse: expm1),
        FunctionTransformer({ $0 / 4 }, inverse: { $0 * 4 }), FunctionTransformer(asinh, inverse: sinh),
        Chain(FunctionTransformer({ log($0 + 1) }, inverse: { exp($0) - 1 }), StandardScaler()),
    ]

    mutating func numericPart() -> ColumnTransformer.Part {
        func part(_ columns: [String], _ steps: some Transformer) -> ColumnTransformer.Part { .numeric(columns, steps) }
        func chain(_ first: some Transformer, _ second: some Transformer) -> any Transformer { Chain(first, second) }
        let columns = several(of: TableData.numericNames)
        let imputers: [any Transformer] = [
            SimpleImputer(), SimpleImputer(strategy: .median, addIndicator: true),
            SimpleImputer(strategy: .mostFrequent),
            SimpleImputer(strategy: .constant, fillValue: 1, addIndicator: true),
            FeatureUnion(MissingIndicator(features: .all), SimpleImputer()),
        ]
        // A categorical number keeps its gaps.
        if chance(0.2) {
            let encoders: [any Transformer] = [
                OneHotEncoder<Double>(drop: .first, handleUnknown: .ignore, maxCategories: 4),
                OrdinalEncoder<Double>(handleUnknown: .useEncodedValue, unknownValue: -1, encodedMissingValue: -2),
                OneHotEncoder<Double>(handleUnknown: .infrequentIfExist, minFrequency: 3),
            ]
            let encoder = pick(encoders)
            return part(["day"], encoder)
        }
        var steps: any Transformer = pick(imputers)
        func append(_ step: any Transformer) { steps = chain(steps, step) }
        if chance(0.3) {
            let scaler = pick(Draw.exact)
            steps = chain(scaler, steps)
        }
        if chance(0.3) { append(pick(Draw.exact)) }
        if chance(0.4) { append(pick(Draw.stepwise)) }
        for _ in 0..<Int(number() * 3) { append(pick(Draw.exact + Draw.rounded)) }
        return part(columns, steps)
    }

    /// Transformers that let gaps pass, whose numbers have the same bits everywhere.
    private static let exact: [any Transformer] = [
        StandardScaler(), StandardScaler(withMean: false), MinMaxScaler(clip: true), MaxAbsScaler(), RobustScaler(),
    ]

    /// Transformers that jump between values, where a last digit would decide.
    private static let stepwise: [any Transformer] = [
        QuantileTransformer(nQuantiles: 25, subsample: nil),
        QuantileTransformer(nQuantiles: 50, outputDistribution: .normal), KBinsDiscretizer(nBins: 3),
        KBinsDiscretizer(nBins: 4, encode: .ordinal, strategy: .uniform), Binarizer(threshold: 0.1),
        FeatureUnion(VarianceThreshold(), Binarizer()),
    ]

    private static let rounded: [any Transformer] = [
        PowerTransformer(), Normalizer(), Normalizer(norm: .l1), Normalizer(norm: .max),
        PolynomialFeatures(degree: 3), PolynomialFeatures(interactionOnly: true, includeBias: false),
        PCA(nComponents: 1), PCA(nComponents: .share(0.9), whiten: true), FunctionTransformer { $0 * $0 },
        FunctionTransformer { abs($0) }, FunctionTransformer { asinh($0) }, FunctionTransformer { cbrt($0) },
        FunctionTransformer { $0 + 3 },
    ]

    mutating func categoricalPart(rejectsUnknown: Bool) -> ColumnTransformer.Part {
        func part(_ columns: [String], _ encoder: some WordEncoder) -> ColumnTransformer.Part {
            .categorical(columns, encoder)
        }
        func imputed(
            _ columns: [String], _ imputer: CategoryImputer<String?>, _ encoder: some WordEncoder
        ) -> ColumnTransformer.Part { .categorical(columns, imputer, encoder) }
        let columns = several(of: TableData.categoricalNames)
        let encoders: [any WordEncoder] =
            rejectsUnknown
            ? [OneHotEncoder(), OneHotEncoder(drop: .ifBinary), OrdinalEncoder(encodedMissingValue: -1)]
            : [
                OneHotEncoder(handleUnknown: .ignore), OneHotEncoder(drop: .first, handleUnknown: .ignore),
                OneHotEncoder(drop: .ifBinary, handleUnknown: .infrequentIfExist, maxCategories: 3),
                OneHotEncoder(handleUnknown: .infrequentIfExist, minFrequency: 0.3),
                OrdinalEncoder(handleUnknown: .useEncodedValue, unknownValue: -1, encodedMissingValue: -2),
                OrdinalEncoder(
                    handleUnknown: .useEncodedValue, unknownValue: 9, encodedMissingValue: 5, maxCategories: 2),
            ]
        let encoder = pick(encoders)
        guard chance(0.5) else { return part(columns, encoder) }
        let imputers: [CategoryImputer<String?>] = [
            CategoryImputer(), CategoryImputer(strategy: .constant, fillValue: "none"),
            CategoryImputer(strategy: .constant), CategoryImputer(missingValues: "?"),
        ]
        return imputed(columns, pick(imputers), encoder)
    }
}
