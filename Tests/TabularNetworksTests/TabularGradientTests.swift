import CKernels
import LinearAlgebra
import NeuralNetwork
import NumPyRandom
import Tables
import Testing

@testable import TabularNetworks

/// Compares the derivatives of networks for tables with central differences of the loss.
@Suite struct TabularGradientTests {
    /// A case for each way to see numbers, alone and with categories and gaps, for both tasks.
    static let embeddings: [NumericEmbedding] = [
        .none, .periodic(frequencies: 3, size: 2, sigma: 0.5), .piecewiseLinear(bins: 4, size: 3),
    ]

    @Test(arguments: embeddings, [Activation.mish, .selu, .relu])
    func backwardGivesTheDerivativeOfTheLoss(embedding: NumericEmbedding, activation: Activation) throws {
        for (task, dropout) in [(TabularTask.classes(3), 0.0), (.numbers(2), 0.4)] {
            let probe = try Probe<Double>(embedding, activation, task: task, dropout: dropout)
            let gradient = probe.gradient()
            for index in gradient.indices {
                let step = 6e-6
                let numeric = (probe.loss(moving: index, by: step) - probe.loss(moving: index, by: -step)) / (2 * step)
                let error = abs(numeric - gradient[index])
                #expect(
                    error <= 3e-9 * max(1, abs(numeric)), "\(task), parameter \(index): \(gradient[index]) \(numeric)")
            }
            #expect(gradient.contains { abs($0) > 1e-3 })
        }
    }

    @Test(arguments: embeddings)
    func singlePrecisionAgreesWithDouble(embedding: NumericEmbedding) throws {
        let double = try Probe<Double>(embedding, .mish, task: .classes(3), dropout: 0.2)
        let single = try Probe<Float>(embedding, .mish, task: .classes(3), dropout: 0.2, like: double)
        let largest = double.gradient().map(abs).max() ?? 1
        for (a, b) in zip(double.gradient(), single.gradient()) { #expect(abs(a - Double(b)) <= 2e-6 * largest) }
    }
}

/// What a pass keeps, and what it drops.
@Suite struct TabularPassTests {
    @Test(arguments: TabularGradientTests.embeddings, [Activation.mish, .selu, .relu, .gelu, .softplus])
    func passesOfPredictionsAndOfTrainingHaveTheSameBits(embedding: NumericEmbedding, activation: Activation) throws {
        let probe = try Probe<Float>(embedding, activation, task: .numbers(2), dropout: 0)
        #expect(probe.outputs(isTraining: true) == probe.outputs(isTraining: false))
    }

    /// With the identity, shares of 0 and values of 1, the values are what dropout makes of 1.
    @Test(arguments: [0.0, 0.15, 0.5]) func dropoutDropsAtItsRate(rate: Double) {
        let (rows, columns) = (200, 300)
        func drawn<Scalar: MatrixScalar>(_ type: Scalar.Type, key: UInt64) -> [Scalar] {
            var values = [Scalar](repeating: 1, count: rows * columns)
            var (slopes, excess) = (values, values)
            let zeros = [Scalar](repeating: 0, count: columns)
            kernel_parametric_activation(
                Scalar.kernelPrecision, KERNEL_IDENTITY, &values, &slopes, &excess, zeros, zeros, rows, columns, key,
                rate)
            return values
        }
        let values = drawn(Float.self, key: 7)
        let factor = Float(1 / (1 - rate))
        #expect(values.allSatisfy { $0 == 0 || $0 == factor })
        #expect(values.map { $0 == 0 } == drawn(Double.self, key: 7).map { $0 == 0 })
        guard rate > 0 else { return }
        #expect(values != drawn(Float.self, key: 8))
        // Frequencies of independent draws lie within four standard deviations.
        func expectRate(_ rate: Double, _ isDropped: [Bool]) {
            let found = Double(isDropped.count { $0 }) / Double(isDropped.count)
            #expect(abs(found - rate) < 4 * (rate * (1 - rate) / Double(isDropped.count)).squareRoot(), "\(found)")
        }
        let isDropped = values.map { $0 == 0 }
        expectRate(rate, isDropped)
        for distance in [1, 2, 16, columns] {
            expectRate(rate * rate, zip(isDropped, isDropped.dropFirst(distance)).map { $0 && $1 })
        }
        expectRate(rate * rate, zip(isDropped, drawn(Float.self, key: 8).map { $0 == 0 }).map { $0 && $1 })
        expectRate(rate * rate, zip(isDropped, drawn(Float.self, key: 7 + 1 << 32).map { $0 == 0 }).map { $0 && $1 })
    }
}

