import LinearAlgebra
import NumPyRandom
import Testing

@testable import NeuralNetwork

/// Compares the gradient of backpropagation with central differences of the loss.
@Suite struct GradientTests {
    /// One combination of all settings that affect the gradient.
    struct Case: CustomStringConvertible {
        let activation: Activation
        let loss: Loss
        let outputs: Int
        let hidden: [Int]
        let weighted: Bool
        let alpha: Double
        let sparse: Bool
        var options = StepOptions()

        var description: String {
            "\(activation) \(loss)×\(outputs) \(hidden)\(weighted ? " weighted" : "") alpha=\(alpha)\(sparse ? " sparse" : "")"
        }

        /// All losses, with one and several outputs, depths 0 to 3, with and without weights and L2 penalty.
        static func all(_ activation: Activation) -> [Case] {
            let outputs: [(Loss, Int)] = [
                (.regression(.squaredError), 1), (.regression(.squaredError), 3), (.regression(.poisson), 1),
                (.regression(.poisson), 2), (.logLoss, 3), (.binaryLogLoss, 1), (.binaryLogLoss, 3),
                (.regression(.absoluteError), 2), (.regression(.huber(0.6)), 2), (.regression(.quantile(0.3)), 1),
                (.regression(.quantiles([0.1, 0.7])), 2), (.regression(.gamma), 2),
            ]
            var cases: [Case] = []
            for (loss, outputs) in outputs {
                for hidden in [[], [4], [4, 3], [4, 3, 5]] {
                    for (weighted, alpha) in [(false, 0), (false, 0.7), (true, 0), (true, 0.7)] {
                        for sparse in [false, true] {
                            cases.append(
                                Case(
                                    activation: activation, loss: loss, outputs: outputs, hidden: hidden,
                                    weighted: weighted, alpha: alpha, sparse: sparse))
                        }
                    }
                }
            }
            return cases
        }
    }

    /// A step of 6·10⁻⁶, about the cube root of a Double's precision, balances the two errors of a central difference:
    /// truncation h²/6·f‴ and rounding ε·f/h, each about 10⁻¹¹ here.
    static let step = 6e-6

    /// A hundred times the sum of both errors. A wrong term in the gradient has an error of about 10⁻² or more.
    static let tolerance = 2e-9

    @Test(arguments: Activation.allCases, [1, 2])
    func backpropagationGivesTheDerivativeOfTheLoss(activation: Activation, threads: Int) throws {
        try WorkerPool.with(threads) { pool in try check(activation, pool) }
    }

    private func check(_ activation: Activation, _ pool: WorkerPool) throws {
        var cases = Case.all(activation)
        // With a given key, dropout is a function like any other. Every third case is enough.
        cases += stride(from: 0, to: cases.count, by: 3).map { index in
            var test = cases[index]
            test.options = StepOptions(
                dropout: Dropout(rate: 0.4), labelSmoothing: test.loss.isOfClasses ? 0.2 : 0)
            return test
        }
        for test in cases {
            let probe = try GradientProbe(test, pool: pool)
            let gradient = probe.gradient()
            for index in gradient.indices {
                let above = probe.objective(moving: index, by: Self.step)
                let below = probe.objective(moving: index, by: -Self.step)
                let numeric = (above.value - below.value) / (2 * Self.step)
                let error = abs(numeric - gradient[index])
                #expect(error <= Self.tolerance * max(1, abs(numeric)), "\(test), parameter \(index)")
                // relu has no derivative at 0, so the differences must not cross 0.
                if [.relu, .leakyReLU, .selu].contains(activation) {
                    #expect(above.activeUnits == below.activeUnits, "\(test)")
                }
            }
        }
    }
}

/// A network, a batch, and the loss as a function of one parameter.
private struct GradientProbe: ~Copyable {
    private let step: HostEngine<Double>
    private let test: GradientTests.Case
    private let parameters: [Double]
    private let weightSum: Double

    init(_ test: GradientTests.Case, pool: WorkerPool) throws {
        let rows = 6
        var generator = RandomState(seed: 7)
        let shape = try #require(NetworkShape(layerUnits: [3] + test.hidden + [test.outputs]))
        // Larger than the usual initial weights, so that every activation is in its nonlinear range.
        let network = Network<Double>(
            shape: shape, activation: test.activation, outActivation: test.loss.outActivation,
            parameters: try generator.uniform(low: -1, high: 1, size: shape.parameterCount))
        let x = try SmallData.features(rows: rows, columns: 3, seed: 3)
        let data = TrainingData(
            features: test.sparse ? .sparse(SparseMatrix(x)) : .dense(x),
            targets: try Self.targets(for: test, rows: rows, using: &generator),
            weights: test.weighted ? [0.5, 2, 0, 1.25, 3, 0.1] : nil)
        step = HostEngine(
            network, loss: test.loss, alpha: test.alpha, data: data, batchSize: nil, options: test.options,
            moments: [], pool: pool)
        step.load(Array(0..<rows)[...])
        self.test = test
        parameters = network.parameters
        weightSum = data.weights?.reduce(0, +) ?? Double(rows)
    }

    private static func targets(
        for test: GradientTests.Case, rows: Int, using generator: inout RandomState
    ) throws -> Matrix<Double> {
        var targets = Matrix<Double>(rows: rows, columns: test.outputs, repeating: 0)
        for row in 0..<rows {
            switch test.loss {
            case .logLoss: targets[row, row % test.outputs] = 1
            case .binaryLogLoss:
                for column in 0..<test.outputs { targets[row, column] = (row + column) % 2 == 0 ? 1 : 0 }
            case .regression(.poisson), .regression(.gamma):
                for column in 0..<test.outputs {
                    targets[row, column] = Double((row + column) % 4 + (test.loss == .regression(.gamma) ? 1 : 0))
                }
            case .regression:
                for column in 0..<test.outputs {
                    targets[row, column] = try generator.uniform(low: -2, high: 2, size: 1)[0]
                }
            }
        }
        return targets
    }

    func gradient() -> [Double] {
        step.forward()
        step.backward(then: .keepGradient)
        var gradient = [Double](repeating: .nan, count: step.buffers.shape.parameterCount)
        step.buffers.copyGradient(to: &gradient)
        return gradient
    }

    /// Returns the value of the objective with one parameter changed, and which hidden units are above 0.
    func objective(moving index: Int, by distance: Double) -> (value: Double, activeUnits: [Bool]) {
        var moved = parameters
        moved[index] += distance
        step.buffers.setParameters(moved)
        defer { step.buffers.setParameters(parameters) }
        step.forward()
        let loss = step.loss()
        let squares = step.buffers.squaredNorm
        let penalty = 0.5 * test.alpha * squares / weightSum
        let data = loss - penalty
        // scikit-learn reports the mean of the squared error over the outputs, but its gradient is that of the sum.
        let factor = test.loss == .regression(.squaredError) ? Double(test.outputs) : 1
        let active = zip(step.buffers.values, step.buffers.shape.layerUnits).dropFirst().dropLast().flatMap {
            values, units in
            (0..<units * step.rows).map { values[$0] > 0 }
        }
        return (factor * data + penalty, active)
    }
}

extension Loss {
    fileprivate var isOfClasses: Bool { self == .logLoss || self == .binaryLogLoss }
}
