import LinearAlgebra

/// The seam between the trainers, which decide, and what computes: this machine's processors in ``HostEngine``.
///
/// An engine holds the parameters and the optimizer's moments while a network is trained. Scores, early stopping, schedules,
/// checkpoints and reports are the trainers'.
protocol TrainingEngine<Scalar>: AnyObject {
    associatedtype Scalar: NetworkScalar

    /// Takes one step of the optimizer for every batch of an epoch, and reports each in order.
    ///
    /// - Parameters:
    ///   - order: the numbers of the samples in the order of the epoch.
    ///   - size: the number of samples in a batch; the last one may have fewer.
    ///   - optimizer: gives the rule of every step.
    ///   - record: judges and records a batch. When it throws, the epoch ends.
    /// - Throws: what `record` throws.
    func train<Optimizer: StochasticOptimizer<Scalar>>(
        over order: SampleOrder, inBatchesOf size: Int, with optimizer: inout Optimizer,
        record: (BatchResult) throws -> Void
    ) throws

    /// The mean loss of all samples with the penalty, and its gradient, as a function of the parameters.
    func objective(at parameters: [Scalar], gradient: inout [Scalar]) -> Double

    /// The outputs of a network for every row of `features`.
    func outputs(of network: Network<Scalar>, for features: NetworkInput<Scalar>) -> Matrix<Scalar>

    /// Writes the parameters to an array of their number, into the memory that it has.
    func copyParameters(to target: inout [Scalar])

    /// The optimizer's moments.
    var moments: [[Scalar]] { get }
}

/// What a step tells of its batch.
struct BatchResult {
    /// The number of samples.
    let samples: Int
    /// The sum of their weights.
    let weightSum: Double
    /// The mean loss before the step, with the batch's part of the penalty.
    let loss: Double
}
