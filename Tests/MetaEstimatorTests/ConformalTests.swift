import Composition
import Estimators
import LinearAlgebra
import Metrics
import ModelFiles
import ModelSelection
import NeuralNetwork
import TestSupport
import Testing

/// The first feature, moved by the weighted mean of its errors in training.
struct GivenRegressor: MatrixEstimator, Equatable, Codable, Storable {
    typealias Scalar = Double

    static var storedTypeName: String { "GivenRegressor" }

    private var shift: Double?

    mutating func fit(_ x: Matrix<Double>, _ y: [Double], sampleWeight: [Double]?) throws {
        try Check.features(x)
        let weights = sampleWeight ?? Array(repeating: 1, count: y.count)
        shift = zip(zip(x.column(0), y), weights).reduce(0) { $0 + ($1.0.1 - $1.0.0) * $1.1 } / weights.reduce(0, +)
    }

    func predict(_ x: Matrix<Double>) throws -> [Double] {
        guard let shift else { throw EstimatorError.notFitted(estimator: "GivenRegressor") }
        return x.column(0).map { $0 + shift }
    }

    func score(_ x: Matrix<Double>, _ y: [Double], sampleWeight: [Double]?) throws -> Double {
        try r2Score(y, predict(x), sampleWeight: sampleWeight)
    }
}

/// All columns of the features.
struct GivenColumns: MatrixEstimator, Equatable, Codable, Storable {
    typealias Scalar = Double

    mutating func fit(_ x: Matrix<Double>, _ y: [[Double]], sampleWeight: [Double]?) throws {}
    func predict(_ x: Matrix<Double>) -> [[Double]] { (0..<x.rows).map { x.row($0) } }
    func score(_ x: Matrix<Double>, _ y: [[Double]], sampleWeight: [Double]?) -> Double { 0 }
}

@Suite("Intervals and sets equal MAPIE's")
struct ConformalEqualityTests {
    struct Regression: Decodable {
        struct Case: Decodable {
            let kind: String
            let level: Double
            let method: ConformalMethod
            let aggregation: PredictionAggregation?
            let points, lower, upper, scores: [Double]
        }
        struct Quantiles: Decodable {
            let level: Double
            let symmetric: Bool
            let points, lower, upper: [Double]
        }
        let x, xNew, bands, newBands: [[Double]]
        let y, weights: [Double]
        let cases: [Case]
        let quantiles: [Quantiles]
    }

    @Test func intervals() throws {
        let fixture: Regression = try TestSupport.fixture("conformal_regression", in: .module)
        let (x, xNew, y) = (try Matrix(fixture.x), try Matrix(fixture.xNew), fixture.y)
        let (first, rest) = (Array(0..<20), Array(20..<x.rows))
        for expected in fixture.cases {
            var model = ConformalRegressor(
                GivenRegressor(), confidenceLevel: expected.level, method: expected.method, nJobs: 2,
                aggregatePointPredictions: expected.aggregation)
            switch expected.kind {
            case "prefit":
                try model.estimator.fit(x.selectingRows(first), y.selectingSamples(first))
                model.cv = .prefit
                try model.fit(x.selectingRows(rest), y.selectingSamples(rest))
            case "shuffled":
                model.cv = KFold(nSplits: 4, shuffle: true, randomState: 3)
                try model.fit(x, y, sampleWeight: fixture.weights)
            case "jackknife":
                model.cv = LeaveOneOut()
                try model.fit(x, y)
            default:
                model.cv = KFold(nSplits: 5)
                try model.fit(x, y)
            }
            let what = "\(expected.kind), \(expected.level), \(expected.method), \(expected.aggregation as Any)"
            let (prediction, lower, upper) = try model.predictInterval(xNew)
            expectEqual(model.conformityScores, expected.scores, what)
            expectEqual(prediction, expected.points, what)
            expectEqual(lower, expected.lower, what)
            expectEqual(upper, expected.upper, what)
            expectEqual(try model.predict(xNew), expected.points, what)
            let same = try saved(model).predictInterval(xNew)
            #expect(same.lower == lower && same.upper == upper && same.prediction == prediction, "\(what)")
        }
    }

    @Test func quantiles() throws {
        let fixture: Regression = try TestSupport.fixture("conformal_regression", in: .module)
        for expected in fixture.quantiles {
            var model = ConformalizedQuantileRegressor(
                GivenColumns(), confidenceLevel: expected.level, cv: .prefit, symmetricCorrection: expected.symmetric)
            try model.fit(Matrix(fixture.bands), fixture.y.map { [$0] })
            let (prediction, lower, upper) = try model.predictInterval(Matrix(fixture.newBands))
            expectEqual(prediction, expected.points)
            expectEqual(lower, expected.lower, "\(expected.level), \(expected.symmetric)")
            expectEqual(upper, expected.upper, "\(expected.level), \(expected.symmetric)")
            #expect(try saved(model).predictInterval(Matrix(fixture.newBands)).lower == lower)
        }
    }

