import LinearAlgebra
import ModelSelection
import TestSupport
import Testing

/// Sample weights in a cross-validation.
@Suite struct WeightedValidationTests {
    struct Expected: Decodable {
        let scores, logLosses, widths: [Double]
        let probabilities: [[Double]]
    }

    private let weights = (0..<150).map { 0.1 + Double($0 * 7 % 30) / 10 }

    @Test func weightsGoToTheFits() throws {
        let expected: Expected = try fixture("weighted", in: .module)
        let (x, classes) = (try Iris.x(), try Iris.classes())
        expectEqual(try crossValScore(classifier(), x, classes, cv: 5, sampleWeight: weights), expected.scores)
        expectEqual(
            try crossValScore(classifier(), x, classes, scoring: .negLogLoss, cv: 3, sampleWeight: weights),
            expected.logLosses)
        expectEqual(
            try crossValPredict(
                regressor(), Iris.features(), Iris.widths(), cv: shuffled, nJobs: 2, sampleWeight: weights),
            expected.widths)
        let probabilities = try crossValPredictProba(classifier(), x, classes, cv: 3, sampleWeight: weights)
        expectEqual(stride(from: 0, to: 150, by: 10).map { Array(probabilities.row($0)) }, expected.probabilities)
    }

    @Test func equalWeightsAreNone() throws {
        let (x, classes) = (try Iris.x(), try Iris.classes())
        let plain = try crossValidate(classifier(), x, classes, scoring: [.negLogLoss])
        let equal = try crossValidate(
            classifier(), x, classes, scoring: [.negLogLoss], sampleWeight: Array(repeating: 1, count: 150))
        #expect(plain.testScore == equal.testScore)
    }

    @Test(arguments: [
        Refusal("weights of another number", mentions: "sampleWeight", "2", "12") {
            _ = try crossValScore(Probe(), Probe.x, Probe.y, sampleWeight: [1, 2])
        },
        Refusal("a negative weight", mentions: "sampleWeight[0]", "-1.0") {
            _ = try crossValPredict(Probe(), Probe.x, Probe.y, sampleWeight: [-1] + Array(repeating: 1, count: 11))
        },
    ]) func isRefused(_ refusal: Refusal) { refusal.check() }
}
