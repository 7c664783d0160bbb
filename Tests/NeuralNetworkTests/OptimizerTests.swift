import Foundation
import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// The optimizers on plain arrays: steps calculated by hand, and long runs compared with textbook formulas.
@Suite struct OptimizerTests {
    static let counts = [0, 1, 7, 16, 33, 100]

    // MARK: By hand

    @Test func gradientDescentWithoutMomentumByHand() {
        var sgd = SGD<Double>(count: 2, schedule: constant(0.5), momentum: 0, nesterovsMomentum: true)
        #expect(moved([1, -2], along: [[2, 4]], with: &sgd) == [0, -4])
    }

    @Test func momentumByHand() {
        // v = −0.5·2 = −1, θ = 9; v = 0.5·(−1) − 1 = −1.5, θ = 7.5; v = 0.5·(−1.5) − 0 = −0.75, θ = 6.75.
        var sgd = SGD<Double>(count: 1, schedule: constant(0.5), momentum: 0.5, nesterovsMomentum: false)
        #expect(moved([10], along: [[2], [2], [0]], with: &sgd) == [6.75])
        #expect(sgd.velocity == [-0.75])
    }

    @Test func nesterovsMomentumByHand() {
        // v = −1, θ = 10 + 0.5·(−1) − 1 = 8.5; v = −1.5, θ = 8.5 − 0.75 − 1 = 6.75; v = −0.75, θ = 6.75 − 0.375 =
        // 6.375.
        var sgd = SGD<Double>(count: 1, schedule: constant(0.5), momentum: 0.5, nesterovsMomentum: true)
        #expect(moved([10], along: [[2], [2], [0]], with: &sgd) == [6.375])
    }

    @Test func adamByHand() {
        // β₁ = ½, β₂ = ¾. Step 1, g = 4: m = 2, v = 4, rate = 0.1·√¼ / ½ = 0.1, θ = 1 − 0.1·2/2 = 0.9.
        var adam = Adam<Double>(count: 1, learningRateInit: 0.1, beta1: 0.5, beta2: 0.75, epsilon: 1e-300)
        #expect(isClose(moved([1], along: [[4]], with: &adam), [0.9], tolerance: 2))
        #expect(adam.firstMoment == [2])
        #expect(adam.secondMoment == [4])
        #expect(abs(adam.learningRate - 0.1) < 1e-16)
        // Step 2, g = 0: m = 1, v = 3, rate = 0.1·√(7/16) / ¾, θ = 0.9 − rate/√3.
        let rate = 0.1 * (7.0 / 16).squareRoot() / 0.75
        #expect(isClose(moved([0.9], along: [[0]], with: &adam), [0.9 - rate / 3.0.squareRoot()], tolerance: 2))
        #expect(adam.step == 2)
    }

    @Test func adamsFirstStepIsTheRateForAnyGradient() {
        for gradient in [1e-100, 1e-3, 1.0, 1e100] {
            var adam = Adam<Double>(count: 1, learningRateInit: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-300)
            #expect(isClose(moved([0], along: [[gradient]], with: &adam), [-0.01]))
        }
    }