    struct Classification: Decodable {
        struct Case: Decodable {
            let kind, last: String
            let level: Double
            let score: ClassConformityScore
            let points: [Int]
            let sets: [[Int]]
            let scores: [Double]
        }
        let x, xNew: [[Double]]
        let y: [Int]
        let cases: [Case]
    }

    @Test func sets() throws {
        let fixture: Classification = try TestSupport.fixture("conformal_classification", in: .module)
        let (x, xNew, y) = (try Matrix(fixture.x), try Matrix(fixture.xNew), fixture.y)
        let (first, rest) = (Array(0..<40), Array(40..<x.rows))
        let includes: [String: IncludeLastLabel] = ["True": true, "False": false, "randomized": .randomized]
        for expected in fixture.cases {
            var model = ConformalClassifier(
                GivenClassifier<Int>(), confidenceLevel: expected.level, conformityScore: expected.score,
                cv: KFold(nSplits: 4), randomState: 5)
            if expected.kind == "prefit" {
                try model.estimator.fit(x.selectingRows(first), y.selectingSamples(first))
                model.cv = .prefit
                try model.fit(x.selectingRows(rest), y.selectingSamples(rest))
            } else {
                try model.fit(x, y)
            }
            let what = "\(expected.kind), \(expected.level), \(expected.score), \(expected.last)"
            expectEqual(model.conformityScores, expected.scores, what)
            let include = try #require(includes[expected.last])
            let (prediction, sets) = try model.predictSet(xNew, includeLastLabel: include)
            #expect(prediction == expected.points, "\(what)")
            #expect(sets == expected.sets, "\(what)")
            #expect(try saved(model).predictSet(xNew, includeLastLabel: include).sets == sets)
        }
    }
}

@Suite struct ConformalLawTests {
    private let x = Matrix<Double>(rows: 60, columns: 1, elements: (0..<60).map { Double($0) / 10 })
    private let y = (0..<60).map { (row: Int) -> Double in Double(row) / 10 + Double(row * 37 % 11) }

    @Test func splitIsPrefit() throws {
        let rule = ShuffleSplit(nSplits: 1, testSize: 0.3, randomState: 2)
        let split = try rule.split(nSamples: 60)[0]
        let whole = try ConformalRegressor(GivenRegressor(), cv: rule).fitted(x, y)
        let model = try GivenRegressor().fitted(x.selectingRows(split.train), y.selectingSamples(split.train))
        let prefit = try ConformalRegressor(model, cv: .prefit)
            .fitted(x.selectingRows(split.test), y.selectingSamples(split.test))
        #expect(try whole.predictInterval(x) == prefit.predictInterval(x))
    }

    @Test func higherLevelsGiveWiderIntervals() throws {
        for method in ConformalMethod.allCases {
            let model = try ConformalRegressor(GivenRegressor(), method: method, cv: 5).fitted(x, y)
            let (narrow, wide) = (try model.predictInterval(x, confidenceLevel: 0.5), try model.predictInterval(x))
            for row in 0..<60 {
                #expect(wide.lower[row] <= narrow.lower[row] && narrow.upper[row] <= wide.upper[row])
            }
        }
    }

    @Test func predictionsAreAggregated() throws {
        var model = try ConformalRegressor(
            GivenRegressor(), cv: KFold(nSplits: 3), aggregatePointPredictions: .median
        ).fitted(x, y)
        let folds = try KFold(nSplits: 3).split(nSamples: 60).map { split in
            try GivenRegressor().fitted(x.selectingRows(split.train), y.selectingSamples(split.train)).predict(x)[7]
        }
        #expect(try model.predict(x)[7] == folds.sorted()[1])
        model.aggregatePointPredictions = .mean
        expectEqual([try model.predict(x)[7]], [folds.reduce(0, +) / 3])
    }

    /// The guarantee, on samples that can be exchanged with those that were learned from.
    @Test func intervalsCover() throws {
        var inside = 0
        for start in 0..<7 {
            let (test, train) = (
                (0..<60).filter { $0 % 7 == start }, (0..<60).filter { $0 % 7 != start }
            )
            let model = try ConformalRegressor(GivenRegressor(), confidenceLevel: 0.8, cv: 5)
                .fitted(x.selectingRows(train), y.selectingSamples(train))
            let (_, lower, upper) = try model.predictInterval(x.selectingRows(test))
            inside += test.enumerated().count { lower[$0] <= y[$1] && y[$1] <= upper[$0] }
        }
        #expect(inside >= 48)
    }

