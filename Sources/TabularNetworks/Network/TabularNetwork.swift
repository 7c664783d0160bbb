import LinearAlgebra
import NeuralNetwork
import NumPyRandom

/// The layers of a network for tables and the position of their parameters.
package struct TabularNetwork: Sendable {
    package let task: TabularTask
    /// The highest learning rate.
    let learningRate: Double
    package let input: InputLayer
    package let scale: ScaleLayer
    /// The hidden layers and the output layer.
    package let dense: [DenseLayer]
    /// The front scale and the dense layers.
    let layers: [any Layer]
    /// The parameters of the input layer, then those of each layer.
    package let groups: [[ParameterGroup]]
    package let parameterCount: Int

    init(_ shape: EncodedShape, task: TabularTask, settings: TabularSettings) {
        self.task = task
        let activation = settings.activation ?? (task.isClassification ? .selu : .mish)
        learningRate =
            settings.learningRateInit ?? (task.isClassification ? 0.04 : 0.2) * (settings.learningRateFactor ?? 1)
        input = InputLayer(shape, settings: settings)
        var (end, width) = (input.categories.range.upperBound, input.outputs)
        scale = ScaleLayer(inputs: width, first: end, rateFactor: settings.scaleRateFactor)
        end = scale.factors.range.upperBound
        var dense: [DenseLayer] = []
        for (index, size) in (settings.hiddenLayerSizes + [task.outputs]).enumerated() {
            let isLast = index == settings.hiddenLayerSizes.count
            let layer = DenseLayer(
                inputs: width, outputs: size, activation: isLast ? nil : activation, first: end, settings: settings)
            dense.append(layer)
            (end, width) = (layer.shares.range.upperBound, size)
        }
        self.dense = dense
        layers = [scale] + dense
        groups = ([input.groups] + layers.map(\.groups)).map { $0.filter { !$0.range.isEmpty } }
        parameterCount = end
    }

    package var outputs: Int { task.outputs }
}

/// The memory of passes over batches of up to `capacity` rows.
final class PassBuffers<Scalar: MatrixScalar> {
    let capacity: Int
    let isTraining: Bool
    /// The inputs of each layer, and the outputs of the last. Without training, they share two buffers in turn.
    let values: [UnsafeMutablePointer<Scalar>]
    /// What each layer keeps for the backward pass; the input layer's first.
    let kept: [UnsafeMutablePointer<Scalar>]
    /// The derivatives by the inputs and outputs of a layer, in turn.
    let deltas: [UnsafeMutablePointer<Scalar>]
    let workspace: UnsafeMutablePointer<Scalar>

    private let memory: [UnsafeMutablePointer<Scalar>]

    /// - Parameter isTraining: whether there are backward passes.
    init(_ network: TabularNetwork, capacity: Int, isTraining: Bool = true) {
        func memory(_ count: Int) -> UnsafeMutablePointer<Scalar> {
            let memory = UnsafeMutablePointer<Scalar>.allocate(capacity: max(1, count))
            memory.initialize(repeating: 0, count: max(1, count))
            return memory
        }
        (self.capacity, self.isTraining) = (capacity, isTraining)
        let widths = [network.input.outputs] + network.layers.map(\.outputs)
        let widest = capacity * (widths.max() ?? 1)
        let buffers = isTraining ? widths.map { memory(capacity * $0) } : [memory(widest), memory(widest)]
        values = widths.indices.map { buffers[$0 % buffers.count] }
        kept =
            [memory(network.input.keptCount(rows: capacity))]
            + network.layers.map { memory(isTraining ? $0.keptCount(rows: capacity) : 0) }
        deltas = isTraining ? [memory(widest), memory(widest)] : []
        // Products write before they read, so that pages which few rows do not need are never touched.
        workspace = .allocate(capacity: Scalar.productWorkspace)
        self.memory = buffers + kept + deltas + [workspace]
    }

    deinit { for memory in memory { memory.deallocate() } }

    var outputs: UnsafeMutablePointer<Scalar> { values[values.count - 1] }
}

