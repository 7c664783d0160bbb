import CKernels
package import LinearAlgebra

extension Network {
    /// Returns the outputs for every row of `x`: samples × outputs.
    ///
    /// Rows pass through the network in groups. The values of a group stay in the cache from one layer to the next.
    /// Large inputs are divided among all cores.
    ///
    /// - Complexity: O(rows × parameters). The additional memory, up to that of the parameters, does not grow with the
    ///   number of rows.
    ///
    /// - Parameter function: the function of the last layer; nil for the output activation.
    package func outputs(_ x: _NetworkInput<Scalar>, by function: Activation? = nil) -> Matrix<Scalar> {
        var result = Matrix<Scalar>(rows: x.rows, columns: shape.outputs, repeating: 0)
        let widestLayer = shape.widestLayer
        let group = max(1, min(x.rows, 65_536 / widestLayer))
        let packed = x.rows / group >= packedFromGroups ? PackedCoefficients(self, omittingFirst: x.isSparse) : nil
        defer { withExtendedLifetime(packed) {} }
        result.withUnsafeMutableElements { result in
            parameters.withUnsafeBufferPointer { parameters in
                shape.layers.withUnsafeBufferPointer { layers in
                    guard let outputs = result.baseAddress, let parameters = parameters.baseAddress else { return }
                    let pass = ForwardPass(
                        layers: layers, activation: activation.kernel,
                        outActivation: function?.kernel ?? outActivation.kernel,
                        parameters: parameters, packed: packed.map(Unmanaged.passUnretained), x: x, outputs: outputs,
                        rowsInGroup: group,
                        widestLayer: widestLayer)
                    let threads = shape.usefulThreads(predicting: x.rows)
                    if threads == 1, x.rows < fewRowsAtMost {
                        // Uses neither threads nor BLAS: a single sample costs only its arithmetic.
                        pass.perform(.whole)
                    } else {
                        WorkerPool.with(threads) { pool in pool.run { pass.perform($0) } }
                    }
                }
            }
        }
        return result
    }
}

/// Up to this number of rows, products are computed row by row.
private let fewRowsAtMost = 4

/// From this number of groups on, packing all coefficients once costs less than packing them for each group.
private let packedFromGroups = 4

/// The coefficients of a network's dense layers in the order in which products read them.
final class PackedCoefficients<Scalar: NetworkScalar>: Sendable {
    private let elements: [Scalar]
    /// Where each layer begins; nil for a layer that is not multiplied as a whole.
    private let starts: [Int?]

    /// - Parameter omittingFirst: whether the first layer is not multiplied as a whole.
    /// - Returns: nil on a machine whose products are those of BLAS.
    init?(_ network: Network<Scalar>, omittingFirst: Bool) {
        guard Scalar.packsFactors else { return nil }
        let line = 64 / MemoryLayout<Scalar>.stride
        var elements: [Scalar] = []
        var starts: [Int?] = []
        for (index, layer) in network.shape.layers.enumerated() {
            guard layer.fanOut > 1, index > 0 || !omittingFirst else {
                starts.append(nil)
                continue
            }
            let start = elements.count
            starts.append(start)
            elements += repeatElement(0, count: layer.fanIn * ((layer.fanOut + line - 1) / line * line))
            network.parameters.withUnsafeBufferPointer { parameters in
                elements.withUnsafeMutableBufferPointer { elements in
                    guard let source = parameters.baseAddress, let target = elements.baseAddress else { return }
                    Scalar.pack(
                        source + layer.coefficients, stride: layer.fanOut, k: layer.fanIn, n: layer.fanOut,
                        columns: 0..<layer.fanOut, to: target + start)
                }
            }
        }
        (self.elements, self.starts) = (elements, starts)
    }

    /// Calls `body` with a layer's coefficients, or nil where they are not packed.
    func withLayer(_ index: Int, _ body: (UnsafePointer<Scalar>?) -> Void) {
        elements.withUnsafeBufferPointer { elements in
            body(starts[index].flatMap { start in elements.baseAddress.map { $0 + start } })
        }
    }
}

/// A forward pass over a range of rows. It refers to the network's memory without owning it: for a single sample,
/// reference counting would cost as much as the products.
private struct ForwardPass<Scalar: NetworkScalar> {
    let layers: UnsafeBufferPointer<DenseLayer>
    let activation: kernel_activation
    let outActivation: kernel_activation
    let parameters: UnsafePointer<Scalar>
    let packed: Unmanaged<PackedCoefficients<Scalar>>?
    let x: NetworkInput<Scalar>
    let outputs: UnsafeMutablePointer<Scalar>
    /// The number of rows that pass through the network together.
    let rowsInGroup: Int
    let widestLayer: Int

    func perform(_ chunk: Chunk) {
        let rows = chunk.range(of: x.rows, unit: rowsInGroup)
        let isFew = rows.count < fewRowsAtMost
        let width = rowsInGroup * widestLayer
        // One hidden layer needs no second buffer. Up to 1024 bytes are on the stack.
        let hidden = max(1, min(2, layers.count - 1)) * width
        let workspace = isFew ? 0 : Scalar.productWorkspace
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: hidden + workspace) { scratch in
            guard let scratch = scratch.baseAddress else { return }
            for first in stride(from: rows.lowerBound, to: rows.upperBound, by: rowsInGroup) {
                pass(
                    first..<min(first + rowsInGroup, rows.upperBound), through: (scratch, scratch + (hidden - width)),
                    workspace: isFew ? nil : scratch + hidden)
            }
        }
    }

    /// Computes the outputs of some rows. The values of the hidden layers alternate between the two buffers.
    private func pass(
        _ rows: Range<Int>, through scratch: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>),
        workspace: UnsafeMutablePointer<Scalar>?
    ) {
        var source: UnsafePointer<Scalar>?
        for (index, layer) in layers.enumerated() {
            let isLast = index == layers.count - 1
            let target = isLast ? outputs + rows.lowerBound * layer.fanOut : index % 2 == 0 ? scratch.0 : scratch.1
            let function = isLast ? outActivation : activation
            if let source {
                forward(index, source, rows: rows.count, to: target, by: function, workspace: workspace)
            } else {
                switch x {
                case .dense(let x):
                    x.withUnsafeElements { elements in
                        guard let start = elements.baseAddress else { return }
                        forward(
                            index, start + rows.lowerBound * layer.fanIn, rows: rows.count, to: target, by: function,
                            workspace: workspace)
                    }
                case .sparse(let x):
                    layer.forward(
                        x, rowsAt: Array(rows), count: rows.count, to: target, by: function, parameters: parameters)
                }
            }
            source = UnsafePointer(target)
        }
    }

    /// Computes one layer; without a workspace, row by row.
    private func forward(
        _ index: Int, _ inputs: UnsafePointer<Scalar>, rows: Int, to outputs: UnsafeMutablePointer<Scalar>,
        by function: kernel_activation, workspace: UnsafeMutablePointer<Scalar>?
    ) {
        let layer = layers[index]
        func multiply(_ packed: UnsafePointer<Scalar>?, _ workspace: UnsafeMutablePointer<Scalar>) {
            layer.forward(
                inputs, rows: rows, units: 0..<layer.fanOut, to: outputs, by: function, parameters: parameters,
                packed: packed, workspace: workspace)
        }
        if let workspace {
            if let packed {
                packed.takeUnretainedValue().withLayer(index) { multiply($0, workspace) }
            } else {
                multiply(nil, workspace)
            }
        } else {
            layer.forwardFew(inputs, rows: rows, to: outputs, by: function, parameters: parameters)
        }
    }
}
