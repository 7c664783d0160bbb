import Estimators
import LinearAlgebra
import NeuralNetwork
import Tables

/// How the last training went, and what an interrupted one resumes from.
struct TabularRun: Equatable, Sendable {
    let fingerprint: TabularFingerprint
    var epochs: [TrainingEpoch]
    var stopReason: StopReason?
    /// The state of each network; empty if training ended.
    var states: [MemberState<Float>] = []

    init(fingerprint: TabularFingerprint, epochs: [TrainingEpoch]) {
        (self.fingerprint, self.epochs) = (fingerprint, epochs)
    }

    /// The run with the states of its networks.
    func with(_ states: [MemberState<Float>]) -> TabularRun {
        var run = self
        run.states = states
        return run
    }

    /// Trains until all networks have finished, the time is up, `onEpoch` says so, or the task is cancelled.
    ///
    /// - Parameters:
    ///   - saves: whether `afterEpoch` needs the networks as they are after the epoch.
    ///   - afterEpoch: called after each epoch but the last.
    mutating func train(
        _ trainer: EnsembleTrainer, maxIter: Int, maxTime: Double?, verbose: Verbosity, onEpoch: OnEpoch?,
        saves: Bool, afterEpoch: (TabularRun) throws -> Void
    ) throws {
        var watch = Stopwatch(elapsed: epochs.last?.elapsed ?? 0)
        var bar = verbose == .progressBar ? EpochBar(maxIter: maxIter, after: epochs) : nil
        defer { bar?.finish() }
        let log = VerboseLog(isOn: verbose == .lines)
        let limit = maxTime.map { TimeLimit(seconds: $0, elapsed: watch.elapsed) }
        // What happens between epochs needs all networks at the same epoch.
        let atOnce = onEpoch == nil && !saves && maxTime == nil ? trainer.balancedEpochs : 1
        while true {
            if Cancellation.isRequested {
                stopReason = .cancelled
                return
            }
            let results: [EnsembleEpoch]
            do {
                results = try trainer.trainEpochs(atOnce, limit: limit)
            } catch is CancellationError {
                stopReason = .cancelled
                return
            }
            let start = watch.elapsed
            let seconds = watch.lap() / Double(results.count)
            for (index, result) in results.enumerated() {
                let epoch = TrainingEpoch(
                    index: epochs.count + 1, loss: result.loss, validationLoss: result.error, validationScore: nil,
                    learningRate: result.learningRate, seconds: seconds,
                    elapsed: index == results.count - 1 ? watch.elapsed : start + Double(index + 1) * seconds)
                epochs.append(epoch)
                bar?.show(epoch)
                log.iteration(epoch.index, loss: epoch.loss)
                if let error = result.error { log.validationLoss(error) }
                let decision = try onEpoch?(epoch) ?? .continue
                if result.isLast {
                    stopReason =
                        epochs.count >= maxIter || maxTime != nil ? .reachedMaxIter : .validationStoppedImproving
                    return
                }
                try afterEpoch(self)
                if decision == .stop {
                    stopReason = .stopped
                    return
                }
            }
        }
    }
}

/// Tells whether a run is resumed with other data.
struct TabularFingerprint: Equatable, Sendable, Codable {
    let text: String

    /// The number of rows.
    var rows: Int? { Int(text.prefix { $0 != "-" }) }

    init(_ x: Table, _ problem: _TabularProblem, _ validation: Table?) {
        var checksum = Checksum()
        x.add(to: &checksum)
        problem.targets.withUnsafeBytes { checksum.add($0) }
        problem.weights?.withUnsafeBytes { checksum.add($0) }
        validation?.add(to: &checksum)
        text = "\(x.rowCount)-\(x.columnCount)-\(String(checksum.value, radix: 16))"
    }
}
