import Foundation
import TestSupport
import Testing

@testable import NumPyRandom

/// Compares every method with NumPy's numbers.
@Suite struct NumPyEqualityTests {
    struct Words: StoredSequence {
        let bits: Int
        let seed: UInt32, count: Int, head: [Pattern], tail: [Pattern], hash: Pattern, next: Pattern
    }

    @Test func words() throws {
        for stored in try fixture("words", in: .module, of: [Words].self) {
            var random = RandomState(seed: stored.seed)
            if stored.bits == 32 {
                stored.expectEqual((0..<stored.count).map { _ in random.engine.nextUInt32() }, random)
            } else {
                stored.expectEqual((0..<stored.count).map { _ in random.next() }, random)
            }
        }
    }

    @Test func documentedExample() throws {
        var random = RandomState(seed: 42)
        #expect(random.randomSample() == 0.3745401188473625)
        #expect(try random.randint(low: 0, high: 10, size: 3) == [7, 4, 6])
        #expect(try random.permutation(5) == [4, 0, 3, 2, 1])
    }

    struct RandomSample: StoredSequence {
        let seed: UInt32, count: Int, head: [Pattern], tail: [Pattern], hash: Pattern, next: Pattern
    }

    @Test func randomSample() throws {
        for stored in try fixture("random_sample", in: .module, of: [RandomSample].self) {
            var random = RandomState(seed: stored.seed)
            var scalar = random
            stored.expectEqual(try random.randomSample(size: stored.count), random)
            stored.expectEqual((0..<stored.count).map { _ in scalar.randomSample() }, scalar)
        }
    }

    struct Uniform: StoredSequence {
        let low: Pattern, high: Pattern
        let seed: UInt32, count: Int, head: [Pattern], tail: [Pattern], hash: Pattern, next: Pattern
    }

    @Test func uniform() throws {
        for stored in try fixture("uniform", in: .module, of: [Uniform].self) {
            let (low, high) = (stored.low.double, stored.high.double)
            var random = RandomState(seed: stored.seed)
            var scalar = random
            stored.expectEqual(try random.uniform(low: low, high: high, size: stored.count), random)
            stored.expectEqual(try (0..<stored.count).map { _ in try scalar.uniform(low: low, high: high) }, scalar)
        }
    }

    struct Integers: StoredSequence {
        let lower: Int, upper: Int
        let seed: UInt32, count: Int, head: [Pattern], tail: [Pattern], hash: Pattern, next: Pattern
    }

    @Test func randint() throws {
        for stored in try fixture("integers", in: .module, of: [Integers].self) {
            let range = stored.lower...stored.upper
            var random = RandomState(seed: stored.seed)
            var scalar = random
            stored.expectEqual(try random.randint(in: range, size: stored.count), random)
            stored.expectEqual((0..<stored.count).map { _ in scalar.randint(in: range) }, scalar)

            guard stored.upper < Int.max else { continue }
            random = RandomState(seed: stored.seed)
            scalar = random
            let high = stored.upper + 1
            stored.expectEqual(try random.randint(low: stored.lower, high: high, size: stored.count), random)
            stored.expectEqual(
                try (0..<stored.count).map { _ in try scalar.randint(low: stored.lower, high: high) }, scalar)
        }
    }

    struct Permutation: StoredSequence {
        let seed: UInt32, count: Int, head: [Pattern], tail: [Pattern], hash: Pattern, next: Pattern
    }

    @Test func permutation() throws {
        for stored in try fixture("permutations", in: .module, of: [Permutation].self) {
            var random = RandomState(seed: stored.seed)
            stored.expectEqual(try random.permutation(stored.count), random)
        }
    }

    @Test func shuffle() throws {
        for stored in try fixture("shuffles", in: .module, of: [Permutation].self) {
            var random = RandomState(seed: stored.seed)
            var squares = (0..<stored.count).map { $0 * $0 }
            random.shuffle(&squares)
            random.shuffle(&squares)
            stored.expectEqual(squares, random)
        }
    }

    @Test func shuffleOfAnyElements() throws {
        for stored in try fixture("shuffles", in: .module, of: [Permutation].self) {
            var random = RandomState(seed: stored.seed)
            var squares = (0..<stored.count).map { String($0 * $0) }
            random.shuffle(&squares)
            squares = random.permutation(squares)
            stored.expectEqual(squares.compactMap { Int($0) }, random)
        }
    }

    struct Choice: StoredSequence {
        let population: Int, replace: Bool, weighted: Bool
        let seed: UInt32, count: Int, head: [Pattern], tail: [Pattern], hash: Pattern, next: Pattern

