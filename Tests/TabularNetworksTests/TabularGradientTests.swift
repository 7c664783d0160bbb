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

    func loss(moving index: Int, by step: Double) -> Double {
        var moved = parameters
        moved[index] += Scalar(step)
        let loss = run(moved).loss
        // The loss of several numbers is a mean over them; its derivative, as in the other networks, is not.
        if case .numbers(let count) = network.task { return loss * Double(count) }
        return loss
    }
}
