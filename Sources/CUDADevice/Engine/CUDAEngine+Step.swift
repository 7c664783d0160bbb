import LinearAlgebra
import NeuralNetwork

// The launches of a step. Every kernel reads the index of its batch from the card's memory, so that the same launches serve
// all batches of a size.

extension CUDAEngine {
    /// Launches a step over the next batch of `rows` samples.
    func step(rows: Int, rule: RuleNumber) throws {
        try forward(rows: rows)
        try loss(rows: rows)
        let sums = try backward(rows: rows, rule: rule)
        try endStep(rows: rows, squares: sums)
    }

    /// Computes the sum of the squared coefficients, and makes the first batch the next one.
    func beginRun() throws {
        let count = blocks(shape.coefficientCount, of: elementsPerBlock)
        try stream.launch(
            kernels.squares, blocks: (count, 1, 1), threads: 256,
            [.array(memory.parameters), .long(shape.coefficientCount), .array(memory.squares)])
        try finish(results: nil, losses: 0, squares: count)
    }

    // MARK: Forward

    private func forward(rows: Int) throws {
        for index in shape.layers.indices.dropLast() { try forward(index, rows: rows) }
    }

    private func forward(_ index: Int, rows: Int) throws {
        let isLast = index == shape.layers.count - 1
        try forward(
            index, from: index == 0 ? memory.features : memory.values[index - 1],
            source: index == 0 ? order : nil, progress: memory.progress, parameters: memory.parameters,
            to: memory.values[index], slopes: isLast ? nil : memory.slopes?[index], rows: rows,
            activation: isLast ? TaskNumbers<Scalar>.identity : numbers.activation,
            dropout: isLast ? 0 : numbers.dropout)
    }

    /// Launches a layer: `target` ← f(`input` · W + b).
    ///
    /// - Parameter source: the samples of the epoch; nil to read the rows of `input` in order.
    func forward(
        _ index: Int, from input: DeviceArray<Scalar>, source: DeviceArray<Int32>?, progress: DeviceArray<Progress>?,
        parameters: DeviceArray<Scalar>, to target: DeviceArray<Scalar>, slopes: DeviceArray<Scalar>?, rows: Int,
        activation: Int, dropout: Double
    ) throws {
        let layer = shape.layers[index]
        let tiles = Tiles(of: rows, layer.fanOut)
        try stream.launch(
            kernels.forward(tiles), blocks: (tiles.down(rows), tiles.across(layer.fanOut), 1), threads: 128,
            [
                .array(input), .array(source), .array(progress), .int(batchStride),
                .array(dropout > 0 ? memory.steps : nil), .array(parameters.advanced(by: layer.coefficients)),
                .array(parameters.advanced(by: layer.intercepts)), .array(target), .array(slopes), .int(rows),
                .int(layer.fanIn), .int(layer.fanOut), .int(activation), .int(index), .double(dropout),
            ])
    }

    // MARK: Outputs

    /// Launches the last layer with the loss and its derivative.
    private func loss(rows: Int) throws {
        let last = shape.layers.count - 1
        if fusesOutputs {
            let input = last == 0 ? memory.features : memory.values[last - 1]
            try outputLayer(
                from: input, source: last == 0 ? order : nil, order: order, progress: memory.progress,
                parameters: memory.parameters, targets: memory.targets, to: memory.values[last], losses: memory.losses,
                rows: rows)
        } else {
            try forward(last, rows: rows)
            try outputRows(
                order: order, progress: memory.progress, targets: memory.targets, in: memory.values[last],
                losses: memory.losses, rows: rows)
        }
    }

    /// Whether one kernel computes the last layer with its loss.
    var fusesOutputs: Bool { shape.outputs <= 32 }

    /// Launches the last layer; without `targets`, only its values.
    func outputLayer(
        from input: DeviceArray<Scalar>, source: DeviceArray<Int32>?, order: DeviceArray<Int32>?,
        progress: DeviceArray<Progress>?, parameters: DeviceArray<Scalar>, targets: DeviceArray<Scalar>?,
        to outputs: DeviceArray<Scalar>, losses: DeviceArray<Double>?, rows: Int
    ) throws {
        let layer = shape.layers[shape.layers.count - 1]
        try stream.launch(
            kernels.outputLayer, blocks: (blocks(rows, of: rowsOfOutputLayer), 1, 1), threads: 128,
            [
                .array(input), .array(source), .array(order), .array(progress), .int(batchStride),
                .array(parameters.advanced(by: layer.coefficients)), .array(parameters.advanced(by: layer.intercepts)),
                .array(targets), .array(targets == nil ? nil : memory.weights), .array(memory.levels), .array(outputs),
                .array(losses), .int(rows), .int(layer.fanIn), .int(layer.fanOut),
            ] + lossArguments)
    }

    /// Launches what follows the last layer's product; without `targets`, only its values.
    func outputRows(
        order: DeviceArray<Int32>?, progress: DeviceArray<Progress>?, targets: DeviceArray<Scalar>?,
        in outputs: DeviceArray<Scalar>, losses: DeviceArray<Double>?, rows: Int
    ) throws {
        try stream.launch(
            kernels.outputRows, blocks: (blocks(rows, of: rowsOfOutputRows), 1, 1), threads: 128,
            [
                .array(order), .array(progress), .int(batchStride), .array(targets),
                .array(targets == nil ? nil : memory.weights), .array(memory.levels), .array(outputs), .array(losses),
                .int(rows), .int(shape.outputs),
            ] + lossArguments)
    }

