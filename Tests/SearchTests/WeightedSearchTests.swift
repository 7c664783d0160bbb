import LinearAlgebra
import ModelSelection
import TestSupport
import Testing

/// Searches with sample weights in fits and scores, or with groups.
@Suite struct WeightedSearchTests {
    let expected: [String: ExpectedTable]
    let x: Matrix<Double>
    let classes: [Int]
    private let weights = (0..<150).map { 0.1 + Double($0 * 7 % 30) / 10 }

    init() throws {
        expected = try fixture("weighted_searches", in: .module)
        (x, classes) = (try Iris.x(), try Iris.classes())
    }

    @Test func weightsGoToEveryScorer() throws {
        var search = GridSearchCV(
            classifier(), paramGrid: [.init(\.alpha, [1e-4, 1, 10])], scoring: [.accuracy, .f1Macro, .negLogLoss],
            refit: "negLogLoss", cv: 3, returnTrainScore: true)
        try #require(expected["classes"]).check(&search, x, classes, sampleWeight: weights) { Double($0) }
    }

    @Test func weightsGoToTheOwnScore() throws {
        var search = GridSearchCV(classifier(), paramGrid: [.init(\.alpha, [1e-4, 1, 10])], cv: 4)
        try #require(expected["own"]).check(&search, x, classes, sampleWeight: weights) { Double($0) }
        let right = zip(try search.predict(x), classes).map { $0 == $1 }
        let share = zip(right, weights).map { $0 ? $1 : 0 }.reduce(0, +) / weights.reduce(0, +)
        expectEqual([try search.score(x, classes, sampleWeight: weights)], [share], within: 1e-14)
    }

    @Test(arguments: ["widths", "greatest"]) func weightsOfNumbers(of name: String) throws {
        var search = GridSearchCV(
            regressor(), paramGrid: [.init(\.alpha, [1e-4, 1, 10])],
            scoring: name == "widths" ? .negMedianAbsoluteError : .negMaxError, cv: shuffled)
        try #require(expected[name]).check(&search, Iris.features(), Iris.widths(), sampleWeight: weights) { $0 }
    }

    @Test func weightsOfSomeOfTheSamples() throws {
        var search = HalvingGridSearchCV(
            classifier(), paramGrid: [.init(\.alpha, [1e-4, 1, 10])], minResources: 60, cv: 3, scoring: .negLogLoss,
            randomState: 4)
        try #require(expected["halving"]).check(&search, x, classes, sampleWeight: weights) { Double($0) }
    }

    @Test func groupsAreTestedTogether() throws {
        var search = GridSearchCV(
            classifier(), paramGrid: [.init(\.alpha, [1e-4, 1, 10])], scoring: .negBrierScore,
            cv: GroupKFold(nSplits: 3))
        let groups = (0..<150).map { $0 * 7 % 20 }
        try #require(expected["grouped"]).check(&search, x, classes, groups: groups) { Double($0) }
        #expect(search.cv is GroupKFold)
    }

    @Test func splitsCanBeGiven() throws {
        let splits = GivenSplits([
            (train: Array(stride(from: 0, to: 150, by: 2)), test: Array(stride(from: 1, to: 150, by: 2))),
            (train: Array(stride(from: 149, to: 0, by: -3)), test: Array(stride(from: 0, to: 150, by: 3))),
        ])
        var search = GridSearchCV(classifier(), paramGrid: [.init(\.alpha, [1e-4, 1, 10])], cv: splits)
        try #require(expected["given"]).check(&search, x, classes) { Double($0) }
    }

    @Test(arguments: [
        Refusal("groups of another number", mentions: "groups", "2", "12") {
            var search = SearchTests.search(over: [3, 5])
            try search.fit(Probe.x, Probe.y, groups: ["a", "b"])
        },
        Refusal("no splits", mentions: "splits") { _ = try GivenSplits([]).split(nSamples: 3) },
        Refusal("a sample that there is not", mentions: "splits[1]", "0 to 2", "3") {
            _ = try GivenSplits([([0], [1]), ([2], [3])]).split(nSamples: 3)
        },
    ]) func isRefused(_ refusal: Refusal) { refusal.check() }
}
