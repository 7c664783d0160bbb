import CKernels
package import LinearAlgebra

/// Trains on the processors of this machine.
///
/// A step is ``load(_:)``, ``forward()``, ``loss()`` and ``backward(then:)``. Each is a sequence of phases. In each
/// phase, every worker of the pool computes its chunk: a range of units in the forward and backward passes, a range of
/// coefficient rows in the update. A step allocates nothing.
package final class HostEngine<Scalar: NetworkScalar>: TrainingEngine {
    let buffers: TrainingBuffers<Scalar>
    private let data: TrainingData<Scalar>
    private let activation: kernel_activation
    /// How a layer's error becomes a derivative: by the layer's values or by the stored slopes.
    private let derivative: kernel_activation
    private let storesSlopes: Bool
    private let options: StepOptions
    private let lossFunction: Loss
    /// A number per output for some losses; nil for the others.
    private let levels: UnsafeMutableBufferPointer<Scalar>?
    /// The strength of the L2 penalty.
    private let alpha: Double
    private let pool: WorkerPool
    /// The first layer's gradient for sparse features; nil for dense ones.
    private let sparseGradient: SparseGradient<Scalar>?
    /// The minimum distance of probabilities from 0 and 1 in the loss, so that their logarithms stay finite.
    private let probabilityMargin: Double
    /// Whether errors are packed for the gradient products. Packing does not pay for a batch of all samples: it would
    /// need much memory and save no time.
    private let packsErrors: Bool

    /// The number of samples in the loaded batch.
    private(set) var rows = 0
    /// The sum of the weights of these samples; for a group of processes, of the samples of all.
    private var weightSum = 0.0
    /// The positions of these samples in the batch of a group of processes; nil if the batch has no others.
    private var positions: [Int]?
    /// The phase that the workers compute.
    private var phase = Phase.gather
    /// The key of this batch's dropout.
    var dropoutKey: UInt64 = 0
    /// The factor by which clipping scales the gradient.
    private var gradientFactor = 1.0
    /// The update rule of this step, and the factor of the penalty's derivative; nil to keep the gradient without the
    /// penalty's, and the parameters.
    private var update: (rule: UpdateRule<Scalar>, decay: Scalar)?
    /// Which groups of each layer's coefficients this process of a group updates by a kept gradient; nil for all.
    var ownership: Chunk?
    /// The gradient of all parameters that an update follows, once it is known as a whole.
    private var keptGradient: UnsafeMutablePointer<Scalar>

    /// Creates an engine with the parameters of `network`.
    ///
    /// - Parameters:
    ///   - batchSize: the maximum number of samples in a batch; nil for a single batch of all samples whose complete
    ///     gradient is needed.
    ///   - options: dropout, clipping and label smoothing; off by default.
    ///   - moments: the optimizer's arrays: up to two, with one number per parameter.
    ///   - probabilityMargin: nil for the smallest margin that the precision can represent.
    init(
        _ network: Network<Scalar>, loss: Loss, alpha: Double, data: TrainingData<Scalar>, batchSize: Int?,
        options: StepOptions = StepOptions(), moments: [[Scalar]], pool: WorkerPool, probabilityMargin: Double? = nil
    ) {
        // Clipping needs the whole gradient before the first update.
        packsErrors = Scalar.packsFactors && batchSize != nil && options.maxGradientNorm == nil
        storesSlopes = !network.activation.isScikitLearns || options.dropout != nil
        buffers = TrainingBuffers(
            network.shape, batchSize: batchSize ?? data.count, isWeighted: data.weights != nil,
            isSparse: data.features.isSparse, packsErrors: packsErrors, storesSlopes: storesSlopes,
            workers: pool.count)
        keptGradient = buffers.gradient
        buffers.setParameters(network.parameters)
        buffers.setMoments(moments)
        sparseGradient = data.features.sparse.map { [buffers] in
            let layer = network.shape.layers[0]
            return SparseGradient(
                of: $0, layer: layer, gradient: buffers.gradient + layer.coefficients,
                batchSize: batchSize ?? data.count, workers: pool.count)
        }
        activation = network.activation.kernel
        derivative = storesSlopes ? KERNEL_STORED_SLOPE : activation
        self.options = options
        lossFunction = loss
        levels = loss.levels(outputs: network.shape.outputs).map { (levels: [Scalar]) in
            let buffer = UnsafeMutableBufferPointer<Scalar>.allocate(capacity: levels.count)
            _ = buffer.initialize(from: levels)
            return buffer
        }
        self.alpha = alpha
        self.data = data
        self.pool = pool
        self.probabilityMargin = probabilityMargin ?? Double(Scalar.ulpOfOne)
    }

    deinit { levels?.deallocate() }

    private var shape: NetworkShape { buffers.shape }

    // MARK: Engine

    package func train<Optimizer: StochasticOptimizer<Scalar>>(
        over order: SampleOrder, inBatchesOf size: Int, noise: UInt64, with optimizer: inout Optimizer,
        record: (BatchResult) throws -> Void
    ) throws {
        for batch in order.batches(of: size) {
            dropoutKey = Dropout.key(noise, batch.startIndex / size)
            load(batch)
            forward()
            let loss = loss()
            backward(then: optimizer.nextStep())
            try record(BatchResult(samples: rows, weightSum: weightSum, loss: loss))
        }
    }

    package func objective(at parameters: [Scalar], gradient: inout [Scalar]) -> Double {
        if rows == 0 { load(Array(0..<data.count)[...]) }
        buffers.setParameters(parameters)
        forward()
        let loss = loss()
        backward(then: .keepGradient)
        buffers.copyGradient(to: &gradient)
        return loss
    }

    package func outputs(of network: Network<Scalar>, for features: _NetworkInput<Scalar>) -> Matrix<Scalar> {
        network.outputs(features)
    }

    package func copyParameters(to target: inout [Scalar]) { buffers.copyParameters(to: &target) }

    package func moments() -> [[Scalar]] { buffers.currentMoments }

    // MARK: Step

    /// Gathers the samples with the given indices as the next batch.
    ///
    /// - Parameters:
    ///   - positions: the positions of these samples in the batch of a group of processes; nil if it has no others.
    ///   - total: the sum of the weights of the batch of a group; nil if it has no other samples.
    func load(_ batch: ArraySlice<Int>, at positions: [Int]? = nil, weightSum total: Double? = nil) {
        rows = buffers.samples.update(fromContentsOf: batch)
        weightSum = Double(rows)
        if let weights = buffers.weights, let source = data.weights {
            weightSum = 0
            for (position, sample) in batch.enumerated() {
                weights[position] = source[sample]
                weightSum += Double(source[sample])
            }
        }
        self.positions = positions
        if let total { weightSum = total }
        run(.gather)
    }

    /// Computes the predictions for the loaded batch.
    func forward() {
        guard rows > 0 else { return }
        for layer in shape.layers.indices { run(.forward(layer)) }
    }

    /// Returns the mean loss of the batch with its part of the L2 penalty: Σ wᵢ·lossᵢ / Σ wᵢ + ½·alpha·‖W‖² / Σ wᵢ.
    func loss() -> Double { (lossSum + penalty) / weightSum }

    /// Σ wᵢ·lossᵢ over the batch.
    var lossSum: Double { rows == 0 ? 0 : lossFunction.sum(over: batch, margin: probabilityMargin) }

    /// ½·alpha·‖W‖² of the coefficients that this process updates.
    var penalty: Double { 0.5 * alpha * buffers.squaredNorm(of: ownership ?? .whole) }

    /// The predictions of the batch and its targets.
    private var batch: LossBatch<Scalar> {
        LossBatch(
            predictions: buffers.predictions, targets: buffers.targets, weights: buffers.weights, rows: rows,
            outputs: shape.outputs, levels: levels.flatMap { UnsafePointer($0.baseAddress) })
    }

    /// Propagates the error of the batch from the predictions back to the first layer. The rule updates the parameters
    /// of a layer as soon as its gradient is known and its coefficients are no longer needed.
    ///
    /// The delta of the outputs overwrites the predictions; `forward` computes them again.
    func backward(then rule: UpdateRule<Scalar>) {
        guard let maximum = options.maxGradientNorm else { return propagate(then: rule) }
        propagate(then: .keepGradient)
        clip(to: maximum, then: rule)
    }

    private func propagate(then rule: UpdateRule<Scalar>) {
        update = (rule, decay)
        propagate { _ in }
    }

    /// The factor of the penalty's derivative in the gradient of a mean.
    private var decay: Scalar { Scalar(alpha) * Scalar(1 / weightSum) }

    /// Scales the whole gradient down to a norm, and then updates the parameters.
    ///
    /// Source: R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks", 2013. As in
    /// PyTorch, 10⁻⁶ is added to the norm.
    private func clip(to maximum: Double, then rule: UpdateRule<Scalar>) {
        let squares = kernel_sum_of_squares(Scalar.kernelPrecision, keptGradient, shape.parameterCount)
        gradientFactor = min(1, maximum / (squares.squareRoot() + 1e-6))
        update = (rule, 0)
        for layer in shape.layers.indices { run(.updateByKeptGradient(layer)) }
    }

    /// - Parameter completed: called with each layer whose coefficients have their gradient.
    private func propagate(_ completed: (_ layer: Int) throws -> Void) rethrows {
        run(.outputDelta)
        for layer in shape.layers.indices.reversed() {
            if layer > 0 { run(.backward(layer)) }
            if usesPackedErrors(layer) { run(.packErrors(layer)) }
            run(.update(layer))
            try completed(layer)
        }
    }

    /// Whether this step needs the whole gradient.
    private var keepsGradient: Bool {
        switch update?.rule {
        case nil, .keepGradient: true
        default: false
        }
    }

    private func run(_ phase: Phase) {
        self.phase = phase
        pool.run(self)
    }
}

