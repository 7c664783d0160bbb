import Estimators
import LinearAlgebra
import ModelSelection
import TestSupport
import Testing

@Suite("Baselines, and splits that leave groups out, equal scikit-learn's")
struct BaselineTests {
    private struct Cases: Decodable {
        struct Classifier: Decodable {
            var strategy: DummyClassifier<Int, Double>.Strategy
            var seed: UInt32
            var constant: Int?
            var y: [Int]
            var weights: [Double]?
            var prior: [Double]
            var classes: [Int]
            var predicted: [Int]
            var probabilities: [[Double]]
            var score: Double
        }

        struct Regressor: Decodable {
            var strategy: DummyRegressor<[Double], Double>.Strategy
            var quantile: Double?
            var constant: [Double]?
            var y: [[Double]]
            var weights: [Double]?
            var prediction: [Double]
            var score: Double
        }

        struct Groups: Decodable {
            struct Split: Decodable {
                var train: [Int]
                var test: [Int]
            }
            var nGroups: Int
            var groups: [Int]
            var splits: [Split]
        }

        var classifiers: [Classifier]
        var regressors: [Regressor]
        var groups: [Groups]
    }

    private static func features(_ count: Int) -> Matrix<Double> { Matrix(rows: count, columns: 2, repeating: 0) }

    private func close(_ values: [Double], _ expected: [Double]) -> Bool {
        values.count == expected.count && zip(values, expected).allSatisfy { abs($0 - $1) <= 1e-10 * max(1, abs($1)) }
    }

    @Test func classifiers() throws {
        for test in try fixture("baselines", in: .module, of: Cases.self).classifiers {
            let x = BaselineTests.features(test.y.count)
            let model = try DummyClassifier(
                strategy: test.strategy, randomState: test.seed, constant: test.constant
            ).fitted(x, test.y, sampleWeight: test.weights)
            let comment: Comment = "\(model)"
            #expect(model.classes == test.classes, comment)
            #expect(close(model.classPrior, test.prior), comment)
            #expect(try model.predict(x) == test.predicted, comment)
            #expect(try close(model.predictProba(x).elements, Array(test.probabilities.joined())), comment)
            #expect(try close([model.score(x, test.y, sampleWeight: test.weights)], [test.score]), comment)
        }
    }

    @Test func regressors() throws {
        for test in try fixture("baselines", in: .module, of: Cases.self).regressors {
            let x = BaselineTests.features(test.y.count)
            let model = try DummyRegressor<[Double], Double>(
                strategy: test.strategy, constant: test.constant, quantile: test.quantile
            ).fitted(x, test.y, sampleWeight: test.weights)
            #expect(close(model.prediction, test.prediction), "\(model)")
            #expect(try model.predict(x) == test.y.map { _ in model.prediction })
            #expect(try close([model.score(x, test.y, sampleWeight: test.weights)], [test.score]), "\(model)")
        }
    }

    @Test func groupsLeftOut() throws {
        for test in try fixture("baselines", in: .module, of: Cases.self).groups {
            let splits = try LeavePGroupsOut(nGroups: test.nGroups)
                .splits(of: SplitSamples(count: test.groups.count, groups: test.groups))
            #expect(splits.map(\.train) == test.splits.map(\.train))
            #expect(splits.map(\.test) == test.splits.map(\.test))
        }
    }

    @Test func oneGroupIsLeaveOneGroupOut() throws {
        let samples = SplitSamples(count: 5, groups: [0, 1, 2, 1, 0])
        let (one, other) = try (LeavePGroupsOut(nGroups: 1).splits(of: samples), LeaveOneGroupOut().splits(of: samples))
        #expect(one.map(\.test) == other.map(\.test) && one.map(\.train) == other.map(\.train))
    }

    @Test func aBaselineTakesPartInACrossValidation() throws {
        let y = (0..<20).map { $0 % 4 == 0 ? "yes" : "no" }
        let scores = try crossValScore(DummyClassifier<String, Float>(), Matrix(rows: 20, columns: 1, repeating: 0), y)
        #expect(scores == [Double](repeating: 0.75, count: 5))
    }

    private static let refusals = [
        Refusal("a constant that is no class", mentions: "constant", "3") {
            _ = try DummyClassifier(strategy: .constant, constant: 3).fitted(features(2), [1, 2])
        },
        Refusal("no constant", mentions: "constant", "nil") {
            _ = try DummyRegressor(strategy: .constant).fitted(features(2), [1, 2])
        },
        Refusal("no quantile", mentions: "quantile", "nil") {
            _ = try DummyRegressor(strategy: .quantile).fitted(features(2), [1, 2])
        },
        Refusal("a constant of other outputs", mentions: "constant", "2 outputs") {
            _ = try DummyRegressor<[Double], Double>(strategy: .constant, constant: [1])
                .fitted(features(2), [[1, 2], [3, 4]])
        },
        Refusal("targets of another number", mentions: "y", "1 where x has 2") {
            _ = try DummyRegressor().fitted(features(2), [1])
        },
        Refusal("targets that are not finite", mentions: "y[1]", "nan") {
            _ = try DummyRegressor().fitted(features(2), [1, .nan])
        },
        Refusal("weights below 0", mentions: "sampleWeight[0]", "-1") {
            _ = try DummyClassifier().fitted(features(2), [1, 2], sampleWeight: [-1, 2])
        },
        Refusal("not fitted", mentions: "DummyClassifier", "not fitted") {
            _ = try DummyClassifier().predict(features(2))
        },
        Refusal("all groups", mentions: "nGroups", "2") {
            _ = try LeavePGroupsOut(nGroups: 2).splits(of: SplitSamples(count: 2, groups: [0, 1]))
        },
        Refusal("no groups", mentions: "groups", "LeavePGroupsOut") {
            _ = try LeavePGroupsOut(nGroups: 1).split(nSamples: 3)
        },
    ]

    @Test(arguments: refusals) func refused(_ refusal: Refusal) { refusal.check() }
}
