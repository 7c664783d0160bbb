import Composition
import Datasets
import Estimators
import LinearAlgebra
import ModelFiles
import ModelSelection
import NeuralNetwork
import TestSupport
import Testing

@Suite("Ensembles equal scikit-learn's")
struct EnsembleEqualityTests {
    struct Fixture: Decodable {
        struct Vote: Decodable {
            let voting: Voting
            let vote: [Double]?
            let weighted: Bool
            let predictions: [Int]
            let probabilities: [[Double]]?
        }
        struct Parameters: Decodable {
            let n_estimators: Int
            let max_samples: Double?
            let max_features: Int?
            let bootstrap, bootstrap_features, oob_score: Bool?
            let random_state: UInt32
        }
        struct Bagged: Decodable {
            let parameters: Parameters
            let weighted: Bool
            let predictions: [Double]
            let probabilities: [[Double]]?
            let samples, features: [Int]
            let oob, oobRegression: Double?
        }
        struct Stacked: Decodable {
            let passthrough, weighted: Bool
            let classes: Int?
            let features: [[Double]]
            let predictions: [Double]
        }
        let x, xNew, network: [[Double]]
        let y: [Int]
        let weights, targets, regression: [Double]
        let voting: [Vote]
        let bagging: [Bagged]
        let stacking: [Stacked]
    }

    private let fixture: Fixture
    private let x, xNew: Matrix<Double>
    private let classifiers = [0.3, 0.9, 0.6].map { GivenClassifier<Int>(trust: $0) }

    init() throws {
        fixture = try TestSupport.fixture("ensembles", in: .module)
        (x, xNew) = (try Matrix(fixture.x), try Matrix(fixture.xNew))
    }

    @Test func voting() throws {
        for expected in fixture.voting {
            let model = try VotingClassifier(classifiers, voting: expected.voting, weights: expected.vote, nJobs: 2)
                .fitted(x, fixture.y, sampleWeight: expected.weighted ? fixture.weights : nil)
            #expect(try model.predict(xNew) == expected.predictions)
            if let probabilities = expected.probabilities {
                expectEqual(try model.predictProba(xNew).elements, probabilities.flatMap { $0 })
            }
            #expect(try saved(model).predict(xNew) == expected.predictions)
        }
        let regressors = try VotingRegressor([GivenRegressor(), GivenRegressor()], weights: [1, 2])
            .fitted(x, fixture.targets)
        expectEqual(try regressors.predict(xNew), fixture.regression)
        #expect(try saved(regressors).predict(xNew) == regressors.predict(xNew))
    }

    @Test func bagging() throws {
        for expected in fixture.bagging {
            let given = expected.parameters
            let maxSamples = given.max_samples.map { $0 < 1 ? SplitSize.fraction($0) : .count(Int($0)) }
            let weights = expected.weighted ? fixture.weights : nil
            let regressor = try BaggingRegressor(
                GivenRegressor(), nEstimators: given.n_estimators, maxSamples: maxSamples,
                maxFeatures: given.max_features.map { .count($0) } ?? 1.0, bootstrap: given.bootstrap ?? true,
                bootstrapFeatures: given.bootstrap_features ?? false, oobScore: given.oob_score ?? false, nJobs: 2,
                randomState: given.random_state
            ).fitted(x, fixture.targets, sampleWeight: weights)
            let what = "\(given), \(expected.weighted)"
            #expect(regressor.estimatorsSamples[0] == expected.samples, "\(what)")
            #expect(regressor.estimatorsFeatures[0] == expected.features, "\(what)")
            expectEqual(try regressor.predict(xNew), expected.predictions, what)
            if let score = expected.oobRegression { expectEqual([regressor.outOfBagScore ?? .nan], [score], what) }
            #expect(try saved(regressor).predict(xNew) == regressor.predict(xNew))
            guard let probabilities = expected.probabilities else { continue }
            let classifier = try BaggingClassifier(
                GivenClassifier<Int>(trust: 0.7), nEstimators: given.n_estimators, maxSamples: maxSamples,
                bootstrap: given.bootstrap ?? true, oobScore: given.oob_score ?? false,
                randomState: given.random_state
            ).fitted(x, fixture.y, sampleWeight: weights)
            expectEqual(try classifier.predictProba(xNew).elements, probabilities.flatMap { $0 }, what)
            if let score = expected.oob { expectEqual([classifier.outOfBagScore ?? .nan], [score], what) }
            #expect(try saved(classifier).predict(xNew) == classifier.predict(xNew))
        }
    }

    @Test func baggedNetworks() throws {
        let iris = try loadIris()
        let model = try BaggingClassifier(
            MLPClassifier(hiddenLayerSizes: [4], solver: .lbfgs, maxIter: 20), nEstimators: 3, randomState: 5
        ).fitted(iris.data, iris.target)
        let xNew = iris.data.selectingRows(Array(stride(from: 0, to: 150, by: 7)))
        expectEqual(try model.predictProba(xNew).elements, fixture.network.flatMap { $0 }, within: 1e-8)
    }

