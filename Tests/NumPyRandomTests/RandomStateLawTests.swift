import Foundation
import Testing

@testable import NumPyRandom

/// Properties of every generator, whatever numbers it draws.
@Suite struct RandomStateLawTests {
    private static let seeds: [UInt32] = [0, 1, 42, 1 << 31, .max]

    @Test(arguments: seeds) func equalSeedsAreEqual(seed: UInt32) {
        #expect(RandomState(seed: seed) == RandomState(seed: seed))
        #expect(RandomState(seed: seed) != RandomState(seed: seed ^ 1))
    }

    @Test(arguments: seeds) func copyIsIndependent(seed: UInt32) throws {
        var original = RandomState(seed: seed)
        _ = original.standardNormal()
        var copy = original
        let drawn = try original.normal(size: 2000)
        #expect(copy != original)
        #expect(try copy.normal(size: 2000) == drawn)
        #expect(copy == original)
    }

    @Test(arguments: seeds) func storedStateContinues(seed: UInt32) throws {
        var random = RandomState(seed: seed)
        // Before the first block, within a block, at its end, and with a cached normal number.
        for draws in [0, 1, 311, 312, 700] {
            for _ in 0..<draws { _ = random.next() }
            for _ in 0..<2 {
                let stored = try JSONEncoder().encode(random)
                var restored = try JSONDecoder().decode(RandomState.self, from: stored)
                #expect(restored == random)
                var reference = random
                #expect(try restored.normal(size: 999) == reference.normal(size: 999))
                #expect(try restored.randint(in: 0...9, size: 999) == reference.randint(in: 0...9, size: 999))
                _ = random.standardNormal()
            }
        }
    }

    @Test func impossibleStoredStatesAreRefused() throws {
        let key = [UInt32](repeating: 1, count: 624)
        let zeros = [UInt32](repeating: 0, count: 624)
        #expect(throws: Never.self) { try decode(key: key) }
        #expect(throws: Never.self) { try decode(key: key, position: 0) }
        #expect(throws: Never.self) { try decode(key: key, hasGauss: true, cachedGaussian: "-0.5") }
        #expect(throws: Never.self) { try decode(key: [0x8000_0000] + zeros.dropLast()) }

        #expect(throws: DecodingError.self) { try decode(key: []) }
        #expect(throws: DecodingError.self) { try decode(key: key + [1]) }
        #expect(throws: DecodingError.self) { try decode(key: key.dropLast()) }
        #expect(throws: DecodingError.self) { try decode(key: key, position: 625) }
        #expect(throws: DecodingError.self) { try decode(key: key, position: -1) }
        #expect(throws: DecodingError.self) { try decode(key: key, hasGauss: true, cachedGaussian: "\"NaN\"") }
        #expect(throws: DecodingError.self) { try decode(key: key, hasGauss: true, cachedGaussian: "null") }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(RandomState.self, from: Data("{}".utf8)) }
        // Without any of the bits that count, the generator could never leave zero.
        #expect(throws: DecodingError.self) { try decode(key: zeros) }
        #expect(throws: DecodingError.self) { try decode(key: [0x7FFF_FFFF] + zeros.dropLast()) }
    }

    private func decode(
        key: [UInt32], position: Int = 624, hasGauss: Bool = false, cachedGaussian: String = "0"
    ) throws -> RandomState {
        let text =
            "{\"key\": \(key), \"position\": \(position), \"hasGauss\": \(hasGauss), "
            + "\"cachedGaussian\": \(cachedGaussian)}"
        let decoder = JSONDecoder()
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "NaN")
        return try decoder.decode(RandomState.self, from: Data(text.utf8))
    }

    @Test func withoutSeedEveryGeneratorIsDifferent() {
        #expect(RandomState() != RandomState())
        #expect(RandomState(seed: nil) != RandomState(seed: nil))
        var random = RandomState()
        #expect(Set((0..<1000).map { _ in random.next() }).count == 1000)
    }

    @Test(arguments: [0, 1, 2, 3, 64, 65, 1000]) func permutationHoldsEachOnce(count: Int) throws {
        var random = RandomState(seed: 5)
        let permutation = try random.permutation(count)
        #expect(permutation.sorted() == Array(0..<count))
    }

    @Test func shuffleLeavesOtherCopiesAlone() {
        var random = RandomState(seed: 3)
        let original = Array(0..<100)
        var shuffled = original
        random.shuffle(&shuffled)
        #expect(original == Array(0..<100))
        #expect(shuffled != original)
        #expect(shuffled.sorted() == original)
    }

    @Test func choiceWithoutReplacementHoldsNoneTwice() throws {
        var random = RandomState(seed: 11)
        let p = [0.97, 0.01, 0.005, 0, 0.01, 0.005]
        for _ in 0..<200 {
            #expect(try random.choice(6, size: 5, replace: false, p: p).sorted() == [0, 1, 2, 4, 5])
            #expect(Set(try random.choice(6, size: 4, replace: false)).count == 4)
        }
    }

    @Test func everyValueOfASmallRangeIsDrawn() throws {
        var random = RandomState(seed: 9)
        #expect(Set(try random.randint(low: -3, high: 4, size: 1000)) == Set(-3...3))
        #expect(try random.randint(in: 7...7, size: 3) == [7, 7, 7])
    }

    @Test func standardLibraryDrawsFromIt() {
        var random = RandomState(seed: 42)
        #expect(UInt64.random(in: 0...UInt64.max, using: &random) == 0x5FE1_DC66_CBEA_3DB3)
    }

    /// At any position in a block of 624 words, also if a number takes its two words from two blocks.
    @Test(arguments: 0..<8) func numbersTogetherAreThoseOneByOne(drawsBefore: Int) throws {
        var together = RandomState(seed: 11)
        for _ in 0..<drawsBefore { _ = try together.randint(low: 0, high: 1 << 20) }
        var alone = together
        for size in [0, 1, 3, 311, 313, 2000] {
            let numbers = try together.uniform(low: -2, high: 5, size: size)
            #expect(try numbers == (0..<size).map { _ in try alone.uniform(low: -2, high: 5) })
        }
        #expect(together == alone)
    }
}
