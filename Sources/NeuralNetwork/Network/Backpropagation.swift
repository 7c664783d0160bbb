import LinearAlgebra

/// One mini-batch on its way through the network and back, shared out among a team of threads.
///
/// A step is `load`, ``forward()``, ``loss(alpha:)``, ``backward(alpha:then:)``, the last of which moves each layer's
/// parameters by a rule as soon as their gradient is known. It goes in phases, in each of which every member of the team
/// does its share: columns of a layer's units on the way there and back, rows of its coefficients where they move. A
/// step allocates nothing.
final class Backpropagation<Scalar: NetworkScalar, Rule: UpdateRule<Scalar>> {
    let memory: TrainingMemory<Scalar>
    let data: TrainingData<Scalar>
    let activation: Activation
    let lossFunction: Loss
    let team: WorkerPool

    /// How far the loss keeps probabilities from 0 and 1, so that their logarithms stay finite.
    let probabilityMargin: Double

    /// How many samples the loaded batch has.
    private(set) var rows = 0
    /// The sum of their weights.
    private(set) var weightSum = 0.0

    /// Whether the batch has a mean that is a number.
    var hasWeight: Bool { TrainingData<Scalar>.canDivide(by: weightSum) }

    /// What the team is at.
    private var phase = Phase.gather
    /// How parameters move in this step, and the factor of the penalty's derivative in it.
    private var update: (rule: Rule, decay: Scalar)?

    /// Begins at the network's parameters.
    ///
    /// - Parameters:
    ///   - batchSize: the most samples that a batch has.
    ///   - moments: the optimizer's arrays, up to two with a number per parameter.
    ///   - probabilityMargin: nil for what the precision can tell apart.
    init(
        _ network: Network<Scalar>, loss: Loss, data: TrainingData<Scalar>, batchSize: Int, moments: [[Scalar]],
        team: WorkerPool, probabilityMargin: Double? = nil
    ) {
        memory = TrainingMemory(
            network.shape, batchSize: batchSize, isWeighted: data.weights != nil, isSparse: data.features.isSparse,
            packsErrors: Self.packsErrors, members: team.count)
        memory.setParameters(network.parameters)
        memory.setMoments(moments)
        activation = network.activation
        lossFunction = loss
        self.data = data
        self.team = team
        self.probabilityMargin = probabilityMargin ?? Double(Scalar.ulpOfOne)
    }

    var shape: NetworkShape { memory.shape }

    /// Takes the samples with the given numbers in, as the batch of the next step.
    func load(_ batch: ArraySlice<Int>) {
        rows = memory.samples.update(fromContentsOf: batch)
        weightSum = Double(rows)
        if let weights = memory.weights, let source = data.weights {
            weightSum = 0
            for (position, sample) in batch.enumerated() {
                weights[position] = source[sample]
                weightSum += Double(source[sample])
            }
        }
        run(.gather)
    }

    /// Carries the batch from the features to the predictions.
    func forward() {
        for layer in shape.layers.indices { run(.forward(layer)) }
    }

    /// The batch's mean loss with its share of the L2 penalty: Σ wᵢ·lossᵢ / Σ wᵢ + ½·alpha·‖W‖² / Σ wᵢ.
    func loss(alpha: Double) -> Double {
        let data = Scalar.loss(
            lossFunction.kernel, prediction: memory.predictions, target: memory.targets,
            weights: memory.weights.map { UnsafePointer($0) }, rows: rows, columns: shape.outputs,
            probabilityMargin: probabilityMargin)
        return (data + 0.5 * alpha * memory.squaredNorm) / weightSum
    }

    /// Carries the batch's error from the predictions back to the first layer; on the way, as soon as a layer's gradient
    /// is known and its coefficients are no longer needed, its parameters follow the rule.
    ///
    /// The predictions are overwritten by the output's delta; `forward` makes them anew.
    func backward(alpha: Double, then rule: Rule) {
        update = (rule, Scalar(alpha) * Scalar(1 / weightSum))
        run(.outputDelta)
        for layer in shape.layers.indices.reversed() {
            if layer > 0 { run(.backward(layer)) }
            // Sparse samples scatter over all coefficients, which cannot be shared out.
            if layer == 0, let sparse = data.features.sparse { sparseGradient(sparse) }
            if packsErrors(layer) { run(.packErrors(layer)) }
            run(.update(layer))
        }
    }

    private func run(_ phase: Phase) {
        self.phase = phase
        team.run(self)
    }
}

// MARK: - Shares

/// The parts of a step, in the order in which they come.
private enum Phase {
    case gather
    case forward(Int)
    case outputDelta
    case backward(Int)
    case packErrors(Int)
    case update(Int)
}

extension Backpropagation: ParallelWork {
    // The team calls it for any type; these do not then look up what every operation of theirs means.
    @_specialize(where Scalar == Double, Rule == Adam<Double>.Step)
    @_specialize(where Scalar == Float, Rule == Adam<Float>.Step)
    @_specialize(where Scalar == Double, Rule == SGD<Double>.Step)
    @_specialize(where Scalar == Float, Rule == SGD<Float>.Step)
    @_specialize(where Scalar == Double, Rule == PenalizedGradient<Double>)
    func perform(_ share: Chunk) {
        switch phase {
        case .gather: gather(share)
        case .forward(let layer): forward(layer, share)
        case .outputDelta: outputDelta(share)
        case .backward(let layer): backward(layer, share)
        case .packErrors(let layer): packErrors(layer, share)
        case .update(let layer): if let update { move(layer, share, by: update.rule, decay: update.decay) }
        }
    }

    private func gather(_ share: Chunk) {
        let range = share.range(of: rows)
        guard let samples = memory.samples.baseAddress else { return }
        if case .dense(let features) = data.features {
            features.gatherRows(
                samples + range.lowerBound, count: range.count, into: memory.values[0] + range.lowerBound * shape.inputs
            )
        }
        data.targets.gatherRows(
            samples + range.lowerBound, count: range.count, into: memory.targets + range.lowerBound * shape.outputs)
    }
}

extension Matrix where Scalar: NetworkScalar {
    /// Copies the rows with the given numbers to `target`.
    fileprivate func gatherRows(
        _ indices: UnsafePointer<Int>, count: Int, into target: UnsafeMutablePointer<Scalar>
    ) {
        withUnsafeElements { source in
            guard let source = source.baseAddress else { return }
            Scalar.gatherRows(target, from: source, indices, count: count, columns: columns)
        }
    }
}
