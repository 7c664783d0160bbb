import Estimators
import LinearAlgebra
import Metrics
import Testing

/// A small generator that gives the tests the same cases every time.
struct SplitMix64: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A label type for the tests.
private enum Species: String, ClassLabel { case setosa, versicolor, virginica }

/// Ascending by raw value, not by name.
private enum Level: Int, ClassLabel { case low = 1, medium, high }

@Suite("Laws of the scores of classes")
struct ClassScoreLawTests {
    /// True and predicted labels of up to four classes, and weights, for a seed.
    struct Sample {
        let truth, guess: [Int]
        let weights: [Double]

        init(seed: Int, classes: Int = 4) {
            var generator = SplitMix64(state: UInt64(seed))
            let count = Int.random(in: 1...30, using: &generator)
            truth = (0..<count).map { _ in Int.random(in: 0..<classes, using: &generator) }
            guess = truth.map { label in
                Bool.random(using: &generator) ? label : Int.random(in: 0..<classes, using: &generator)
            }
            weights = truth.map { _ in Double(Int.random(in: 1...9, using: &generator)) }
        }

        func repeated(_ labels: [Int]) -> [Int] {
            zip(labels, weights).flatMap { Array(repeating: $0, count: Int($1)) }
        }
    }

    /// Scores of labels with weights.
    static let scores: [(name: String, score: @Sendable ([Int], [Int], [Double]?) throws -> Double)] = [
        ("accuracy", { try accuracyScore($0, $1, sampleWeight: $2) }),
        ("balanced accuracy", { try balancedAccuracyScore($0, $1, sampleWeight: $2) }),
        ("precision", { try precisionScore($0, $1, average: .macro, sampleWeight: $2) }),
        ("recall", { try recallScore($0, $1, average: .weighted, sampleWeight: $2) }),
        ("F1", { try f1Score($0, $1, average: .macro, sampleWeight: $2) }),
        ("F2", { try fbetaScore($0, $1, beta: 2, average: .weighted, sampleWeight: $2) }),
        ("Jaccard", { try jaccardScore($0, $1, average: .micro, sampleWeight: $2) }),
        ("Matthews", { try matthewsCorrcoef($0, $1, sampleWeight: $2) }),
        ("kappa", { try cohenKappaScore($0, $1, weights: .linear, sampleWeight: $2, replaceUndefinedBy: 0) }),
        ("loss", { try zeroOneLoss($0, $1, sampleWeight: $2) }),
    ]

    @Test(arguments: 0..<40) func aWeightIsANumberOfRepetitions(seed: Int) throws {
        let sample = Sample(seed: seed)
        for (name, score) in Self.scores {
            expectEqual(
                try score(sample.truth, sample.guess, sample.weights),
                try score(sample.repeated(sample.truth), sample.repeated(sample.guess), nil), "\(name)")
        }
    }

    @Test(arguments: 0..<40) func orderDoesNotMatter(seed: Int) throws {
        let sample = Sample(seed: seed)
        var generator = SplitMix64(state: 99)
        let order = sample.truth.indices.shuffled(using: &generator)
        for (name, score) in Self.scores {
            expectEqual(
                try score(order.map { sample.truth[$0] }, order.map { sample.guess[$0] }, nil),
                try score(sample.truth, sample.guess, nil), "\(name)")
        }
    }

    @Test(arguments: 0..<40) func perfectPredictionsScoreBest(seed: Int) throws {
        let truth = Sample(seed: seed).truth + [0, 1]
        for (name, score) in Self.scores where name != "loss" {
            expectEqual(try score(truth, truth, nil), 1, "\(name)")
        }
    }

    @Test(arguments: 0..<40) func truthAndPredictionChangePlaces(seed: Int) throws {
        let sample = Sample(seed: seed)
        let (a, b) = (sample.truth, sample.guess)
        expectEqual(try precisionScore(a, b, average: nil), try recallScore(b, a, average: nil), nil)
        expectEqual(try f1Score(a, b, average: .macro), try f1Score(b, a, average: .macro), nil)
        expectEqual(try jaccardScore(a, b, average: nil), try jaccardScore(b, a, average: nil), nil)
        expectEqual(try matthewsCorrcoef(a, b), try matthewsCorrcoef(b, a), nil)
        expectEqual(try cohenKappaScore(a, b), try cohenKappaScore(b, a), nil)
        #expect(try confusionMatrix(a, b) == confusionMatrix(b, a).transposed)
    }

