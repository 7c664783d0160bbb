import CKernels
import LinearAlgebra

extension Network {
    /// The outputs for every row of `x`: samples × outputs.
    ///
    /// Rows go through in groups whose values stay in the cache from one layer to the next, on all cores where there are
    /// many.
    ///
    /// - Complexity: O(rows × parameters); the memory beside the result does not grow with the rows.
    func outputs(_ x: InputFeatures<Scalar>) -> Matrix<Scalar> {
        var result = Matrix<Scalar>(rows: x.rows, columns: shape.outputs, repeating: 0)
        let widestLayer = shape.widestLayer
        let group = max(1, min(x.rows, 65_536 / widestLayer))
        result.withUnsafeMutableElements { result in
            parameters.withUnsafeBufferPointer { parameters in
                shape.layers.withUnsafeBufferPointer { layers in
                    guard let outputs = result.baseAddress, let parameters = parameters.baseAddress else { return }
                    let pass = ForwardPass(
                        layers: layers, activation: activation.kernel, outActivation: outActivation.kernel,
                        parameters: parameters, x: x, outputs: outputs, rowsInGroup: group, widestLayer: widestLayer)
                    let threads = shape.usefulThreads(predicting: x.rows)
                    if threads == 1, x.rows < Scalar.fewRowsAtMost {
                        // Neither threads nor BLAS: a single sample costs its arithmetic.
                        pass.perform(.whole)
                    } else {
                        WorkerPool.with(threads) { team in team.run { pass.perform($0) } }
                    }
                }
            }
        }
        return result
    }
}

extension NetworkScalar {
    /// Up to how many rows a product is done row by row.
    static var fewRowsAtMost: Int { 4 }
}

/// Rows on their way from the features to the outputs. It refers to the network's memory and does not own it: for a single
/// sample counting references would cost as much as its products.
private struct ForwardPass<Scalar: NetworkScalar> {
    let layers: UnsafeBufferPointer<NetworkShape.Layer>
    let activation: kernel_activation
    let outActivation: kernel_activation
    let parameters: UnsafePointer<Scalar>
    let x: InputFeatures<Scalar>
    let outputs: UnsafeMutablePointer<Scalar>
    /// How many rows go through together.
    let rowsInGroup: Int
    let widestLayer: Int

    func perform(_ share: Chunk) {
        let rows = share.range(of: x.rows, unit: rowsInGroup)
        let isFew = rows.count < Scalar.fewRowsAtMost
        let width = rowsInGroup * widestLayer
        // One hidden layer needs no other beside it. Up to 1024 bytes lie on the stack.
        let hidden = max(1, min(2, layers.count - 1)) * width
        let workspace = isFew ? 0 : Scalar.productWorkspace
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: hidden + workspace) { scratch in
            guard let scratch = scratch.baseAddress else { return }
            for first in stride(from: rows.lowerBound, to: rows.upperBound, by: rowsInGroup) {
                carry(
                    first..<min(first + rowsInGroup, rows.upperBound), through: (scratch, scratch + (hidden - width)),
                    workspace: isFew ? nil : scratch + hidden)
            }
        }
    }

    /// Carries some rows from the features to the outputs, the hidden layers' values taking turns in `scratch`.
    private func carry(
        _ rows: Range<Int>, through scratch: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>),
        workspace: UnsafeMutablePointer<Scalar>?
    ) {
        var source: UnsafePointer<Scalar>?
        for (index, layer) in layers.enumerated() {
            let isLast = index == layers.count - 1
            let target = isLast ? outputs + rows.lowerBound * layer.fanOut : index % 2 == 0 ? scratch.0 : scratch.1
            if let source {
                layer.multiply(source, rows: rows.count, to: target, parameters: parameters, workspace: workspace)
            } else {
                layer.multiply(x, rows: rows, to: target, parameters: parameters, workspace: workspace)
            }
            Scalar.activate(
                isLast ? outActivation : activation, target, stride: layer.fanOut,
                bias: parameters + layer.intercepts, rows: rows.count, columns: layer.fanOut)
            source = UnsafePointer(target)
        }
    }
}

extension NetworkShape.Layer {
    /// outputs ← (some rows of the features) · coefficients.
    fileprivate func multiply<Scalar: NetworkScalar>(
        _ x: InputFeatures<Scalar>, rows: Range<Int>, to outputs: UnsafeMutablePointer<Scalar>,
        parameters: UnsafePointer<Scalar>, workspace: UnsafeMutablePointer<Scalar>?
    ) {
        switch x {
        case .dense(let x):
            x.withUnsafeElements { elements in
                guard let start = elements.baseAddress else { return }
                multiply(
                    start + rows.lowerBound * fanIn, rows: rows.count, to: outputs, parameters: parameters,
                    workspace: workspace)
            }
        case .sparse(let x):
            x.multiply(
                rowsAt: Array(rows), count: rows.count, by: parameters + coefficients, width: fanOut, into: outputs)
        }
    }

    /// outputs ← inputs · coefficients; without a workspace, row by row.
    fileprivate func multiply<Scalar: NetworkScalar>(
        _ inputs: UnsafePointer<Scalar>, rows: Int, to outputs: UnsafeMutablePointer<Scalar>,
        parameters: UnsafePointer<Scalar>, workspace: UnsafeMutablePointer<Scalar>?
    ) {
        if let workspace {
            multiply(
                inputs, rows: rows, units: 0..<fanOut, to: outputs, parameters: parameters, workspace: workspace)
        } else {
            Scalar.fewRows(
                outputs, inputs, parameters + coefficients, rows: rows, depth: fanIn, columns: fanOut)
        }
    }
}
