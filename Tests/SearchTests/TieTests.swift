import NeuralNetwork
import TestSupport
import Testing

@testable import ModelSelection

/// Which candidates with equal scores a halving search keeps.
@Suite struct TieTests {
    struct Expected: Decodable {
        let scores: [[Double]]
        let orders: [[Int]]
        let search: ExpectedTable
        let alphas: [Double]
    }

    let expected: Expected

    init() throws { expected = try fixture("ties", in: .module) }

    @Test func equalScoresAreOrderedAsNumPyOrdersThem() {
        for (scores, order) in zip(expected.scores, expected.orders) {
            #expect(ascendingOrder(of: scores) == order, "\(scores)")
        }
    }

    @Test func nothingIsLostAmongOthers() {
        #expect(ascendingOrder(of: []) == [])
        #expect(ascendingOrder(of: [1, .nan, 0, .nan, 1]) == [1, 3, 2, 0, 4])
        #expect(ascendingOrder(of: [.infinity, 1, -.infinity]) == [2, 1, 0])
        #expect(ascendingOrder(of: Array(repeating: 0.5, count: 300)) == Array(0..<300))
    }

    @Test func scikitLearnsCandidatesGoOn() throws {
        var search = HalvingGridSearchCV(
            classifier(),
            paramGrid: [.init(\.activation, [.relu, .tanh, .identity]), .init(\.alpha, [1e-4, 1e-3, 1e-2, 0.1])],
            factor: 2, minResources: 30, cv: 3, randomState: 4)
        try expected.search.check(&search, Iris.x(), Iris.classes()) { Double($0) }
        #expect(search.cvResults.params.map { $0[\.alpha] } == expected.alphas)
    }
}
