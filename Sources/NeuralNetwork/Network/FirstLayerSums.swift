import CKernels
import Estimators
import LinearAlgebra

/// The weighted sums of a network's first layer for known samples.
///
/// If one feature changes, each sum changes by a multiple of that feature's coefficient. The outputs for the changed
/// samples therefore need no product with the whole first layer.
struct FirstLayerSums<Scalar: NetworkScalar>: Sendable {
    private let network: Network<Scalar>
    private let x: Matrix<Scalar>
    private let groups: SampleGroups
    /// The sums of each group: units × samples, with the intercepts. Places without a sample are 0.
    private let sums: [Scalar]
    /// Nil on a machine whose products are those of BLAS.
    private let packed: PackedCoefficients<Scalar>?

    /// - Returns: nil for a network whose first layer costs too little to save time.
    @_specialize(where Scalar == Double)
    @_specialize(where Scalar == Float)
    init?(of network: Network<Scalar>, for x: Matrix<Scalar>) {
        let (shape, layer, groups) = (network.shape, network.shape.layers[0], SampleGroups(rows: x.rows))
        guard shape.layers.count > 1, shape.inputs > 2 else { return nil }
        (self.network, self.x, self.groups) = (network, x, groups)
        packed = PackedCoefficients(network, omittingFirst: true)
        let length = layer.fanOut * SampleGroups.size
        sums = [Scalar](unsafeUninitializedCapacity: groups.count * length) { sums, count in
            count = groups.count * length
            network.parameters.withUnsafeBufferPointer { parameters in
                x.withUnsafeElements { x in
                    guard let sums = sums.baseAddress, let parameters = parameters.baseAddress,
                        let x = x.baseAddress
                    else { return }
                    WorkerPool.with(shape.usefulThreads(predicting: groups.rows)) { pool in
                        pool.run { chunk in
                            groups.forEach(in: chunk, scratch: Scalar.productWorkspace) { group, samples, workspace in
                                let target = sums + group * length
                                target.initialize(repeating: 0, count: length)
                                layer.transposedSums(
                                    x + samples.lowerBound * layer.fanIn, rows: samples.count, to: target,
                                    stride: SampleGroups.size, parameters: parameters, workspace: workspace)
                            }
                        }
                    }
                }
            }
        }
    }

    /// Returns the outputs for samples that differ from the known ones in a column, for each change of it. An element is
    /// nil if a sum changes by so much that the rounding error would show, or if an output is not finite.
    @_specialize(where Scalar == Double)
    @_specialize(where Scalar == Float)
    func outputs(changing column: Int, by changes: [ColumnChange]) -> [Matrix<Scalar>?] {
        let (rows, shape, layer) = (x.rows, network.shape, network.shape.layers[0])
        let before = x.column(column)
        let first = layer.coefficients + column * layer.fanOut
        let coefficients = network.parameters[first..<first + layer.fanOut]
        let limit = SmallChanges(of: before, times: coefficients)
        let variants = changes.indices.filter { limit.contains(changes[$0]) }
        guard !variants.isEmpty else { return Array(repeating: nil, count: changes.count) }

        let differences = groups.differences(from: before, variants.map { changes[$0] })
        let length = rows * shape.outputs
        let outputs = [Scalar](unsafeUninitializedCapacity: variants.count * length) { outputs, count in
            count = variants.count * length
            differences.withUnsafeBufferPointer { differences in
                sums.withUnsafeBufferPointer { sums in
                    network.parameters.withUnsafeBufferPointer { parameters in
                        guard let outputs = outputs.baseAddress, let differences = differences.baseAddress,
                            let sums = sums.baseAddress, let parameters = parameters.baseAddress
                        else { return }
                        let pass = ChangedPass(
                            network: network, packed: packed, groups: groups, variants: variants.count,
                            parameters: parameters, sums: sums, differences: differences,
                            coefficients: parameters + first, outputs: outputs)
                        WorkerPool.with(shape.usefulThreads(predicting: rows * variants.count)) { pool in
                            pool.run { pass.perform($0) }
                        }
                    }
                }
            }
        }
        var results = [Matrix<Scalar>?](repeating: nil, count: changes.count)
        for (place, variant) in variants.enumerated() {
            let elements = outputs[place * length..<(place + 1) * length]
            guard elements.withUnsafeBufferPointer(Scalar.allFinite) else { continue }
            results[variant] = Matrix(rows: rows, columns: shape.outputs, elements: Array(elements))
        }
        return results
    }
}

