import LinearAlgebra
import NeuralNetwork
import TabularNetworks

// What the host and the kernels of networks for tables tell each other. The layouts are those of Kernels/tabular.cuh.

/// A table on the card, and how the input layer reads it.
struct TableRecord {
    let numbers, positions, indicators, codes, embeddings: Driver.Address
    let numberCount, indicatorCount, columnCount: Int32
    /// 0 for none, 1 for periodic, 2 for piecewise linear.
    let embedding: Int32
    /// Frequencies or bins.
    let parts: Int32
    let size, categorySize, width: Int32

    init<Scalar: NetworkScalar>(_ input: InputLayer, in memory: TabularMemory<Scalar>) {
        (numbers, positions) = (memory.numbers.address, memory.positions.address)
        (indicators, codes) = (memory.indicators.address, memory.codes.address)
        embeddings = memory.embeddings.address
        let shape = input.shape
        (numberCount, indicatorCount) = (Int32(shape.numbers), Int32(shape.indicators))
        columnCount = Int32(shape.categories.count)
        switch input.embedding {
        case .none: (embedding, parts) = (0, 0)
        case .periodic(let frequencies, _, _): (embedding, parts) = (1, Int32(frequencies))
        case .piecewiseLinear: (embedding, parts) = (2, Int32(shape.bins))
        }
        (size, categorySize) = (Int32(input.numericSize), Int32(input.embeddingSize))
        width = Int32(input.outputs)
    }
}

/// Adjacent parameters that a block of the update's kernel processes, and the factors of their group.
struct ParameterRange {
    let start, count: Int
    let rate, decay, epsilon: Double

    /// The ranges of a network's parameters.
    static func all(of network: TabularNetwork) -> [ParameterRange] {
        network.groups.joined().flatMap { group in
            stride(from: group.range.lowerBound, to: group.range.upperBound, by: 1024).map { start in
                ParameterRange(
                    start: start, count: min(1024, group.range.upperBound - start), rate: group.rateFactor,
                    decay: group.decayFactor, epsilon: group.epsilonFactor)
            }
        }
    }
}

extension StepInput {
    /// The record of a step of a network for tables.
    init<Scalar: NetworkScalar>(_ step: TabularStep, of task: TabularEngineTask<Scalar>, weightSum: Double) {
        self.init(
            rate: step.rate * step.correction2 / step.correction1, beta1: task.settings.beta1,
            beta2: task.settings.beta2, epsilon: task.settings.epsilon * step.correction2,
            shrinkage: step.rate * step.decay, weightSum: weightSum, dropoutKey: step.noise?.key ?? 0,
            dropoutRate: step.noise?.rate ?? 0)
    }
}