    @Test func quantilesOfANetwork() throws {
        let network = MLPRegressor<[Double], Double>(
            loss: .quantiles([0.1, 0.5, 0.9]), hiddenLayerSizes: [8], solver: .lbfgs, maxIter: 50, randomState: 0)
        let model = try ConformalizedQuantileRegressor(network, confidenceLevel: 0.8).fitted(x, y.map { [$0] })
        let (_, lower, upper) = try model.predictInterval(x)
        #expect(zip(lower, upper).allSatisfy { $0 < $1 })
    }

    @Test func intervalsOfATable() throws {
        let people = try #require(People.table)
        let network = MLPRegressor(hiddenLayerSizes: [4], solver: .lbfgs, maxIter: 20, randomState: 0)
        let model = try ConformalRegressor(TablePipeline(People.columns, network), cv: 3)
            .fitted(people, People.spending)
        let (prediction, lower, upper) = try model.predictInterval(people)
        #expect(prediction.indices.allSatisfy { lower[$0] <= prediction[$0] && prediction[$0] <= upper[$0] })
        #expect(try model.columnTypes().count == 3)
    }

    @Test func namesInFiles() {
        #expect(ConformalRegressor<GivenRegressor>.storedTypeName == "ConformalRegressor<GivenRegressor>")
        #expect(
            ConformalizedQuantileRegressor<GivenColumns>.storedTypeName
                == "ConformalizedQuantileRegressor<GivenColumns>")
        #expect(
            ConformalClassifier<GivenClassifier<Int>>.storedTypeName == "ConformalClassifier<GivenClassifier>")
    }

    private static let few = Matrix<Double>(rows: 6, columns: 2, elements: (0..<12).map { Double($0) / 12 })
    private static let numbers = (0..<6).map(Double.init)
    private static let classes = [0, 1, 0, 1, 0, 1]

    @Test(arguments: [
        Refusal("a level of 1", mentions: "confidenceLevel", "1.0", "(0, 1)") {
            _ = try ConformalRegressor(GivenRegressor(), confidenceLevel: 1).fitted(few, numbers)
        },
        Refusal("too few samples", mentions: "confidenceLevel", "6 samples", "allowInfiniteBounds") {
            _ = try ConformalRegressor(GivenRegressor(), cv: 2).fitted(few, numbers).predictInterval(few)
        },
        Refusal("splits that test samples twice", mentions: "cv", "exactly once") {
            _ = try ConformalRegressor(GivenRegressor(), cv: ShuffleSplit(nSplits: 2)).fitted(few, numbers)
        },
        Refusal("a model that fit has not made", mentions: "aggregatePointPredictions") {
            var model = try ConformalRegressor(GivenRegressor(), cv: 2).fitted(few, numbers)
            model.aggregatePointPredictions = nil
            _ = try model.predict(few)
        },
        Refusal("no fit", mentions: "ConformalRegressor", "fit") {
            _ = try ConformalRegressor(GivenRegressor()).predictInterval(few)
        },
        Refusal("one quantile", mentions: "estimator must predict at least two quantiles", "1") {
            let one = Matrix<Double>(rows: 6, columns: 1, repeating: 0)
            _ = try ConformalizedQuantileRegressor(GivenColumns(), cv: .prefit).fitted(one, numbers.map { [$0] })
        },
        Refusal("targets of two numbers", mentions: "y must have one number per sample", "2") {
            _ = try ConformalizedQuantileRegressor(GivenColumns(), cv: .prefit).fitted(few, numbers.map { [$0, 1] })
        },
        Refusal("an unknown class", mentions: "y[2]", "7") {
            let model = try GivenClassifier<Int>().fitted(few, classes)
            _ = try ConformalClassifier(model, cv: .prefit).fitted(few, [0, 1, 7, 1, 0, 1])
        },
        Refusal("too few samples for a set", mentions: "confidenceLevel", "6 samples") {
            _ = try ConformalClassifier(GivenClassifier<Int>(), cv: 2).fitted(few, classes).predictSet(few)
        },
    ]) func isRefused(_ refusal: Refusal) { refusal.check() }

    @Test func infiniteBoundsWhereTheyAreAllowed() throws {
        let model = try ConformalRegressor(GivenRegressor(), cv: 2).fitted(Self.few, Self.numbers)
        let (_, lower, upper) = try model.predictInterval(Self.few, allowInfiniteBounds: true)
        #expect(lower.allSatisfy { $0 == -.infinity } && upper.allSatisfy { $0 == .infinity })
    }
}
