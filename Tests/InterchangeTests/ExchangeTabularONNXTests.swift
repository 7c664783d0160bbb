import Estimators
import Foundation
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import Tables
import TabularNetworks
import Testing

@testable import Interchange

/// Networks for raw tables, with every kind of column, embedding, activation and target.
///
/// They are left for ONNX's checker and ONNX Runtime as those of `ExchangeONNXTests` are.
@Suite struct ExchangeTabularONNXTests {
    @Test(arguments: 0..<40) func writesRandomNetworks(_ seed: Int) throws {
        var draw = Draw(seed: 500 + seed)
        let data = try TableData(seed: seed)
        let settings = draw.tabularSettings()
        let name = "tabular-random-\(seed)"
        switch seed % 5 {
        // Far from 0: differences are relative to the prediction, not to the spread of the targets.
        case 0: try regress(name, TabularMLPRegressor<Double>(settings), data, data.numbers.map { 1e3 * ($0 + 50) })
        case 1:
            try regress(name, TabularMLPRegressor<[Double]>(settings), data, data.numbers.map { [$0, -$0 * $0] })
        case 2:
            try classify(
                name, TabularMLPClassifier<String>(settings), data, data.numbers.map { $0 > 50 ? "yes" : "no" }
            ) {
                .strings($0)
            }
        case 3:
            try classify(name, TabularMLPClassifier<Int>(settings), data, data.numbers.map { Int($0 / 25) - 1 }) {
                .integers($0)
            }
        default:
            try classify(name, TabularMLPClassifier<Bool>(settings), data, data.numbers.map { $0 > 30 }) { .truths($0) }
        }
    }

    /// The defaults, and RealMLP's.
    @Test(arguments: [TabularSettings.strong, .realMLP]) func writesPresets(_ settings: TabularSettings) throws {
        let data = try TableData(seed: 11)
        var settings = settings
        (settings.hiddenLayerSizes, settings.maxIter) = ([32, 32], 20)
        let name = "tabular-\(settings.nEnsemble)"
        try regress(name, TabularMLPRegressor<Double>(settings), data, data.numbers)
        try classify("\(name)-classes", TabularMLPClassifier<Int>(settings), data, data.numbers.map { Int($0 / 34) }) {
            .integers($0)
        }
    }

    @Test func writesSearches() throws {
        let data = try TableData(seed: 12)
        var search = GridSearchCV(
            TabularMLPRegressor(.tiny, randomState: 0), paramGrid: [.init(\.dropout, [0, 0.2])], cv: 2)
        try search.fit(data.train, data.numbers)
        try Exported(
            name: "tabular-search", model: search.onnxModel(), table: data.test,
            inputs: search.best.columnTypes().map(\.name),
            outputs: ["variable": .numbers(search.predict(data.test))], isSinglePrecision: true
        ).leave()
    }

    /// Numbers that no training table had, columns that say nothing, and columns of gaps.
    @Test(arguments: [
        NumericEmbedding.none, .piecewiseLinear(bins: 4, size: 3), .periodic(frequencies: 4, size: 2, sigma: 0.1),
    ])
    func writesExtremes(_ embedding: NumericEmbedding) throws {
        let train = try Table([
            "wide": .numbers([1, -1e300, 1e300, .nan, 5, 6, 7, 8]),
            "ties": .numbers([0, 0, 0, 0, 0, 0, 1, 2]),
            "gap or 3": .numbers([3, 3, .nan, 3, 3, .nan, 3, 3]),
            "constant": .numbers([2, 2, 2, 2, 2, 2, 2, 2]),
            "word": .strings(["a", "a", "a", "a", "a", "a", "a", "a"]),
            "gap or word": .strings(["a", nil, "a", nil, "a", "a", "a", "a"]),
        ])
        let test = try Table([
            "wide": .numbers([1.7e308, -1.7e308, .nan, 0, 5]), "ties": .numbers([-1, 0.5, 2, 1e-320, .nan]),
            "gap or 3": .numbers([3, 4, .nan, -1e9, 0]), "constant": .numbers([2, 3, .nan, 2, 2]),
            "word": .strings(["a", "b", nil, "a", "a"]), "gap or word": .strings(["a", nil, "new", "a", nil]),
        ])
        var settings = TabularSettings.tiny
        settings.numericEmbedding = embedding
        for (name, columns) in [("all", train.columnNames), ("silent", ["word", "constant"]), ("mute", ["constant"])] {
            var model = TabularMLPRegressor(settings, randomState: 0)
            try model.fit(train.selectingColumns(columns), [1, 2, 3, 4, 5, 6, 7, 8])
            try Exported(
                name: "tabular-\(name)-\(embedding)".filter { !" :.(),".contains($0) }, model: model.onnxModel(),
                table: test, inputs: columns, outputs: ["variable": .numbers(model.predict(test))],
                isSinglePrecision: true
            ).leave()
        }
    }