// MARK: - Steps of a group

// A group of processes adds up the gradients between two halves of a step.

extension HostEngine {
    /// Sets the parameters.
    func setParameters(_ parameters: [Scalar]) { buffers.setParameters(parameters) }

    /// Computes the gradient of the loaded samples, without the penalty's, in the buffer of the gradient.
    ///
    /// - Parameter completed: called with each layer, from the last to the first, as soon as its coefficients have their
    ///   gradient. The intercepts of this layer and of the one below have theirs too.
    func differentiate(_ completed: (_ layer: Int) throws -> Void) rethrows {
        update = nil
        if rows > 0 { return try propagate(completed) }
        buffers.gradient.update(repeating: 0, count: shape.parameterCount)
        for layer in shape.layers.indices.reversed() { try completed(layer) }
    }

    /// Updates the parameters along a gradient, to which the penalty's is added.
    ///
    /// - Parameters:
    ///   - gradient: the gradient of all parameters, which may change.
    ///   - complete: waits for the gradient of a layer; called with each layer, from the last to the first.
    ///   - updated: called with each layer whose parameters are those after the step.
    func step(
        along gradient: UnsafeMutablePointer<Scalar>, then rule: UpdateRule<Scalar>,
        _ complete: (_ layer: Int) throws -> Void, updated: (_ layer: Int) throws -> Void
    ) rethrows {
        keptGradient = gradient
        let isClipped = if case .keepGradient = rule { false } else { options.maxGradientNorm != nil }
        update = (isClipped ? .keepGradient : rule, decay)
        gradientFactor = 1
        for layer in shape.layers.indices.reversed() {
            try complete(layer)
            run(.updateByKeptGradient(layer))
            if !isClipped { try updated(layer) }
        }
        if isClipped, let maximum = options.maxGradientNorm { clip(to: maximum, then: rule) }
    }
}

