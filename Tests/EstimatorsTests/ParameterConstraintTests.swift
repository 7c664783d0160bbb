import Testing

@testable import Estimators

@Suite("Constraints of parameters")
struct ParameterConstraintTests {
    struct Settings: Sendable {
        var momentum = 0.9
        var maxIter = 200
        var sizes = [100]
        var solver = "adam"
    }

    static let constraints: [ParameterConstraint<Settings>] = [
        .number("momentum", \.momentum, in: .closed(0, 1)),
        .integer("maxIter", \.maxIter, from: 1),
        ParameterConstraint("sizes", \.sizes, allowed: "positive integers") { $0.allSatisfy { $0 > 0 } },
        .any("solver", \.solver, "anything"),
    ]

    private func refusal(_ change: (inout Settings) -> Void) -> String? {
        var settings = Settings()
        change(&settings)
        do {
            for constraint in Self.constraints { try constraint.check(settings) }
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func whatIsAllowedPasses() {
        #expect(refusal { _ in } == nil)
        #expect(refusal { $0.momentum = 0 } == nil)
        #expect(refusal { $0.momentum = 1 } == nil)
        #expect(refusal { $0.maxIter = .max } == nil)
        #expect(refusal { $0.sizes = [] } == nil)
        #expect(refusal { $0.solver = "" } == nil)
    }

    @Test func refusalsNameTheParameterItsValueAndWhatIsAllowed() {
        #expect(refusal { $0.momentum = 1.5 } == "momentum must be a number in [0, 1], but is 1.5.")
        #expect(refusal { $0.momentum = .nan } == "momentum must be a number in [0, 1], but is nan.")
        #expect(refusal { $0.momentum = -.infinity } == "momentum must be a number in [0, 1], but is -inf.")
        #expect(refusal { $0.maxIter = 0 } == "maxIter must be an integer of at least 1, but is 0.")
        #expect(refusal { $0.maxIter = .min }?.contains("\(Int.min)") == true)
        #expect(refusal { $0.sizes = [3, 0] } == "sizes must be positive integers, but is [3, 0].")
    }

    @Test func theErrorIsOfItsKind() {
        #expect(
            throws: EstimatorError.invalidParameter(name: "maxIter", value: "-1", allowed: "an integer of at least 1")
        ) {
            try Self.constraints[1].check(Settings(maxIter: -1))
        }
    }

    @Test func theTableSaysWhatIsAllowed() {
        #expect(Self.constraints.map(\.name) == ["momentum", "maxIter", "sizes", "solver"])
        #expect(Self.constraints.map(\.allowed).last == "anything")
    }
}

@Suite("Intervals")
struct IntervalTests {
    @Test(arguments: [
        (Interval.closed(0, 1), "[0, 1]", [0, 0.5, 1], [-1e-300, 1.0.nextUp]),
        (.halfOpen(0, 1), "[0, 1)", [0, 1.0.nextDown], [1, -0.5]),
        (.atLeast(0), "[0, ∞)", [0, 1e308], [-1]),
        (.above(0), "(0, ∞)", [.leastNonzeroMagnitude, 7], [0, -0.0]),
        (.closed(-0.25, 1.5), "[-0.25, 1.5]", [-0.25, 1.5], [-0.3, 1.6]),
        (.above(-.infinity), "(-∞, ∞)", [-1e308, 0], []),
        (.halfOpen(-1e300, 1e300), "[-1e+300, 1e+300)", [-1e300, 0], [1e300]),
    ])
    func membersAndText(interval: Interval, text: String, members: [Double], others: [Double]) {
        #expect("\(interval)" == text)
        for number in members { #expect(interval.contains(number), "\(number)") }
        for number in others + [.nan, .infinity, -.infinity] { #expect(!interval.contains(number), "\(number)") }
    }
}
