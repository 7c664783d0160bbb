import Composition
import Estimators
import Inspection
import LinearAlgebra
import NeuralNetwork
import NumPyRandom
import Preprocessing
import Testing

/// Pipelines and transformed targets predict samples with one changed column as the network inside of them does.
@Suite("Predictions of changed columns by compositions")
struct ChangedPipelineTests {
    private static let x = {
        var random = RandomState(seed: 5)
        return Matrix(rows: 200, columns: 4, elements: (0..<800).map { _ in 3 * random.standardNormal() + 1 })
    }()
    private static let y = (0..<200).map { x[$0, 0] - 2 * x[$0, 1] * x[$0, 2] }
    private static let classes = y.map { $0 < 0 ? "low" : "high" }

    private static let transformers: [any ElementwiseTransformer] = [
        StandardScaler(), MinMaxScaler(), MaxAbsScaler(), RobustScaler(), PowerTransformer(),
        QuantileTransformer(nQuantiles: 50), Binarizer(threshold: 0.5),
        Chain(PowerTransformer(), Chain(RobustScaler(), MinMaxScaler())),
    ]

    @Test(arguments: transformers.indices) func pipelinesEqualThoseOfWholeSamples(index: Int) throws {
        func check<Steps: ElementwiseTransformer>(_ steps: Steps) throws {
            let model = try Pipeline(
                steps, MLPRegressor(hiddenLayerSizes: [9], learningRateInit: 0.05, maxIter: 60, randomState: 0)
            ).fitted(
                Self.x, Self.y)
            try expectQuick(model, Self.y)
            let classifier = try Pipeline(
                steps,
                MLPClassifier<String, Double>(
                    hiddenLayerSizes: [6, 5], learningRateInit: 0.05, maxIter: 60, randomState: 0)
            ).fitted(Self.x, Self.classes)
            try expectQuick(classifier, Self.classes)
        }
        try check(Self.transformers[index])
    }

    @Test func transformedTargetsEqualThoseOfWholeSamples() throws {
        let network = MLPRegressor(hiddenLayerSizes: [9], learningRateInit: 0.05, maxIter: 60, randomState: 0)
        let inside = TransformedTargetRegressor(
            Pipeline(StandardScaler(), network), transformer: StandardScaler())
        try expectQuick(try inside.fitted(Self.x, Self.y), Self.y)
        let outside = Pipeline(
            StandardScaler(), TransformedTargetRegressor(network, transformer: StandardScaler()))
        try expectQuick(try outside.fitted(Self.x, Self.y), Self.y)
    }

    /// Expects that a model predicts changed columns itself, and what it predicts for whole samples.
    private func expectQuick<Model: MatrixEstimator<Target, Double> & PredictsChangedColumns, Target>(
        _ model: Model, _ y: [Target]
    ) throws {
        let changes: [ColumnChange] = [.order(Array((0..<200).reversed())), .value(0.25), .value(.infinity)]
        let known = try model.predictingChanges(of: Self.x)
        let predictions = try #require(known?(1, changes))
        #expect(predictions.map { $0 == nil } == [false, false, true])

        let fast = try permutationImportance(model, Self.x, y, nRepeats: 3, randomState: 1)
        let slow = try permutationImportance(Opaque(model: model), Self.x, y, nRepeats: 3, randomState: 1)
        #expect(close(fast.importances.joined().map(\.self), slow.importances.joined().map(\.self), 1e-12))
        #expect(fast.importances.joined().contains { abs($0) > 1e-4 })
        let curve = try partialDependence(model, Self.x, features: [2], gridResolution: 12, kind: .both)
        for (point, value) in curve.gridValues[0].enumerated() {
            var changed = Self.x
            for row in 0..<changed.rows { changed[row, 2] = value }
            let outputs = try numbers(model, changed)
            #expect(close(curve.individual[0].map { $0[point] }, outputs, 1e-12))
        }
    }

    /// The predictions, or the probabilities of the second class.
    private func numbers(_ model: some MatrixEstimator<some Any, Double>, _ x: Matrix<Double>) throws -> [Double] {
        func probabilities<Model: ProbabilisticClassifier>(_ model: Model) throws -> [Double] {
            let probabilities = try model.predictProba(try #require(x as? Model.Features))
            return (0..<x.rows).map { Double(probabilities[$0, 1]) }
        }
        if let classifier = model as? any ProbabilisticClassifier { return try probabilities(classifier) }
        return try #require(try model.predict(x) as? [Double])
    }

    /// Whoever changes a pipeline that knows predictions gets new ones.
    @Test func changedPipelinesForgetWhatTheyKnow() throws {
        let model = try Pipeline(
            StandardScaler(), MLPRegressor(hiddenLayerSizes: [9], learningRateInit: 0.05, maxIter: 60, randomState: 0)
        ).fitted(Self.x, Self.y)
        let known = try model.predictingChanges(of: Self.x)
        let changed = try #require(known?(1, [.value(0)])[0])
        var knowing = changed(Self.x)
        #expect(knowing == model)
        #expect(try knowing.predict(Self.x) != model.predict(Self.x))
        knowing.transformer = try StandardScaler().fitted(Self.x.map { 2 * $0 })
        let other = Pipeline(knowing.transformer, model.last)
        #expect(try knowing.predict(Self.x) == other.predict(Self.x))
        try knowing.fit(Self.x, Self.y.map { -$0 })
        let fitted = try Pipeline(
            StandardScaler(), MLPRegressor(hiddenLayerSizes: [9], learningRateInit: 0.05, maxIter: 60, randomState: 0)
        ).fitted(Self.x, Self.y.map { -$0 })
        #expect(try knowing.predict(Self.x) == fitted.predict(Self.x))
    }

    /// No value of another column, and no other value of the same one, decides what a value becomes.
    @Test(arguments: transformers.indices) func eachValueIsTransformedByItself(index: Int) throws {
        func check<Steps: ElementwiseTransformer>(_ steps: Steps) throws {
            var steps = steps
            try steps.fit(Self.x)
            var changed = Self.x
            for row in 0..<100 { changed[row, 1] = Self.x[99 - row, 1] }
            let (before, after) = (try steps.transform(Self.x), try steps.transform(changed))
            for row in 0..<200 {
                #expect(after[row, 1] == before[row < 100 ? 99 - row : row, 1])
                for column in [0, 2, 3] { #expect(after[row, column] == before[row, column]) }
            }
        }
        try check(Self.transformers[index])
    }
}