/// Groups of samples that pass through a network together. Their values stay in the cache.
private struct SampleGroups {
    /// The number of samples in a group: whole vectors, and whole tiles of a product, in both precisions.
    static let size = 48

    let rows: Int

    var count: Int { (rows + Self.size - 1) / Self.size }

    /// The samples of some adjacent groups.
    func samples(of groups: Range<Int>) -> Range<Int> {
        min(rows, groups.lowerBound * Self.size)..<min(rows, groups.upperBound * Self.size)
    }

    /// Calls `body` for each group of a chunk, with a buffer of `scratch` elements.
    func forEach<Scalar>(
        in chunk: Chunk, scratch: Int,
        _ body: (_ group: Int, _ samples: Range<Int>, _ scratch: UnsafeMutablePointer<Scalar>) -> Void
    ) {
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: scratch) { scratch in
            guard let scratch = scratch.baseAddress else { return }
            for group in chunk.range(of: count) { body(group, samples(of: group..<group + 1), scratch) }
        }
    }

    /// By how much the values of a column change. For each group: variants × samples, with 0 in places without a sample.
    func differences<Scalar: NetworkScalar>(from before: [Scalar], _ changes: [ColumnChange]) -> [Scalar] {
        let length = changes.count * Self.size
        return [Scalar](unsafeUninitializedCapacity: count * length) { target, filled in
            filled = count * length
            target.initialize(repeating: 0)
            before.withUnsafeBufferPointer { before in
                for (variant, change) in changes.enumerated() {
                    func fill(_ value: (_ sample: Int) -> Scalar) {
                        for group in 0..<count {
                            let place = group &* length &+ variant &* Self.size &- group &* Self.size
                            for sample in samples(of: group..<group + 1) {
                                target[place &+ sample] = value(sample) - before[sample]
                            }
                        }
                    }
                    switch change {
                    case .order(let order): order.withUnsafeBufferPointer { order in fill { before[order[$0]] } }
                    case .value(let value):
                        let value = Scalar(value)
                        fill { _ in value }
                    }
                }
            }
        }
    }
}

/// Tells which changes of a column keep the rounding error of sums small. Sums of great numbers cancel.
private struct SmallChanges<Scalar: NetworkScalar> {
    private let least: Scalar
    private let greatest: Scalar
    private let coefficient: Scalar

    init(of column: [Scalar], times coefficients: ArraySlice<Scalar>) {
        (least, greatest) = column.reduce((.infinity, -.infinity)) { (min($0.0, $1), max($0.1, $1)) }
        coefficient = coefficients.reduce(0) { max($0, $1.magnitude) }
    }

    /// False for NaN too, which `predict` reports.
    func contains(_ change: ColumnChange) -> Bool {
        switch change {
        case .order: isSmall(greatest - least)
        case .value(let value): isSmall(Scalar(value) - least) && isSmall(greatest - Scalar(value))
        }
    }

    private func isSmall(_ difference: Scalar) -> Bool { difference.magnitude * coefficient <= 100 }
}

/// A forward pass of samples in variants of one feature, from the sums of the first layer.
private struct ChangedPass<Scalar: NetworkScalar> {
    let network: Network<Scalar>
    let packed: PackedCoefficients<Scalar>?
    let groups: SampleGroups
    let variants: Int
    let parameters: UnsafePointer<Scalar>
    let sums: UnsafePointer<Scalar>
    let differences: UnsafePointer<Scalar>
    /// The feature's coefficients.
    let coefficients: UnsafePointer<Scalar>
    /// Variants × samples × outputs.
    let outputs: UnsafeMutablePointer<Scalar>

