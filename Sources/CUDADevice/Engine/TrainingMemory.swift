import LinearAlgebra
import NeuralNetwork

/// What a run keeps in a card's memory: its data, the parameters with their moments, and one batch with its errors.
struct TrainingMemory<Scalar: NetworkScalar> {
    /// Samples × features.
    let features: DeviceArray<Scalar>
    /// Samples × outputs.
    let targets: DeviceArray<Scalar>
    let weights: DeviceArray<Scalar>?
    /// A number per output for some losses.
    let levels: DeviceArray<Scalar>?

    let parameters: DeviceArray<Scalar>
    let moments: [DeviceArray<Scalar>]
    /// The gradient of each range of samples; nil if the update consumes the gradient at once.
    let gradient: DeviceArray<Scalar>?

    /// The samples in the order of the epoch.
    let order: DeviceArray<Int32>
    let steps: DeviceArray<StepInput>
    let results: DeviceArray<StepOutput>
    let progress: DeviceArray<Progress>

    /// The values of the batch at each layer: first those of the first hidden layer, last the outputs, which their delta
    /// overwrites.
    let values: [DeviceArray<Scalar>]
    /// The derivative of the activation function at each hidden layer; nil if it is a function of the values.
    let slopes: [DeviceArray<Scalar>]?
    /// The errors of the batch at each hidden layer, and the outputs.
    let deltas: [DeviceArray<Scalar>]
    /// The losses of blocks of samples.
    let losses: DeviceArray<Double>
    /// The sums of squared coefficients of blocks.
    let squares: DeviceArray<Double>
    /// The sums of squared derivatives of blocks.
    let norms: DeviceArray<Double>

    let evaluation: EvaluationMemory<Scalar>?

    init(_ plan: TrainingPlan, in memory: inout DeviceMemoryDivider) {
        let (shape, batch) = (plan.shape, plan.batchSize)
        features = memory.array(plan.samples * shape.inputs)
        targets = memory.array(plan.samples * shape.outputs)
        weights = plan.isWeighted ? memory.array(plan.samples) : nil
        levels = plan.hasLevels ? memory.array(shape.outputs) : nil
        parameters = memory.array(shape.parameterCount)
        moments = (0..<plan.momentCount).map { _ in memory.array(shape.parameterCount) }
        gradient = plan.keepsGradient ? memory.array(plan.splits * shape.parameterCount) : nil
        order = memory.array(plan.isFullBatch ? 0 : plan.samples)
        steps = memory.array(plan.steps)
        results = memory.array(plan.steps)
        progress = memory.array(1)
        let values = shape.layerUnits.dropFirst().map { memory.array(batch * $0, of: Scalar.self) }
        self.values = values
        slopes = plan.storesSlopes ? values.dropLast().map { memory.array($0.count) } : nil
        deltas = values.dropLast().map { memory.array($0.count) } + values.suffix(1)
        losses = memory.array(blocks(batch, of: rowsOfOutputRows))
        squares = memory.array(plan.squareCount)
        norms = memory.array(blocks(shape.parameterCount, of: elementsPerBlock))
        evaluation = plan.evaluatedSamples.map { EvaluationMemory(shape, samples: $0, in: &memory) }
    }
}

/// What the evaluation of networks on other samples keeps in a card's memory.
struct EvaluationMemory<Scalar: NetworkScalar> {
    let features: DeviceArray<Scalar>
    let parameters: DeviceArray<Scalar>
    /// The values of two adjacent hidden layers for the samples of a chunk.
    let values: (DeviceArray<Scalar>, DeviceArray<Scalar>)
    /// Samples × outputs.
    let outputs: DeviceArray<Scalar>
    /// The samples that pass through the network together.
    let chunk: Int

    init(_ shape: NetworkShape, samples: Int, in memory: inout DeviceMemoryDivider) {
        chunk = max(1, min(samples, (8 << 20) / shape.widestLayer))
        features = memory.array(samples * shape.inputs)
        parameters = memory.array(shape.parameterCount)
        let width = shape.layerUnits.dropFirst().dropLast().max() ?? 0
        values = (memory.array(chunk * width), memory.array(chunk * width))
        outputs = memory.array(samples * shape.outputs)
    }
}

/// The sizes of a run, from which its memory follows.
struct TrainingPlan {
    let shape: NetworkShape
    let samples: Int
    /// The most samples of a step.
    let batchSize: Int
    /// Whether each evaluation uses all samples.
    let isFullBatch: Bool
    let isWeighted: Bool
    let hasLevels: Bool
    let momentCount: Int
    let storesSlopes: Bool
    /// Whether steps clip the gradient.
    let clips: Bool
    /// The number of validation samples; nil for none.
    let evaluatedSamples: Int?

    /// The most steps of an epoch.
    var steps: Int { isFullBatch ? 1 : max(1, blocks(samples, of: batchSize)) }

    var splits: Int { shape.splits(rows: batchSize) }

    /// Whether the update comes after the whole gradient.
    var keepsGradient: Bool { isFullBatch || clips || splits > 1 }

    /// The most sums of squares of any kernel.
    fileprivate var squareCount: Int {
        let tiles = shape.layers.reduce(0) { sum, layer in
            sum + Tiles.small.across(layer.fanOut) * Tiles.small.down(layer.fanIn)
        }
        return max(tiles, blocks(shape.parameterCount, of: elementsPerBlock))
    }

    /// The bytes of a run in a card's memory.
    func byteCount<Scalar: NetworkScalar>(_: Scalar.Type) -> Int {
        var memory = DeviceMemoryDivider()
        _ = TrainingMemory<Scalar>(self, in: &memory)
        return memory.byteCount
    }
}
