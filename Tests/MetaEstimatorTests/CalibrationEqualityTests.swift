import Datasets
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import TestSupport
import Testing

@Suite("Calibration equals scikit-learn's")
struct CalibrationEqualityTests {
    struct Fixture: Decodable {
        struct Data: Decodable {
            let x, xNew: [[Double]]
            let y, groups: [Int]
            let weights: [Double]
        }
        struct Case: Decodable {
            let classes: Int
            let method: CalibrationMethod
            let ensemble: Bool
            let kind: String
            let probabilities: [[Double]]
            let predictions: [Int]
        }
        struct Network: Decodable {
            let method: CalibrationMethod
            let ensemble: Bool
            let two: Int
            let probabilities: [[Double]]
            let predictions: [Int]
        }
        let data: [Data]
        let cases: [Case]
        let networks: [Network]
    }

    private let fixture: Fixture

    init() throws { fixture = try TestSupport.fixture("calibration", in: .module) }

    @Test func ofGivenProbabilities() throws {
        for expected in fixture.cases {
            let data = fixture.data[expected.classes - 2]
            let (x, xNew) = (try Matrix(data.x), try Matrix(data.xNew))
            let what = "\(expected.classes) classes, \(expected.method), \(expected.kind), \(expected.ensemble)"
            let probabilities: Matrix<Double>
            let predictions: [Int]
            if expected.kind == "frozen" {
                let half = Array(0..<60), rest = Array(60..<x.rows)
                let given = try GivenClassifier<Int>().fitted(x.selectingRows(half), data.y.selectingSamples(half))
                let model = try CalibratedClassifierCV(FrozenEstimator(given), method: expected.method)
                    .fitted(x.selectingRows(rest), data.y.selectingSamples(rest))
                #expect(model.calibratedClassifiers.count == 1)
                (probabilities, predictions) = (try model.predictProba(xNew), try model.predict(xNew))
            } else {
                var model = CalibratedClassifierCV(
                    GivenClassifier<Int>(), method: expected.method, cv: 4, ensemble: BoolOrAuto(expected.ensemble))
                if expected.kind == "groups" {
                    model.cv = GroupKFold(nSplits: 4)
                    try model.fit(x, data.y, groups: data.groups)
                } else {
                    try model.fit(x, data.y, sampleWeight: expected.kind == "weighted" ? data.weights : nil)
                }
                (probabilities, predictions) = (try model.predictProba(xNew), try model.predict(xNew))
            }
            // The search for a temperature ends where rounding decides which of two losses is less.
            expectEqual(
                probabilities.elements, expected.probabilities.flatMap { $0 },
                within: expected.method == .temperature ? 1e-8 : 1e-10, what)
            #expect(predictions == expected.predictions, "\(what)")
        }
    }

    @Test func ofNetworks() throws {
        let iris = try loadIris()
        for expected in fixture.networks {
            let rows = Array((50 * expected.two)..<150)
            let network = MLPClassifier(hiddenLayerSizes: [5], learningRateInit: 0.02, maxIter: 30, randomState: 1)
            let model = try CalibratedClassifierCV(
                network, method: expected.method, cv: 3, nJobs: 2, ensemble: BoolOrAuto(expected.ensemble)
            ).fitted(iris.data.selectingRows(rows), iris.target.selectingSamples(rows).map { $0 - expected.two })
            let xNew = iris.data.selectingRows(Array(stride(from: 0, to: 150, by: 7)))
            expectEqual(
                try model.predictProba(xNew).elements, expected.probabilities.flatMap { $0 }, within: 1e-8,
                "\(expected.method), \(expected.ensemble), \(expected.two)")
            #expect(try model.predict(xNew) == expected.predictions)
        }
    }

    struct Curve: Decodable {
        let y: [Int]
        let prob, probTrue, probPred: [Double]
        let bins, positive: Int
        let strategy: CalibrationStrategy
    }

    @Test func curves() throws {
        let curves: [Curve] = try TestSupport.fixture("calibration_curves", in: .module)
        for curve in curves {
            let (probTrue, probPred) = try calibrationCurve(
                curve.y, curve.prob, posLabel: curve.positive, nBins: curve.bins, strategy: curve.strategy)
            expectEqual(probTrue, curve.probTrue, "\(curve)")
            expectEqual(probPred, curve.probPred, "\(curve)")
        }
    }

    struct Isotonic: Decodable {
        struct Case: Decodable {
            let x, y, xNew, xThresholds, yThresholds, nan, clip: [Double]
            let weights: [Double]?
            let yMin, yMax: Double?
            let increasing: String
            let isIncreasing: Bool
        }
        struct Functions: Decodable {
            let y, weights, plain, weighted, falling, bounded: [Double]
            let rises, falls: Bool
        }
        let cases: [Case]
        let functions: Functions
    }

    @Test func isotonicRegressions() throws {
        let isotonic: Isotonic = try TestSupport.fixture("isotonic", in: .module)
        for expected in isotonic.cases {
            var model = IsotonicRegression(
                yMin: expected.yMin, yMax: expected.yMax,
                increasing: expected.increasing == "auto" ? .auto : BoolOrAuto(expected.increasing == "True"))
            try model.fit(expected.x, expected.y, sampleWeight: expected.weights)
            expectEqual(model.xThresholds, expected.xThresholds, "x of \(expected)")
            expectEqual(model.yThresholds, expected.yThresholds, "y of \(expected)")
            #expect(model.isIncreasing == expected.isIncreasing)
            expectEqual(try model.predict(expected.xNew), expected.nan)
            model.outOfBounds = .clip
            expectEqual(try model.transform(expected.xNew), expected.clip)
        }
        let functions = isotonic.functions
        let y = functions.y
        expectEqual(try isotonicRegression(y), functions.plain)
        expectEqual(try isotonicRegression(y, sampleWeight: functions.weights), functions.weighted)
        expectEqual(try isotonicRegression(y, increasing: false), functions.falling)
        expectEqual(try isotonicRegression(y, yMin: -0.1, yMax: 0.2), functions.bounded)
        #expect(try checkIncreasing(y.indices.map(Double.init), y) == functions.rises)
        #expect(try checkIncreasing(y, y.map { -$0 }) == functions.falls)
    }
}
