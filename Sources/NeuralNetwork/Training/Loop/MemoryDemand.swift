import Estimators
import LinearAlgebra

/// The memory that training a network takes, so that what this machine does not have is refused before it is asked for.
struct MemoryDemand: Equatable, Sendable {
    /// Parameters, with their gradient and the optimizer's arrays, in bytes.
    let parameters: Double
    /// The values and errors of one batch at every layer, in bytes.
    let batch: Double

    var bytes: Double { parameters + batch }

    /// The memory for steps of `batchSize` samples, of which sparse ones are not copied.
    ///
    /// In doubles throughout: the product of a batch and a layer may exceed an `Int`.
    init<Scalar: NetworkScalar>(
        _ shape: NetworkShape, batchSize: Int, isSparse: Bool, solver: Solver, scalar: Scalar.Type
    ) {
        // The network, its copy in the buffers, the gradient; the optimizer's moments there and as they are returned.
        let arrays =
            switch solver {
            case .sgd: 3 + 2 * SGD<Scalar>.momentCount
            case .adam: 3 + 2 * Adam<Scalar>.momentCount
            case .lbfgs: 3 + LBFGS.arrayCount
            }
        // L-BFGS computes in Double whatever the precision of the features.
        let stride = Double(solver == .lbfgs ? MemoryLayout<Double>.stride : MemoryLayout<Scalar>.stride)
        // A value at every unit, an error at every hidden one, the errors of one layer once more, and the targets.
        let values = shape.layerUnits.dropFirst(isSparse ? 1 : 0).reduce(0) { $0 + Double($1) }
        let errors = shape.layerUnits.dropFirst().dropLast().reduce(0) { $0 + Double($1) }
        let packedErrors = solver == .lbfgs ? 0 : Double(shape.widestLayer)
        parameters = Double(arrays) * stride * Double(shape.parameterCount)
        batch = stride * Double(batchSize) * (values + errors + packedErrors + Double(shape.outputs))
    }

    /// The memory that this machine has, in bytes; infinite where it does not say.
    static var available: Double { PhysicalMemory.bytes.map(Double.init) ?? .infinity }

    /// Refuses a network that this machine has no room to train.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for `batchSize` where the batch alone is what is too large, else for
    ///   `hiddenLayerSizes`.
    func check(_ hyperparameters: MLPHyperparameters, available: Double = MemoryDemand.available) throws {
        guard bytes > available else { return }
        let allowed =
            "small enough to train in the \(gigabytes(available)) of this machine's memory (\(gigabytes(bytes)) are needed)"
        if parameters < available / 2, hyperparameters.solver != .lbfgs, case .count = hyperparameters.batchSize {
            throw EstimatorError.invalidParameter(
                name: "batchSize", value: "\(hyperparameters.batchSize)", allowed: allowed)
        }
        throw EstimatorError.invalidParameter(
            name: "hiddenLayerSizes", value: "\(hyperparameters.hiddenLayerSizes)", allowed: allowed)
    }

    private func gigabytes(_ bytes: Double) -> String { "\((bytes / 1e8).rounded() / 10) GB" }
}
