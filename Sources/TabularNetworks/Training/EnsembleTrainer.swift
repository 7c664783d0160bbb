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
    init(
        _ states: [MemberState<Float>], of network: TabularNetwork, samples: TabularSamples<Float>,
        validation: TabularSamples<Float>?, settings: TabularSettings, jobs: Int
    ) {
        self.jobs = jobs
        trainers = states.map {
            MemberTrainer($0, of: network, samples: samples, validation: validation, settings: settings)
        }
    }

    /// Trains one epoch of every network that has not finished.
    ///
    /// - Parameter progress: the least progress of the schedules, from 0 to 1, where time is limited.
    /// - Returns: whether a network has not finished.
    func trainEpoch(progress: Double) throws -> Bool {
        let trainers = Exclusive(self.trainers)
        return try parallelMap(count: self.trainers.count, jobs: jobs) { index in
            try trainers.values[index].trainEpoch(progress: progress)
            return !trainers.values[index].isFinished
        }.contains(true)
    }

    /// The state of each network.
    var states: [MemberState<Float>] { trainers.map(\.currentState) }

    /// What each network has learned so far: its parameters after its best epoch.
    var parameters: [[Float]] { trainers.map { $0.state.best } }

    /// The means over the networks of the last epoch's training loss and validation error.
    var lastEpoch: (loss: Double, error: Double?) {
        func mean(_ values: [Double]) -> Double? {
            values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
        }
        return (mean(trainers.map(\.state.loss)) ?? .nan, mean(trainers.compactMap(\.state.error)))
    }

    /// The learning rate of the last step.
    var learningRate: Double { trainers.first?.rate ?? .nan }
}

/// Values each of which only one thread at a time uses.
private struct Exclusive<Value>: @unchecked Sendable {
    let values: [Value]
    init(_ values: [Value]) { self.values = values }
}
