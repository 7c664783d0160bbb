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
        let group = max(1, min(x.rows, 65_536 / shape.widestLayer))
        result.withUnsafeMutableElements { result in
            parameters.withUnsafeBufferPointer { parameters in
                guard let outputs = result.baseAddress, let parameters = parameters.baseAddress else { return }
                let pass = ForwardPass(
                    network: self, parameters: parameters, x: x, outputs: outputs, rowsInGroup: group)
                let threads = shape.usefulThreads(predicting: x.rows)
                if threads == 1, x.rows < Scalar.fewRowsAtMost {
                    // Neither threads nor BLAS: a single sample costs its arithmetic.
                    pass.perform(.whole)
                } else {
                    Team.of(threads) { team in team.run(SharedForwardPass(pass)) }
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

/// A pass whose groups of rows are shared out among threads.
private final class SharedForwardPass<Scalar: NetworkScalar>: TeamWork {
    private let pass: ForwardPass<Scalar>

    init(_ pass: ForwardPass<Scalar>) { self.pass = pass }

    func perform(_ share: Share) { pass.perform(share) }
}

/// Rows on their way from the features to the outputs.
private struct ForwardPass<Scalar: NetworkScalar> {
    let network: Network<Scalar>
    let parameters: UnsafePointer<Scalar>
    let x: InputFeatures<Scalar>
    let outputs: UnsafeMutablePointer<Scalar>
    /// How many rows go through together.
    let rowsInGroup: Int

    var shape: NetworkShape { network.shape }

    func perform(_ share: Share) {
        let rows = share.range(of: x.rows, unit: rowsInGroup)
        let isFew = rows.count < Scalar.fewRowsAtMost
        let width = rowsInGroup * shape.widestLayer
        let workspace = isFew ? 0 : Scalar.productWorkspace
        withUnsafeTemporaryAllocation(of: Scalar.self, capacity: 2 * width + workspace) { scratch in
            guard let scratch = scratch.baseAddress else { return }
            for first in stride(from: rows.lowerBound, to: rows.upperBound, by: rowsInGroup) {
                carry(
                    first..<min(first + rowsInGroup, rows.upperBound), through: (scratch, scratch + width),
                    workspace: isFew ? nil : scratch + 2 * width)
            }
        }
    }

    /// Carries some rows from the features to the outputs, the hidden layers' values taking turns in `scratch`.
    private func carry(
        _ rows: Range<Int>, through scratch: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>),
        workspace: UnsafeMutablePointer<Scalar>?
    ) {
        var source: UnsafePointer<Scalar>?
        for (index, layer) in shape.layers.enumerated() {
            let isLast = index == shape.layers.count - 1
            let target = isLast ? outputs + rows.lowerBound * shape.outputs : index % 2 == 0 ? scratch.0 : scratch.1
            if let source {
                layer.multiply(source, rows: rows.count, to: target, parameters: parameters, workspace: workspace)
            } else {
                layer.multiply(x, rows: rows, to: target, parameters: parameters, workspace: workspace)
            }
            Scalar.activate(
                isLast ? network.outActivation.kernel : network.activation.kernel, target, stride: layer.fanOut,
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