    @Test func adamKeepsParametersWithoutGradient() {
        var adam = Adam<Float>(count: 3, learningRateInit: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
        #expect(moved([1, 2, 3], along: [[0, 0, 0], [0, 0, 0]], with: &adam) == [1, 2, 3])
    }

    // MARK: Long runs

    @Test(arguments: counts) func gradientDescentEqualsTheTextbookLoop(count: Int) throws {
        for (momentum, nesterov) in [(0, false), (0.9, false), (0.9, true), (1, true)] {
            try checkSGD(Double.self, count: count, momentum: momentum, nesterov: nesterov)
            try checkSGD(Float.self, count: count, momentum: momentum, nesterov: nesterov)
        }
    }

    private func checkSGD<Scalar: NetworkScalar>(
        _: Scalar.Type, count: Int, momentum: Double, nesterov: Bool
    ) throws {
        let gradients = try gradients(Scalar.self, count: count)
        let start = try uniform(Scalar.self, count, within: 1, seed: 30)
        var sgd = SGD<Scalar>(
            count: count, schedule: constant(0.05), momentum: momentum, nesterovsMomentum: nesterov)
        var theta = start.map { Double($0) }
        var velocity = [Double](repeating: 0, count: count)
        for gradient in gradients {
            for i in 0..<count {
                velocity[i] = momentum * velocity[i] - 0.05 * Double(gradient[i])
                theta[i] += nesterov ? momentum * velocity[i] - 0.05 * Double(gradient[i]) : velocity[i]
            }
        }
        // A rounding error of one part in 2⁵² (2²³) per step, over 20 steps.
        #expect(isClose(moved(start, along: gradients, with: &sgd), theta.map { Scalar($0) }, tolerance: 100))
    }

    @Test(arguments: counts) func adamEqualsTheTextbookLoop(count: Int) throws {
        try checkAdam(Double.self, count: count)
        try checkAdam(Float.self, count: count)
    }

    private func checkAdam<Scalar: NetworkScalar>(_: Scalar.Type, count: Int) throws {
        let gradients = try gradients(Scalar.self, count: count)
        let start = try uniform(Scalar.self, count, within: 1, seed: 31)
        var adam = Adam<Scalar>(count: count, learningRateInit: 0.05, beta1: 0.9, beta2: 0.99, epsilon: 1e-6)
        var theta = start.map { Double($0) }
        var m = [Double](repeating: 0, count: count)
        var v = m
        for (step, gradient) in zip(1..., gradients) {
            let rate = 0.05 * (1 - pow(0.99, Double(step))).squareRoot() / (1 - pow(0.9, Double(step)))
            for i in 0..<count {
                m[i] = 0.9 * m[i] + 0.1 * Double(gradient[i])
                v[i] = 0.99 * v[i] + 0.01 * Double(gradient[i]) * Double(gradient[i])
                theta[i] -= rate * m[i] / (v[i].squareRoot() + 1e-6)
            }
        }
        #expect(isClose(moved(start, along: gradients, with: &adam), theta.map { Scalar($0) }, tolerance: 200))
    }

    // MARK: Penalty

    @Test(arguments: counts) func addsThePenaltyAndSumsTheSquares(count: Int) throws {
        let start = try uniform(Double.self, count, within: 1, seed: 32)
        let gradient = try uniform(Double.self, count, within: 1, seed: 33)
        let penalized = zip(gradient, start).map { $0 + 0.25 * $1 }
        var sgd = SGD<Double>(count: count, schedule: constant(0.1), momentum: 0.9, nesterovsMomentum: true)
        var adam = Adam<Double>(count: count, learningRateInit: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
        try check(&sgd)
        try check(&adam)

        func check(_ optimizer: inout some StochasticOptimizer<Double>) throws {
            var copy = optimizer
            var parameters = start
            let squares = step(&parameters, along: gradient, decay: 0.25, with: &optimizer)
            #expect(parameters == moved(start, along: [penalized], with: &copy))
            #expect(abs(squares - parameters.reduce(0) { $0 + $1 * $1 }) <= 1e-14 * max(1, squares))
            // The sum at the start of training must have the same bits as the sum after an update.
            #expect(squares == Double.sumOfSquares(parameters, count: count))
        }
    }

    // MARK: Plateaus

    @Test(arguments: [1e-3, 1, 1e3]) func allButTheAdaptiveScheduleStopOnAPlateau(rate: Double) {
        var adam = Adam<Double>(count: 1, learningRateInit: rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
        #expect(adam.plateauReached() == .stop)
        for rule in LearningRate.allCases {
            var sgd = SGD<Double>(
                count: 1, schedule: LearningRateSchedule(rule, initial: rate, powerT: 0.5), momentum: 0.9,
                nesterovsMomentum: true)
            #expect(sgd.plateauReached() == (rule == .adaptive ? .continue(learningRate: rate / 5) : .stop))
        }
    }

    // MARK: Values

    @Test func aCopyContinuesFromTheSameState() {
        var first = Adam<Double>(count: 2, learningRateInit: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8)
        let theta = moved([1, 2], along: [[1, -1], [2, 3]], with: &first)
        var second = first
        #expect(first == second)
        let one = moved(theta, along: [[5, 6]], with: &first)
        #expect(first != second)
        #expect(moved(theta, along: [[5, 6]], with: &second) == one)
        #expect(first == second)
    }

    private func gradients<Scalar: NetworkScalar>(_: Scalar.Type, count: Int) throws -> [[Scalar]] {
        try (0..<20).map { try uniform(Scalar.self, count, within: 2, seed: $0) }
    }
}

/// Returns a schedule with a constant rate.
func constant(_ rate: Double) -> LearningRateSchedule {
    LearningRateSchedule(.constant, initial: rate, powerT: 0.5)
}

/// Returns the parameters after one step along each of the gradients.
func moved<Optimizer: StochasticOptimizer>(
    _ parameters: [Optimizer.Scalar], along gradients: [[Optimizer.Scalar]], with optimizer: inout Optimizer
) -> [Optimizer.Scalar] {
    var parameters = parameters
    for gradient in gradients { _ = step(&parameters, along: gradient, with: &optimizer) }
    return parameters
}

/// Updates the parameters by one step.
///
/// - Returns: the sum of their squares, as the rule computes it.
func step<Optimizer: StochasticOptimizer>(
    _ parameters: inout [Optimizer.Scalar], along gradient: [Optimizer.Scalar], decay: Optimizer.Scalar = 0,
    with optimizer: inout Optimizer
) -> Double {
    let rule = optimizer.nextStep()
    var gradient = gradient
    var first = optimizer.moments[0]
    // An optimizer with one array does not use the other.
    var second = optimizer.moments.last ?? []
    defer { optimizer.moments = optimizer.moments.count == 1 ? [first] : [first, second] }
    return parameters.withUnsafeMutableBufferPointer { parameters in
        gradient.withUnsafeMutableBufferPointer { gradient in
            first.withUnsafeMutableBufferPointer { first in
                second.withUnsafeMutableBufferPointer { second in
                    guard let start = parameters.baseAddress, let gradient = gradient.baseAddress,
                        let first = first.baseAddress, let second = second.baseAddress
                    else { return 0 }
                    return rule.apply(
                        to: ParameterSlice(
                            parameters: start, gradient: gradient, moments: (first, second), count: parameters.count,
                            decay: decay, isCoefficients: true))
                }
            }
        }
    }
}
