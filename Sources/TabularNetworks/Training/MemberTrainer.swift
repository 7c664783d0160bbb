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
    private let engine: any TabularEngine<Scalar>
    /// The least progress of the schedules, from 0 to 1.
    private var leastProgress = 0.0
    /// The learning rate of the last step.
    private(set) var rate = 0.0

    /// - Parameter validation: the samples that select the best epoch; nil for those that are not in the state's order.
    /// - Throws: the error of a device that cannot be used.
    init(
        _ state: MemberState<Scalar>, of network: TabularNetwork, samples: TabularSamples<Scalar>,
        validation: TabularSamples<Scalar>?, settings: TabularSettings, device: Device = .cpu
    ) throws {
        (self.network, self.settings, self.samples, self.state) = (network, settings, samples, state)
        epochs = settings.epochs(rows: samples.table.rows)
        let learned = Set(state.order)
        let held = (0..<samples.table.rows).filter { !learned.contains($0) }
        self.validation = validation ?? (held.isEmpty ? nil : samples.selecting(held))
        let (count, size) = (state.order.count, min(settings.batchSize, state.order.count))
        let batchCount = settings.dropsLastBatch ? count / size : (count + size - 1) / size
        let used = settings.dropsLastBatch ? batchCount * size : count
        batches = (0..<batchCount).map { $0 * used / batchCount..<($0 + 1) * used / batchCount }
        engine = try TabularEngineTask(
            network: network, settings: settings, samples: samples, validation: self.validation,
            parameters: state.parameters, means: state.means, squares: state.squares,
            batchSize: batches.map(\.count).max() ?? 1
        ).engine(on: device)
        (self.state.parameters, self.state.means, self.state.squares) = ([], [], [])
    }

    /// Everything that training resumes from.
    ///
    /// - Throws: the error of a device that has failed.
    func currentState() throws -> MemberState<Scalar> {
        var current = state
        current.parameters = try engine.parameters()
        (current.means, current.squares) = try engine.moments()
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
        var rest = batches[...]
        let (loss, weight) = try engine.train(over: state.order) {
            if let limit, rest.count < batches.count, limit.run.progress >= limit.end {
                leastProgress = 1
                return nil
            }
            leastProgress = limit?.run.progress ?? 0
            return rest.popFirst().map(nextStep)
        }
        state.epoch += 1
        state.loss = loss / weight
        if isDiverging {
            guard state.restarts < settings.maxRestarts ?? 0 else {
                guard loss.isFinite else { throw EstimatorError.diverged(iteration: state.epoch) }
                return try validate()
            }
            try restart()
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
    private func restart() throws {
        let initial = MemberState(network, samples: samples, order: state.order.sorted(), random: state.start)
        try engine.restart(with: initial.parameters)
        state.restarts += 1
        // Histories hold numbers.
        if !state.loss.isFinite { state.loss = 1e300 }
        (state.bestError, state.best) = (nil, initial.parameters)
    }

    /// Keeps the parameters if their error is the best.
    private func validate() throws {
        guard let validation else {
            (state.best, state.bestEpoch) = (try engine.parameters(), state.epoch)
            return
        }
        let error = network.task.error(
            of: try engine.validationOutputs(), targets: validation.targets, weights: validation.weights,
            byAccuracy: settings.selectsByAccuracy)
        state.error = error
        // The latest of equal epochs, as in pytabkit.
        if state.bestError.map({ error <= $0 }) ?? true {
            (state.bestError, state.bestEpoch, state.best) = (error, state.epoch, try engine.parameters())
        }
    }

    // MARK: Step

    private func factor(_ schedule: Schedule) -> Double {
        let steps = epochs * batches.count
        let progress = Double(state.step) / Double(steps)
        if progress >= leastProgress { return schedule.factor(state.step, of: steps) }
        return schedule.factor(Int(leastProgress * 1e9), of: 1_000_000_000)
    }

    /// Returns the constants of the next step.
    private func nextStep(over batch: Range<Int>) -> TabularStep {
        let dropout = settings.dropout * factor(settings.dropoutSchedule)
        let noise = dropout > 0 ? Noise(rate: dropout, key: Dropout.key(state.noiseKey, state.step)) : nil
        rate = network.learningRate * state.rateFactor * factor(settings.schedule)
        let decay = settings.weightDecay * factor(settings.weightDecaySchedule)
        state.step += 1
        return TabularStep(
            batch: batch, noise: noise, rate: rate, decay: decay,
            correction1: 1 - Double.pow(settings.beta1, state.step),
            correction2: (1 - Double.pow(settings.beta2, state.step)).squareRoot())
    }
}
