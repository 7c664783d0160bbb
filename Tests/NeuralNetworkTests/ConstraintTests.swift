import Estimators
import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// The table of constraints, and the errors of `fit` for values that violate it.
@Suite struct ConstraintTests {
    /// An invalid value of a parameter, its text in the error, and a part of the allowed values.
    struct Rejected: Sendable, CustomTestStringConvertible {
        let name: String
        let value: String
        let allowed: String
        let set: @Sendable (inout MLPHyperparameters) -> Void

        var testDescription: String { "\(name) = \(value)" }

        init(
            _ name: String, _ value: String, _ allowed: String,
            _ set: @escaping @Sendable (inout MLPHyperparameters) -> Void
        ) {
            self.name = name
            self.value = value
            self.allowed = allowed
            self.set = set
        }
    }

    static let rejected: [Rejected] =
        [
            Rejected("hiddenLayerSizes", "[0]", "at least 1") { $0.hiddenLayerSizes = [0] },
            Rejected("hiddenLayerSizes", "[5, -1]", "at least 1") { $0.hiddenLayerSizes = [5, -1] },
            Rejected("hiddenLayerSizes", "[\(Int.min)]", "at least 1") { $0.hiddenLayerSizes = [.min] },
            Rejected("batchSize", "0", "at least 1") { $0.batchSize = 0 },
            Rejected("batchSize", "-7", "at least 1") { $0.batchSize = -7 },
            Rejected("maxIter", "0", "at least 1") { $0.maxIter = 0 },
            Rejected("maxIter", "-1", "at least 1") { $0.maxIter = -1 },
            Rejected("nIterNoChange", "0", "at least 1") { $0.nIterNoChange = 0 },
            Rejected("maxFun", "0", "at least 1") { $0.maxFun = 0 },
        ]
        + numbers("alpha", \.alpha, outside: [-1e-300, -1], "[0, ∞)")
        + numbers("learningRateInit", \.learningRateInit, outside: [0, -0.1], "(0, ∞)")
        + numbers("powerT", \.powerT, outside: [-0.5], "[0, ∞)")
        + numbers("tol", \.tol, outside: [-1e-9], "[0, ∞)")
        + numbers("momentum", \.momentum, outside: [-0.1, 1.0000001], "[0, 1]")
        + numbers("validationFraction", \.validationFraction, outside: [-0.1, 1], "[0, 1)")
        + numbers("beta1", \.beta1, outside: [-0.1, 1], "[0, 1)")
        + numbers("beta2", \.beta2, outside: [-0.1, 1], "[0, 1)")
        + numbers("epsilon", \.epsilon, outside: [0, -1e-8], "(0, ∞)")
        + numbers("dropout", \.dropout, outside: [-0.1, 1], "[0, 1)")
        + numbers("weightDecay", \.weightDecay, outside: [-0.1], "[0, ∞)")
        + numbers("labelSmoothing", \.labelSmoothing, outside: [-0.1, 1], "[0, 1)")
        + ([0, -1, .nan, .infinity] as [Double]).map { norm in
            Rejected("maxGradientNorm", "\(norm)", "nil or a number in (0, ∞)") { $0.maxGradientNorm = norm }
        }
        + ([
            .cosine(to: -1), .oneCycle(peak: 0), .oneCycle(peak: 1), .warmUp(1),
            .warmUp(0.1, then: .exponential(to: 0)),
            .step(every: 0), .step(factor: .nan), .function("negative") { 0.5 - $0 },
        ] as [Schedule]).map { schedule in
            Rejected("schedule", "\(schedule)", "constant, cosine, oneCycle") { $0.schedule = schedule }
        }

    private static func numbers(
        _ name: String, _ path: any WritableKeyPath<MLPHyperparameters, Double> & Sendable, outside: [Double],
        _ allowed: String
    ) -> [Rejected] {
        (outside + [.nan, .infinity, -.infinity]).map { value in
            Rejected(name, "\(value)", allowed) { $0[keyPath: path] = value }
        }
    }

    @Test func constraintsListAllParametersInOrder() {
        let parameters = Mirror(reflecting: MLPHyperparameters()).children.compactMap(\.label)
        #expect(MLPHyperparameters.constraints.map(\.name) == parameters)
    }

    @Test func everyConstraintIsTested() {
        let types: [Any.Type] = [
            Bool.self, Verbosity.self, Activation.self, Solver.self, LearningRate.self, UInt32?.self,
        ]
        let restricted = Mirror(reflecting: MLPHyperparameters()).children
            .filter { child in !types.contains { $0 == type(of: child.value) } }.compactMap(\.label)
        #expect(Set(Self.rejected.map(\.name)) == Set(restricted))
    }

    @Test(arguments: rejected) func throwsNameValueAndAllowedValues(_ rejected: Rejected) throws {
        let x = try SmallData.features()
        var parameters = MLPHyperparameters()
        rejected.set(&parameters)
        var classifier = MLPClassifier<Int, Double>(parameters)
        var regressor = MLPRegressor<Double, Double>(parameters)
        let attempts: [() throws -> Void] = [
            { try parameters.check() },
            { try classifier.fit(x, SmallData.classes(x, count: 2)) },
            { try classifier.partialFit(x, SmallData.classes(x, count: 2), classes: [0, 1]) },
            { try regressor.fit(x, SmallData.numbers(x)) },
            { try regressor.partialFit(x, SmallData.numbers(x)) },
        ]
        for attempt in attempts {
            let error = #expect(throws: EstimatorError.self) { try attempt() }
            guard case .invalidParameter(let name, let value, let allowed) = error else {
                Issue.record("\(String(describing: error)) is not an invalid parameter error")
                continue
            }
            #expect(name == rejected.name)
            #expect(value == rejected.value)
            #expect(allowed.contains(rejected.allowed))
            #expect(error?.description == "\(name) must be \(allowed), but is \(value).")
        }
    }

    @Test func boundsAreAllowed() throws {
        var parameters = MLPHyperparameters(
            hiddenLayerSizes: [], alpha: 0, batchSize: 1, powerT: 0, maxIter: 1, randomState: .max, tol: 0, momentum: 1,
            validationFraction: 0, beta1: 0, beta2: 0, epsilon: .leastNonzeroMagnitude, nIterNoChange: .max, maxFun: 1)
        try parameters.check()
        parameters.momentum = 0
        parameters.learningRateInit = .greatestFiniteMagnitude
        try parameters.check()
        try MLPHyperparameters().check()
    }
}