extension TabularNetwork {
    /// Computes the outputs of a batch, before the output activation.
    ///
    /// - Parameter noise: the rate and the key of dropout; nil for none.
    func forward<Scalar: MatrixScalar>(
        _ batch: EncodedRows<Scalar>, rows: Int, parameters: UnsafePointer<Scalar>, noise: Noise? = nil,
        buffers: PassBuffers<Scalar>
    ) {
        let pass = Pass(
            rows: rows, parameters: parameters, workspace: buffers.workspace, isTraining: buffers.isTraining)
        input.forward(batch, to: buffers.values[0], kept: buffers.kept[0], in: pass)
        for (index, layer) in layers.enumerated() {
            layer.forward(
                UnsafePointer(buffers.values[index]), to: buffers.values[index + 1], kept: buffers.kept[index + 1],
                noise: noise.map { Noise(rate: $0.rate, key: Dropout.key($0.key, index)) }, in: pass)
        }
    }

    /// Computes the derivatives by all parameters, given those by the outputs in `buffers.deltas[0]`.
    ///
    /// - Parameter update: called for the parameters of each layer when their derivatives are known and their values are not
    ///   needed any more.
    func backward<Scalar: MatrixScalar>(
        _ batch: EncodedRows<Scalar>, rows: Int, parameters: UnsafePointer<Scalar>,
        gradient: UnsafeMutablePointer<Scalar>, buffers: PassBuffers<Scalar>,
        update: ([ParameterGroup]) -> Void = { _ in }
    ) {
        let pass = Pass(rows: rows, parameters: parameters, workspace: buffers.workspace)
        var current = 0
        for (index, layer) in layers.enumerated().reversed() {
            layer.backward(
                buffers.deltas[current], input: UnsafePointer(buffers.values[index]), kept: buffers.kept[index + 1],
                gradient: gradient, to: buffers.deltas[1 - current], in: pass)
            current = 1 - current
            update(groups[index + 1])
        }
        input.backward(buffers.deltas[current], batch: batch, kept: buffers.kept[0], gradient: gradient, in: pass)
        update(groups[0])
    }

    /// Returns initial parameters, given some rows of the training data.
    func initialParameters<Scalar: MatrixScalar>(
        for batch: EncodedRows<Scalar>, rows: Int, random: inout RandomState
    ) -> [Scalar] {
        var parameters = [Scalar](repeating: 0, count: parameterCount)
        let buffers = PassBuffers<Scalar>(self, capacity: rows, isTraining: false)
        parameters.withUnsafeMutableBufferPointer { parameters in
            guard let parameters = parameters.baseAddress else { return }
            let pass = Pass(
                rows: rows, parameters: UnsafePointer(parameters), workspace: buffers.workspace, isTraining: false)
            input.initialize(parameters, random: &random)
            input.forward(batch, to: buffers.values[0], kept: buffers.kept[0], in: pass)
            for (index, layer) in layers.enumerated() {
                let inputs = UnsafePointer(buffers.values[index])
                layer.initialize(
                    parameters, inputs: inputs, rows: rows, random: &random, workspace: buffers.workspace)
                layer.forward(
                    inputs, to: buffers.values[index + 1], kept: buffers.kept[index + 1], noise: nil, in: pass)
            }
        }
        return parameters
    }

    /// The memory in which `outputs` computes those of a table with that many rows.
    func predictionBuffers<Scalar: MatrixScalar>(rows: Int) -> PassBuffers<Scalar> {
        PassBuffers(self, capacity: min(256, max(1, rows)), isTraining: false)
    }

    /// Returns the outputs of all rows of a table, before the output activation: rows × outputs.
    ///
    /// - Parameter buffers: the memory to use; nil to allocate it.
    func outputs<Scalar: MatrixScalar>(
        of table: EncodedTable<Scalar>, parameters: UnsafePointer<Scalar>, buffers: PassBuffers<Scalar>? = nil
    ) -> [Scalar] {
        let buffers = buffers ?? predictionBuffers(rows: table.rows)
        let group = buffers.capacity
        var result: [Scalar] = []
        result.reserveCapacity(table.rows * outputs)
        table.withRows { all in
            for first in stride(from: 0, to: table.rows, by: group) {
                let rows = min(group, table.rows - first)
                forward(all.dropping(first, table.shape), rows: rows, parameters: parameters, buffers: buffers)
                result.append(contentsOf: UnsafeBufferPointer(start: buffers.outputs, count: rows * outputs))
            }
        }
        return result
    }
}
