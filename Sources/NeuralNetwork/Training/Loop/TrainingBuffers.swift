import CKernels
import LinearAlgebra

/// The buffers of training: parameters with their gradient and moments, and one mini-batch with its errors.
///
/// Everything is allocated once, in one block, when training begins.
final class TrainingBuffers<Scalar: NetworkScalar> {
    let shape: NetworkShape

    /// All parameters, in the layout of ``NetworkShape``.
    let parameters: UnsafeMutablePointer<Scalar>
    /// The derivative of the loss with respect to each of the parameters. Of a layer whose gradient is computed part by part
    /// only the last part is kept.
    let gradient: UnsafeMutablePointer<Scalar>
    /// Room for two numbers per parameter: Adam uses both, SGD the first, L-BFGS none.
    let moments: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>)
    /// How many arrays of moments there are, up to two.
    private var momentCount = 0

    /// The numbers of the batch's samples.
    let samples: UnsafeMutableBufferPointer<Int>
    /// The batch's values at every layer of units: the features first (none where they are sparse), the predictions last.
    let values: [UnsafeMutablePointer<Scalar>]
    /// The batch's errors at every layer of units; at the features there are none, at the outputs they take the
    /// predictions' place.
    let deltas: [UnsafeMutablePointer<Scalar>]
    let targets: UnsafeMutablePointer<Scalar>
    let weights: UnsafeMutablePointer<Scalar>?
    /// The errors above one layer, in the order in which products read them.
    let packedErrors: UnsafeMutablePointer<Scalar>
    /// What each worker needs for its products.
    let workspaces: [UnsafeMutablePointer<Scalar>]

    /// The sums of the squares of the coefficients in each group of rows of each layer.
    let squares: [UnsafeMutableBufferPointer<Double>]

    private let block: UnsafeMutableRawPointer

    init(_ shape: NetworkShape, batchSize: Int, isWeighted: Bool, isSparse: Bool, packsErrors: Bool, workers: Int) {
        let parameterArrays = Array(repeating: shape.parameterCount, count: 4)
        let values = shape.layerUnits.indices.map { isSparse && $0 == 0 ? 0 : batchSize * shape.layerUnits[$0] }
        let deltas = shape.layerUnits.dropFirst().dropLast().map { batchSize * $0 }
        // Every part begins on a cache line of its own.
        let line = 64 / MemoryLayout<Scalar>.stride
        let packed = packsErrors ? batchSize * ((shape.widestLayer + line - 1) / line * line) : 0
        let others = [batchSize * shape.outputs, isWeighted ? batchSize : 0, packed]
        let sizes =
            parameterArrays + values + deltas + others + Array(repeating: Scalar.productWorkspace, count: workers)
        let starts = sizes.reduce(into: [0]) { starts, size in
            starts.append(starts[starts.count - 1] + (size + line - 1) / line * line)
        }
        let byteCount = max(1, starts[sizes.count]) * MemoryLayout<Scalar>.stride
        // Not set to anything: what is not written by `setParameters` and `setMoments` is written before it is read.
        block = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
        let start = block.bindMemory(to: Scalar.self, capacity: starts[sizes.count])
        var parts = starts.map { start + $0 }[...]

        self.shape = shape
        parameters = parts.removeFirst()
        gradient = parts.removeFirst()
        moments = (parts.removeFirst(), parts.removeFirst())
        self.values = values.map { _ in parts.removeFirst() }
        let hidden = deltas.map { _ in parts.removeFirst() }
        self.deltas = [self.values[0]] + hidden + [self.values[values.count - 1]]
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

    /// ‖W‖², over the coefficients without the intercepts. The groups are added in order, whichever worker summed them.
    var squaredNorm: Double {
        var sum = 0.0
        for groups in squares { for group in groups { sum += group } }
        return sum
    }

    /// Sets the parameters.
    func setParameters(_ source: [Scalar]) {
        copy(source, to: parameters)
        for (layer, groups) in zip(shape.layers, squares) {
            for group in groups.indices {
                let rows = layer.rows(of: group..<group + 1)
                groups[group] = kernel_sum_of_squares(
                    Scalar.precision, parameters + layer.coefficients + rows.lowerBound * layer.fanOut,
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

    /// Writes the parameters to an array of their number, into the memory that it has.
    func copyParameters(to target: inout [Scalar]) { copy(parameters, to: &target) }

    /// Writes the gradient to an array of their number.
    func copyGradient(to target: inout [Scalar]) { copy(gradient, to: &target) }

    /// The moments that were set, as they are now.
    var currentMoments: [[Scalar]] {
        (0..<momentCount).map { index in
            Array(UnsafeMutableBufferPointer(start: index == 0 ? moments.0 : moments.1, count: shape.parameterCount))
        }
    }

    /// Some adjacent parameters with their moments.
    func slice(
        at start: Int, count: Int, gradient: UnsafeMutablePointer<Scalar>, decay: Scalar
    ) -> ParameterSlice<Scalar> {
        ParameterSlice(
            parameters: parameters + start, gradient: gradient, moments: (moments.0 + start, moments.1 + start),
            count: count, decay: decay)
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
