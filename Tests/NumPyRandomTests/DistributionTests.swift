import TestSupport
import Testing

@testable import NumPyRandom

/// Compares other distributions with the numbers of NumPy and scikit-learn.
@Suite struct DistributionTests {
    struct Poisson: StoredSequence {
        let lam: Pattern
        let seed: UInt32, count: Int, head: [Pattern], tail: [Pattern], hash: Pattern, next: Pattern
    }

    @Test func poisson() throws {
        for stored in try fixture("poissons", in: .module, of: [Poisson].self) {
            var random = RandomState(seed: stored.seed)
            var scalar = random
            let lam = stored.lam.double
            stored.expectEqual(try random.poisson(lam: lam, size: stored.count), random)
            stored.expectEqual(try (0..<stored.count).map { _ in try scalar.poisson(lam: lam) }, scalar)
        }
    }

    struct Exponential: StoredSequence {
        let scale: Pattern
        let seed: UInt32, count: Int, head: [Pattern], tail: [Pattern], hash: Pattern, next: Pattern
    }

    @Test func exponential() throws {
        for stored in try fixture("exponentials", in: .module, of: [Exponential].self) {
            var random = RandomState(seed: stored.seed)
            var scalar = random
            var standard = random
            let scale = stored.scale.double
            stored.expectEqual(try random.exponential(scale: scale, size: stored.count), random)
            stored.expectEqual(try (0..<stored.count).map { _ in try scalar.exponential(scale: scale) }, scalar)
            stored.expectEqual(try standard.standardExponential(size: stored.count).map { scale * $0 }, standard)
        }
    }

    struct Sample: StoredSequence {
        let population: Int
        let seed: UInt32, count: Int, head: [Pattern], tail: [Pattern], hash: Pattern, next: Pattern
    }

    @Test func sampleWithoutReplacement() throws {
        for stored in try fixture("samples_without_replacement", in: .module, of: [Sample].self) {
            var random = RandomState(seed: stored.seed)
            let sample = try random.sampleWithoutReplacement(stored.population, size: stored.count)
            stored.expectEqual(sample, random)
            #expect(Set(sample).count == sample.count)
            #expect(sample.allSatisfy { (0..<stored.population).contains($0) })
        }
    }

    @Test func shortNamesAreOtherNames() throws {
        var (short, long) = (RandomState(seed: 3), RandomState(seed: 3))
        #expect(try short.rand(5) == long.randomSample(size: 5))
        #expect(try short.randn(5) == long.standardNormal(size: 5))
        #expect(short == long)
    }

    @Test(arguments: [0.5, 9.5, 10, 40, 1e6])
    func poissonNumbersHaveTheirMeanAndVariance(lam: Double) throws {
        var random = RandomState(seed: 5)
        let size = 20_000
        let draws = try random.poisson(lam: lam, size: size).map(Double.init)
        let mean = draws.reduce(0, +) / Double(size)
        let variance = draws.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(size)
        // Four standard errors.
        #expect(abs(mean - lam) < 4 * (lam / Double(size)).squareRoot())
        #expect(abs(variance / lam - 1) < 4 * ((2 + 1 / lam) / Double(size)).squareRoot())
    }

    @Test(arguments: [-1, -1e-300, .nan, .infinity, 9.3e18] as [Double])
    func meansThatPoissonCannotHaveAreRefused(lam: Double) {
        let before = RandomState(seed: 1)
        var random = before
        #expect(throws: RandomStateError.self) { try random.poisson(lam: lam) }
        let error = #expect(throws: RandomStateError.self) { try random.poisson(lam: lam, size: 3) }
        #expect(error?.description.hasPrefix("lam must be from 0 to 9.22") == true)
        #expect(random == before)
    }

    @Test func otherArgumentsAreRefused() {
        var random = RandomState(seed: 1)
        #expect(throws: RandomStateError.negativeSize(argument: "size", value: -1)) { try random.poisson(size: -1) }
        #expect(throws: RandomStateError.negativeSize(argument: "size", value: -1)) { try random.exponential(size: -1) }
        #expect(throws: RandomStateError.negativeScale(-2)) { try random.exponential(scale: -2) }
        #expect(throws: RandomStateError.negativeScale(-2)) { try random.exponential(scale: -2, size: 4) }
        #expect(throws: RandomStateError.sampleTooLarge(size: 4, population: 3)) {
            try random.sampleWithoutReplacement(3, size: 4)
        }
        #expect(random == RandomState(seed: 1))
    }
}
