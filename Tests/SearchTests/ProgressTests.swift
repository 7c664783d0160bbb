import NeuralNetwork
import Synchronization
import Terminal
import Testing

@testable import ModelSelection

/// What a search shows while it runs.
@Suite struct ProgressTests {
    private func shown(isTerminal: Bool, _ trials: [(candidate: Int, split: Int, score: Double)]) -> [String] {
        let written = Mutex([String]())
        let console = Console(isTerminal: isTerminal, columns: { 30 }) { text in written.withLock { $0.append(text) } }
        let progress = SearchProgress(candidates: ["{a: 1}", "{a: 2}", "{a: 3}"], splits: 2, on: console)
        for trial in trials {
            let outcome = ValidationOutcome(testScores: [trial.score], trainScores: [], fitTime: 0)
            let place = SearchTrial.Place(round: 0, candidate: trial.candidate, split: trial.split)
            progress.finished(SearchTrial(place: place, outcome: outcome))
        }
        return written.withLock { $0 }
    }

    private let trials = [(0, 0, 0.5), (1, 0, 0.75), (0, 1, 0.5), (1, 1, 0.75), (2, 0, .nan), (2, 1, 1)]

    @Test func theBestCandidatesAreRedrawnOnATerminal() throws {
        let texts = shown(isTerminal: true, trials)
        #expect(texts[0].contains("1/6") && !texts[0].contains("{"))
        #expect(texts[2].contains("\n[1] 0.5: {a: 1}"))
        let last = texts[5].replacing("\u{1B}[K", with: "").split(separator: "\n").map(String.init)
        #expect(last[0].hasPrefix("\r\u{1B}[2A") && last[0].hasSuffix("6/6"))
        // The third has no mean, and no rank.
        #expect(last.dropFirst() == ["[2] 0.75: {a: 2}", "[1] 0.5: {a: 1}"])
        #expect(texts.last == "\n")
    }

    @Test func meansHaveSixDigits() {
        let texts = shown(isTerminal: true, [(0, 0, 1.0 / 3), (0, 1, 1.0 / 3)])
        #expect(texts[1].contains("\n[1] 0.333333: {a: 1}"))
    }

    @Test func valuesMayHaveLabels() throws {
        let axis = ParameterAxis<MLPClassifier<Int, Double>>(
            \.alpha, [1, 2, 1.0 / 3], name: "penalty", labels: ["much", "more"])
        let grid = try ParameterGrid([axis])
        #expect(grid.map(\.values) == [["much"], ["more"], ["\(1.0 / 3)"]])
        #expect(grid.map(\.shortDescription) == ["much", "more", "{penalty: 0.333333}"])
        #expect(grid.map { $0[\.alpha] } == [1, 2, 1.0 / 3])
        let both = try ParameterGrid([axis, ParameterAxis(\.tol, [0.5])])
        #expect(
            both[0].shortDescription == "{penalty: much, tol: 0.5}" && both[0].description == both[0].shortDescription)
    }

    @Test func elsewhereEachCandidateHasALine() {
        let texts = shown(isTerminal: false, trials)
        #expect(texts == ["[1/3] {a: 1}: 0.5\n", "[2/3] {a: 2}: 0.75\n", "[3/3] {a: 3}: nan\n"])
    }
}
