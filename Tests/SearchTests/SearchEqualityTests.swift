import Composition
import Estimators
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import Preprocessing
import TestSupport
import Testing

/// scikit-learn's results, as `table` of the generator writes them.
struct ExpectedTable: Decodable, Sendable {
    let bestIndex: Int
    let bestScore, ownScore: Double
    let predictions: [Double]
    let ranks: [String: [Int]]
    let statistics: [String: [Double]]
    let splits: [[Double]]
    let nResources, iterations: [Int]

    func check<Search: SearchCV>(
        _ search: inout Search, _ x: Search.Features, _ y: [Search.Target], groups: [Int]? = nil,
        sampleWeight: [Double]? = nil, sourceLocation: SourceLocation = #_sourceLocation,
        predictions number: (Search.Target) -> Double
    ) throws {
        if let groups {
            try search.fit(x, y, groups: groups, sampleWeight: sampleWeight)
        } else {
            try search.fit(x, y, sampleWeight: sampleWeight)
        }
        let results = search.cvResults
        #expect(search.bestIndex == bestIndex, sourceLocation: sourceLocation)
        expectEqual([search.bestScore ?? .nan], [bestScore], sourceLocation: sourceLocation)
        expectEqual([try search.score(x, y)], [ownScore], sourceLocation: sourceLocation)
        let shown = try search.predict(x).map(number).enumerated().filter { $0.offset % 10 == 0 }.map(\.element)
        expectEqual(shown, predictions, sourceLocation: sourceLocation)
        expectEqual(
            results.testScores[results.scorers[0]]?.splitScores ?? [], splits, sourceLocation: sourceLocation)
        #expect(results.nResources == nResources, sourceLocation: sourceLocation)
        #expect(results.iterations == iterations, sourceLocation: sourceLocation)
        #expect(results.scorers.count == ranks.count, sourceLocation: sourceLocation)
        for scorer in results.scorers {
            // scikit-learn calls a single scorer's results "score", whatever its name.
            let label = results.scorers.count == 1 ? "score" : scorer
            let suffix = label.prefix(1).uppercased() + label.dropFirst()
            #expect(results.testScores[scorer]?.rank == ranks[label], sourceLocation: sourceLocation)
            for (side, scores) in [("Test", results.testScores[scorer]), ("Train", results.trainScores[scorer])] {
                expectEqual(
                    scores?.mean ?? [], statistics["mean\(side)\(suffix)"] ?? [], within: 1e-8,
                    "mean \(side) \(scorer)",
                    sourceLocation: sourceLocation)
                expectEqual(
                    scores?.std ?? [], statistics["std\(side)\(suffix)"] ?? [], within: 1e-8, "std \(side) \(scorer)",
                    sourceLocation: sourceLocation)
            }
        }
    }
}

@Suite struct SearchEqualityTests {
    let expected: [String: ExpectedTable]
    let x: Matrix<Double>
    let classes: [Int]
    let features: Matrix<Double>
    let widths: [Double]

    init() throws {
        expected = try fixture("searches", in: .module)
        (x, classes) = (try Iris.x(), try Iris.classes())
        (features, widths) = (try Iris.features(), try Iris.widths())
    }

    @Test func documentedSearch() throws {
        var search = GridSearchCV(
            MLPClassifier(maxIter: 40, randomState: 1),
            paramGrid: [
                .init(\.activation, [.relu, .tanh]),
                .init(\.alpha, [1e-4, 1.0]),
                .init(\.hiddenLayerSizes, [[5], [20]]),
            ],
            scoring: .accuracy, nJobs: 2, cv: 4)
        try #require(expected["documented"]).check(&search, x, classes) { Double($0) }
    }

    @Test func equalMeansShareARank() throws {
        var search = GridSearchCV(
            classifier(), paramGrid: [.init(\.maxIter, [2, 30]), .init(\.tol, [1e-9, 1e-10])], cv: 10)
        try #require(expected["ties"]).check(&search, x, classes) { Double($0) }
        #expect(Set(search.cvResults.rankTestScore) == [1, 3])
    }

