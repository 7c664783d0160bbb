import CKernels
import LinearAlgebra
import NeuralNetwork
import TabularNetworks

// The launches of a step. Every kernel reads the index of its batch from the card's memory, so that the same launches
// serve all batches of a size.

extension TabularCUDAEngine {
    /// Launches a step over the next batch, of `rows` samples.
    func launchStep(rows: Int) throws {
        try hidden(memory.order, progress: memory.progress, rows: rows)
        try loss(rows: rows)
        try embeddings(try dense(rows: rows), rows: rows)
        try update(rows: rows)
    }

    /// Launches the computation of the outputs of some validation samples.
    func validate(_ rows: Range<Int>) throws {
        try hidden(memory.validationOrder.advanced(by: rows.lowerBound), progress: nil, rows: rows.count)
        try product(
            network.dense.count - 1,
            to: memory.validationOutputs.advanced(by: rows.lowerBound * network.outputs), rows: rows.count)
    }

    private var network: TabularNetwork { task.network }

    private func parameters(_ group: ParameterGroup) -> KernelArgument {
        .array(memory.parameters.advanced(by: group.range.lowerBound))
    }

    private func gradient(_ group: ParameterGroup) -> KernelArgument {
        .array(memory.gradient.advanced(by: group.range.lowerBound))
    }

    /// What the inputs of a dense layer are.
    private func inputs(of index: Int) -> DeviceArray<Scalar> { index == 0 ? memory.inputs : memory.values[index - 1] }

    /// Launches a kernel with a thread for each of some numbers.
    private func launch(_ kernel: Kernel, over count: Int, _ arguments: [KernelArgument]) throws {
        try stream.launch(kernel, blocks: (blocks(count, of: 256), 1, 1), threads: 256, arguments)
    }

    // MARK: Forward

    /// Launches the layers up to the last hidden one.
    ///
    /// - Parameters:
    ///   - order: the samples of the batch.
    ///   - progress: which batch it is; nil for samples that the network does not learn from.
    private func hidden(_ order: DeviceArray<Int32>, progress: DeviceArray<Progress>?, rows: Int) throws {
        let isTraining = progress != nil
        try launch(
            kernels.inputs, over: rows * network.input.outputs,
            [
                .array(memory.table), .array(order), .array(progress), .int(task.batchSize), .array(memory.parameters),
                parameters(network.scale.factors), .array(isTraining ? memory.features : nil), .array(memory.inputs),
                .int(rows),
            ])
        for (index, layer) in network.dense.enumerated() {
            guard let activation = layer.activation else { continue }
            try product(index, to: memory.values[index], rows: rows)
            try launch(
                kernels.parametric, over: rows * layer.outputs,
                [
                    .array(progress), .array(memory.steps), .array(memory.values[index]),
                    .array(isTraining ? memory.slopes[index] : nil), .array(isTraining ? memory.excess[index] : nil),
                    parameters(layer.shares), .int(rows), .int(layer.outputs), .int(Int(activation.kernel.rawValue)),
                    // The scale layer has the number 0.
                    .int(index + 1),
                ])
        }
    }

    /// Launches the weighted sums of a dense layer.
    private func product(_ index: Int, to target: DeviceArray<Scalar>, rows: Int) throws {
        let layer = network.dense[index]
        let tiles = Tiles(of: rows, layer.outputs)
        try stream.launch(
            kernels.shared.forward(tiles), blocks: (tiles.down(rows), tiles.across(layer.outputs), 1), threads: 128,
            [
                .array(inputs(of: index)), .none, .none, .int(0), .none, parameters(layer.weights),
                parameters(layer.biases), .array(target), .none, .int(rows), .int(layer.inputs), .int(layer.outputs),
                .int(TaskNumbers<Scalar>.identity), .int(0), .double(0),
            ])
    }

    // MARK: Outputs

    private var fusesOutputs: Bool { network.outputs <= 32 }

    /// Launches the last layer with the loss and its derivative.
    private func loss(rows: Int) throws {
        let last = network.dense.count - 1
        let layer = network.dense[last]
        let isClassification = network.task.isClassification
        let comparison: [KernelArgument] = [
            .int(Int((isClassification ? KERNEL_SOFTMAX : KERNEL_IDENTITY).rawValue)),
            .int(Int((isClassification ? KERNEL_LOG_LOSS : KERNEL_SQUARED_ERROR).rawValue)),
            .double(1 - task.labelSmoothing), .double(task.labelSmoothing / Double(layer.outputs)),
            .double(Double(Scalar.ulpOfOne)),
        ]
        let batch: [KernelArgument] = [.array(memory.order), .array(memory.progress), .int(task.batchSize)]
        let targets: [KernelArgument] = [.array(memory.targets), .array(memory.weights), .none]
        let results: [KernelArgument] = [.array(memory.outputs), .array(memory.losses), .int(rows)]
        if fusesOutputs {
            try stream.launch(
                kernels.shared.outputLayer, blocks: (blocks(rows, of: rowsOfOutputLayer), 1, 1), threads: 128,
                [.array(inputs(of: last)), .none] + batch + [parameters(layer.weights), parameters(layer.biases)]
                    + targets + results + [.int(layer.inputs), .int(layer.outputs)] + comparison)
        } else {
            try product(last, to: memory.outputs, rows: rows)
            try stream.launch(
                kernels.shared.outputRows, blocks: (blocks(rows, of: rowsOfOutputRows), 1, 1), threads: 128,
                batch + targets + results + [.int(layer.outputs)] + comparison)
        }
    }

