package import LinearAlgebra

/// Makes the engines of a ``Device``.
package protocol EngineFactory: Sendable {
    /// Returns an engine for a task, with the network's parameters and the optimizer's moments in it.
    ///
    /// - Throws: an `EstimatorError` that says why the device cannot compute the task.
    func engine<Scalar: NetworkScalar>(for task: EngineTask<Scalar>) throws -> any TrainingEngine<Scalar>

    /// What reports call the device once it is in use; nil for the name of the ``Device``.
    var reportedName: String? { get }
}

extension EngineFactory {
    package var reportedName: String? { nil }
}

/// What an engine computes: a network, its loss and the data of training.
package struct EngineTask<Scalar: NetworkScalar>: Sendable {
    /// The network to start from.
    package let network: Network<Scalar>
    package let loss: Loss
    /// The strength of the L2 penalty.
    package let alpha: Double
    package let data: TrainingData<Scalar>
    /// The maximum number of samples in a batch; nil for a single batch of all samples whose complete gradient is
    /// needed.
    package let batchSize: Int?
    package let options: StepOptions
    /// The optimizer's arrays: up to two, with one number per parameter.
    package let moments: [[Scalar]]
    /// The minimum distance of probabilities from 0 and 1 in the loss, so that their logarithms stay finite.
    package let probabilityMargin: Double
    /// The number of samples for which outputs are asked after each epoch; nil for none.
    package let validationSamples: Int?
    /// The fits of which the run is one, as in a search; nil for a run by itself.
    package let sideBySide: SideBySide?
}

extension HostEngine {
    /// Creates an engine for a task.
    convenience init(_ task: EngineTask<Scalar>, pool: WorkerPool) {
        self.init(
            task.network, loss: task.loss, alpha: task.alpha, data: task.data, batchSize: task.batchSize,
            options: task.options, moments: task.moments, pool: pool, probabilityMargin: task.probabilityMargin)
    }
}
