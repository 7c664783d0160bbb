import Composition
import Estimators
import Foundation
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import Preprocessing
import Tables
import TestSupport
import Testing

@Suite("One-hot encoded columns stay sparse, as in scikit-learn")
struct SparseColumnsTests {
    struct People: Decodable {
        let town, trade: [String]
        let age, children: [Double]
    }

    struct Threshold: Decodable {
        let columns: [String]
        let threshold: Double
        let isSparse: Bool
        let stored: Int?
    }

    struct Fixture: Decodable {
        let table: People
        let trained: Int
        let targets: [Double]
        let labels: [String]
        let thresholds: [Threshold]
        let offsets, indices: [Int]
        let values, lossCurve, predictions, classLossCurve, validationScores, probabilities: [Double]
    }

    private let expected: Fixture
    private let x, probe: Table

    init() throws {
        expected = try fixture("sparse_columns", in: .module, of: Fixture.self)
        let people = expected.table
        func table(_ rows: Range<Int>, firstTown: String?) throws -> Table {
            var towns = Array(people.town[rows]).map { Optional($0) }
            if let firstTown { towns[0] = firstTown }
            return try Table([
                "town": .strings(towns), "trade": .strings(Array(people.trade[rows])),
                "age": .numbers(Array(people.age[rows])), "children": .numbers(Array(people.children[rows])),
            ])
        }
        x = try table(0..<expected.trained, firstTown: nil)
        probe = try table(expected.trained..<people.town.count, firstTown: "nowhere")
    }

    private func columns(sparseThreshold: Double = 0.3) -> ColumnTransformer {
        ColumnTransformer(
            [
                .numeric(["age", "children"], StandardScaler()),
                .categorical(["town", "trade"], OneHotEncoder(handleUnknown: .ignore)),
            ], sparseThreshold: sparseThreshold)
    }

    private let regressor = MLPRegressor<Double, Double>(
        hiddenLayerSizes: [9], batchSize: 32, maxIter: 25, randomState: 3)
    private let classifier = MLPClassifier<String, Double>(
        hiddenLayerSizes: [7, 5], batchSize: 32, maxIter: 20, randomState: 5, earlyStopping: true)

    @Test func theThresholdDecides() throws {
        for test in expected.thresholds {
            var parts = [ColumnTransformer.Part.numeric(["age", "children"], StandardScaler())]
            if !test.columns.isEmpty { parts.append(.categorical(test.columns, OneHotEncoder())) }
            let columns = try ColumnTransformer(parts, sparseThreshold: test.threshold).fitted(x)
            #expect(columns.sparseOutput == test.isSparse, "\(test)")
            if let stored = test.stored { #expect(try columns.transformSparse(x).values.count == stored) }
        }
        for threshold in [-0.1, 1.1, .nan] {
            let error = #expect(throws: EstimatorError.self) {
                try ColumnTransformer([.passthrough(["age"])], sparseThreshold: threshold).fitted(x)
            }
            #expect(error?.description.contains("sparseThreshold") == true)
        }
    }

