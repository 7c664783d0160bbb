import Foundation
import ModelSelection
import NeuralNetwork
import TestSupport
import Testing

/// Distributions of hidden layers: which shapes are drawn, and how often.
@Suite struct LayerShapeTests {
    private typealias Model = MLPClassifier<Int, Double>

    private func shapes(
        _ distribution: Distribution<[Int]>, _ count: Int = 3_000, seed: UInt32 = 1
    ) throws -> [[Int]] {
        try ParameterSampler<Model>([.init(\.hiddenLayerSizes, distribution)], nIter: count, randomState: seed)
            .candidates().map { try #require($0[\.hiddenLayerSizes]) }
    }

    /// Expects a frequency within five standard deviations.
    private func expectShare(
        _ hits: Int, of total: Int, is probability: Double, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let expected = probability * Double(total)
        let deviation = (expected * (1 - probability)).squareRoot()
        #expect(abs(Double(hits) - expected) < 5 * deviation, "\(hits) of \(total)", sourceLocation: sourceLocation)
    }

    @Test(arguments: LayerShape.allCases) func numbersAreWithinTheirBounds(shape: LayerShape) throws {
        for drawn in try shapes(.layers(count: 0...3, units: 16...18, shape: shape)) {
            #expect((0...3).contains(drawn.count))
            #expect(drawn.allSatisfy { (16...18).contains($0) })
        }
        #expect(try shapes(.layers(count: 2...2, units: 7...7, shape: shape), 9) == Array(repeating: [7, 7], count: 9))
    }

    @Test(arguments: LayerShape.allCases) func numbersOfLayersAreEquallyProbable(shape: LayerShape) throws {
        let drawn = try shapes(.layers(count: 1...3, units: 16...512, shape: shape))
        for count in 1...3 { expectShare(drawn.count { $0.count == count }, of: drawn.count, is: 1.0 / 3) }
    }

    @Test func widthsAreLogUniform() throws {
        let layers = try shapes(.layers(count: 1...3, units: 16...512)).flatMap(\.self)
        let span = log(512.5 / 15.5)
        for bound in [16, 32, 90, 256, 511] {
            expectShare(
                layers.count { $0 <= bound }, of: layers.count, is: log((Double(bound) + 0.5) / 15.5) / span)
        }
    }

    @Test func everyIntegerHasTheProbabilityStated() throws {
        let drawn = try shapes(.layers(count: 1...1, units: 1...4), 8_000).flatMap(\.self)
        for units in 1...4 {
            let share = log((Double(units) + 0.5) / (Double(units) - 0.5)) / log(9)
            expectShare(drawn.count { $0 == units }, of: drawn.count, is: share)
        }
    }

    /// For two independent draws, all four combinations of below and above the median are equally frequent.
    @Test func everyLayerIsADrawOfItsOwn() throws {
        let drawn = try shapes(.layers(count: 2...2, units: 1...1_000_000))
        for wideFirst in [false, true] {
            for wideSecond in [false, true] {
                let hits = drawn.count { ($0[0] > 840) == wideFirst && ($0[1] > 840) == wideSecond }
                // The median of 0.5 … 1,000,000.5 is 707.1; 840 leaves 48.8 % above.
                let share = (wideFirst ? 0.4881 : 0.5119) * (wideSecond ? 0.4881 : 0.5119)
                expectShare(hits, of: drawn.count, is: share)
            }
        }
    }

    @Test func decreasingLayersAreTheIndependentOnesSorted() throws {
        let independent = try shapes(.layers(count: 1...4, units: 8...64))
        #expect(
            try shapes(.layers(count: 1...4, units: 8...64, shape: .decreasing))
                == independent.map { $0.sorted(by: >) })
        #expect(independent.contains { $0 != $0.sorted(by: >) })
    }

    @Test func layersCanHaveOneWidth() throws {
        let drawn = try shapes(.layers(count: 1...4, units: 8...64, shape: .sameWidth))
        #expect(drawn.allSatisfy { Set($0).count == 1 })
        let widths = drawn.compactMap(\.first)
        expectShare(widths.count { $0 <= 22 }, of: widths.count, is: log(22.5 / 7.5) / log(64.5 / 7.5))
    }

    @Test func theSeedDecides() throws {
        let space = Distribution.layers(count: 1...3, units: 16...512)
        #expect(try shapes(space, 20, seed: 4) == shapes(space, 20, seed: 4))
        #expect(try shapes(space, 20, seed: 4) != shapes(space, 20, seed: 5))
    }

    @Test func integersAreLogUniform() throws {
        let batches = try ParameterSampler<Point>([.init(\.a, .logUniform(8...128))], nIter: 3_000, randomState: 2)
            .candidates().compactMap { $0[\.a] }
        #expect(batches.allSatisfy { (8...128).contains($0) })
        expectShare(batches.count { $0 <= 32 }, of: batches.count, is: log(32.5 / 7.5) / log(128.5 / 7.5))
    }

    @Test func aSearchTriesThem() throws {
        var search = RandomizedSearchCV(
            classifier(maxIter: 3),
            paramDistributions: [.init(\.hiddenLayerSizes, .layers(count: 1...2, units: 2...9))],
            nIter: 4, cv: 3, randomState: 3)
        try search.fit(Iris.x(), Iris.classes())
        let best = try #require(search.bestParams?[\.hiddenLayerSizes])
        #expect(search.bestEstimator?.hiddenLayerSizes == best)
        #expect(search.bestEstimator?.coefs.dropLast().map(\.columns) == best)
    }

    private static func draw(_ distribution: Distribution<[Int]>) throws {
        _ = try ParameterSampler<Model>([.init(\.hiddenLayerSizes, distribution)], nIter: 1).candidates()
    }

    @Test(arguments: [
        Refusal("fewer than no layers", mentions: "hiddenLayerSizes", "layers(count: -1...3", "0 to 1,000 layers") {
            try draw(.layers(count: -1...3, units: 1...2))
        },
        Refusal("layers beyond counting", mentions: "count: 1...\(Int.max)") {
            try draw(.layers(count: 1...Int.max, units: 1...2))
        },
        Refusal("layers without units", mentions: "units: 0...5") { try draw(.layers(count: 1...2, units: 0...5)) },
        Refusal("units beyond counting", mentions: "units: 1...\(Int.max)") {
            try draw(.layers(count: 1...2, units: 1...Int.max))
        },
        Refusal("a logarithm of 0", mentions: "a ~ logUniform(0...5)", "from 1") {
            _ = try ParameterSampler<Point>([.init(\.a, .logUniform(0...5))], nIter: 1).candidates()
        },
    ]) func isRefused(_ refusal: Refusal) { refusal.check() }
}
