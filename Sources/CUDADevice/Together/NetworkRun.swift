import LinearAlgebra
import NeuralNetwork

/// An epoch of one small network, for the kernel that trains many of them. The layout is that of Kernels/.
struct NetworkRun {
    var features, targets, weights, levels: Driver.Address
    var order, steps, results: Driver.Address
    var parameters, moment1, moment2, snapshots: Driver.Address
    var alpha, dropoutRate, targetFactor, targetOffset, margin, maximumNorm: Double
    var samples, batch, epochs, layers, activation, derivative, outActivation, loss, rule, unused: Int32
    var units: (Int32, Int32, Int32, Int32, Int32, Int32, Int32, Int32, Int32)
}

/// Where a small network finds its state: in the shared memory of one block of threads.
struct SmallNetwork: Hashable {
    let image: KernelImage
    /// The samples that pass through the network at once.
    let rowsTogether: Int

    /// - Returns: nil for a network whose state does not fit.
    init?<Scalar: NetworkScalar>(_ shape: NetworkShape, storesSlopes: Bool, sharedBytes: Int, _: Scalar.Type) {
        guard shape.layers.count <= 8 else { return nil }
        let fitting = [32, 16, 8].first {
            SmallNetwork.sharedBytes(shape, storesSlopes: storesSlopes, rowsTogether: $0, Scalar.self) <= sharedBytes
        }
        guard let fitting else { return nil }
        (image, rowsTogether) = (KernelImage(Scalar.self), fitting)
    }

    /// The shared memory of a block: the parameters, the gradient and two moments, and the values of some samples at every
    /// layer.
    static func sharedBytes<Scalar: NetworkScalar>(
        _ shape: NetworkShape, storesSlopes: Bool, rowsTogether: Int, _: Scalar.Type
    ) -> Int {
        let units = shape.layerUnits.reduce(0, +)
        let hidden = shape.layerUnits.dropFirst().dropLast().reduce(0, +)
        let numbers = 4 * shape.parameterCount + rowsTogether * (units + (storesSlopes ? hidden : 0))
        return 128 + MemoryLayout<Scalar>.stride * numbers
    }
}
