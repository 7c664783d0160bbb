import Estimators
package import LinearAlgebra
package import NeuralNetwork

/// Computes the steps of one network: the processor, or a device.
///
/// Random draws, schedules, restarts, and which epoch is the best are the trainer's.
package protocol TabularEngine<Scalar>: AnyObject {
    associatedtype Scalar: MatrixScalar

    /// Takes the steps that `next` returns, until it returns nil.
    ///
    /// - Parameter order: the samples of the epoch.
    /// - Returns: the sums of the losses of all samples, each times its weight, and of the weights.
    func train(over order: [Int], next: () -> TabularStep?) throws -> (loss: Double, weight: Double)

    /// Returns the outputs for the validation samples, before the output activation: rows × outputs.
    func validationOutputs() throws -> [Scalar]

    /// Returns the current parameters.
    func parameters() throws -> [Scalar]

    /// Returns Adam's moments.
    func moments() throws -> (means: [Scalar], squares: [Scalar])

    /// Sets the parameters, and all moments to 0.
    func restart(with parameters: [Scalar]) throws
}

/// The constants of a step of Adam with decoupled weight decay, as in PyTorch.
package struct TabularStep {
    /// The positions of the samples in the order of the epoch.
    package let batch: Range<Int>
    /// Dropout; nil for none.
    package let noise: Noise?
    package let rate, decay, correction1, correction2: Double
}

/// What an engine computes: a network, its data, and where training begins.
package struct TabularEngineTask<Scalar: MatrixScalar> {
    package let network: TabularNetwork
    package let settings: TabularSettings
    package let samples: TabularSamples<Scalar>
    /// The samples that select the best epoch; nil for none.
    package let validation: TabularSamples<Scalar>?
    package let parameters: [Scalar]
    /// Adam's moments.
    package let means, squares: [Scalar]
    /// The maximum number of samples in a batch.
    package let batchSize: Int

    /// The share of each class target that is divided among all classes.
    package var labelSmoothing: Double { network.task.isClassification ? settings.labelSmoothing : 0 }
}

/// Makes the engines of a device that trains networks for tables.
package protocol TabularEngineFactory: EngineFactory {
    /// Returns an engine for a task.
    ///
    /// - Throws: an error that says why the device cannot compute the task.
    func engine<Scalar: MatrixScalar>(for task: TabularEngineTask<Scalar>) throws -> any TabularEngine<Scalar>
}

extension TabularEngineTask {
    /// Returns an engine of a device.
    ///
    /// - Throws: an error that says why the device cannot compute the task.
    func engine(on device: Device) throws -> any TabularEngine<Scalar> {
        guard let engines = device.engines else { return HostTabularEngine(self) }
        guard let engines = engines as? any TabularEngineFactory else {
            throw EstimatorError.notSupported("a network for tables on device \(device): train with device .cpu; it")
        }
        return try engines.engine(for: self)
    }
}
