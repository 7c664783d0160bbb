package import LinearAlgebra

/// The interface between the trainers, which decide, and an engine, which computes. ``HostEngine`` computes on this
/// machine's processors; a ``Device`` can have engines of its own.
///
/// During training, an engine holds the parameters and the optimizer's moments. Scores, early stopping, schedules,
/// checkpoints and reports belong to the trainers. Any method may throw when the device fails; the call of `fit` then
/// throws the same error and the estimator keeps what it had.
package protocol TrainingEngine<Scalar>: AnyObject {
    associatedtype Scalar: NetworkScalar

    /// Takes one optimizer step for each batch of an epoch, and reports each batch in order.
    ///
    /// - Parameters:
    ///   - order: the indices of the samples in the order of the epoch.
    ///   - size: the number of samples in a batch; the last one may have fewer.
    ///   - noise: the key of the epoch's ``Dropout``; not used without dropout.
    ///   - optimizer: provides the update rule of each step.
    ///   - record: checks and records a batch. If it throws, the epoch ends.
    /// - Throws: what `record` throws.
    func train<Optimizer: StochasticOptimizer<Scalar>>(
        over order: SampleOrder, inBatchesOf size: Int, noise: UInt64, with optimizer: inout Optimizer,
        record: (BatchResult) throws -> Void
    ) throws

    /// Returns the mean loss of all samples with the penalty, and writes its gradient.
    func objective(at parameters: [Scalar], gradient: inout [Scalar]) throws -> Double

    /// Returns the outputs of a network for each row of `features`.
    func outputs(of network: Network<Scalar>, for features: _NetworkInput<Scalar>) throws -> Matrix<Scalar>

    /// Copies the parameters to an array of the same length, without allocating.
    func copyParameters(to target: inout [Scalar]) throws

    /// Returns the optimizer's moments.
    func moments() throws -> [[Scalar]]
}

/// The result of a step on one batch.
package struct BatchResult {
    /// The number of samples.
    package let samples: Int
    /// The sum of the sample weights.
    package let weightSum: Double
    /// The mean loss before the step, including the batch's part of the penalty.
    package let loss: Double

    package init(samples: Int, weightSum: Double, loss: Double) {
        (self.samples, self.weightSum, self.loss) = (samples, weightSum, loss)
    }
}
