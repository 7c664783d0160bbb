import Estimators
import LinearAlgebra
import Metrics
import ModelSelection
import Testing

@Suite struct FailureTests {
    @Test func failuresAreRecordedWithTheirParameters() throws {
        var search = search(errorScore: .value(0.5)) { level, _ in if level == 1 { throw Trouble() } }
        try search.fit(Probe.x, Probe.y)
        #expect(search.cvResults.meanTestScore == [0, 0.5, 2])
        #expect(search.cvResults.rankTestScore == [3, 2, 1])
        #expect(search.cvResults.errors == (0..<3).map { "{level: 1.0}, split \($0): trouble" })
        #expect(search.bestParams?[\.level] == 2)

        search.errorScore = .nan
        try search.fit(Probe.x, Probe.y)
        #expect(search.cvResults.meanTestScore[1].isNaN)
        #expect(search.cvResults.rankTestScore == [2, 3, 1])
    }

    @Test func oneSplitThatFailsMakesTheMeanNaN() throws {
        let count = Counter()
        var search = search { _, _ in if count.add() == 1 { throw Trouble() } }
        try search.fit(Probe.x, Probe.y)
        #expect(search.cvResults.meanTestScore.map(\.isNaN) == [true, false, false])
        #expect(search.cvResults.errors.count == 1)
    }

    @Test func searchesInWhichAllFailThrowAndKeepWhatTheyHad() throws {
        var search = search()
        try search.fit(Probe.x, Probe.y)
        search.estimator.onFit = { _, _ in throw Trouble() }
        let error = #expect(throws: EstimatorError.self) { try search.fit(Probe.x, Probe.y) }
        #expect(
            error?.description == "estimator must fit at least once, but all 9 fits threw; the first: trouble.")
        #expect(search.bestIndex == 2)
        #expect(throws: EstimatorError.self) {
            try crossValScore(Probe(onFit: { _, _ in throw Trouble() }), Probe.x, Probe.y)
        }
    }

    @Test func crossValidationRaisesTheErrorItself() {
        let probe = Probe(onFit: { _, x in if x[0, 0] == 0 { throw Trouble() } })
        #expect(throws: Trouble.self) { try crossValScore(probe, Probe.x, Probe.y, cv: 3, errorScore: .raise) }
    }

    @Test func splitsThatFailHaveNoEstimator() throws {
        let probe = Probe(onFit: { _, x in if x[0, 0] > 0 { throw Trouble() } })
        let result = try crossValidate(probe, Probe.x, Probe.y, cv: 3, returnTrainScore: true, returnEstimator: true)
        #expect(result.testScore.map(\.isNaN) == [true, false, false])
        #expect(result.trainScores["score"]?.map(\.isNaN) == [true, false, false])
        #expect(result.estimators.map { $0 == nil } == [true, false, false])
        #expect(result.errors == [0: "trouble"])
        #expect(result.indices[0].test == [0, 1, 2, 3])
    }

    @Test func aScorerThatThrowsLacksItsOwnScoreOnly() throws {
        let bad = Scorer<Probe>("bad") { _, x, _ in
            if x.rows < 12 { throw Trouble() }
            return 1
        }
        let result = try crossValidate(
            Probe(level: 3), Probe.x, Probe.y, scoring: [.score, bad], cv: 3, errorScore: .value(-1))
        #expect(result.testScores == ["score": [3, 3, 3], "bad": [-1, -1, -1]])
        #expect(result.errors[2] == "bad on the test side: trouble")
        #expect(throws: Trouble.self) {
            try crossValidate(Probe(), Probe.x, Probe.y, scoring: [bad], cv: 3, errorScore: .raise)
        }
    }

    @Test func aSearchThatWasNotFittedSaysSo() throws {
        let notFitted = EstimatorError.notFitted(estimator: "search")
        var search = search()
        #expect(throws: notFitted) { try search.predict(Probe.x) }
        #expect(throws: notFitted) { try search.score(Probe.x, Probe.y) }
        #expect(search.bestIndex == nil && search.bestScore == nil && search.bestParams == nil)
        #expect(search.cvResults.params.isEmpty && search.cvResults.meanTestScore.isEmpty)
        search.refit = false
        try search.fit(Probe.x, Probe.y)
        #expect(search.bestIndex == 2)
        let unanswered = #expect(throws: EstimatorError.self) { try search.predict(Probe.x) }
        #expect(unanswered?.description.hasPrefix("refit must be ") == true)
    }
}
