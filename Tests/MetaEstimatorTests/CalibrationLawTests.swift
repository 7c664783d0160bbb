import Composition
import Datasets
import Estimators
import Foundation
import LinearAlgebra
import Metrics
import ModelFiles
import ModelSelection
import NeuralNetwork
import Preprocessing
import Tables
import TestSupport
import Testing

/// A small table with two columns of numbers, one of words, and two classes.
enum People {
    static let ages = (0..<80).map { (row: Int) -> Double in Double(row * 37 % 61) }
    static let hours = (0..<80).map { (row: Int) -> Double in Double(row * 17 % 23) }
    static let trades = (0..<80).map { (row: Int) -> String? in ["baker", "smith", "clerk"][row * 7 % 3] }
    static let table = try? Table(["age": .numbers(ages), "hours": .numbers(hours), "trade": .strings(trades)])
    static let pays = ages.enumerated().map { row, age in age + Double(row % 5) > 30 ? "yes" : "no" }
    static let spending = ages.enumerated().map { row, age in age + Double(row * 5 % 7) }

    static var columns: ColumnTransformer {
        ColumnTransformer([
            .numeric(["age", "hours"], StandardScaler()), .categorical(["trade"], OneHotEncoder()),
        ])
    }

    static var classifier: TablePipeline<MLPClassifier<String, Double>> {
        TablePipeline(columns, MLPClassifier(hiddenLayerSizes: [4], solver: .lbfgs, maxIter: 20, randomState: 0))
    }
}

@Suite struct CalibrationLawTests {
    private let x = Matrix<Double>(
        rows: 30, columns: 2,
        elements: (0..<30).flatMap { row -> [Double] in
            let share = Double(row % 7) / 7
            return [share, 1 - share]
        })
    private let y = (0..<30).map { $0 % 7 < 3 || $0 == 5 ? 0 : 1 }

    @Test(arguments: CalibrationMethod.allCases, [BoolOrAuto.yes, .no])
    func probabilitiesOfATable(method: CalibrationMethod, ensemble: BoolOrAuto) throws {
        let people = try #require(People.table)
        let model = try CalibratedClassifierCV(People.classifier, method: method, cv: 3, ensemble: ensemble)
            .fitted(people, People.pays)
        let probabilities = try model.predictProba(people)
        #expect(probabilities.rows == 80 && model.classes == ["no", "yes"])
        for row in 0..<80 {
            #expect(abs(probabilities[row, 0] + probabilities[row, 1] - 1) < 1e-12)
            #expect((0...1).contains(probabilities[row, 1]))
        }
        #expect(try model.columnTypes().map(\.name) == ["age", "hours", "trade"])

        let same = try saved(model)
        #expect(try same.predictProba(people) == probabilities)
        #expect(same.description == model.description && (same.cv as? Int) == 3)
    }

    /// A calibrator of one class never changes the order of the samples.
    @Test func isotonicKeepsTheOrder() throws {
        let model = try CalibratedClassifierCV(
            GivenClassifier<Int>(), method: .isotonic, cv: 3, ensemble: false
        ).fitted(x, y)
        let scores = zip(x.column(1), try model.predictProba(x).column(1)).sorted { $0.0 < $1.0 }
        #expect(zip(scores, scores.dropFirst()).allSatisfy { $0.1 <= $1.1 })
    }

    @Test func threadsDoNotChangeResults() throws {
        let serial = try CalibratedClassifierCV(GivenClassifier<Int>(), cv: 3).fitted(x, y)
        let parallel = try CalibratedClassifierCV(GivenClassifier<Int>(), cv: 3, nJobs: 3).fitted(x, y)
        #expect(try serial.predictProba(x) == parallel.predictProba(x))
    }

    /// Weights of 1 are none, and a weight of 2 counts a sample twice.
    @Test func weightsCountSamples() throws {
        let plain = try IsotonicRegression(outOfBounds: .clip).fitted([1, 2, 2, 3], [0, 1, 1, 0.5])
        let weighted = try IsotonicRegression(outOfBounds: .clip)
            .fitted([1, 2, 3], [0, 1, 0.5], sampleWeight: [1, 2, 1])
        #expect(plain == weighted)
        let ones = try CalibratedClassifierCV(GivenClassifier<Int>(), cv: 3)
            .fitted(x, y, sampleWeight: Array(repeating: 1, count: 30))
        expectEqual(
            try ones.predictProba(x).elements,
            try CalibratedClassifierCV(GivenClassifier<Int>(), cv: 3).fitted(x, y).predictProba(x).elements)
    }

