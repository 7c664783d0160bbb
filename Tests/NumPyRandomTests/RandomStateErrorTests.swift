import Testing

@testable import NumPyRandom

/// Rejected arguments, after which the generator's state is unchanged.
@Suite struct RandomStateErrorTests {
    private func expect(
        _ text: String, sourceLocation: SourceLocation = #_sourceLocation,
        from call: (inout RandomState) throws(RandomStateError) -> some Any
    ) {
        let before = RandomState(seed: 1)
        var random = before
        do {
            _ = try call(&random)
            Issue.record("nothing was refused: \(text)", sourceLocation: sourceLocation)
        } catch {
            #expect(error.description == text, sourceLocation: sourceLocation)
        }
        #expect(random == before, sourceLocation: sourceLocation)
    }

    @Test func sizes() {
        let negative = "size must be at least 0, but is -1."
        expect(negative) { r throws(RandomStateError) in try r.uniform(size: -1) }
        expect(negative) { r throws(RandomStateError) in try r.randomSample(size: -1) }
        expect(negative) { r throws(RandomStateError) in try r.randint(low: 0, high: 2, size: -1) }
        expect(negative) { r throws(RandomStateError) in try r.randint(in: 0...1, size: -1) }
        expect(negative) { r throws(RandomStateError) in try r.normal(size: -1) }
        expect(negative) { r throws(RandomStateError) in try r.standardNormal(size: -1) }
        expect(negative) { r throws(RandomStateError) in try r.choice(3, size: -1) }
        expect(negative) { r throws(RandomStateError) in try r.choice(["a"], size: -1, replace: false) }
        expect("count must be at least 0, but is -1.") { r throws(RandomStateError) in try r.permutation(-1) }
    }

    @Test(arguments: [1 << 48, 1 << 60, Int.max / 8, Int.max / 8 - 100_000, Int.max])
    func sizesBeyondMemory(size: Int) {
        func text(_ argument: String) -> String {
            "\(argument) must be a number of values that fits in memory, but is \(size)."
        }
        expect(text("size")) { r throws(RandomStateError) in try r.uniform(size: size) }
        expect(text("size")) { r throws(RandomStateError) in try r.standardNormal(size: size) }
        expect(text("size")) { r throws(RandomStateError) in try r.choice(3, size: size) }
        expect(text("size")) { r throws(RandomStateError) in try r.choice(["a"], size: size) }
        expect(text("population")) { r throws(RandomStateError) in try r.choice(size, size: 1, replace: false) }
        expect(text("count")) { r throws(RandomStateError) in try r.permutation(size) }
    }

    @Test func randint() {
        let text = "low must be less than high, but low is 5 and high is 5."
        expect(text) { r throws(RandomStateError) in try r.randint(low: 5, high: 5) }
        expect(text) { r throws(RandomStateError) in try r.randint(low: 5, high: 5, size: 3) }
        expect("low must be less than high, but low is \(Int.max) and high is \(Int.min).") {
            r throws(RandomStateError) in try r.randint(low: .max, high: .min)
        }
    }

    @Test func uniform() {
        expect("high - low must be finite, but low is nan and high is 1.0.") {
            r throws(RandomStateError) in try r.uniform(low: .nan)
        }
        expect("high - low must be finite, but low is 0.0 and high is inf.") {
            r throws(RandomStateError) in try r.uniform(high: .infinity, size: 0)
        }
        expect("high - low must be finite, but low is -1e+308 and high is 1e+308.") {
            r throws(RandomStateError) in try r.uniform(low: -1e308, high: 1e308)
        }
    }

    @Test func normal() throws {
        expect("scale must be at least 0, but is -1.0.") { r throws(RandomStateError) in try r.normal(scale: -1) }
        expect("scale must be at least 0, but is -0.0.") {
            r throws(RandomStateError) in try r.normal(scale: -0.0, size: 2)
        }
        var random = RandomState(seed: 1)
        #expect(try random.normal(scale: .nan).isNaN)
        #expect(try random.normal(loc: .infinity) == .infinity)
    }

    @Test func choice() throws {
        let empty = "The population to choose from must have at least 1 element, but has 0."
        expect(empty) { r throws(RandomStateError) in try r.choice(0) }
        expect(empty) { r throws(RandomStateError) in try r.choice([String]()) }
        expect(empty) { r throws(RandomStateError) in try r.choice([Int](), size: 1, replace: false) }
        expect("The population to choose from must have at least 1 element, but has -2.") {
            r throws(RandomStateError) in try r.choice(-2, size: 1)
        }
        expect("size must be at most the population's 3 when replace is false, but is 4.") {
            r throws(RandomStateError) in try r.choice(3, size: 4, replace: false)
        }
        var random = RandomState(seed: 1)
        #expect(try random.choice(0, size: 0) == [])
        #expect(try random.choice(-2, size: 0) == [])
        #expect(try random.choice([String](), size: 0) == [])
    }

    @Test func probabilities() throws {
        expect("p must have one probability for each of the population's 3 elements, but has 2.") {
            r throws(RandomStateError) in try r.choice(3, p: [0.5, 0.5])
        }
        expect("p must hold numbers from 0 to 1, but p[1] is nan.") {
            r throws(RandomStateError) in try r.choice(2, p: [0.5, .nan])
        }
        expect("p must hold numbers from 0 to 1, but p[0] is -0.5.") {
            r throws(RandomStateError) in try r.choice(2, p: [-0.5, 1.5])
        }
        expect("p must hold numbers from 0 to 1, but p[1] is inf.") {
            r throws(RandomStateError) in try r.choice(2, p: [0.5, .infinity])
        }
        expect("p must sum to 1, but sums to 0.0.") { r throws(RandomStateError) in try r.choice(2, p: [0, 0]) }
        expect("p must sum to 1, but sums to inf.") {
            r throws(RandomStateError) in try r.choice(2, p: [1.5e308, 1.5e308])
        }
        expect("p must sum to 1, but sums to 0.0.") {
            r throws(RandomStateError) in try r.choice(0, size: 0, p: [])
        }
        expect("size must be at most the 1 elements of positive probability when replace is false, but is 2.") {
            r throws(RandomStateError) in try r.choice(2, size: 2, replace: false, p: [1, 0])
        }
    }

    /// NumPy's tolerance is the square root of the machine epsilon, 1.49e-8.
    @Test func probabilitiesNearlySumToOne() throws {
        expect("p must sum to 1, but sums to \(1 + 1.6e-8).") {
            r throws(RandomStateError) in try r.choice(2, p: [0.5, 0.5 + 1.6e-8])
        }
        var random = RandomState(seed: 0)
        #expect(try random.choice(2, size: 2, p: [0.5, 0.5 + 1.4e-8]) == [1, 1])
        #expect(try random.choice(2, size: 2, p: [1.0, -0.0]) == [0, 0])
        // A million probabilities of 10⁻⁶: a plain sum has a rounding error, the compensated sum does not.
        #expect(try random.choice(1_000_000, size: 3, p: [Double](repeating: 1e-6, count: 1_000_000)).count == 3)
    }
}