    @Test func featuresAreThoseOfScikitLearn() throws {
        let columns = try columns().fitted(x)
        let features = try columns.transformSparse(probe)
        #expect(features.rowOffsets == expected.offsets && features.columnIndices == expected.indices)
        #expect(zip(features.values, expected.values).allSatisfy { abs($0 - $1) < 1e-13 })
        #expect(try features.dense == columns.transform(probe))
        #expect(throws: EstimatorError.notFitted(estimator: "ColumnTransformer")) {
            try self.columns().transformSparse(probe)
        }
    }

    /// A chain and an imputed encoder are sparse if what they end with is.
    @Test func theLastStepOfAPartDecides() throws {
        func fitted(_ part: ColumnTransformer.Part) throws -> ColumnTransformer {
            let columns = try ColumnTransformer([part], sparseThreshold: 1).fitted(x, expected.targets)
            #expect(try columns.transformSparse(probe).dense == columns.transform(probe))
            return columns
        }
        #expect(
            try fitted(.categorical(["town"], CategoryImputer(), OneHotEncoder(handleUnknown: .ignore))).sparseOutput)
        #expect(try fitted(.numeric(["children"], SimpleImputer(), OneHotEncoder<Double>())).sparseOutput)
        #expect(try fitted(.numeric(["children"], OneHotEncoder<Double>())).sparseOutput)
        #expect(try !fitted(.numeric(["children"], OneHotEncoder<Double>(), StandardScaler())).sparseOutput)
        #expect(
            try !fitted(
                .categorical(["town"], OrdinalEncoder(handleUnknown: .useEncodedValue, unknownValue: -1))
            ).sparseOutput)
    }

    @Test func networksLearnWhatScikitLearnLearns() throws {
        var regression = TransformedTargetRegressor(TablePipeline(columns(), regressor), transformer: StandardScaler())
        try regression.fit(x, expected.targets)
        #expect(regression.regressor.columns.sparseOutput)
        #expect(distance(regression.regressor.last.lossCurve, expected.lossCurve) < 1e-10)
        #expect(distance(try regression.predict(probe), expected.predictions) < 1e-7)

        var classification = TablePipeline(columns(), classifier)
        try classification.fit(x, expected.labels)
        #expect(distance(classification.last.lossCurve, expected.classLossCurve) < 1e-10)
        #expect(distance(classification.last.validationScores, expected.validationScores) < 1e-12)
        #expect(distance(try classification.predictProba(probe).elements, expected.probabilities) < 1e-9)
    }

    /// The order of the sums differs, nothing else.
    @Test func sparseEqualsDense() throws {
        let weights = (0..<x.rowCount).map { Double($0 % 3) + 0.5 }
        var models = [0.3, 0].map { TablePipeline(columns(sparseThreshold: $0), regressor) }
        let y = expected.targets.map { $0 / 1000 }
        for index in models.indices {
            try models[index].fit(x, y, sampleWeight: weights, validation: (probe, Array(y.prefix(probe.rowCount))))
        }
        #expect(models.map(\.columns.sparseOutput) == [true, false])
        #expect(distance(models[0].last.lossCurve, models[1].last.lossCurve) < 1e-12)
        #expect(distance(models[0].last.validationLossCurve, models[1].last.validationLossCurve) < 1e-12)
        #expect(distance(try models[0].predict(probe), try models[1].predict(probe)) < 1e-12)
        let scores = try models.map { try $0.score(x, y, sampleWeight: weights) }
        #expect(abs(scores[0] - scores[1]) < 1e-12)
        #expect(models[0] as Any is any ValidatingEstimator)

        var watched = classifier
        watched.monitor = .scorer(.f1Macro)
        var classifiers = [0.3, 0].map { TablePipeline(columns(sparseThreshold: $0), watched) }
        for index in classifiers.indices { try classifiers[index].fit(x, expected.labels) }
        #expect(classifiers[0].last.validationScores == classifiers[1].last.validationScores)
        #expect(try classifiers[0].predict(probe) == classifiers[1].predict(probe))
    }

    /// An estimator that keeps which features it was given.
    private struct Spy: SparseEstimator {
        typealias Scalar = Double
        private(set) var sawSparse: Bool?

        mutating func fit(_ x: Matrix<Double>, _ y: [Double], sampleWeight: [Double]?) { sawSparse = false }
        mutating func fit(
            _ x: SparseMatrix<Double>, _ y: [Double], sampleWeight: [Double]?,
            validation: (x: SparseMatrix<Double>, y: [Double])?
        ) { sawSparse = true }
        func predict(_ x: Matrix<Double>) -> [Double] { Array(repeating: 0, count: x.rows) }
        func predict(_ x: SparseMatrix<Double>) -> [Double] { Array(repeating: 1, count: x.rows) }
        func score(_ x: Matrix<Double>, _ y: [Double], sampleWeight: [Double]?) -> Double { 0 }
        func score(_ x: SparseMatrix<Double>, _ y: [Double], sampleWeight: [Double]?) -> Double { 1 }
    }

    @Test(arguments: [0.3, 0]) func fitAndPredictGetTheSameFeatures(threshold: Double) throws {
        var pipeline = TablePipeline(columns(sparseThreshold: threshold), Spy())
        try pipeline.fit(x, expected.targets)
        #expect(pipeline.last.sawSparse == (threshold > 0))
        #expect(try pipeline.predict(probe).first == (threshold > 0 ? 1 : 0))
        #expect(try pipeline.score(x, expected.targets) == (threshold > 0 ? 1 : 0))
    }

    /// An estimator that takes no sparse features gets dense ones.
    @Test func otherEstimatorsGetDenseFeatures() throws {
        var scaled = TablePipeline(columns(), Pipeline(MaxAbsScaler(), regressor))
        try scaled.fit(x, expected.targets)
        #expect(scaled.columns.sparseOutput)
        #expect(try scaled.predict(probe).count == probe.rowCount)
        var inside = TablePipeline(columns(), TransformedTargetRegressor(regressor, transformer: StandardScaler()))
        try inside.fit(x, expected.targets)
        #expect(distance(try inside.predict(probe), expected.predictions) < 1e-7)
    }

    @Test func searchesAndFilesKeepThem() throws {
        var search = GridSearchCV(
            TablePipeline(columns(), classifier), paramGrid: [.init(\.last.alpha, [0.01, 1])], cv: 3)
        try search.fit(x, expected.labels)
        let best = try #require(search.bestEstimator)
        #expect(best.columns.sparseOutput)
        try withFolder { folder in
            let file = folder.appending(path: "model.safetensors")
            try best.save(to: file)
            let loaded = try TablePipeline<MLPClassifier<String, Double>>(contentsOf: file)
            #expect(loaded.columns.sparseOutput && loaded.columns.sparseThreshold == 0.3)
            #expect(try loaded.predictProba(probe) == best.predictProba(probe))
        }
    }

    private func distance(_ first: [Double], _ second: [Double]) -> Double {
        first.count == second.count ? zip(first, second).map { abs($0 - $1) }.max() ?? 0 : .infinity
    }
}
