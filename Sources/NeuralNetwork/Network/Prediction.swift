import LinearAlgebra

extension Network {
    /// The outputs for every row of `x`: samples × outputs.
    ///
    /// Rows go through in groups whose values stay in the cache from one layer to the next.
    ///
    /// - Complexity: O(rows × parameters); the memory beside the result does not grow with the rows.
    func outputs(_ x: InputFeatures<Scalar>) -> Matrix<Scalar> {
        let group = max(1, min(x.rows, 65_536 / shape.widestLayer))
        var result = Matrix<Scalar>(rows: x.rows, columns: shape.outputs, repeating: 0)
        BLASThreads.withAtMost(shape.usefulThreads(rows: group)) {
            result.withUnsafeMutableElements { result in
                withUnsafeTemporaryAllocation(of: Scalar.self, capacity: 2 * group * shape.widestLayer) { scratch in
                    guard let outputs = result.baseAddress, let scratch = scratch.baseAddress else { return }
                    for first in stride(from: 0, to: x.rows, by: group) {
                        carry(
                            x, rows: first..<min(first + group, x.rows), to: outputs + first * shape.outputs,
                            through: (scratch, scratch + group * shape.widestLayer))
                    }
                }
            }
        }
        return result
    }

    /// Carries some rows from the features to `outputs`, the hidden layers' values taking turns in `scratch`.
    private func carry(
        _ x: InputFeatures<Scalar>, rows: Range<Int>, to outputs: UnsafeMutablePointer<Scalar>,
        through scratch: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>)
    ) {
        parameters.withUnsafeBufferPointer { parameters in
            guard let parameters = parameters.baseAddress else { return }
            var source: UnsafeMutablePointer<Scalar>?
            for (index, layer) in shape.layers.enumerated() {
                let isLast = index == shape.layers.count - 1
                let target = isLast ? outputs : index % 2 == 0 ? scratch.0 : scratch.1
                if let source {
                    layer.multiply(source, to: target, rows: rows.count, parameters: parameters)
                } else {
                    layer.multiply(x, rows: rows, to: target, parameters: parameters)
                }
                Scalar.activate(
                    isLast ? outActivation.kernel : activation.kernel, target, bias: parameters + layer.intercepts,
                    rows: rows.count, columns: layer.fanOut)
                source = target
            }
        }
    }
}

extension NetworkShape.Layer {
    /// outputs ← (some rows of the features) · coefficients.
    fileprivate func multiply<Scalar: NetworkScalar>(
        _ x: InputFeatures<Scalar>, rows: Range<Int>, to outputs: UnsafeMutablePointer<Scalar>,
        parameters: UnsafePointer<Scalar>
    ) {
        switch x {
        case .dense(let x):
            x.withUnsafeElements { elements in
                guard let start = elements.baseAddress else { return }
                multiply(start + rows.lowerBound * fanIn, to: outputs, rows: rows.count, parameters: parameters)
            }
        case .sparse(let x):
            x.multiply(
                rowsAt: Array(rows), count: rows.count, by: parameters + coefficients, width: fanOut, into: outputs)
        }
    }
}