    @Test func compositionsAndSearches() throws {
        let inside = Pipeline(
            StandardScaler(), CalibratedClassifierCV(MLPClassifier<Int, Double>(maxIter: 2, randomState: 0), cv: 2))
        #expect(try inside.fitted(x, y).predictProba(x).rows == 30)
        var search = GridSearchCV(
            CalibratedClassifierCV(GivenClassifier<Int>(), cv: 2),
            paramGrid: [.init(\.method, [.sigmoid, .isotonic])], scoring: .negLogLoss, cv: 2)
        try search.fit(x, y)
        #expect(search.cvResults.params.map(\.description) == ["{method: sigmoid}", "{method: isotonic}"])
    }

    @Test func negCost() throws {
        let scorer = ThresholdScorer<Int>.negCost(falsePositive: 1, falseNegative: 20, truePositive: -3)
        #expect(try scorer(PredictedLabels(), [1, 0, 1, 0], [0, 1, 1, 0]) == -(1 + 20 - 3) / 4.0)
        let costly = try TunedThresholdClassifierCV(GivenClassifier<Int>(), scoring: scorer, cv: 3).fitted(x, y)
        let cheap = try TunedThresholdClassifierCV(
            GivenClassifier<Int>(), scoring: .negCost(falsePositive: 20, falseNegative: 1), cv: 3
        ).fitted(x, y)
        #expect(try #require(costly.bestThreshold) < #require(cheap.bestThreshold))
    }

    @Test func thresholdFiles() throws {
        let tuned = try TunedThresholdClassifierCV(
            GivenClassifier<Int>(), scoring: .f1, cv: KFold(nSplits: 3, shuffle: true, randomState: 1)
        ).fitted(x, y)
        var same = try saved(tuned)
        #expect(try same.predict(x) == tuned.predict(x))
        #expect(same.bestThreshold == tuned.bestThreshold && same.cv is KFold)
        let error = #expect(throws: EstimatorError.self) { try same.fit(x, y) }
        #expect(error?.description.contains("scoring must be set again before fit") == true)
        #expect(try same.predict(x) == tuned.predict(x), "a fit that throws changes nothing")

        let fixed = try FixedThresholdClassifier(GivenClassifier<Int>(), threshold: 0.3).fitted(x, y)
        #expect(try saved(fixed) == fixed)
        #expect(try saved(FrozenEstimator(fixed)) == FrozenEstimator(fixed))
        let isotonic = try IsotonicRegression().fitted([1, 2, 3], [3, 4, 2])
        #expect(try saved(isotonic) == isotonic)
    }

    @Test func namesInFiles() {
        typealias Given = GivenClassifier<Int>
        #expect(CalibratedClassifierCV<Given>.storedTypeName == "CalibratedClassifierCV<GivenClassifier>")
        #expect(TunedThresholdClassifierCV<Given>.storedTypeName == "TunedThresholdClassifierCV<GivenClassifier>")
        #expect(FixedThresholdClassifier<Given>.storedTypeName == "FixedThresholdClassifier<GivenClassifier>")
        #expect(FrozenEstimator<Given>.storedTypeName == "FrozenEstimator<GivenClassifier>")
        #expect(IsotonicRegression.storedTypeName == "IsotonicRegression")
    }

    @Test func descriptions() {
        #expect("\(IsotonicRegression(outOfBounds: .clip))" == "IsotonicRegression(outOfBounds: .clip)")
        let calibrated = CalibratedClassifierCV(MLPClassifier(), method: .isotonic, ensemble: false)
        #expect("\(calibrated)" == "CalibratedClassifierCV(MLPClassifier(), method: .isotonic, ensemble: false)")
        let tuned = TunedThresholdClassifierCV(FrozenEstimator(MLPClassifier()), scoring: .f1, thresholds: 10)
        #expect(
            "\(tuned)" == "TunedThresholdClassifierCV(FrozenEstimator(MLPClassifier()), scoring: .f1, thresholds: 10)")
    }

}

@Suite struct CalibrationRefusalTests {
    private static let x = Matrix<Double>(rows: 6, columns: 2, elements: (0..<12).map { Double($0) / 12 })
    private static let y = [0, 1, 0, 1, 0, 1]