    // MARK: Backward

    /// Launches the gradients of the dense layers and of the scale layer.
    ///
    /// - Returns: the derivatives by the outputs of the input layer.
    private func dense(rows: Int) throws -> DeviceArray<Scalar> {
        var delta = memory.outputs
        for (index, layer) in network.dense.enumerated().reversed() {
            let (input, below) = (inputs(of: index), memory.deltas[index % 2])
            var tiles = Tiles(of: layer.inputs, layer.outputs)
            try stream.launch(
                kernels.shared.gradient(tiles), blocks: (tiles.across(layer.outputs), tiles.down(layer.inputs), 1),
                threads: 128,
                [
                    .array(input), .none, .array(memory.progress), .int(task.batchSize), .array(memory.steps),
                    .array(delta), .array(memory.parameters), .none, .none, .array(memory.gradient), .none, .int(rows),
                    .int(layer.inputs), .int(layer.outputs), .long(layer.weights.range.lowerBound),
                    .long(layer.biases.range.lowerBound), .long(network.parameterCount),
                    .int(RuleNumber.keepGradient.rawValue), .double(0),
                ])
            tiles = Tiles(of: rows, layer.inputs)
            try stream.launch(
                kernels.shared.backward(tiles), blocks: (tiles.down(rows), tiles.across(layer.inputs), 1), threads: 128,
                [
                    .array(delta), parameters(layer.weights), .array(input), .array(below), .int(rows),
                    .int(layer.inputs), .int(layer.outputs), .int(TaskNumbers<Scalar>.identity),
                ])
            let isFirst = index == 0
            try stream.launch(
                kernels.multiplyDelta, blocks: (blocks(layer.inputs, of: 32), 1, 1), threads: 256,
                [
                    .array(memory.progress), .array(memory.steps), .array(below),
                    .array(isFirst ? memory.features : memory.excess[index - 1]),
                    isFirst ? parameters(network.scale.factors) : .array(memory.slopes[index - 1]),
                    .int(isFirst ? 0 : layer.inputs),
                    gradient(isFirst ? network.scale.factors : network.dense[index - 1].shares), .int(rows),
                    .int(layer.inputs),
                ])
            delta = below
        }
        return delta
    }

    /// Launches the gradients of the embeddings.
    private func embeddings(_ delta: DeviceArray<Scalar>, rows: Int) throws {
        let input = network.input
        let batch: [KernelArgument] = [
            .array(memory.table), .array(memory.order), .array(memory.progress), .int(task.batchSize),
            .array(memory.steps),
        ]
        if !input.numeric.range.isEmpty {
            try stream.launch(
                kernels.numberGradient, blocks: (blocks(input.numeric.range.count, of: 32), 1, 1), threads: 256,
                batch + [.array(memory.parameters), .array(delta), .array(memory.gradient), .int(rows)])
        }
        let categories = input.categories.range
        if !categories.isEmpty {
            try stream.clear(
                memory.gradient.advanced(by: categories.lowerBound),
                byteCount: categories.count * MemoryLayout<Scalar>.stride)
            try launch(
                kernels.categoryGradient, over: rows * input.shape.categories.count * input.embeddingSize,
                batch + [.array(delta), .array(memory.gradient), .int(rows)])
        }
    }

    // MARK: Update

    private func update(rows: Int) throws {
        try stream.launch(
            kernels.update, blocks: (memory.ranges.count, 1, 1), threads: 256,
            [
                .array(memory.progress), .array(memory.steps), .array(memory.ranges), .array(memory.parameters),
                .array(memory.means), .array(memory.squares), .array(memory.gradient),
            ])
        try stream.launch(
            kernels.shared.finish, blocks: (1, 1, 1), threads: 256,
            [
                .array(memory.progress), .array(memory.results), .array(memory.losses),
                .int(blocks(rows, of: fusesOutputs ? rowsOfOutputLayer : rowsOfOutputRows)), .none, .int(0),
            ])
    }
}