// MARK: - Chunks

/// The phases of a step, in order.
private enum Phase {
    case gather
    case forward(Int)
    case outputDelta
    case backward(Int)
    case packErrors(Int)
    case update(Int)
    case updateByKeptGradient(Int)
}

extension HostEngine: ParallelWork {
    // The pool calls this through a protocol. Without these attributes, every operation would look up its type.
    @_specialize(where Scalar == Double)
    @_specialize(where Scalar == Float)
    package func perform(_ chunk: Chunk) {
        switch phase {
        case .gather: gather(chunk)
        case .forward(let layer): forward(layer, chunk)
        case .outputDelta: outputDelta(chunk)
        case .backward(let layer): backward(layer, chunk)
        case .packErrors(let layer): packErrors(layer, chunk)
        case .update(let layer): update(layer, chunk)
        case .updateByKeptGradient(let layer): updateByKeptGradient(layer, chunk)
        }
    }

    /// The factor that turns a sum over the batch into a mean.
    private var scale: Scalar { Scalar(1 / weightSum) }

    /// Copies the features and targets of some samples.
    private func gather(_ chunk: Chunk) {
        let range = chunk.range(of: rows)
        guard let samples = buffers.samples.baseAddress.map({ $0 + range.lowerBound }) else { return }
        if case .dense(let features) = data.features {
            features.gatherRows(samples, count: range.count, to: buffers.values[0] + range.lowerBound * shape.inputs)
        }
        data.targets.gatherRows(samples, count: range.count, to: buffers.targets + range.lowerBound * shape.outputs)
        if options.labelSmoothing > 0 {
            let classes = lossFunction == .logLoss ? shape.outputs : 2
            kernel_scale(
                Scalar.kernelPrecision, buffers.targets + range.lowerBound * shape.outputs,
                range.count * shape.outputs, 1 - options.labelSmoothing, options.labelSmoothing / Double(classes))
        }
    }