        var probabilities: [Double]? {
            guard weighted else { return nil }
            let weights = (0..<population).map { Double(7 * ($0 + 1) % 5) }
            let sum = weights.reduce(0, +)
            return weights.map { $0 / sum }
        }
    }

    @Test func choice() throws {
        for stored in try fixture("choices", in: .module, of: [Choice].self) {
            let (replace, p) = (stored.replace, stored.probabilities)
            let elements = Array(0..<stored.population)
            var random = RandomState(seed: stored.seed)
            var other = random
            stored.expectEqual(
                try random.choice(stored.population, size: stored.count, replace: replace, p: p), random)
            stored.expectEqual(try other.choice(elements, size: stored.count, replace: replace, p: p), other)

            guard stored.count == 1 else { continue }
            random = RandomState(seed: stored.seed)
            other = random
            stored.expectEqual([try random.choice(stored.population, replace: replace, p: p)], random)
            stored.expectEqual([try other.choice(elements, replace: replace, p: p)], other)
        }
    }

    struct Normal: StoredSequence {
        let loc: Pattern, scale: Pattern
        let seed: UInt32, count: Int, head: [Pattern], tail: [Pattern], hash: Pattern, next: Pattern
    }

    @Test func normal() throws {
        for stored in try fixture("normals", in: .module, of: [Normal].self) {
            let (loc, scale) = (stored.loc.double, stored.scale.double)
            var random = RandomState(seed: stored.seed)
            var scalar = random
            expectEqual(try random.normal(loc: loc, scale: scale, size: stored.count), random, to: stored)
            expectEqual(
                try (0..<stored.count).map { _ in try scalar.normal(loc: loc, scale: scale) }, scalar, to: stored)

            guard loc == 0, scale == 1 else { continue }
            random = RandomState(seed: stored.seed)
            scalar = random
            expectEqual(try random.standardNormal(size: stored.count), random, to: stored)
            expectEqual((0..<stored.count).map { _ in scalar.standardNormal() }, scalar, to: stored)
        }
    }

    struct Mixture: StoredSequence {
        let position: Int, hasGauss: Bool, cached: Pattern, key: Pattern
        let seed: UInt32, count: Int, head: [Pattern], tail: [Pattern], hash: Pattern, next: Pattern
    }

    /// All methods in turn: the second normal number is kept across other calls, and each leaves NumPy's state.
    @Test func mixture() throws {
        for stored in try fixture("mixtures", in: .module, of: [Mixture].self) {
            var random = RandomState(seed: stored.seed)
            var drawn: [Double] = []
            for turn in 0..<40 {
                drawn.append(random.standardNormal())
                drawn.append(try random.uniform(low: -2, high: 3))
                drawn.append(try random.normal(loc: 10, scale: 0.5))
                drawn.append(Double(try random.randint(low: 0, high: 10)))
                drawn.append(random.randomSample())
                drawn += try random.normal(scale: 2, size: 3)
                var values = Array(0..<17)
                random.shuffle(&values)
                drawn += values.map(Double.init)
                drawn.append(Double(try random.choice(7)))
                drawn.append(Double(try random.choice(5, replace: false)))
                drawn.append(Double(try random.choice(4, p: [0.1, 0.2, 0.3, 0.4])))
                drawn += try random.permutation(turn).map(Double.init)
                drawn.append(Double(try random.randint(low: -5, high: 1 << 40)))
                drawn += try random.standardNormal(size: turn % 3)
                drawn += try random.uniform(size: 2)
            }
            expectEqual(drawn, random, to: stored)
            #expect(random.engine.position == stored.position)
            #expect(fingerprint(random.engine.key.map { Pattern(UInt64($0)) }) == stored.key)
            #expect((random.cachedGaussian != nil) == stored.hasGauss)
            expectClose(random.cachedGaussian ?? 0, stored.cached.double)
        }
    }

    /// Normal numbers use the logarithm of the C library. The fixtures were made with glibc; with other libraries the
    /// last bits may differ.
    private func expectEqual(_ values: [Double], _ random: RandomState, to stored: some StoredSequence) {
        #if canImport(Glibc)
            stored.expectEqual(values, random)
        #else
            #expect(values.count == stored.count)
            for (value, expected) in zip(values, stored.head) { expectClose(value, expected.double) }
            for (value, expected) in zip(values.suffix(stored.tail.count), stored.tail) {
                expectClose(value, expected.double)
            }
            stored.expectNext(random)
        #endif
    }

    private func expectClose(_ value: Double, _ expected: Double) {
        #if canImport(Glibc)
            #expect(value.bitPattern == expected.bitPattern)
        #else
            #expect(abs(value - expected) <= 4 * max(expected.ulp, Double.ulpOfOne))
        #endif
    }
}