    @Test func stacking() throws {
        for expected in fixture.stacking {
            let weights = expected.weighted ? fixture.weights : nil
            let what = "\(expected.classes as Any), \(expected.passthrough), \(expected.weighted)"
            guard let classes = expected.classes else {
                let last = MLPRegressor(hiddenLayerSizes: [], solver: .lbfgs, maxIter: 30, randomState: 0)
                let model = try StackingRegressor(
                    [GivenRegressor(), GivenRegressor()], finalEstimator: last, cv: KFold(nSplits: 4),
                    passthrough: expected.passthrough
                ).fitted(x, fixture.targets, sampleWeight: weights)
                expectEqual(try model.transform(xNew).elements, expected.features.flatMap { $0 }, what)
                expectEqual(try model.predict(xNew), expected.predictions, within: 1e-8, what)
                #expect(try saved(model).predict(xNew) == model.predict(xNew))
                continue
            }
            let rows = fixture.y.indices.filter { fixture.y[$0] < classes }
            let columns = classes == 3 ? [0, 1, 2] : [0, 1]
            let last = MLPClassifier(hiddenLayerSizes: [], solver: .lbfgs, maxIter: 30, randomState: 0)
            let model = try StackingClassifier(
                Array(classifiers.prefix(2)), finalEstimator: last, cv: 3, passthrough: expected.passthrough
            ).fitted(
                x.selectingRows(rows).selectingColumns(columns), fixture.y.selectingSamples(rows),
                sampleWeight: weights?.selectingSamples(rows))
            let new = xNew.selectingColumns(columns)
            expectEqual(try model.transform(new).elements, expected.features.flatMap { $0 }, what)
            expectEqual(try model.predictProba(new).elements, expected.predictions, within: 1e-8, what)
            #expect(try saved(model).predictProba(new) == model.predictProba(new))
        }
    }
}

@Suite struct EnsembleLawTests {
    private static let x = Matrix<Double>(rows: 12, columns: 2, elements: (0..<24).map { Double($0 % 7) / 7 })
    private static let y = (0..<12).map { $0 % 2 }

    /// One estimator is the vote; and all samples without replacement are the samples.
    @Test func ensemblesOfOne() throws {
        let (x, y) = (Self.x, Self.y)
        let one = try GivenClassifier<Int>().fitted(x, y)
        let vote = try VotingClassifier([GivenClassifier<Int>()], voting: .soft).fitted(x, y)
        #expect(try vote.predictProba(x) == one.predictProba(x))
        let bag = try BaggingClassifier(GivenClassifier<Int>(), nEstimators: 1, bootstrap: false, randomState: 0)
            .fitted(x, y)
        #expect(try bag.predictProba(x) == one.predictProba(x))
    }

    @Test func tables() throws {
        let people = try #require(People.table)
        let bag = try BaggingClassifier(People.classifier, nEstimators: 3, nJobs: 2, randomState: 0)
            .fitted(people, People.pays)
        let again = try BaggingClassifier(People.classifier, nEstimators: 3, randomState: 0).fitted(people, People.pays)
        #expect(try bag.predictProba(people) == again.predictProba(people), "threads do not change results")
        #expect(try saved(bag).predictProba(people) == bag.predictProba(people))
        let stack = try StackingClassifier(
            [People.classifier, People.classifier],
            finalEstimator: MLPClassifier<String, Double>(hiddenLayerSizes: [], solver: .lbfgs, randomState: 0), cv: 3
        ).fitted(people, People.pays)
        #expect(try stack.predict(people).count == 80)
    }

    @Test func namesInFiles() {
        typealias Given = GivenClassifier<Int>
        #expect(VotingClassifier<Given>.storedTypeName == "VotingClassifier<GivenClassifier>")
        #expect(VotingRegressor<GivenRegressor>.storedTypeName == "VotingRegressor<GivenRegressor>")
        #expect(BaggingClassifier<Given>.storedTypeName == "BaggingClassifier<GivenClassifier>")
        #expect(BaggingRegressor<GivenRegressor>.storedTypeName == "BaggingRegressor<GivenRegressor>")
        #expect(
            StackingClassifier<Given, Given>.storedTypeName == "StackingClassifier<GivenClassifier, GivenClassifier>")
        #expect(
            StackingRegressor<GivenRegressor, GivenRegressor>.storedTypeName
                == "StackingRegressor<GivenRegressor, GivenRegressor>")
    }

    @Test(arguments: [
        Refusal("no estimator", mentions: "estimators", "empty") {
            _ = try VotingClassifier([GivenClassifier<Int>]()).fitted(x, y)
        },
        Refusal("weights of another number", mentions: "weights", "1 finite") {
            _ = try VotingClassifier([GivenClassifier<Int>()], weights: [1, 2]).fitted(x, y)
        },
        Refusal("probabilities of a hard vote", mentions: "voting", ".soft") {
            _ = try VotingClassifier([GivenClassifier<Int>()]).fitted(x, y).predictProba(x)
        },
        Refusal("no fit", mentions: "VotingRegressor") {
            _ = try VotingRegressor([GivenRegressor()]).predict(x)
        },
        Refusal("no bag", mentions: "nEstimators", "0") {
            _ = try BaggingClassifier(GivenClassifier<Int>(), nEstimators: 0).fitted(x, y)
        },
        Refusal("too many samples without replacement", mentions: "maxSamples", "13") {
            _ = try BaggingClassifier(GivenClassifier<Int>(), maxSamples: 13, bootstrap: false).fitted(x, y)
        },
        Refusal("too many features", mentions: "maxFeatures", "3") {
            _ = try BaggingClassifier(GivenClassifier<Int>(), maxFeatures: 3).fitted(x, y)
        },
        Refusal("out of bag without a bag", mentions: "oobScore", "bootstrap") {
            _ = try BaggingClassifier(GivenClassifier<Int>(), bootstrap: false, oobScore: true).fitted(x, y)
        },
        Refusal("other features than in fit", mentions: "x must have 2 columns") {
            _ = try BaggingClassifier(GivenClassifier<Int>()).fitted(x, y).predict(x.selectingColumns([0]))
        },
        Refusal("nothing to stack", mentions: "estimators") {
            _ = try StackingRegressor([GivenRegressor](), finalEstimator: GivenRegressor())
                .fitted(x, y.map(Double.init))
        },
    ]) func isRefused(_ refusal: Refusal) { refusal.check() }
}