    @Test(arguments: [
        Refusal("a class of fewer samples than folds", mentions: "y must have at least 5 samples", "has 3 of 0") {
            _ = try CalibratedClassifierCV(GivenClassifier<Int>()).fitted(x, y)
        },
        Refusal("one class", mentions: "y must contain at least two classes") {
            _ = try CalibratedClassifierCV(GivenClassifier<Int>(), cv: 2).fitted(x, [1, 1, 1, 1, 1, 1])
        },
        Refusal("LeaveOneOut", mentions: "cv", "LeaveOneOut") {
            _ = try CalibratedClassifierCV(GivenClassifier<Int>(), cv: LeaveOneOut()).fitted(x, y)
        },
        Refusal("samples that differ in number", mentions: "y", "5", "6") {
            _ = try CalibratedClassifierCV(GivenClassifier<Int>(), cv: 2).fitted(x, [0, 1, 0, 1, 0])
        },
        Refusal("no fit", mentions: "CalibratedClassifierCV", "fit") {
            _ = try CalibratedClassifierCV(GivenClassifier<Int>()).predict(x)
        },
        Refusal("a probability above 1", mentions: "yProb[1]", "1.5") {
            _ = try calibrationCurve([0, 1], [0.5, 1.5])
        },
        Refusal("no bins", mentions: "nBins", "0") { _ = try calibrationCurve([0, 1], [0.5, 0.7], nBins: 0) },
        Refusal("unknown positive class", mentions: "posLabel") { _ = try calibrationCurve(["a", "b"], [0.5, 0.7]) },
        Refusal("three classes", mentions: "at most two classes") {
            _ = try calibrationCurve([0, 1, 2], [0.5, 0.7, 0.1])
        },
        Refusal("NaN", mentions: "x[1]", "nan") { _ = try IsotonicRegression().fitted([1, .nan], [1, 2]) },
        Refusal("bounds in the wrong order", mentions: "yMin", "2.0", "yMax") {
            _ = try IsotonicRegression(yMin: 2, yMax: 1).fitted([1, 2], [1, 2])
        },
        Refusal("a number outside", mentions: "x[0]", "1.0 ... 2.0", "7") {
            _ = try IsotonicRegression(outOfBounds: .raise).fitted([1, 2], [1, 2]).predict([7])
        },
        Refusal("a weight of 0", mentions: "sampleWeight[0]") {
            _ = try isotonicRegression([1, 2], sampleWeight: [0, 1])
        },
        Refusal("three classes and a threshold", mentions: "y must contain two classes") {
            _ = try TunedThresholdClassifierCV(GivenClassifier<Int>(), cv: 2).fitted(x, [0, 1, 2, 0, 1, 2])
        },
        Refusal("prefit and refit", mentions: "refit", "cv is .prefit") {
            _ = try TunedThresholdClassifierCV(GivenClassifier<Int>(), cv: .prefit).fitted(x, y)
        },
        Refusal("several splits without refit", mentions: "refit", "several splits") {
            _ = try TunedThresholdClassifierCV(GivenClassifier<Int>(), cv: 2, refit: false).fitted(x, y)
        },
        Refusal("one threshold", mentions: "thresholds", "1") {
            _ = try TunedThresholdClassifierCV(GivenClassifier<Int>(), thresholds: 1, cv: 2).fitted(x, y)
        },
        Refusal("constant probabilities", mentions: "estimator must predict different probabilities") {
            let equal = Matrix<Double>(rows: 6, columns: 2, repeating: 0.5)
            _ = try TunedThresholdClassifierCV(GivenClassifier<Int>(), cv: 2).fitted(equal, y)
        },
        Refusal("an unknown positive class", mentions: "posLabel", "7") {
            _ = try FixedThresholdClassifier(GivenClassifier<Int>(), posLabel: 7).fitted(x, y).predict(x)
        },
        Refusal("NaN as threshold", mentions: "threshold", "nan") {
            _ = try FixedThresholdClassifier(GivenClassifier<Int>(), threshold: .nan).fitted(x, y)
        },
        Refusal("a prefit model where one is fitted", mentions: "cv", ".prefit") {
            _ = try crossValScore(GivenClassifier<Int>(), x, y, cv: .prefit)
        },
    ]) func isRefused(_ refusal: Refusal) { refusal.check() }
}
