import TestSupport
import Testing

@testable import ModelSelection

/// A type with integer and floating-point parameters.
struct Point: Sendable, Equatable {
    var a = 0
    var b = 0.0
    var c = 0
    var d = 0.0
}

@Suite struct CandidateEqualityTests {
    struct Expected: Decodable {
        let meansOfInverses: [Double]
        let grid: [[Double]]
        let few, rare, all, mixed: [[[Double]]]
    }

    let expected: Expected

    init() throws { expected = try fixture("candidates", in: .module) }

    private func numbers(of candidates: some Sequence<ParameterSet<Point>>) -> [[Double]] {
        candidates.map { candidate in
            let point = candidate.applied(to: Point())
            return zip(candidate.names, [Double(point.a), point.b, Double(point.c), point.d]).map { $1 }
        }
    }

    @Test func gridsGoThroughTheLastAxisFirst() throws {
        let grid = try ParameterGrid<Point>([
            .init(\.a, [3, 1, 2]), .init(\.b, [0.5, -1.5]), .init(\.c, [7, 9]),
        ])
        #expect(numbers(of: grid) == expected.grid)
        #expect(grid.count == 12)
    }

    @Test func gridsComeOneAfterTheOther() throws {
        var search = SearchTests.search(over: [3, 5])
        search.furtherGrids = [[.init(\.level, [4]), .init(\.note, ["a", "b"])]]
        try search.fit(Probe.x, Probe.y)
        let texts = search.cvResults.params.map(\.description)
        #expect(texts == ["{level: 3.0}", "{level: 5.0}", "{level: 4.0, note: a}", "{level: 4.0, note: b}"])
        #expect(search.cvResults.rankTestScore == [4, 1, 2, 2])
        #expect(search.cvResults.csv.contains("\n3.0,,3.0,"))
    }

    private func sample(_ count: Int, _ seed: UInt32, _ a: Int, _ b: Int) throws -> [[Double]] {
        let distributions: [ParameterDistribution<Point>] = [
            .init(\.a, .choice(Array(0..<a))), .init(\.b, .choice((0..<b).map { Double($0) / 2 })),
        ]
        return numbers(of: try ParameterSampler(distributions, nIter: count, randomState: seed).candidates())
    }

    @Test func choicesAreDrawnWithoutReplacement() throws {
        #expect(try [0, 1, UInt32.max].map { try sample(5, $0, 3, 4) } == expected.few)
        #expect(try [0, 1].map { try sample(30, $0, 100, 100) } == expected.rare)
        #expect(try [sample(50, 3, 3, 4)] == expected.all)
    }

    @Test func distributionsAreDrawnInTurn() throws {
        for (seed, expected) in zip([UInt32(0), 42], expected.mixed) {
            let sampler = ParameterSampler<Point>(
                [
                    .init(\.a, .randint(-3, 40)), .init(\.b, .logUniform(1e-5, 10)), .init(\.c, .choice([4, 5, 6])),
                    .init(\.d, .uniform(-2, 3)),
                ], nIter: 20, randomState: seed)
            let actual = numbers(of: try sampler.candidates())
            #expect(actual.map { [$0[0], $0[2]] } == expected.map { [$0[0], $0[2]] })
            for (actual, expected) in zip(actual, expected) {
                expectEqual(actual, expected, within: 1e-14)
            }
        }
    }

    /// Scores tie as in scikit-learn only if they are added in the same order.
    @Test func meansAreNumPysToTheLastDigit() {
        let means = (1...30).map { count in mean(of: (1...count).map { 1 / Double($0) }) }
        #expect(means == expected.meansOfInverses)
    }
}
