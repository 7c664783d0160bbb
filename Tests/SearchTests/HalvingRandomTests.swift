import LinearAlgebra
import ModelSelection
import NeuralNetwork
import TestSupport
import Testing

/// Halving searches over random candidates.
@Suite struct HalvingRandomTests {
    /// scikit-learn's data about the rounds, in addition to the table of results.
    struct Expected: Decodable {
        let table: ExpectedTable
        let nCandidatesPerIteration, nResourcesPerIteration: [Int]
        let nRemainingCandidates: Int

        private enum CodingKeys: CodingKey {
            case nCandidatesPerIteration, nResourcesPerIteration, nRemainingCandidates
        }

        init(from decoder: any Decoder) throws {
            table = try ExpectedTable(from: decoder)
            let container = try decoder.container(keyedBy: CodingKeys.self)
            nCandidatesPerIteration = try container.decode([Int].self, forKey: .nCandidatesPerIteration)
            nResourcesPerIteration = try container.decode([Int].self, forKey: .nResourcesPerIteration)
            nRemainingCandidates = try container.decode(Int.self, forKey: .nRemainingCandidates)
        }

        func check(_ search: some HalvingSearchCV) {
            #expect(search.nIterations == nCandidatesPerIteration.count)
            #expect(search.nCandidatesPerIteration == nCandidatesPerIteration)
            #expect(search.nResourcesPerIteration == nResourcesPerIteration)
            #expect(search.nRemainingCandidates == nRemainingCandidates)
        }
    }

    let expected: [String: Expected]

    init() throws { expected = try fixture("random_halving", in: .module) }

    private func search(
        seed: UInt32
    ) -> HalvingRandomSearchCV<MLPClassifier<Int, Double>> {
        HalvingRandomSearchCV(
            classifier(),
            paramDistributions: [
                .init(\.alpha, .logUniform(1e-5, 1e-1)), .init(\.hiddenLayerSizes, .choice([[3], [5], [4, 3]])),
            ], cv: 3, scoring: .negLogLoss, randomState: seed)
    }

    @Test func asManyCandidatesAsTheSamplesAllow() throws {
        var search = search(seed: 0)
        search.minResources = 20
        let expected = try #require(expected["samples"])
        try expected.table.check(&search, Iris.x(), Iris.classes()) { Double($0) }
        expected.check(search)
    }

    @Test func fromFewSamples() throws {
        var search = search(seed: 7)
        search.factor = 2
        let expected = try #require(expected["smallest"])
        try expected.table.check(&search, Iris.x(), Iris.classes()) { Double($0) }
        expected.check(search)
    }

    @Test func overIterations() throws {
        var search = HalvingRandomSearchCV(
            regressor(),
            paramDistributions: [
                .init(\.alpha, .logUniform(1e-5, 1e-1)), .init(\.hiddenLayerSizes, .choice([[3], [5], [4, 3]])),
            ], nCandidates: 9, resource: .parameter(\.maxIter), maxResources: 40, minResources: .exhaust, cv: shuffled,
            randomState: 5)
        let expected = try #require(expected["iterations"])
        try expected.table.check(&search, Iris.features(), Iris.widths()) { $0 }
        expected.check(search)
        #expect(search.bestParams?.names == ["alpha", "hiddenLayerSizes", "maxIter"])
    }

    @Test func nothingIsKnownBeforeFit() {
        let search = search(seed: 1)
        #expect(search.nIterations == 0 && search.nCandidatesPerIteration.isEmpty)
        #expect(search.nResourcesPerIteration.isEmpty && search.nRemainingCandidates == nil)
    }

    private static func random(_ change: (inout HalvingRandomSearchCV<Probe>) -> Void) throws {
        var search = HalvingRandomSearchCV(Probe(), paramDistributions: [.init(\.level, .uniform(0, 1))], cv: 3)
        change(&search)
        try search.fit(Probe.x, Probe.y)
    }

    @Test(arguments: [
        Refusal("candidates and resources to exhaust", mentions: "nCandidates", "exhaust") {
            try random { $0.minResources = .exhaust }
        },
        Refusal("no candidates", mentions: "nCandidates", "0") { try random { $0.nCandidates = 0 } },
        Refusal("candidates beyond patience", mentions: "nCandidates", "\(Int.max)") {
            try random { $0.nCandidates = .count(.max) }
        },
        Refusal("no distributions", mentions: "paramDistributions") { try random { $0.paramDistributions = [] } },
        Refusal("first resources above the last", mentions: "minResources", "9", "8") {
            try random { ($0.minResources, $0.maxResources) = (9, 8) }
        },
        Refusal("bounds that are none", mentions: "level ~ uniform(1.0, 0.0)") {
            try random { $0.paramDistributions = [.init(\.level, .uniform(1, 0))] }
        },
        Refusal("candidates by the million", mentions: "number of candidates", "\(Int.max)") {
            var search = HalvingRandomSearchCV(
                regressor(), paramDistributions: [.init(\.alpha, .uniform(0, 1))], resource: .parameter(\.maxFun),
                maxResources: .max, cv: 3)
            try search.fit(Probe.x, Probe.y)
        },
        Refusal("a resource that is drawn", mentions: "resource", "maxIter") {
            var search = HalvingRandomSearchCV(
                regressor(), paramDistributions: [.init(\.maxIter, .randint(1, 9))], nCandidates: 2,
                resource: .parameter(\.maxIter), maxResources: 9, cv: 3)
            try search.fit(Probe.x, Probe.y)
        },
    ]) func isRefused(_ refusal: Refusal) { refusal.check() }
}