    @Test func failedCandidatesRankLast() throws {
        var search = GridSearchCV(
            classifier(), paramGrid: [.init(\.alpha, [-1, 1e-4, -2]), .init(\.maxIter, [5, 25])], cv: 3)
        try #require(expected["failures"]).check(&search, x, classes) { Double($0) }
        #expect(search.cvResults.errors.count == 12)
        #expect(search.cvResults.errors[0].contains("{alpha: -1.0, maxIter: 5}, split 0: alpha must be"))
    }

    @Test func oneOfSeveralScorersChooses() throws {
        var search = GridSearchCV(
            classifier(), paramGrid: [.init(\.alpha, [1e-4, 1, 10])],
            scoring: [.accuracy, .f1Macro, .negLogLoss], refit: "negLogLoss", cv: 3, returnTrainScore: true)
        try #require(expected["several"]).check(&search, x, classes) { Double($0) }
    }

    @Test func regression() throws {
        var search = GridSearchCV(
            regressor(), paramGrid: [.init(\.alpha, [1e-4, 10]), .init(\.solver, [.adam, .lbfgs])],
            scoring: .negMeanSquaredError, cv: shuffled)
        try #require(expected["regression"]).check(&search, features, widths) { $0 }
    }

    @Test func randomSearch() throws {
        var search = RandomizedSearchCV(
            classifier(),
            paramDistributions: [
                .init(\.alpha, .logUniform(1e-5, 1e-1)), .init(\.hiddenLayerSizes, .choice([[3], [5], [4, 3]])),
            ],
            nIter: 4, cv: 3, randomState: 0)
        try #require(expected["random"]).check(&search, x, classes) { Double($0) }
    }

    @Test func pipelineSearch() throws {
        var search = GridSearchCV(
            Pipeline(StandardScaler(), classifier()),
            paramGrid: [.init(\.last.alpha, [1e-4, 10]), .init(\.transformer.withMean, [true, false])], cv: 3)
        try #require(expected["pipeline"]).check(&search, x, classes) { Double($0) }
        #expect(search.cvResults.params[0].names == ["last.alpha", "transformer.withMean"])
    }

    // MARK: Halving

    private func halving() -> HalvingGridSearchCV<MLPClassifier<Int, Double>> {
        HalvingGridSearchCV(
            classifier(),
            paramGrid: [.init(\.activation, [.relu, .tanh, .identity]), .init(\.alpha, [1e-4, 1e-2, 1, 10])],
            cv: 3, scoring: .negLogLoss, randomState: 4)
    }

    /// The test sides of the first round lack a class, for which scikit-learn's own scorer gives NaN.
    @Test func halvingOverSamples() throws {
        var search = halving()
        search.cv = KFold(nSplits: 3, shuffle: true, randomState: 0)
        let expected: [String: ExpectedTable] = try fixture("known_classes", in: .module)
        try #require(expected["halving"]).check(&search, x, classes) { Double($0) }
    }

    @Test func halvingFromFewSamples() throws {
        var search = halving()
        (search.minResources, search.maxResources, search.factor) = (.smallest, 90, 2)
        search.returnTrainScore = false
        try #require(expected["halvingSmallest"]).check(&search, x, classes) { Double($0) }
    }

    @Test func halvingAggressively() throws {
        var search = halving()
        (search.minResources, search.aggressiveElimination) = (60, true)
        try #require(expected["halvingAggressive"]).check(&search, x, classes) { Double($0) }
    }

    @Test func halvingOverIterations() throws {
        var search = HalvingGridSearchCV(
            regressor(),
            paramGrid: [.init(\.alpha, [1e-4, 1, 10, 100]), .init(\.hiddenLayerSizes, [[2], [5]])],
            resource: .parameter(\.maxIter), maxResources: 40, minResources: 3, cv: shuffled)
        try #require(expected["halvingIterations"]).check(&search, features, widths) { $0 }
        #expect(search.bestParams?.names == ["alpha", "hiddenLayerSizes", "maxIter"])
    }
}