    @Test func writesASingleClass() throws {
        let table = try Table(["a": .numbers([1, 2, 3])])
        var model = TabularMLPClassifier<String>(.tiny, randomState: 0)
        try model.fit(table, ["x", "x", "x"])
        try Exported(
            name: "tabular-one-class", model: model.onnxModel(), table: table, inputs: ["a"],
            outputs: ["label": .strings(["x", "x", "x"]), "probabilities": .numbers([1, 1, 1])], isSinglePrecision: true
        ).leave()
    }

    // MARK: Errors

    @Test func rejectsWhatAModelCannotHave() throws {
        #expect(throws: EstimatorError.notFitted(estimator: "TabularMLPRegressor")) {
            try TabularMLPRegressor().onnxModel()
        }
        let words = try Table(["w": .strings(["", nil, "a", "b"])])
        var model = TabularMLPRegressor(.tiny, randomState: 0)
        try model.fit(words, [1, 2, 3, 4])
        #expect {
            try model.onnxModel()
        } throws: {
            "\($0)".hasPrefix("column \"w\" has an empty string as a category")
        }
    }

    // MARK: Parts

    private func regress<Target: RegressionTarget>(
        _ name: String, _ model: TabularMLPRegressor<Target>, _ data: TableData, _ y: [Target]
    ) throws {
        var model = model
        model.randomState = 1
        try model.fit(data.train, y)
        let outputs = try Target._outputs(of: model.predict(data.test), argument: "y")
        try leave(name, model, data, ["variable": .numbers(outputs.elements)])
    }

    private func classify<Target: ONNXTarget & ClassLabel>(
        _ name: String, _ model: TabularMLPClassifier<Target>, _ data: TableData, _ y: [Target],
        _ labels: ([Target]) -> Exported.Values
    ) throws {
        var model = model
        model.randomState = 1
        try model.fit(data.train, y)
        try leave(
            name, model, data,
            [
                "label": labels(model.predict(data.test)),
                "probabilities": .numbers(model.predictProba(data.test).elements),
            ])
    }

    private func leave(
        _ name: String, _ model: some ONNXExportable & TabularMLP, _ data: TableData,
        _ outputs: [String: Exported.Values]
    ) throws {
        try Exported(
            name: name, model: model.onnxModel(), table: data.test, inputs: model.columnTypes().map(\.name),
            outputs: outputs, description: "\(model)", isSinglePrecision: true
        ).leave()
    }
}

extension TabularSettings {
    fileprivate static var tiny: TabularSettings {
        var settings = TabularSettings.strong
        (settings.hiddenLayerSizes, settings.maxIter, settings.nEnsemble) = ([6, 5], 4, 2)
        return settings
    }
}

extension Draw {
    fileprivate mutating func tabularSettings() -> TabularSettings {
        var settings = TabularSettings.tiny
        settings.hiddenLayerSizes = pick([[7], [6, 5], [300, 8, 4]])
        settings.activation = pick(
            [
                nil, .identity, .logistic, .tanh, .relu, .leakyReLU, .elu, .selu, .gelu, .silu, .mish, .softplus,
            ] as [Activation?])
        settings.numericEmbedding = pick(
            [
                .none, .piecewiseLinear(bins: 16, size: 8), .piecewiseLinear(bins: 1, size: 2),
                .periodic(frequencies: 16, size: 3, sigma: 0.1), .periodic(frequencies: 2, size: 5, sigma: 3),
            ] as [NumericEmbedding])
        settings.oneHotAtMost = pick([0, 2, 3, 8])
        settings.embeddingSize = pick([1, 8])
        settings.leastCategoryCount = pick([1, 5, 16])
        settings.clip = pick([1, 3])
        settings.clampsOutputs = chance(0.5)
        settings.nEnsemble = pick([1, 2, 5])
        return settings
    }
}
