import CKernels
package import LinearAlgebra

/// Trains on the processors of this machine.
///
/// A step is ``load(_:)``, ``forward()``, ``loss()`` and ``backward(then:)``. Each is a sequence of phases. In each
/// phase, every worker of the pool computes its chunk: a range of units in the forward and backward passes, a range of
/// coefficient rows in the update. A step allocates nothing.
package final class HostEngine<Scalar: NetworkScalar>: TrainingEngine {
    let buffers: TrainingBuffers<Scalar>
    let data: TrainingData<Scalar>
    let activation: kernel_activation
    /// How a layer's error becomes a derivative: by the layer's values or by the stored slopes.
    let derivative: kernel_activation
    let storesSlopes: Bool
    let options: StepOptions
    let lossFunction: Loss
    /// A number per output for some losses; nil for the others.
    private let levels: UnsafeMutableBufferPointer<Scalar>?
    /// The strength of the L2 penalty.
    private let alpha: Double
    private let pool: WorkerPool
    /// The first layer's gradient for sparse features; nil for dense ones.
    let sparseGradient: SparseGradient<Scalar>?
    /// The minimum distance of probabilities from 0 and 1 in the loss, so that their logarithms stay finite.
    private let probabilityMargin: Double
    /// Whether errors are packed for the gradient products. Packing does not pay for a batch of all samples: it would
    /// need much memory and save no time.
    let packsErrors: Bool

    /// The number of samples in the loaded batch.
    private(set) var rows = 0
    /// The sum of the weights of these samples; for a group of processes, of the samples of all.
    var weightSum = 0.0
    /// The positions of these samples in the batch of a group of processes; nil if the batch has no others.
    var positions: [Int]?
    /// The phase that the workers compute.
    var phase = StepPhase.gather
    /// The key of this batch's dropout.
    var dropoutKey: UInt64 = 0
    /// The factor by which clipping scales the gradient.
    var gradientFactor = 1.0
    /// The update rule of this step, and the factor of the penalty's derivative; nil to keep the gradient without the
    /// penalty's, and the parameters.
    var update: (rule: UpdateRule<Scalar>, decay: Scalar)?
    /// Which groups of each layer's coefficients this process of a group updates by a kept gradient; nil for all.
    var ownership: Chunk?
    /// The gradient of all parameters that an update follows, once it is known as a whole.
    var keptGradient: UnsafeMutablePointer<Scalar>

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

    var shape: NetworkShape { buffers.shape }

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
    var batch: LossBatch<Scalar> {
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
    var decay: Scalar { Scalar(alpha) * Scalar(1 / weightSum) }

    /// Scales the whole gradient down to a norm, and then updates the parameters.
    ///
    /// Source: R. Pascanu, T. Mikolov, Y. Bengio, "On the difficulty of training recurrent neural networks", 2013. As in
    /// PyTorch, 10⁻⁶ is added to the norm.
    func clip(to maximum: Double, then rule: UpdateRule<Scalar>) {
        let squares = kernel_sum_of_squares(Scalar.kernelPrecision, keptGradient, shape.parameterCount)
        gradientFactor = min(1, maximum / (squares.squareRoot() + 1e-6))
        update = (rule, 0)
        for layer in shape.layers.indices { run(.updateByKeptGradient(layer)) }
    }

    /// - Parameter completed: called with each layer whose coefficients have their gradient.
    func propagate(_ completed: (_ layer: Int) throws -> Void) rethrows {
        run(.outputDelta)
        for layer in shape.layers.indices.reversed() {
            if layer > 0 || usesPackedErrors(layer) { run(.backward(layer)) }
            run(.update(layer))
            try completed(layer)
        }
    }

    /// Whether this step needs the whole gradient.
    var keepsGradient: Bool {
        switch update?.rule {
        case nil, .keepGradient: true
        default: false
        }
    }

    func run(_ phase: StepPhase) {
        self.phase = phase
        pool.run(self)
    }
}