    func perform(_ chunk: Chunk) {
        let shape = network.shape
        let isFused =
            shape.layers.count == 2 && network.activation == .relu && shape.outputs <= Int(KERNEL_CHANGED_OUTPUTS)
        isFused ? passFused(chunk) : pass(chunk)
    }

    /// The pass of a network with one hidden layer, whose values stay in registers.
    private func passFused(_ chunk: Chunk) {
        let (hidden, output) = (network.shape.layers[0], network.shape.layers[1])
        let length = groups.rows * output.fanOut
        for group in chunk.range(of: groups.count) {
            let samples = groups.samples(of: group..<group + 1)
            kernel_changed_outputs(
                Scalar.kernelPrecision, outputs + samples.lowerBound * output.fanOut, length,
                sums + group * hidden.fanOut * SampleGroups.size, differences + group * variants * SampleGroups.size,
                SampleGroups.size, coefficients, parameters + output.coefficients, samples.count, hidden.fanOut,
                variants, output.fanOut)
        }
        let samples = groups.samples(of: chunk.range(of: groups.count))
        for variant in 0..<variants {
            output.activate(
                outputs + variant * length + samples.lowerBound * output.fanOut, rows: samples.count,
                units: 0..<output.fanOut, by: network.outActivation.kernel, parameters: parameters)
        }
    }

    /// The pass of any network.
    private func pass(_ chunk: Chunk) {
        let width = SampleGroups.size * network.shape.widestLayer
        let noIntercepts = [Scalar](repeating: 0, count: SampleGroups.size)
        groups.forEach(in: chunk, scratch: 2 * width + Scalar.productWorkspace) {
            (group: Int, samples: Range<Int>, scratch: UnsafeMutablePointer<Scalar>) in
            for variant in 0..<variants { pass(group, samples, variant, noIntercepts, width, scratch) }
        }
    }

    /// Computes the outputs of a group in one variant. The values of the hidden layers alternate between two buffers of
    /// `width` elements, which the workspace of products follows.
    private func pass(
        _ group: Int, _ samples: Range<Int>, _ variant: Int, _ noIntercepts: [Scalar], _ width: Int,
        _ scratch: UnsafeMutablePointer<Scalar>
    ) {
        let (shape, activation, size) = (network.shape, network.activation.kernel, SampleGroups.size)
        let units = shape.layers[0].fanOut
        kernel_add_multiples(
            Scalar.kernelPrecision, scratch, sums + group * units * size, coefficients,
            differences + (group * variants + variant) * size, units, size)
        kernel_activate(Scalar.kernelPrecision, activation, scratch, size, noIntercepts, units, size)
        var source = scratch
        for (index, layer) in shape.layers.enumerated().dropFirst() {
            let isLast = index == shape.layers.count - 1
            var target = scratch + (index % 2) * width
            if isLast { target = outputs + (variant * groups.rows + samples.lowerBound) * layer.fanOut }
            forward(
                index, source, rows: samples.count, to: target,
                by: isLast ? network.outActivation.kernel : activation, workspace: scratch + 2 * width)
            source = target
        }
    }

    /// Computes one layer after the first. The values of the first are given as units × samples.
    private func forward(
        _ index: Int, _ inputs: UnsafePointer<Scalar>, rows: Int, to outputs: UnsafeMutablePointer<Scalar>,
        by function: kernel_activation, workspace: UnsafeMutablePointer<Scalar>
    ) {
        let layer = network.shape.layers[index]
        func multiply(_ packed: UnsafePointer<Scalar>?) {
            if index == 1 {
                layer.forward(
                    transposed: inputs, stride: SampleGroups.size, rows: rows, to: outputs, by: function,
                    parameters: parameters, packed: packed, workspace: workspace)
            } else {
                layer.forward(
                    inputs, rows: rows, units: 0..<layer.fanOut, to: outputs, by: function, parameters: parameters,
                    packed: packed, workspace: workspace)
            }
        }
        if let packed { packed.withLayer(index, multiply) } else { multiply(nil) }
    }
}
