import Estimators
import LinearAlgebra
import NeuralNetwork
import NumPyRandom

/// Trains the networks of an ensemble side by side, one epoch of all after the other.
final class EnsembleTrainer {
    private let trainers: [MemberTrainer<Float>]
    private let jobs: Int

    /// - Parameters:
    ///   - states: where each network's training begins or resumes.
    ///   - validation: samples that all networks are validated on; nil for those that each does not learn from.
    ///   - jobs: the number of threads.
    /// - Throws: the error of a device that cannot be used.
    init(
        _ states: [MemberState<Float>], of network: TabularNetwork, samples: TabularSamples<Float>,
        validation: TabularSamples<Float>?, settings: TabularSettings, device: Device, jobs: Int
    ) throws {
        self.jobs = max(1, min(jobs, states.count))
        trainers = try states.map {
            try MemberTrainer(
                $0, of: network, samples: samples, validation: validation, settings: settings, device: device)
        }
    }

    /// How many epochs to train at once, so that no thread waits for the others: 5 networks occupy 2 threads evenly in 2
    /// epochs, but not in one.
    var balancedEpochs: Int { trainers.count % jobs == 0 ? 1 : jobs }

    /// Trains up to `count` epochs of every network that has not finished.
    ///
    /// - Parameter limit: the time that is left; nil for any time. The schedules then follow it.
    /// - Returns: the results of each epoch. They are fewer if all networks finish before.
    func trainEpochs(_ count: Int, limit: TimeLimit?) throws -> [EnsembleEpoch] {
        let queue = EpochQueue(members: trainers.count, epochs: count)
        let trainers = Exclusive(self.trainers)
        _ = try parallelMap(count: jobs, jobs: jobs) { [jobs] _ in
            while let (member, left) = queue.next() {
                if Cancellation.isRequested { throw CancellationError() }
                let trainer = trainers.values[member]
                let result = Result {
                    try trainer.trainEpoch(limit: limit.map { EpochLimit($0, turns: (left + jobs - 1) / jobs) })
                    return trainer.lastEpoch
                }
                queue.finish(member, result)
            }
        }
        let results = try queue.results()
        let epochs = (0..<count).map { epoch in EnsembleEpoch(results.map { $0[epoch] }) }
        return Array(epochs.prefix(1 + (epochs.firstIndex(where: \.isLast) ?? count - 1)))
    }

    /// Returns the state of each network.
    ///
    /// - Throws: the error of a device that has failed.
    func states() throws -> [MemberState<Float>] { try trainers.map { try $0.currentState() } }

    /// What each network has learned so far: its parameters after its best epoch.
    var parameters: [[Float]] { trainers.map { $0.state.best } }
}

/// What an epoch of one network gives.
struct MemberEpoch: Sendable {
    let loss: Double
    let error: Double?
    let learningRate: Double
    /// Whether the network has finished.
    let isLast: Bool
}

/// What an epoch of all networks gives.
struct EnsembleEpoch {
    /// The means over the networks of the training loss and of the validation error.
    let loss: Double
    let error: Double?
    /// The learning rate of the last step.
    let learningRate: Double
    /// Whether all networks have finished.
    let isLast: Bool

    init(_ members: [MemberEpoch]) {
        func mean(_ values: [Double]) -> Double? {
            values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        }
        loss = mean(members.map(\.loss)) ?? .nan
        error = mean(members.compactMap(\.error))
        learningRate = members.first?.learningRate ?? .nan
        isLast = members.allSatisfy(\.isLast)
    }
}

/// The epochs that are left to train: each network's one after the other, and first those of the network that has trained the
/// fewest.
private final class EpochQueue: Sendable {
    private struct State {
        var results: [[MemberEpoch]]
        var errors: [(any Error)?]
        var isWaiting: [Bool]
    }

    private let epochs: Int
    private let state: Locked<State>

    init(members: Int, epochs: Int) {
        self.epochs = epochs
        state = Locked(
            State(
                results: Array(repeating: [], count: members), errors: Array(repeating: nil, count: members),
                isWaiting: Array(repeating: true, count: members)))
    }

    /// Returns a network to train for an epoch, and how many networks have this epoch left; nil if there is none. Networks in
    /// training return to their own threads.
    func next() -> (member: Int, left: Int)? {
        state.withLock { state in
            let waiting = state.results.indices.filter { state.isWaiting[$0] && state.results[$0].count < epochs }
            guard let member = waiting.min(by: { state.results[$0].count < state.results[$1].count }) else {
                return nil
            }
            state.isWaiting[member] = false
            let epoch = state.results[member].count
            return (member, waiting.count { state.results[$0].count == epoch })
        }
    }

    /// Stores the result of an epoch. A network with an error trains no more.
    func finish(_ member: Int, _ result: Result<MemberEpoch, any Error>) {
        state.withLock { state in
            switch result {
            case .success(let epoch):
                state.results[member].append(epoch)
                state.isWaiting[member] = true
            case .failure(let error): state.errors[member] = error
            }
        }
    }

    /// Returns the results of each network's epochs.
    ///
    /// - Throws: the error of the first network that has one, whatever the threads did.
    func results() throws -> [[MemberEpoch]] {
        let (results, errors) = state.withLock { ($0.results, $0.errors) }
        for case let error? in errors { throw error }
        return results
    }
}

/// Values each of which only one thread at a time uses.
private struct Exclusive<Value>: @unchecked Sendable {
    let values: [Value]
    init(_ values: [Value]) { self.values = values }
}
