import CKernels
package import LinearAlgebra

extension Network {
    /// Returns the outputs for every row of `x`: samples × outputs.
    ///
    /// Rows pass through the network in groups. The values of a group stay in the cache from one layer to the next.
    /// For large inputs, each core takes the next group as soon as it is free.
    ///
    /// - Complexity: O(rows × parameters). The additional memory, up to that of the parameters, does not grow with the
    ///   number of rows.
    ///
    /// - Parameter function: the function of the last layer; nil for the output activation.
    package func outputs(_ x: _NetworkInput<Scalar>, by function: Activation? = nil) -> Matrix<Scalar> {
        var areFinite = true
        return outputs(x, by: function, areSumsFinite: &areFinite)
    }

    /// Whether `outputs` finds values of `x` that are not finite, so that large features are read only once.
    func detectsNonFinite(_ x: NetworkInput<Scalar>) -> Bool { packsCoefficients(for: x) && !x.isSparse }

    /// Returns the outputs, and whether the features may be finite.
    ///
    /// - Parameter areSumsFinite: set to false if `detectsNonFinite` and the first unit's sum of any row is not finite. A
    ///   feature that is not finite makes it so whatever its coefficient is: even 0 times infinity is NaN.
    func outputs(
        _ x: NetworkInput<Scalar>, by function: Activation? = nil, areSumsFinite: inout Bool
    ) -> Matrix<Scalar> {
        var result = Matrix<Scalar>(rows: x.rows, columns: shape.outputs, repeating: 0)
        let packs = packsCoefficients(for: x)
        let packed = packs ? PackedCoefficients(self, omittingFirst: x.isSparse) : nil
        let group = min(x.rows, packs ? rowsInSmallGroup : shape.rowsInGroup)
        defer { withExtendedLifetime(packed) {} }
        result.withUnsafeMutableElements { result in
            parameters.withUnsafeBufferPointer { parameters in
                shape.layers.withUnsafeBufferPointer { layers in
                    guard let outputs = result.baseAddress, let parameters = parameters.baseAddress else { return }
                    let pass = ForwardPass(
                        layers: layers, activation: activation.kernel,
                        outActivation: function?.kernel ?? outActivation.kernel,
                        parameters: parameters, packed: packed.map(Unmanaged.passUnretained), x: x, outputs: outputs,
                        rowsInGroup: group, widestLayer: shape.widestLayer)
                    // Without threads, BLAS and locks, a single sample costs only its arithmetic.
                    if x.rows < fewRowsAtMost { return pass.performFew() }
                    let progress = Locked((row: 0, areSumsFinite: true))
                    WorkerPool.with(shape.usefulThreads(predicting: x.rows)) { pool in
                        pool.run { _ in pass.perform(progress) }
                    }
                    areSumsFinite = progress.withLock { $0.areSumsFinite }
                }
            }
        }
        return result
    }

    /// From four groups on, packing all coefficients once costs less than packing them for each group.
    private func packsCoefficients(for x: NetworkInput<Scalar>) -> Bool {
        Scalar.packsFactors && x.rows >= 4 * rowsInSmallGroup
    }

    /// With packed coefficients, small groups cost nothing, and the workers finish their last groups at nearly the same
    /// time.
    private var rowsInSmallGroup: Int { min(120, shape.rowsInGroup) }
}

/// Below this number of rows, products are computed row by row.
private let fewRowsAtMost = 4

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
            guard !layer.isNarrow, index > 0 || !omittingFirst else {
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

    /// Computes the outputs of all rows, without threads and BLAS.
    func performFew() {
        withScratch(andWorkspace: 0) { hidden, _ in pass(0..<x.rows, through: hidden, workspace: nil) }
    }

    /// Computes the outputs of one group after the other, beginning each time with the next row of `progress`.
    func perform(_ progress: Locked<(row: Int, areSumsFinite: Bool)>) {
        withScratch(andWorkspace: Scalar.productWorkspace) { hidden, workspace in
            var areFinite = true
            while true {
                let first = progress.withLock { progress in
                    defer { progress.row += rowsInGroup }
                    return progress.row
                }
                if first >= x.rows { break }
                let rows = first..<min(first + rowsInGroup, x.rows)
                if !pass(rows, through: hidden, workspace: workspace) { areFinite = false }
            }
            if !areFinite { progress.withLock { $0.areSumsFinite = false } }
        }
    }

    /// Calls `body` with two buffers for the values of hidden layers, and with memory for products.
    private func withScratch(
        andWorkspace workspace: Int,
        _ body: (
            _ hidden: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>), UnsafeMutablePointer<Scalar>
        ) -> Void
    ) {
        let width = rowsInGroup * widestLayer
        // One hidden layer needs no second buffer. Up to 1024 bytes are on the stack.
        let hidden = max(1, min(2, layers.count - 1)) * width
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: hidden + workspace) { scratch in
            guard let scratch = scratch.baseAddress else { return }
            body((scratch, scratch + (hidden - width)), scratch + hidden)
        }
    }

    /// Computes the outputs of some rows. The values of the hidden layers alternate between the two buffers.
    ///
    /// - Returns: whether the first unit's sums of dense features are finite; true without a workspace.
    @discardableResult
    private func pass(
        _ rows: Range<Int>, through scratch: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>),
        workspace: UnsafeMutablePointer<Scalar>?
    ) -> Bool {
        var source: UnsafePointer<Scalar>?
        var areFinite = true
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
                        areFinite = forward(
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
        return areFinite
    }

    /// Computes one layer; without a workspace, row by row.
    ///
    /// - Returns: whether the first unit's sums are finite, in the first layer; true without a workspace.
    @discardableResult
    private func forward(
        _ index: Int, _ inputs: UnsafePointer<Scalar>, rows: Int, to outputs: UnsafeMutablePointer<Scalar>,
        by function: kernel_activation, workspace: UnsafeMutablePointer<Scalar>?
    ) -> Bool {
        let layer = layers[index]
        guard let workspace else {
            layer.forwardFew(inputs, rows: rows, to: outputs, by: function, parameters: parameters)
            return true
        }
        func multiply(_ packed: UnsafePointer<Scalar>?) {
            layer.multiply(
                inputs, rows: rows, units: 0..<layer.fanOut, to: outputs, parameters: parameters, packed: packed,
                workspace: workspace)
        }
        if let packed { packed.takeUnretainedValue().withLayer(index, multiply) } else { multiply(nil) }
        let areFinite = index > 0 || (0..<rows).allSatisfy { outputs[$0 &* layer.fanOut].isFinite }
        layer.activate(outputs, rows: rows, units: 0..<layer.fanOut, by: function, parameters: parameters)
        return areFinite
    }
}
