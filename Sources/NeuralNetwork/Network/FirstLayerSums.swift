import CKernels
import LinearAlgebra

/// The weighted sums of a network's first layer for known samples.
///
/// If one feature changes, each sum changes by a multiple of that feature's coefficient. The outputs for the changed
/// samples therefore need no product with the whole first layer.
struct FirstLayerSums<Scalar: NetworkScalar>: Sendable {
    private let network: Network<Scalar>
    private let x: Matrix<Scalar>
    /// Samples × units of the first layer, with their intercepts.
    private let sums: Matrix<Scalar>

    /// - Returns: nil for a network whose first layer costs too little to save time.
    init?(of network: Network<Scalar>, for x: Matrix<Scalar>) throws {
        guard network.shape.layers.count > 1, network.shape.inputs > 2 else { return nil }
        self.network = network
        self.x = x
        sums = try network.endingAtHiddenLayer(1).outputs(.dense(x), by: .identity)
    }

    /// Returns the outputs for samples that differ from the known ones in a column, for each variant of its values. An
    /// element is nil if its values change a sum by so much that the rounding error would show.
    ///
    /// A group of samples passes through the network in all variants, while its sums are in the cache.
    @_specialize(where Scalar == Double)
    @_specialize(where Scalar == Float)
    func outputs(changing column: Int, to variants: [[Scalar]]) -> [Matrix<Scalar>?] {
        let (rows, shape) = (x.rows, network.shape)
        let first = shape.layers[0].coefficients + column * shape.layers[0].fanOut
        let greatest = network.parameters[first..<first + shape.layers[0].fanOut].reduce(0) { max($0, $1.magnitude) }
        let before = x.column(column)
        var differences = [Scalar]()
        // False for NaN too, which `predict` reports.
        let isAccurate = variants.map { values in
            var isAccurate = true
            for row in 0..<rows {
                let difference = values[row] - before[row]
                isAccurate = isAccurate && difference.magnitude * greatest <= 100
                differences.append(difference)
            }
            return isAccurate
        }
        var outputs = [Scalar](repeating: 0, count: variants.count * rows * shape.outputs)
        outputs.withUnsafeMutableBufferPointer { outputs in
            differences.withUnsafeBufferPointer { differences in
                sums.withUnsafeElements { sums in
                    network.parameters.withUnsafeBufferPointer { parameters in
                        guard let outputs = outputs.baseAddress, let differences = differences.baseAddress,
                            let sums = sums.baseAddress, let parameters = parameters.baseAddress
                        else { return }
                        let pass = ChangedPass(
                            network: network, rows: rows, variants: variants.count, parameters: parameters, sums: sums,
                            differences: differences, coefficients: parameters + first,
                            noIntercepts: Array(repeating: 0, count: shape.layers[0].fanOut), outputs: outputs)
                        WorkerPool.with(shape.usefulThreads(predicting: rows * variants.count)) { pool in
                            pool.run { pass.perform($0) }
                        }
                    }
                }
            }
        }
        let count = rows * shape.outputs
        return isAccurate.enumerated().map { variant, isAccurate in
            isAccurate
                ? Matrix(
                    rows: rows, columns: shape.outputs,
                    elements: Array(outputs[variant * count..<(variant + 1) * count])
                ) : nil
        }
    }
}

/// A forward pass of samples in variants of one feature, from the sums of the first layer.
private struct ChangedPass<Scalar: NetworkScalar> {
    let network: Network<Scalar>
    let rows: Int
    let variants: Int
    let parameters: UnsafePointer<Scalar>
    /// Samples × units of the first layer.
    let sums: UnsafePointer<Scalar>
    /// The change of the feature: variants × samples.
    let differences: UnsafePointer<Scalar>
    /// The feature's coefficients.
    let coefficients: UnsafePointer<Scalar>
    /// A zero for each unit of the first layer, whose sums include the intercepts.
    let noIntercepts: [Scalar]
    /// Variants × samples × outputs.
    let outputs: UnsafeMutablePointer<Scalar>

    func perform(_ chunk: Chunk) {
        let shape = network.shape
        let group = max(1, min(rows, 4096 / shape.widestLayer))
        let range = chunk.range(of: rows, unit: group)
        let width = group * shape.widestLayer
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: 2 * width + Scalar.productWorkspace) { scratch in
            guard let scratch = scratch.baseAddress else { return }
            for first in stride(from: range.lowerBound, to: range.upperBound, by: group) {
                let samples = first..<min(first + group, range.upperBound)
                for variant in 0..<variants {
                    pass(samples, variant, through: (scratch, scratch + width), workspace: scratch + 2 * width)
                }
            }
        }
    }

    /// Computes the outputs of some samples in one variant. The values of the hidden layers alternate between the two
    /// buffers.
    private func pass(
        _ samples: Range<Int>, _ variant: Int,
        through scratch: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>),
        workspace: UnsafeMutablePointer<Scalar>
    ) {
        let (shape, activation) = (network.shape, network.activation.kernel)
        let units = shape.layers[0].fanOut
        kernel_add_multiples(
            Scalar.kernelPrecision, scratch.0, sums + samples.lowerBound * units,
            differences + variant * rows + samples.lowerBound, coefficients, samples.count, units)
        noIntercepts.withUnsafeBufferPointer {
            kernel_activate(
                Scalar.kernelPrecision, activation, scratch.0, units, $0.baseAddress, samples.count, units)
        }
        var source = scratch.0
        for (index, layer) in shape.layers.enumerated().dropFirst() {
            let isLast = index == shape.layers.count - 1
            let target =
                isLast
                ? outputs + (variant * rows + samples.lowerBound) * layer.fanOut
                : index % 2 == 0 ? scratch.0 : scratch.1
            layer.forward(
                source, rows: samples.count, units: 0..<layer.fanOut, to: target,
                by: isLast ? network.outActivation.kernel : activation, parameters: parameters, workspace: workspace)
            source = target
        }
    }
}