    private var lossArguments: [KernelArgument] {
        [
            .int(numbers.outActivation), .int(numbers.loss), .double(numbers.targetFactor),
            .double(numbers.targetOffset), .double(numbers.probabilityMargin),
        ]
    }

    // MARK: Backward

    /// Launches the errors and the gradient of each layer, and the update.
    ///
    /// - Returns: the number of sums of squared coefficients.
    private func backward(rows: Int, rule: RuleNumber) throws -> Int {
        let splits = shape.splits(rows: rows)
        let updatesLater = rule == .keepGradient || splits > 1 || numbers.maxGradientNorm != nil
        var squares = 0
        for index in shape.layers.indices.reversed() {
            if index > 0 { try backward(index, rows: rows) }
            squares += try gradient(
                index, rows: rows, rule: updatesLater ? .keepGradient : rule, splits: splits, squares: squares)
        }
        if rule == .keepGradient {
            try collect(norms: nil, splits: splits)
        } else if let maxGradientNorm = numbers.maxGradientNorm {
            try collect(norms: memory.norms, splits: splits)
            squares = try apply(rule, splits: 1, alpha: 0, maxNorm: maxGradientNorm)
        } else if updatesLater {
            squares = try apply(rule, splits: splits, alpha: numbers.alpha, maxNorm: nil)
        }
        return squares
    }

    /// Launches the errors of the layer below.
    private func backward(_ index: Int, rows: Int) throws {
        let layer = shape.layers[index]
        let tiles = Tiles(of: rows, layer.fanIn)
        try stream.launch(
            kernels.backward(tiles), blocks: (tiles.down(rows), tiles.across(layer.fanIn), 1), threads: 128,
            [
                .array(memory.deltas[index]), .array(memory.parameters.advanced(by: layer.coefficients)),
                .array(memory.slopes?[index - 1] ?? memory.values[index - 1]), .array(memory.deltas[index - 1]),
                .int(rows), .int(layer.fanIn), .int(layer.fanOut), .int(numbers.derivative),
            ])
    }

    /// Launches the gradient of a layer, and the update unless `rule` keeps the gradient.
    ///
    /// - Returns: the number of sums of squared coefficients, which begin at index `squares`.
    private func gradient(_ index: Int, rows: Int, rule: RuleNumber, splits: Int, squares: Int) throws -> Int {
        let layer = shape.layers[index]
        let tiles = Tiles(gradientOf: layer, rows: rows)
        let (columns, inputs) = (tiles.across(layer.fanOut), tiles.down(layer.fanIn))
        let keeps = rule == .keepGradient
        try stream.launch(
            kernels.gradient(tiles), blocks: (columns, inputs, splits), threads: 128,
            [
                .array(index == 0 ? memory.features : memory.values[index - 1]), .array(index == 0 ? order : nil),
                .array(memory.progress), .int(batchStride), .array(memory.steps), .array(memory.deltas[index]),
                .array(memory.parameters), .array(memory.moments.first), .array(memory.moments.dropFirst().first),
                .array(keeps ? memory.gradient : nil), .array(keeps ? nil : memory.squares.advanced(by: squares)),
                .int(rows), .int(layer.fanIn), .int(layer.fanOut), .long(layer.coefficients), .long(layer.intercepts),
                .long(shape.parameterCount), .int(rule.rawValue), .double(numbers.alpha),
            ])
        return keeps ? 0 : columns * inputs
    }

    // MARK: Update

    /// The number of blocks of the kernels over all parameters.
    private var parameterBlocks: Int { blocks(shape.parameterCount, of: elementsPerBlock) }

    /// Launches the sum of the gradients of all ranges of samples, with the penalty.
    private func collect(norms: DeviceArray<Double>?, splits: Int) throws {
        try stream.launch(
            kernels.collect, blocks: (parameterBlocks, 1, 1), threads: 256,
            [
                .array(memory.progress), .array(memory.steps), .array(memory.parameters), .array(memory.gradient),
                .array(norms), .int(splits), .long(shape.coefficientCount), .long(shape.parameterCount),
                .double(numbers.alpha),
            ])
    }

    /// Launches the update along the gradient that is kept.
    ///
    /// - Returns: the number of sums of squared coefficients.
    private func apply(_ rule: RuleNumber, splits: Int, alpha: Double, maxNorm: Double?) throws -> Int {
        try stream.launch(
            kernels.apply, blocks: (parameterBlocks, 1, 1), threads: 256,
            [
                .array(memory.progress), .array(memory.steps), .array(memory.parameters), .array(memory.gradient),
                .array(memory.moments.first), .array(memory.moments.dropFirst().first), .array(memory.squares),
                .array(maxNorm == nil ? nil : memory.norms), .int(parameterBlocks), .double(maxNorm ?? 0), .int(splits),
                .long(shape.coefficientCount), .long(shape.parameterCount), .int(rule.rawValue), .double(alpha),
            ])
        return parameterBlocks
    }

    private func endStep(rows: Int, squares: Int) throws {
        try finish(
            results: memory.results, losses: blocks(rows, of: fusesOutputs ? rowsOfOutputLayer : rowsOfOutputRows),
            squares: squares)
    }

    private func finish(results: DeviceArray<StepOutput>?, losses: Int, squares: Int) throws {
        try stream.launch(
            kernels.finish, blocks: (1, 1, 1), threads: 256,
            [
                .array(memory.progress), .array(results), .array(memory.losses), .int(losses), .array(memory.squares),
                .int(squares),
            ])
    }
}
