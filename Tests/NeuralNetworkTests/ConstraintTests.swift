import Estimators
import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// The table of parameters, and what `fit` says to each value outside of it.
@Suite struct ConstraintTests {
    /// A value that a parameter may not have, with its text in the error and a part of what is allowed.
    struct Refused: Sendable, CustomTestStringConvertible {
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

    static let refused: [Refused] =
        [
            Refused("hiddenLayerSizes", "[0]", "at least 1") { $0.hiddenLayerSizes = [0] },
            Refused("hiddenLayerSizes", "[5, -1]", "at least 1") { $0.hiddenLayerSizes = [5, -1] },
            Refused("hiddenLayerSizes", "[\(Int.min)]", "at least 1") { $0.hiddenLayerSizes = [.min] },
            Refused("batchSize", "0", "at least 1") { $0.batchSize = 0 },
            Refused("batchSize", "-7", "at least 1") { $0.batchSize = -7 },
            Refused("maxIter", "0", "at least 1") { $0.maxIter = 0 },
            Refused("maxIter", "-1", "at least 1") { $0.maxIter = -1 },
            Refused("nIterNoChange", "0", "at least 1") { $0.nIterNoChange = 0 },
            Refused("maxFun", "0", "at least 1") { $0.maxFun = 0 },
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

    private static func numbers(
        _ name: String, _ path: any WritableKeyPath<MLPHyperparameters, Double> & Sendable, outside: [Double],
        _ allowed: String
    ) -> [Refused] {
        (outside + [.nan, .infinity, -.infinity]).map { value in
            Refused(name, "\(value)", allowed) { $0[keyPath: path] = value }
        }
    }

    @Test func theTableNamesEveryParameterInOrder() {
        let parameters = Mirror(reflecting: MLPHyperparameters()).children.compactMap(\.label)
        #expect(MLPHyperparameters.constraints.map(\.name) == parameters)
    }

    @Test func everyConstraintThatCanFailIsTried() {
        let types: [Any.Type] = [
            Bool.self, Verbosity.self, Activation.self, Solver.self, LearningRate.self, UInt32?.self,
        ]
        let refusable = Mirror(reflecting: MLPHyperparameters()).children
            .filter { child in !types.contains { $0 == type(of: child.value) } }.compactMap(\.label)
        #expect(Set(Self.refused.map(\.name)) == Set(refusable))
    }

    @Test(arguments: refused) func isRefusedWithNameValueAndWhatIsAllowed(_ refused: Refused) throws {
        let x = try SmallData.features()
        var parameters = MLPHyperparameters()
        refused.set(&parameters)
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
                Issue.record("\(String(describing: error)) is no refusal of a parameter")
                continue
            }
            #expect(name == refused.name)
            #expect(value == refused.value)
            #expect(allowed.contains(refused.allowed))
            #expect(error?.description == "\(name) must be \(allowed), but is \(value).")
        }
    }

    @Test func theEndsOfTheRangesAreAllowed() throws {
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
