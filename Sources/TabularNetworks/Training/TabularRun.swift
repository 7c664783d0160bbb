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
    /// - Parameter afterEpoch: called after each epoch, to save it.
    mutating func train(
        _ trainer: EnsembleTrainer, maxIter: Int, maxTime: Double?, verbose: Verbosity, onEpoch: OnEpoch?,
        afterEpoch: (TabularRun) throws -> Void
    ) throws {
        var watch = Stopwatch(elapsed: epochs.last?.elapsed ?? 0)
        var bar = verbose == .progressBar ? EpochBar(maxIter: maxIter, after: epochs) : nil
        defer { bar?.finish() }
        let log = VerboseLog(isOn: verbose == .lines)
        var goesOn = true
        while goesOn {
            if Cancellation.isRequested {
                stopReason = .cancelled
                return
            }
            do {
                goesOn = try trainer.trainEpoch(progress: maxTime.map { min(1, watch.elapsed / $0) } ?? 0)
            } catch is CancellationError {
                stopReason = .cancelled
                return
            }
            let (loss, error) = trainer.lastEpoch
            let seconds = watch.lap()
            let epoch = TrainingEpoch(
                index: epochs.count + 1, loss: loss, validationLoss: error, validationScore: nil,
                learningRate: trainer.learningRate, seconds: seconds, elapsed: watch.elapsed)
            epochs.append(epoch)
            bar?.show(epoch)
            log.iteration(epoch.index, loss: loss)
            if let error { log.validationLoss(error) }
            let decision = try onEpoch?(epoch) ?? .continue
            if goesOn { try afterEpoch(self) }
            if decision == .stop, goesOn {
                stopReason = .stopped
                return
            }
        }
        stopReason = epochs.count >= maxIter || maxTime != nil ? .reachedMaxIter : .validationStoppedImproving
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
