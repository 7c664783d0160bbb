import Metrics
import Testing

@Suite("Laws of scores")
struct ScoreLawTests {
    let truth: [Double] = [3, -0.5, 2, 7, 4.25, -1]
    let guess: [Double] = [2.5, 0.0, 2, 8, 4, -3]
    let classes = ["a", "b", "b", "c", "a", "c"]
    let guessedClasses = ["a", "b", "c", "c", "b", "c"]
    let weights = [1.0, 2, 0, 3, 1, 1]

    /// The list with every element repeated as often as its weight.
    private func repeated<Element>(_ list: [Element]) -> [Element] {
        zip(list, weights).flatMap { Array(repeating: $0, count: Int($1)) }
    }

    @Test func aWeightIsANumberOfRepetitions() throws {
        expectEqual(
            try meanSquaredError(truth, guess, sampleWeight: weights),
            try meanSquaredError(repeated(truth), repeated(guess)), nil)
        expectEqual(
            try r2Score(truth, guess, sampleWeight: weights), try r2Score(repeated(truth), repeated(guess)), nil)
        for normalize in [true, false] {
            expectEqual(
                try accuracyScore(classes, guessedClasses, normalize: normalize, sampleWeight: weights),
                try accuracyScore(repeated(classes), repeated(guessedClasses), normalize: normalize), nil)
        }
    }

    @Test func orderDoesNotMatter() throws {
        for shift in 1..<truth.count {
            func turned<Element>(_ list: [Element]) -> [Element] { Array(list[shift...] + list[..<shift]) }
            expectEqual(
                try meanSquaredError(turned(truth), turned(guess), sampleWeight: turned(weights)),
                try meanSquaredError(truth, guess, sampleWeight: weights), nil)
            expectEqual(
                try r2Score(turned(truth), turned(guess), sampleWeight: turned(weights)),
                try r2Score(truth, guess, sampleWeight: weights), nil)
            expectEqual(
                try accuracyScore(turned(classes), turned(guessedClasses), sampleWeight: turned(weights)),
                try accuracyScore(classes, guessedClasses, sampleWeight: weights), nil)
        }
    }

    @Test func perfectPredictionsScoreBest() throws {
        #expect(try accuracyScore(classes, classes) == 1)
        #expect(try accuracyScore(classes, classes, normalize: false) == 6)
        #expect(try meanSquaredError(truth, truth) == 0)
        #expect(try r2Score(truth, truth) == 1)
    }

    @Test func outputsAreAveraged() throws {
        let rows = zip(truth, guess).map { [$0, $1] }
        let guesses = zip(guess, truth).map { [$0, $1] }
        expectEqual(
            try r2Score(rows, guesses, sampleWeight: weights),
            (try r2Score(truth, guess, sampleWeight: weights) + r2Score(guess, truth, sampleWeight: weights)) / 2, nil)
    }

    /// The mean of any number of 0.5s is exactly 0.5. That of 0.1s can have a rounding error: see `constantTargets`.
    @Test(arguments: 2..<20) func equalTargetsHaveNoVariance(count: Int) throws {
        let constant = Array(repeating: 0.5, count: count)
        #expect(try r2Score(constant, Array(repeating: 0.2, count: count)) == 0)
        #expect(try r2Score(constant, constant) == 1)
        let weights = Array(repeating: 0.25, count: count) + [0]
        #expect(try r2Score(constant + [5], Array(repeating: 0.2, count: count + 1), sampleWeight: weights) == 0)
    }

    @Test func singlePrecisionScoresAlike() throws {
        let (truth, guess) = (truth.map { Float($0) }, guess.map { Float($0) })
        #expect(try meanSquaredError(truth, guess) == meanSquaredError(self.truth, self.guess))
        #expect(try r2Score(truth.map { [$0] }, guess.map { [$0] }) == r2Score(self.truth, self.guess))
    }

    @Test func numbersThatOverflowDoNotCrash() throws {
        #expect(try meanSquaredError([1e300], [-1e300]) == .infinity)
        #expect(try r2Score([1e300, -1e300], [0, 0]) == 0)
    }
}
