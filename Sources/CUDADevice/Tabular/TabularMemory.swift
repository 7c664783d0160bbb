import LinearAlgebra
import NeuralNetwork
import TabularNetworks

/// What the training of a network for tables keeps in a card's memory.
struct TabularMemory<Scalar: NetworkScalar> {
    /// The training samples, and after them those of validation.
    let numbers, positions, indicators: DeviceArray<Scalar>
    let codes: DeviceArray<Int32>
    /// The index of the first parameter of each embedded column.
    let embeddings: DeviceArray<Int>
    let table: DeviceArray<TableRecord>
    /// Of the training samples.
    let targets: DeviceArray<Scalar>
    let weights: DeviceArray<Scalar>?

    let parameters, means, squares, gradient: DeviceArray<Scalar>
    let ranges: DeviceArray<ParameterRange>

    /// The samples of some batches, each from a multiple of the batch size on.
    let order: DeviceArray<Int32>
    let steps: DeviceArray<StepInput>
    let results: DeviceArray<StepOutput>
    let progress: DeviceArray<Progress>

    /// The outputs of the input layer, and these times the factors of the scale layer.
    let features, inputs: DeviceArray<Scalar>
    /// The values of each hidden layer, and their derivatives by the weighted sums and by the shares of the activation.
    let values, slopes, excess: [DeviceArray<Scalar>]
    /// The outputs, which their delta overwrites.
    let outputs: DeviceArray<Scalar>
    /// The derivatives by the inputs of a layer, in turn.
    let deltas: [DeviceArray<Scalar>]
    /// The losses of blocks of samples.
    let losses: DeviceArray<Double>

    /// The numbers of the validation samples in the table, and their outputs.
    let validationOrder: DeviceArray<Int32>
    let validationOutputs: DeviceArray<Scalar>
    /// The validation samples that pass through the network together.
    let validationChunk: Int

    init(_ task: TabularEngineTask<Scalar>, in memory: inout DeviceMemoryDivider) {
        let (network, table, batch) = (task.network, task.samples.table, task.batchSize)
        let (input, validationRows) = (network.input, task.validation?.table.rows ?? 0)
        let (shape, rows) = (input.shape, table.rows + validationRows)
        numbers = memory.array(rows * shape.numbers)
        positions = memory.array(table.positions.isEmpty ? 0 : rows * shape.numbers)
        indicators = memory.array(rows * shape.indicators)
        codes = memory.array(rows * shape.categories.count)
        embeddings = memory.array(shape.categories.count)
        self.table = memory.array(1)
        targets = memory.array(task.samples.targets.count)
        weights = task.samples.weights.map { memory.array($0.count) }
        parameters = memory.array(network.parameterCount)
        means = memory.array(network.parameterCount)
        squares = memory.array(network.parameterCount)
        gradient = memory.array(network.parameterCount)
        ranges = memory.array(ParameterRange.all(of: network).count)
        let steps = max(1, min(64, (1 << 22) / batch))
        order = memory.array(steps * batch)
        self.steps = memory.array(steps)
        results = memory.array(steps)
        progress = memory.array(1)
        validationChunk = min(validationRows, 4096)
        let passing = max(batch, validationChunk)
        features = memory.array(batch * input.outputs)
        inputs = memory.array(passing * input.outputs)
        let hidden = network.dense.dropLast().map(\.outputs)
        values = hidden.map { memory.array(passing * $0) }
        slopes = hidden.map { memory.array(batch * $0) }
        excess = hidden.map { memory.array(batch * $0) }
        outputs = memory.array(batch * network.outputs)
        let widest = batch * (network.dense.map(\.inputs).max() ?? 0)
        deltas = [memory.array(widest), memory.array(widest)]
        losses = memory.array(blocks(batch, of: rowsOfOutputRows))
        validationOrder = memory.array(validationRows)
        validationOutputs = memory.array(validationRows * network.outputs)
    }
}
