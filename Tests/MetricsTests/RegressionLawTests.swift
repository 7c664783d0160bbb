import Metrics
import Testing

@Suite("Laws of the scores of numbers")
struct RegressionLawTests {
    /// Targets, predictions and weights for a seed.
    struct Sample {
        let truth, guess, weights: [Double]

        init(seed: Int) {
            var generator = SplitMix64(state: UInt64(seed))
            let count = Int.random(in: 2...25, using: &generator)
            truth = (0..<count).map { _ in Double.random(in: 1...5, using: &generator) }
            guess = truth.map { $0 + Double.random(in: -0.9...0.9, using: &generator) }
            weights = truth.map { _ in Double(Int.random(in: 1...6, using: &generator)) }
        }

        func repeated(_ values: [Double]) -> [Double] {
            zip(values, weights).flatMap { Array(repeating: $0, count: Int($1)) }
        }
    }

    static let scores: [(name: String, score: @Sendable ([Double], [Double], [Double]?) throws -> Double)] = [
        ("squared", { try meanSquaredError($0, $1, sampleWeight: $2) }),
        ("root", { try rootMeanSquaredError($0, $1, sampleWeight: $2) }),
        ("logarithms", { try meanSquaredLogError($0, $1, sampleWeight: $2) }),
        ("absolute", { try meanAbsoluteError($0, $1, sampleWeight: $2) }),
        ("percentage", { try meanAbsolutePercentageError($0, $1, sampleWeight: $2) }),
        ("median", { try medianAbsoluteError($0, $1, sampleWeight: $2) }),
        ("R²", { try r2Score($0, $1, sampleWeight: $2) }),
        ("explained", { try explainedVarianceScore($0, $1, sampleWeight: $2) }),
        ("Poisson", { try meanPoissonDeviance($0, $1, sampleWeight: $2) }),
    ]

    @Test(arguments: 0..<40) func aWeightIsANumberOfRepetitions(seed: Int) throws {
        let sample = Sample(seed: seed)
        for (name, score) in Self.scores {
            expectEqual(
                try score(sample.truth, sample.guess, sample.weights),
                try score(sample.repeated(sample.truth), sample.repeated(sample.guess), nil), "\(name)")
        }
    }

    @Test(arguments: 0..<40) func perfectPredictionsScoreBest(seed: Int) throws {
        let truth = Sample(seed: seed).truth
        for (name, score) in Self.scores {
            #expect(try score(truth, truth, nil) == (["R²", "explained"].contains(name) ? 1 : 0), "\(name)")
        }
        #expect(try maxError(truth, truth) == 0)
    }

    @Test(arguments: 0..<40) func errorsAreOrdered(seed: Int) throws {
        let sample = Sample(seed: seed)
        let (truth, guess) = (sample.truth, sample.guess)
        let root = try rootMeanSquaredError(truth, guess)
        expectEqual(root * root, try meanSquaredError(truth, guess), nil)
        #expect(try meanAbsoluteError(truth, guess) <= root * (1 + 1e-12))
        #expect(try root <= maxError(truth, guess) * (1 + 1e-12))
        #expect(try medianAbsoluteError(truth, guess) <= maxError(truth, guess))
        #expect(try r2Score(truth, guess) <= explainedVarianceScore(truth, guess) + 1e-12)
    }

    @Test(arguments: 0..<40) func aConstantErrorExplainsEverything(seed: Int) throws {
        let truth = Sample(seed: seed).truth
        expectEqual(try explainedVarianceScore(truth, truth.map { $0 + 7 }), 1, nil)
    }

    @Test func outputsCombine() throws {
        let truth: [[Double]] = [[0.5, 1], [-1, 1], [7, -6]]
        let guess: [[Double]] = [[0, 2], [-1, 2], [8, -5]]
        let each = try meanSquaredError(truth, guess, multioutput: .rawValues)
        expectEqual(each, [1.25 / 3, 1], nil)
        expectEqual(try meanSquaredError(truth, guess, multioutput: [1, 3]), (each[0] + 3 * each[1]) / 4, nil)
        expectEqual(
            try rootMeanSquaredError(truth, guess), (each[0].squareRoot() + each[1].squareRoot()) / 2, nil)
        expectEqual(try r2Score(truth, guess, multioutput: .varianceWeighted), 0.938_256_658_595_641_6, nil)
    }

    @Test func constantsAreFiniteUnlessAskedFor() throws {
        #expect(try r2Score([2, 2], [2, 3], forceFinite: false) == -.infinity)
        #expect(try r2Score([2, 2], [2, 2], forceFinite: false).isNaN)
        #expect(try explainedVarianceScore([0.5, 0.5, 0.5], [0.25, 0.25, 0.25]) == 1)
        #expect(try explainedVarianceScore([0.5, 0.5, 0.5], [0.2, 0.2, 0.3]) == 0)
        #expect(try r2Score([[1, 2]], [[1.0, 3]], multioutput: .rawValues).allSatisfy(\.isNaN))
    }

    @Test func mediansSkipWhatHasNoWeight() throws {
        let (truth, guess): ([Double], [Double]) = ([1, 2, 3, 5], [1, 1, 1, 1])
        #expect(try medianAbsoluteError(truth, guess) == 1.5)
        #expect(try medianAbsoluteError(truth, guess, sampleWeight: [1, 0, 1, 2]) == 3)
        #expect(try medianAbsoluteError(truth, guess, sampleWeight: [0, 0, 0, 2]) == 4)
        #expect(try medianAbsoluteError(truth, guess, sampleWeight: [2, 0, 0, 0]) == 0)
    }

    /// Squares of such numbers overflow or underflow.
    @Test(arguments: 0..<20, [0x1p660, 0x1p-660]) func scoresFollowTheUnitOfTheTargets(seed: Int, unit: Double) throws {
        let sample = Sample(seed: seed)
        func scaled(_ values: [Double]) -> [Double] { values.map { $0 * unit } }
        let (truth, guess, weights) = (sample.truth, sample.guess, sample.weights)
        for (name, score) in Self.scores where ["root", "absolute", "R²", "explained"].contains(name) {
            for weights in [nil, weights] {
                let (small, large) = (
                    try score(truth, guess, weights), try score(scaled(truth), scaled(guess), weights)
                )
                #expect(large == (["R²", "explained"].contains(name) ? small : small * unit), "\(name)")
            }
        }
        let rows = zip(truth, scaled(truth)).map { [$0, $1] }
        let guesses = zip(guess, scaled(guess)).map { [$0, $1] }
        let scores = try r2Score(rows, guesses, multioutput: .rawValues)
        #expect(scores[0] == scores[1])
        expectEqual(try r2Score(rows, guesses, multioutput: .varianceWeighted), scores[0], nil)
    }

    @Test func meansDoNotOverflow() throws {
        #expect(try meanAbsoluteError([1e308, 1.5e308], [0.0, 0]) == 1.25e308)
        #expect(try meanAbsoluteError([1e308, 1.5e308], [0.0, 0], sampleWeight: [3, 1]) == 1.125e308)
    }
}