    /// Computes a range of a layer's units; in the last layer and a sparse first layer, a range of samples.
    private func forward(_ index: Int, _ chunk: Chunk) {
        let layer = shape.layers[index]
        let isLast = index == shape.layers.count - 1
        let function = isLast ? lossFunction.outActivation.kernel : activation
        let bySamples = isLast || (index == 0 && data.features.isSparse)
        let samples = bySamples ? chunk.range(of: rows) : 0..<rows
        let units = bySamples ? 0..<layer.fanOut : chunk.range(of: layer.fanOut, unit: 16)
        guard !samples.isEmpty, !units.isEmpty else { return }

        let outputs = buffers.values[index + 1] + samples.lowerBound * layer.fanOut
        let slopes = storesSlopes && !isLast ? buffers.slopes[index + 1] + samples.lowerBound * layer.fanOut : nil
        if index == 0, let sparse = data.features.sparse, let numbers = buffers.samples.baseAddress {
            layer.forward(
                sparse, rowsAt: numbers + samples.lowerBound, count: samples.count, to: outputs, slopes: slopes,
                by: function, parameters: buffers.parameters)
        } else {
            layer.forward(
                buffers.values[index] + samples.lowerBound * layer.fanIn, rows: samples.count, units: units,
                to: outputs, slopes: slopes, by: function, parameters: buffers.parameters,
                workspace: buffers.workspaces[chunk.index])
        }
        if let dropout = options.dropout, let slopes {
            let key = Dropout.key(dropoutKey, index)
            func drop(_ row: Int, count: Int, position: Int) {
                let first = row * layer.fanOut + units.lowerBound
                dropout.apply(
                    to: outputs + first, slopes: slopes + first, stride: layer.fanOut, rows: count,
                    columns: units.count, first: position * layer.fanOut + units.lowerBound, key: key)
            }
            if let positions {
                // The samples between these are those of other processes.
                for row in 0..<samples.count { drop(row, count: 1, position: positions[samples.lowerBound + row]) }
            } else {
                drop(0, count: samples.count, position: samples.lowerBound)
            }
        }
    }

    /// Computes the delta of a range of outputs.
    private func outputDelta(_ chunk: Chunk) {
        let outputs = chunk.range(of: shape.outputs, unit: 16)
        let intercepts = shape.layers[shape.layers.count - 1].intercepts
        guard !outputs.isEmpty else { return }
        lossFunction.differentiate(
            batch, outputs: outputs, scale: scale, sums: buffers.gradient + intercepts)
    }

    /// Computes the delta of a range of units below a layer, and the derivative of their intercepts.
    private func backward(_ index: Int, _ chunk: Chunk) {
        let layer = shape.layers[index]
        let inputs = chunk.range(of: layer.fanIn, unit: 16)
        guard !inputs.isEmpty else { return }
        layer.backward(
            buffers.deltas[index + 1], rows: rows, inputs: inputs, to: buffers.deltas[index], through: derivative,
            of: buffers.slopes[index], parameters: buffers.parameters, scale: scale,
            sums: buffers.gradient + shape.layers[index - 1].intercepts, workspace: buffers.workspaces[chunk.index])
    }

    /// Whether a layer's gradient is a product with its errors, which every worker then needs in packed form.
    private func usesPackedErrors(_ index: Int) -> Bool {
        packsErrors && shape.layers[index].fanOut > 1 && !(index == 0 && data.features.isSparse)
    }

    /// Packs the errors of a range of a layer's units.
    private func packErrors(_ index: Int, _ chunk: Chunk) {
        let width = shape.layers[index].fanOut
        let units = chunk.range(of: width, unit: Scalar.packingUnit)
        guard !units.isEmpty else { return }
        Scalar.pack(
            buffers.deltas[index + 1], stride: width, k: rows, n: width, columns: units, to: buffers.packedErrors)
    }

    /// Computes the gradient of the coefficients of a range of a layer's inputs, and updates them and a range of
    /// intercepts.
    private func update(_ index: Int, _ chunk: Chunk) {
        let layer = shape.layers[index]
        if index == 0, let sparseGradient {
            updateAlong(sparseGradient, chunk)
        } else {
            updateCoefficients(index, chunk)
        }
        // Intercepts are not regularized.
        guard let update else { return }
        let units = chunk.range(of: layer.fanOut, unit: 16)
        let intercepts = layer.intercepts + units.lowerBound
        _ = update.rule.apply(
            to: buffers.slice(
                at: intercepts, count: units.count, gradient: buffers.gradient + intercepts, decay: 0,
                isCoefficients: false))
    }

