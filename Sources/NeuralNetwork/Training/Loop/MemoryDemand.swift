import Estimators
import LinearAlgebra
import Optimization

/// The memory that training a network needs. It is compared with this machine's memory before anything is allocated.
struct MemoryDemand: Equatable, Sendable {
    /// The bytes for parameters, gradient and the optimizer's arrays.
    let parameters: Double
    /// The bytes for the values and errors of one batch at every layer.
    let batch: Double

    var bytes: Double { parameters + batch }

    /// Computes the memory for steps of `batchSize` samples. Sparse samples are not copied.
    ///
    /// Uses doubles, because the product of a batch and a layer may exceed an `Int`.
    init<Scalar: NetworkScalar>(
        _ shape: NetworkShape, batchSize: Int, isSparse: Bool, solver: Solver, storesSlopes: Bool = false,
        scalar: Scalar.Type
    ) {
        // The network, its copy in the buffers and the gradient; the moments in the buffers and in the returned model.
        let arrays =
            switch solver {
            case .sgd: 3 + 2 * SGD<Scalar>.momentCount
            case .adam, .adamW: 3 + 2 * Adam<Scalar>.momentCount
            case .lbfgs: 3 + LBFGS.arrayCount
            }
        // L-BFGS always computes in Double.
        let stride = Double(solver == .lbfgs ? MemoryLayout<Double>.stride : MemoryLayout<Scalar>.stride)
        // One value per unit, one error and possibly one slope per hidden unit, the packed errors of one layer, and the targets.
        let values = shape.layerUnits.dropFirst(isSparse ? 1 : 0).reduce(0) { $0 + Double($1) }
        let errors = shape.layerUnits.dropFirst().dropLast().reduce(0) { $0 + Double($1) }
        let packedErrors = solver == .lbfgs ? 0 : Double(shape.widestLayer)
        parameters = Double(arrays) * stride * Double(shape.parameterCount)
        batch =
            stride * Double(batchSize)
            * (values + (storesSlopes ? 2 : 1) * errors + packedErrors + Double(shape.outputs))
    }

    /// The memory of this machine, in bytes; infinite if it is unknown.
    static var available: Double { PhysicalMemory.bytes.map(Double.init) ?? .infinity }

    /// Throws if this machine has too little memory to train the network.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for `batchSize` if only the batch is too large, otherwise for
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