    @Test(arguments: 0..<40) func averagesAreWhatTheyAreCalled(seed: Int) throws {
        let sample = Sample(seed: seed)
        let (truth, guess) = (sample.truth, sample.guess)
        let accuracy = try accuracyScore(truth, guess)
        for average in [
            try f1Score(truth, guess, average: .micro), try precisionScore(truth, guess, average: .micro),
            try recallScore(truth, guess, average: .micro), try recallScore(truth, guess, average: .weighted),
        ] {
            expectEqual(average, accuracy, "of one label each")
        }
        let each = try f1Score(truth, guess, average: nil)
        expectEqual(
            try f1Score(truth, guess, average: .macro), each.reduce(0, +) / Double(each.count), "macro")
        let present = Array(Set(truth)).sorted()
        expectEqual(
            try balancedAccuracyScore(truth, guess), try recallScore(truth, guess, labels: present, average: .macro),
            "balanced")
        #expect(try fbetaScore(truth, guess, beta: 0, average: nil) == precisionScore(truth, guess, average: nil))
        #expect(try fbetaScore(truth, guess, beta: .infinity, average: nil) == recallScore(truth, guess, average: nil))
        #expect(try fbetaScore(truth, guess, beta: 1e200, average: nil) == recallScore(truth, guess, average: nil))
    }

    @Test(arguments: 0..<40) func matricesCountEverySample(seed: Int) throws {
        let sample = Sample(seed: seed)
        let matrix = try confusionMatrix(sample.truth, sample.guess)
        #expect(matrix.elements.reduce(0, +) == Double(sample.truth.count))
        let each = try multilabelConfusionMatrix(sample.truth, sample.guess)
        for (position, one) in each.enumerated() {
            #expect(one.elements.reduce(0, +) == Double(sample.truth.count))
            #expect(one[1, 1] == matrix[position, position])
        }
        let shares = try confusionMatrix(sample.truth, sample.guess, normalize: .all)
        expectEqual(shares.elements.reduce(0, +), 1, nil)
    }

    /// One-hot rows give the same counts as the labels that they encode.
    @Test(arguments: 0..<40) func indicatorsOfLabelsScoreAlike(seed: Int) throws {
        let sample = Sample(seed: seed)
        func rows(_ labels: [Int]) -> [[Int]] { labels.map { label in (0..<4).map { $0 == label ? 1 : 0 } } }
        expectEqual(
            try f1Score(rows(sample.truth), rows(sample.guess), average: nil, sampleWeight: sample.weights),
            try f1Score(
                sample.truth, sample.guess, labels: [0, 1, 2, 3], average: nil, sampleWeight: sample.weights), nil)
        expectEqual(
            try f1Score(rows(sample.truth), rows(sample.guess), average: .samples),
            try accuracyScore(sample.truth, sample.guess), nil)
    }

    @Test func labelsOfAnyTypeScoreAlike() throws {
        let truth = [1, 2, 2, 3, 1, 3]
        let guess = [1, 2, 3, 3, 2, 3]
        func levels(_ numbers: [Int]) -> [Level] { numbers.compactMap { Level(rawValue: $0) } }
        func species(_ numbers: [Int]) -> [Species] { numbers.map { [.setosa, .versicolor, .virginica][$0 - 1] } }
        let expected = try precisionScore(truth, guess, average: nil)
        #expect(try precisionScore(levels(truth), levels(guess), average: nil) == expected)
        #expect(try precisionScore(species(truth), species(guess), average: nil) == expected)
        #expect(try confusionMatrix(levels(truth), levels(guess)) == confusionMatrix(truth, guess))
        let binary = try f1Score([Level.low, .high, .high], [.high, .high, .low], posLabel: .high)
        #expect(binary == 0.5)
        #expect(try f1Score([true, false, true], [true, true, true]) == 0.8)
    }

    @Test func reportsAreRead() throws {
        let report = try classificationReport(
            [Species.setosa, .setosa, .virginica], [.setosa, .virginica, .virginica])
        #expect(report["setosa"]?.recall == 0.5)
        #expect(report["virginica"]?.precision == 0.5)
        #expect(report["macro avg"] == report.macroAvg)
        #expect(report["weighted avg"]?.support == 3)
        #expect(report["micro avg"] == nil && report["samples avg"] == nil && report["versicolor"] == nil)
        expectEqual(report.accuracy ?? .nan, 2.0 / 3, nil)
        #expect(report.classes.map(\.name) == ["setosa", "virginica"])
    }
}
