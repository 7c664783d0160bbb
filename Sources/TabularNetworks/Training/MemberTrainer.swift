import CKernels
import Estimators
import LinearAlgebra
import NeuralNetwork

/// Trains one network of an ensemble, epoch by epoch, on one thread.
final class MemberTrainer<Scalar: MatrixScalar & Codable> {
    private let network: TabularNetwork
    private let settings: TabularSettings
    private let samples: TabularSamples<Scalar>
    private let validation: TabularSamples<Scalar>?
    private let batches: [Range<Int>]
    /// The number of epochs to train.
    private let epochs: Int

    /// The state without the current parameters and moments.
    private(set) var state: MemberState<Scalar>
    private let parameters: UnsafeMutablePointer<Scalar>
    private let gradient: UnsafeMutablePointer<Scalar>
    private let moments: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>)
    private let buffers: PassBuffers<Scalar>
    /// The memory of validations; nil without any.
    private let validationBuffers: PassBuffers<Scalar>?
    private let batch: EncodedBatch<Scalar>
    /// The least progress of the schedules, from 0 to 1.
    private var leastProgress = 0.0
    /// The learning rate of the last step.
    private(set) var rate = 0.0

    /// - Parameter validation: the samples that select the best epoch; nil for those that are not in the state's order.
    init(
        _ state: MemberState<Scalar>, of network: TabularNetwork, samples: TabularSamples<Scalar>,
        validation: TabularSamples<Scalar>?, settings: TabularSettings
    ) {
        (self.network, self.settings, self.samples, self.state) = (network, settings, samples, state)
        epochs = settings.epochs(rows: samples.table.rows)
        let learned = Set(state.order)
        let held = (0..<samples.table.rows).filter { !learned.contains($0) }
        self.validation = validation ?? (held.isEmpty ? nil : samples.selecting(held))
        let (count, size) = (state.order.count, min(settings.batchSize, state.order.count))
        let batchCount = settings.dropsLastBatch ? count / size : (count + size - 1) / size
        let used = settings.dropsLastBatch ? batchCount * size : count
        batches = (0..<batchCount).map { $0 * used / batchCount..<($0 + 1) * used / batchCount }
        let capacity = batches.map(\.count).max() ?? 1
        buffers = PassBuffers(network, capacity: capacity)
        validationBuffers = self.validation.map { network.predictionBuffers(rows: $0.table.rows) }
        batch = EncodedBatch(shape: samples.table.shape, capacity: capacity, outputs: network.outputs)
        func memory(_ values: [Scalar]) -> UnsafeMutablePointer<Scalar> {
            let memory = UnsafeMutablePointer<Scalar>.allocate(capacity: max(1, network.parameterCount))
            memory.initialize(from: values, count: values.count)
            return memory
        }
        parameters = memory(state.parameters)
        gradient = memory([Scalar](repeating: 0, count: network.parameterCount))
        moments = (memory(state.means), memory(state.squares))
        (self.state.parameters, self.state.means, self.state.squares) = ([], [], [])
    }

    deinit { for memory in [parameters, gradient, moments.0, moments.1] { memory.deallocate() } }

    private func copy(_ memory: UnsafeMutablePointer<Scalar>) -> [Scalar] {
        Array(UnsafeBufferPointer(start: memory, count: network.parameterCount))
    }

    /// Everything that training resumes from.
    var currentState: MemberState<Scalar> {
        var current = state
        (current.parameters, current.means, current.squares) = (copy(parameters), copy(moments.0), copy(moments.1))
        return current
    }

    /// Whether all epochs are done, or none was better than the best for a while.
    var isFinished: Bool {
        if state.epoch >= epochs || leastProgress >= 1 { return true }
        guard validation != nil else { return false }
        if let patience = settings.nIterNoChange, state.epoch - state.bestEpoch >= patience { return true }
        return settings.nCyclesNoChange.map { cyclesNoChange >= $0 } ?? false
    }

    /// The number of complete cycles of the learning rate since the one with the best epoch.
    private var cyclesNoChange: Int {
        // The rate is nearly 0 in the epoch in which a cycle ends.
        let ends = Set(settings.schedule.cycleEnds.map { Int(($0 * Double(epochs)).rounded(.up)) })
        return max(0, ends.count { (state.bestEpoch...state.epoch).contains($0) } - 1)
    }

    /// What the last epoch gave.
    var lastEpoch: MemberEpoch {
        MemberEpoch(loss: state.loss, error: state.error, learningRate: rate, isLast: isFinished)
    }

    // MARK: Epoch

    /// Trains one epoch, unless there is nothing left to do.
    ///
    /// - Parameter limit: the time that it may take; nil for any time. The schedules then follow the time.
    func trainEpoch(limit: EpochLimit? = nil) throws {
        guard !isFinished else { return }
        var random = state.random
        random.shuffle(&state.order)
        state.random = random
        var (loss, weight) = (0.0, 0.0)
        for range in batches {
            batch.gather(
                samples, state.order[range], smoothing: network.task.isClassification ? settings.labelSmoothing : 0)
            leastProgress = limit?.run.progress ?? 0
            loss += step()
            weight += batch.weightSum
            if let limit, limit.run.progress >= limit.end {
                leastProgress = 1
                break
            }
        }
        state.epoch += 1
        state.loss = loss / weight
        if isDiverging {
            guard state.restarts < settings.maxRestarts ?? 0 else {
                guard loss.isFinite else { throw EstimatorError.diverged(iteration: state.epoch) }
                return try validate()
            }
            restart()
        }
        try validate()
    }

    /// Whether the last epoch's loss is ten times that of a constant prediction, or is no number: the first steps were too
    /// large.
    private var isDiverging: Bool {
        let constant: Double
        switch network.task {
        case .numbers: constant = 0.5
        case .classes(let count): constant = .log(Double(max(2, count)))
        }
        return !(state.loss <= 10 * constant)
    }

    /// Begins anew with half the learning rate. Schedules go on.
    private func restart() {
        let initial = MemberState(network, samples: samples, order: state.order.sorted(), random: state.start)
        parameters.update(from: initial.parameters, count: initial.parameters.count)
        for moments in [moments.0, moments.1] { moments.update(repeating: 0, count: network.parameterCount) }
        state.restarts += 1
        // Histories hold numbers.
        if !state.loss.isFinite { state.loss = 1e300 }
        (state.bestError, state.best) = (nil, initial.parameters)
    }

    /// Keeps the parameters if their error is the best.
    private func validate() throws {
        guard let validation else {
            (state.best, state.bestEpoch) = (copy(parameters), state.epoch)
            return
        }
        let outputs = network.outputs(
            of: validation.table, parameters: UnsafePointer(parameters), buffers: validationBuffers)
        let error = network.task.error(
            of: outputs, targets: validation.targets, weights: validation.weights,
            byAccuracy: settings.selectsByAccuracy)
        state.error = error
        // The latest of equal epochs, as in pytabkit.
        if state.bestError.map({ error <= $0 }) ?? true {
            (state.bestError, state.bestEpoch, state.best) = (error, state.epoch, copy(parameters))
        }
    }

    // MARK: Step

    private func factor(_ schedule: Schedule) -> Double {
        let steps = epochs * batches.count
        let progress = Double(state.step) / Double(steps)
        if progress >= leastProgress { return schedule.factor(state.step, of: steps) }
        return schedule.factor(Int(leastProgress * 1e9), of: 1_000_000_000)
    }

    /// Takes one optimizer step. Returns the sum of the losses of the batch.
    private func step() -> Double {
        let dropout = settings.dropout * factor(settings.dropoutSchedule)
        let noise = dropout > 0 ? Noise(rate: dropout, key: Dropout.key(state.noiseKey, state.step)) : nil
        network.forward(batch.rows, rows: batch.count, parameters: parameters, noise: noise, buffers: buffers)
        let loss = network.task.differentiate(
            buffers.outputs, targets: batch.targets, weights: samples.weights == nil ? nil : batch.weights,
            rows: batch.count, weightSum: batch.weightSum, to: buffers.deltas[0])
        let update = nextUpdate()
        network.backward(
            batch.rows, rows: batch.count, parameters: parameters, gradient: gradient, buffers: buffers
        ) { groups in
            for group in groups { self.apply(update, to: group) }
        }
        return loss
    }

    /// The constants of a step of Adam with decoupled weight decay, as in PyTorch.
    private struct Update {
        let rate, decay, correction1, correction2: Double
    }

    private func nextUpdate() -> Update {
        rate = network.learningRate * state.rateFactor * factor(settings.schedule)
        let decay = settings.weightDecay * factor(settings.weightDecaySchedule)
        state.step += 1
        return Update(
            rate: rate, decay: decay, correction1: 1 - Double.pow(settings.beta1, state.step),
            correction2: (1 - Double.pow(settings.beta2, state.step)).squareRoot())
    }

    /// Updates adjacent parameters, with the factors of their group.
    private func apply(_ update: Update, to group: ParameterGroup) {
        let (start, count) = (group.range.lowerBound, group.range.count)
        let kept = 1 - update.rate * update.decay * group.decayFactor
        guard group.rateFactor > 0 else {
            if kept < 1 { kernel_scale(Scalar.kernelPrecision, parameters + start, count, kept, 0) }
            return
        }
        kernel_adamw(
            Scalar.kernelPrecision, parameters + start, gradient + start, moments.0 + start, moments.1 + start, count,
            kept, update.rate * group.rateFactor * update.correction2 / update.correction1, settings.beta1,
            settings.beta2, settings.epsilon * group.epsilonFactor * update.correction2)
    }
}
