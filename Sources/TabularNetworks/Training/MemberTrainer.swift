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
        if state.epoch >= settings.maxIter || leastProgress >= 1 { return true }
        guard validation != nil, let patience = settings.nIterNoChange else { return false }
        return state.epoch - state.bestEpoch >= patience
    }

    // MARK: Epoch

    /// Trains one epoch, unless there is nothing left to do.
    ///
    /// - Parameter progress: the least progress of the schedules, from 0 to 1.
    func trainEpoch(progress: Double) throws {
        guard !isFinished else { return }
        leastProgress = progress
        var random = state.random
        random.shuffle(&state.order)
        state.random = random
        var (loss, weight) = (0.0, 0.0)
        for range in batches {
            batch.gather(
                samples, state.order[range], smoothing: network.task.isClassification ? settings.labelSmoothing : 0)
            loss += step()
            weight += batch.weightSum
        }
        state.epoch += 1
        state.loss = loss / weight
        guard loss.isFinite else { throw EstimatorError.diverged(iteration: state.epoch) }
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
        let steps = settings.maxIter * batches.count
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
        network.backward(batch.rows, rows: batch.count, parameters: parameters, gradient: gradient, buffers: buffers)
        update()
        return loss
    }

    /// Adam with decoupled weight decay, as in PyTorch, with each group's factors.
    private func update() {
        rate = network.learningRate * factor(settings.schedule)
        let decay = settings.weightDecay * factor(settings.weightDecaySchedule)
        state.step += 1
        let correction1 = 1 - Double.pow(settings.beta1, state.step)
        let correction2 = (1 - Double.pow(settings.beta2, state.step)).squareRoot()
        for group in network.groups {
            let (start, count) = (group.range.lowerBound, group.range.count)
            let shrinkage = rate * decay * group.decayFactor
            if shrinkage > 0 { kernel_scale(Scalar.kernelPrecision, parameters + start, count, 1 - shrinkage, 0) }
            guard group.rateFactor > 0 else { continue }
            _ = kernel_adam(
                Scalar.kernelPrecision, parameters + start, gradient + start, moments.0 + start, moments.1 + start,
                count,
                0, rate * group.rateFactor * correction2 / correction1, settings.beta1, settings.beta2,
                settings.epsilon * group.epsilonFactor * correction2)
        }
    }
}