    private func updateCoefficients(_ index: Int, _ chunk: Chunk) {
        let layer = shape.layers[index]
        let groups = chunk.range(of: layer.groupCount)
        let firstInput = layer.rows(of: groups).lowerBound
        let gradient = buffers.gradient + layer.coefficients + firstInput * layer.fanOut
        // With packed errors, the gradient can be computed in parts at no extra cost. The optimizer uses each part
        // while it is in the cache, and the next part overwrites it.
        let isPacked = usesPackedErrors(index)
        let groupsInPart = isPacked ? layer.groupsInPart : max(1, groups.count)
        for first in stride(from: groups.lowerBound, to: groups.upperBound, by: groupsInPart) {
            let part = first..<min(groups.upperBound, first + groupsInPart)
            let inputs = layer.rows(of: part)
            let before = update == nil ? (inputs.lowerBound - firstInput) * layer.fanOut : 0
            layer.gradient(
                of: inputs, values: buffers.values[index], delta: buffers.deltas[index + 1],
                packed: isPacked ? UnsafePointer(buffers.packedErrors) : nil, rows: rows, scale: scale,
                to: gradient + before, workspace: buffers.workspaces[chunk.index])
            if update == nil { continue }
            for group in part {
                let start = layer.rows(of: group..<group + 1).lowerBound - inputs.lowerBound
                updateGroup(group, of: index, along: gradient + start * layer.fanOut)
            }
        }
    }

    /// Computes the first layer's gradient for sparse features, and updates its coefficients.
    private func updateAlong(_ sparseGradient: SparseGradient<Scalar>, _ chunk: Chunk) {
        guard let samples = buffers.samples.baseAddress else { return }
        sparseGradient.compute(
            samples, count: rows, delta: buffers.deltas[1], scale: scale, isKept: keepsGradient, chunk)
        guard update != nil else { return }
        let layer = shape.layers[0]
        for group in sparseGradient.groups(chunk) {
            let rows = layer.rows(of: group..<group + 1)
            if keepsGradient {
                updateGroup(group, of: 0, along: sparseGradient.gradient(of: rows.lowerBound))
            } else {
                sparseGradient.consume(rows, chunk) { updateGroup(group, of: 0, along: $0) }
            }
        }
    }

    private func updateGroup(_ group: Int, of index: Int, along gradient: UnsafeMutablePointer<Scalar>) {
        guard let update else { return }
        let layer = shape.layers[index]
        let rows = layer.rows(of: group..<group + 1)
        buffers.squares[index][group] = update.rule.apply(
            to: buffers.slice(
                at: layer.coefficients + rows.lowerBound * layer.fanOut, count: rows.count * layer.fanOut,
                gradient: gradient, decay: update.decay, isCoefficients: true))
    }

    /// Updates the coefficients of a range of a layer's inputs, and a range of intercepts, along the gradient that is known
    /// for all layers, scaled by the factor of clipping.
    private func updateByKeptGradient(_ index: Int, _ chunk: Chunk) {
        guard let update else { return }
        let layer = shape.layers[index]
        func step(from start: Int, count: Int, isCoefficients: Bool) -> Double {
            let gradient = keptGradient + start
            if gradientFactor < 1 { kernel_scale(Scalar.kernelPrecision, gradient, count, gradientFactor, 0) }
            return update.rule.apply(
                to: buffers.slice(
                    at: start, count: count, gradient: gradient, decay: isCoefficients ? update.decay : 0,
                    isCoefficients: isCoefficients))
        }
        let own = (ownership ?? .whole).range(of: layer.groupCount)
        let part = chunk.range(of: own.count)
        for group in (own.lowerBound + part.lowerBound)..<(own.lowerBound + part.upperBound) {
            let rows = layer.rows(of: group..<group + 1)
            buffers.squares[index][group] = step(
                from: layer.coefficients + rows.lowerBound * layer.fanOut, count: rows.count * layer.fanOut,
                isCoefficients: true)
        }
        let units = chunk.range(of: layer.fanOut, unit: 16)
        _ = step(from: layer.intercepts + units.lowerBound, count: units.count, isCoefficients: false)
    }
}

extension Matrix where Scalar: NetworkScalar {
    /// Copies the rows with the given indices to `target`.
    fileprivate func gatherRows(_ indices: UnsafePointer<Int>, count: Int, to target: UnsafeMutablePointer<Scalar>) {
        withUnsafeElements { source in
            kernel_gather_rows(Scalar.kernelPrecision, target, source.baseAddress, indices, count, columns)
        }
    }
}
