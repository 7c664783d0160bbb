import Composition
import Estimators
import Foundation
import LinearAlgebra
import Metrics
import ModelSelection
import NeuralNetwork
import Testing

/// What all meta-estimators have in common.
@Suite struct SharedPartsTests {
    private typealias Classifier = MLPClassifier<Int, Double>
    private typealias Regressor = MLPRegressor<Double, Double>
    private typealias Quantiles = ConformalizedQuantileRegressor<MLPRegressor<[Double], Double>>

    private static let rule = KFold(nSplits: 3)
    private static let written = "cv: KFold(nSplits: 3, shuffle: false, randomState: nil)"

    @Test func aRuleIsPrintedUnlessItIsTheDefault() {
        let (classifier, regressor) = (Classifier(), Regressor())
        let pairs: [(Any, Any)] = [
            (ConformalClassifier(classifier), ConformalClassifier(classifier, cv: Self.rule)),
            (ConformalRegressor(regressor), ConformalRegressor(regressor, cv: Self.rule)),
            (Quantiles(.init()), Quantiles(.init(), cv: Self.rule)),
            (CalibratedClassifierCV(classifier), CalibratedClassifierCV(classifier, cv: Self.rule)),
            (TunedThresholdClassifierCV(classifier), TunedThresholdClassifierCV(classifier, cv: Self.rule)),
            (
                StackingClassifier([classifier], finalEstimator: classifier),
                StackingClassifier([classifier], finalEstimator: classifier, cv: Self.rule)
            ),
            (
                StackingRegressor([regressor], finalEstimator: regressor),
                StackingRegressor([regressor], finalEstimator: regressor, cv: Self.rule)
            ),
        ]
        for (standard, changed) in pairs {
            #expect("\(changed)" == "\(standard)".dropLast() + ", \(Self.written))")
        }
        #expect("\(ConformalRegressor(regressor))" == "ConformalRegressor(MLPRegressor())")
        #expect(
            "\(TunedThresholdClassifierCV(classifier, scoring: .f1, refit: false))"
                == "TunedThresholdClassifierCV(MLPClassifier(), scoring: .f1, refit: false)")
        #expect(
            "\(StackingRegressor([regressor], finalEstimator: regressor, passthrough: true))"
                == "StackingRegressor([MLPRegressor()], finalEstimator: MLPRegressor(), passthrough: true)")
        #expect(
            "\(VotingClassifier([classifier], voting: .soft))" == "VotingClassifier([MLPClassifier()], voting: .soft)")
        #expect("\(BaggingRegressor(regressor, nEstimators: 2))" == "BaggingRegressor(MLPRegressor(), nEstimators: 2)")
    }

    @Test func searchesNameTheRuleAndTheInnerParameters() {
        #expect(ParameterAxis<ConformalClassifier<Classifier>>(\.cv, [5]).name == "cv")
        #expect(ParameterAxis<Quantiles>(\.cv, [5]).name == "cv")
        #expect(ParameterAxis<TunedThresholdClassifierCV<Classifier>>(\.cv, [5]).name == "cv")
        #expect(ParameterAxis<StackingRegressor<Regressor, Regressor>>(\.cv, [5]).name == "cv")
        #expect(ParameterAxis<StackingRegressor<Regressor, Regressor>>(\.passthrough, [true]).name == "passthrough")
        #expect(ParameterAxis<ConformalRegressor<Regressor>>(\.estimator.alpha, [1]).name == "estimator.alpha")
        #expect(ParameterAxis<CalibratedClassifierCV<Classifier>>(\.estimator.alpha, [1]).name == "estimator.alpha")
        #expect(ParameterAxis<BaggingClassifier<Classifier>>(\.estimator.alpha, [1]).name == "estimator.alpha")
    }

    /// The names and values in files.
    @Test func theRuleIsStoredWithItsType() throws {
        let json = try JSONSerialization.jsonObject(
            with: JSONEncoder().encode(StackingRegressor([Regressor()], finalEstimator: Regressor(), cv: Self.rule)))
        let state = try #require(json as? [String: Any])
        #expect(Set(state.keys) == ["estimators", "finalEstimator", "cv", "passthrough"])
        let cv = try #require(state["cv"] as? [String: Any])
        #expect(cv["type"] as? String == "KFold")
        #expect((cv["rule"] as? [String: Any])?["nSplits"] as? Int == 3)
    }

    /// Files may hold parts that `fit` never makes.
    @Test func unusablePartsAreRejected() throws {
        let x: Matrix<Double> = [[0], [1], [2], [3], [4], [5]]
        let classifier = Classifier(hiddenLayerSizes: [], solver: .lbfgs, maxIter: 5, randomState: 0)
        let regressor = Regressor(hiddenLayerSizes: [], solver: .lbfgs, maxIter: 5, randomState: 0)
        let labels = [0, 1, 0, 1, 0, 1]
        try expectRejection(
            of: ConformalClassifier(classifier, cv: 2).fitted(x, labels), changing: "classes", to: [],
            "must have at least one class")
        try expectRejection(
            of: ConformalRegressor(regressor, cv: 2).fitted(x, [0, 1, 2, 3, 4, 5]), changing: "folds",
            to: [0, 0, 0, 9],
            "has scores that do not fit its models")
        try expectRejection(
            of: ConformalRegressor(regressor, cv: 2).fitted(x, [0, 1, 2, 3, 4, 5]), changing: "scores", to: [],
            "has scores that do not fit its models")
        try expectRejection(
            of: CalibratedClassifierCV(classifier, cv: 2).fitted(x, labels), changing: "members", to: [],
            "has calibrators that do not fit the classes")
    }

    private func expectRejection<Model: Codable>(
        of model: Model, changing key: String, to value: Any, _ problem: String
    ) throws {
        let encoder = JSONEncoder()
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        let data = try encoder.encode(model)
        _ = try JSONDecoder().decode(Model.self, from: data)
        var state = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        var fitted = try #require(state["fitted"] as? [String: Any])
        fitted[key] = value
        state["fitted"] = fitted
        let changed = try JSONSerialization.data(withJSONObject: state)
        let error = #expect(throws: DecodingError.self) { _ = try JSONDecoder().decode(Model.self, from: changed) }
        #expect(error.map { "\($0)" }?.contains("fitted \(problem)") == true, "\(error.map { "\($0)" } ?? "none")")
    }

    /// An estimator that a client writes gets the default score.
    @Test func theDefaultScoreIsAccuracyOrRSquared() throws {
        struct Constant<Target: Sendable>: Estimator {
            var value: Target
            mutating func fit(_ x: Matrix<Double>, _ y: [Target], sampleWeight: [Double]?) throws {}
            func predict(_ x: Matrix<Double>) throws -> [Target] { Array(repeating: value, count: x.rows) }
            func score(_ x: Matrix<Double>, _ y: [Target], sampleWeight: [Double]?) throws -> Double { .nan }
        }
        struct First: Estimator {
            mutating func fit(_ x: Matrix<Double>, _ y: [String], sampleWeight: [Double]?) throws {}
            func predict(_ x: Matrix<Double>) throws -> [String] { x.column(0).map { $0 > 0 ? "yes" : "no" } }
        }
        struct Same: Estimator {
            mutating func fit(_ x: Matrix<Double>, _ y: [Double], sampleWeight: [Double]?) throws {}
            func predict(_ x: Matrix<Double>) throws -> [Double] { x.column(0) }
        }
        let x: Matrix<Double> = [[1], [-1], [2], [-2]]
        #expect(try First().score(x, ["yes", "no", "no", "no"]) == 0.75)
        #expect(try First().score(x, ["yes", "no", "no", "no"], sampleWeight: [1, 1, 2, 1]) == 0.6)
        let y = [1.0, -1, 2, -1]
        #expect(try Same().score(x, y) == r2Score(y, [1, -1, 2, -2]))
        #expect(try crossValScore(Same(), x, y, cv: 2).count == 2)
        #expect(try Constant(value: 1).score(x, [1, 1, 1, 1]).isNaN)
    }
}
