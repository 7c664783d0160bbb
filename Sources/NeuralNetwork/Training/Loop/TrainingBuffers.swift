import CKernels
import LinearAlgebra

/// The buffers of training: the parameters with their gradient and moments, and one mini-batch with its errors.
///
/// They are one block of memory, allocated when training starts.
final class TrainingBuffers<Scalar: NetworkScalar> {
    let shape: NetworkShape

    /// All parameters, in the layout of ``NetworkShape``.
    let parameters: UnsafeMutablePointer<Scalar>
    /// The derivative of the loss with respect to each parameter. If a layer's gradient is computed in parts, the
    /// buffer holds only the last part.
    let gradient: UnsafeMutablePointer<Scalar>
    /// Memory for two numbers per parameter: Adam uses both, SGD the first, L-BFGS none.
    let moments: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>)
    /// The number of arrays of moments, up to two.
    private var momentCount = 0

    /// The indices of the batch's samples.
    let samples: UnsafeMutableBufferPointer<Int>
    /// The values of the batch at each layer: first the features (none if they are sparse), last the predictions.
    let values: [UnsafeMutablePointer<Scalar>]
    /// The derivative of the activation function at each hidden layer, where training stores it; otherwise `values`, of
    /// which it is a function.
    let slopes: [UnsafeMutablePointer<Scalar>]
    /// The errors of the batch at each layer. The features have none; those of the outputs overwrite the predictions.
    let deltas: [UnsafeMutablePointer<Scalar>]
    let targets: UnsafeMutablePointer<Scalar>
    let weights: UnsafeMutablePointer<Scalar>?
    /// The errors of one layer, in the order in which products read them.
    let packedErrors: UnsafeMutablePointer<Scalar>
    /// The workspace of each worker for its products.
    let workspaces: [UnsafeMutablePointer<Scalar>]

    /// The sums of the squared coefficients, for each group of rows in each layer.
    let squares: [UnsafeMutableBufferPointer<Double>]

    private let block: UnsafeMutableRawPointer

    init(
        _ shape: NetworkShape, batchSize: Int, isWeighted: Bool, isSparse: Bool, packsErrors: Bool, storesSlopes: Bool,
        workers: Int
    ) {
        let parameterArrays = Array(repeating: shape.parameterCount, count: 4)
        let values = shape.layerUnits.indices.map { isSparse && $0 == 0 ? 0 : batchSize * shape.layerUnits[$0] }
        let deltas = shape.layerUnits.dropFirst().dropLast().map { batchSize * $0 }
        // Each part starts on its own cache line.
        let line = 64 / MemoryLayout<Scalar>.stride
        let packed = packsErrors ? batchSize * ((shape.widestLayer + line - 1) / line * line) : 0
        let others = [batchSize * shape.outputs, isWeighted ? batchSize : 0, packed]
        let sizes =
            parameterArrays + values + deltas + (storesSlopes ? deltas : []) + others
            + Array(repeating: Scalar.productWorkspace, count: workers)
        let starts = sizes.reduce(into: [0]) { starts, size in
            starts.append(starts[starts.count - 1] + (size + line - 1) / line * line)
        }
        let byteCount = max(1, starts[sizes.count]) * MemoryLayout<Scalar>.stride
        // The memory is not initialized: everything else that is read is written first.
        block = LargeBlock.allocate(byteCount: byteCount)
        let start = block.bindMemory(to: Scalar.self, capacity: starts[sizes.count])
        var parts = starts.map { start + $0 }[...]

        self.shape = shape
        parameters = parts.removeFirst()
        gradient = parts.removeFirst()
        moments = (parts.removeFirst(), parts.removeFirst())
        self.values = values.map { _ in parts.removeFirst() }
        let (input, output) = (self.values[0], self.values[values.count - 1])
        self.deltas = [input] + deltas.map { _ in parts.removeFirst() } + [output]
        slopes = storesSlopes ? [input] + deltas.map { _ in parts.removeFirst() } + [output] : self.values
        targets = parts.removeFirst()
        let weights = parts.removeFirst()
        self.weights = isWeighted ? weights : nil
        packedErrors = parts.removeFirst()
        workspaces = Array(parts.prefix(workers))

        samples = .allocate(capacity: batchSize)
        samples.initialize(repeating: 0)
        squares = shape.layers.map { layer in
            let groups = UnsafeMutableBufferPointer<Double>.allocate(capacity: layer.groupCount)
            groups.initialize(repeating: 0)
            return groups
        }
    }

    deinit {
        block.deallocate()
        samples.deallocate()
        for groups in squares { groups.deallocate() }
    }

    var predictions: UnsafeMutablePointer<Scalar> { values[values.count - 1] }

    /// ‖W‖² of the coefficients, without the intercepts. The groups are added in order, independent of which worker
    /// summed them.
    var squaredNorm: Double { squaredNorm(of: .whole) }

    /// ‖W‖² of a part of each layer's groups of rows.
    func squaredNorm(of share: Chunk) -> Double {
        var sum = 0.0
        for groups in squares { for group in share.range(of: groups.count) { sum += groups[group] } }
        return sum
    }

    /// Sets the parameters.
    func setParameters(_ source: [Scalar]) {
        copy(source, to: parameters)
        for (layer, groups) in zip(shape.layers, squares) {
            for group in groups.indices {
                let rows = layer.rows(of: group..<group + 1)
                groups[group] = kernel_sum_of_squares(
                    Scalar.kernelPrecision, parameters + layer.coefficients + rows.lowerBound * layer.fanOut,
                    rows.count * layer.fanOut)
            }
        }
    }

    /// Sets the moments.
    func setMoments(_ source: [[Scalar]]) {
        momentCount = source.count
        if source.count > 0 { copy(source[0], to: moments.0) }
        if source.count > 1 { copy(source[1], to: moments.1) }
    }

    /// Copies the parameters to an array of the same length, without allocating.
    func copyParameters(to target: inout [Scalar]) { copy(parameters, to: &target) }

    /// Copies the gradient to an array of the same length.
    func copyGradient(to target: inout [Scalar]) { copy(gradient, to: &target) }

    /// The current values of the moments.
    var currentMoments: [[Scalar]] {
        (0..<momentCount).map { index in
            Array(UnsafeMutableBufferPointer(start: index == 0 ? moments.0 : moments.1, count: shape.parameterCount))
        }
    }

    /// Returns a range of parameters with their gradient and moments.
    func slice(
        at start: Int, count: Int, gradient: UnsafeMutablePointer<Scalar>, decay: Scalar, isCoefficients: Bool
    ) -> ParameterSlice<Scalar> {
        ParameterSlice(
            parameters: parameters + start, gradient: gradient, moments: (moments.0 + start, moments.1 + start),
            count: count, decay: decay, isCoefficients: isCoefficients)
    }

    private func copy(_ source: [Scalar], to target: UnsafeMutablePointer<Scalar>) {
        _ = UnsafeMutableBufferPointer(start: target, count: shape.parameterCount).update(fromContentsOf: source)
    }

    private func copy(_ source: UnsafeMutablePointer<Scalar>, to target: inout [Scalar]) {
        target.withUnsafeMutableBufferPointer {
            _ = $0.update(fromContentsOf: UnsafeBufferPointer(start: source, count: shape.parameterCount))
        }
    }
}