/// A network on a small table with numbers, gaps and categories.
private struct Probe<Scalar: MatrixScalar & Codable> {
    let network: TabularNetwork
    let samples: TabularSamples<Scalar>
    let parameters: [Scalar]
    let noise: Noise?

    init(
        _ embedding: NumericEmbedding, _ activation: Activation, task: TabularTask, dropout: Double,
        like other: Probe<Double>? = nil
    ) throws {
        var random = RandomState(seed: 3)
        let rows = 37
        func numbers() -> [Double] { (0..<rows).map { _ in random.standardNormal() * 2 } }
        var gappy = numbers()
        gappy[4] = .nan
        let table = try Table([
            "a": .numbers(numbers()), "b": .numbers(gappy),
            "few": .strings((0..<rows).map { ["u", "v", "w"][$0 % 3] }),
            "many": .strings((0..<rows).map { $0 == 7 ? nil : "c\($0 % 9)" }),
        ])
        var settings = TabularSettings()
        settings.numericEmbedding = embedding
        settings.activation = activation
        settings.hiddenLayerSizes = [5, 4]
        settings.oneHotAtMost = 4
        settings.embeddingSize = 3
        let encoder = try TableEncoder(table, settings: settings)
        network = TabularNetwork(encoder.shape, task: task, settings: settings)
        let targets = (0..<rows * task.outputs).map { index in
            Scalar(task.isClassification ? (index % 3 == (index / 3) % 3 ? 1 : 0) : random.standardNormal())
        }
        samples = TabularSamples(
            table: try encoder.encode(table), targets: targets, weights: (0..<rows).map { Scalar(1 + Double($0 % 3)) })
        let state = MemberState(network, samples: samples, order: Array(0..<rows), random: RandomState(seed: 5))
        parameters = other.map { $0.parameters.map { Scalar($0) } } ?? state.parameters
        noise = dropout > 0 ? Noise(rate: dropout, key: 11) : nil
    }

    private func run(_ parameters: [Scalar]) -> (loss: Double, gradient: [Scalar]) {
        let rows = samples.table.rows
        let buffers = PassBuffers<Scalar>(network, capacity: rows)
        let weights = samples.weights ?? []
        let weightSum = weights.reduce(0) { $0 + Double($1) }
        var gradient = [Scalar](repeating: 0, count: parameters.count)
        let loss = samples.table.withRows { batch in
            network.forward(batch, rows: rows, parameters: parameters, noise: noise, buffers: buffers)
            let loss = network.task.differentiate(
                buffers.outputs, targets: samples.targets, weights: weights, rows: rows, weightSum: weightSum,
                to: buffers.deltas[0])
            network.backward(batch, rows: rows, parameters: parameters, gradient: &gradient, buffers: buffers)
            return loss / weightSum
        }
        return (loss, gradient)
    }

    func gradient() -> [Scalar] { run(parameters).gradient }

    func outputs(isTraining: Bool) -> [Scalar] {
        let rows = samples.table.rows
        let buffers = PassBuffers<Scalar>(network, capacity: rows, isTraining: isTraining)
        samples.table.withRows { network.forward($0, rows: rows, parameters: parameters, buffers: buffers) }
        return Array(UnsafeBufferPointer(start: buffers.outputs, count: rows * network.outputs))
    }

    func loss(moving index: Int, by step: Double) -> Double {
        var moved = parameters
        moved[index] += Scalar(step)
        let loss = run(moved).loss
        // The loss of several numbers is a mean over them; its derivative, as in the other networks, is not.
        if case .numbers(let count) = network.task { return loss * Double(count) }
        return loss
    }
}
