import LinearAlgebra

extension Network {
    /// The outputs for every row of `x`: samples × outputs.
    ///
    /// Rows go through in groups whose values stay in the cache from one layer to the next.
    ///
    /// - Complexity: O(rows × parameters); the memory beside the result does not grow with the rows.
    func outputs(_ x: Matrix<Scalar>) -> Matrix<Scalar> {
        let group = max(1, min(x.rows, 65_536 / shape.widestLayer))
        var result = Matrix<Scalar>(rows: x.rows, columns: shape.outputs, repeating: 0)
        BLASThreads.withAtMost(shape.usefulThreads(rows: group)) {
            x.withUnsafeElements { x in
                result.withUnsafeMutableElements { result in
                    withUnsafeTemporaryAllocation(of: Scalar.self, capacity: 2 * group * shape.widestLayer) { scratch in
                        guard let features = x.baseAddress, let outputs = result.baseAddress,
                            let scratch = scratch.baseAddress
                        else { return }
                        let count = result.count / shape.outputs
                        for first in stride(from: 0, to: count, by: group) {
                            carry(
                                features + first * shape.inputs, to: outputs + first * shape.outputs,
                                rows: min(group, count - first),
                                through: (scratch, scratch + group * shape.widestLayer))
                        }
                    }
                }
            }
        }
        return result
    }

    /// Carries `rows` samples from `features` to `outputs`, the hidden layers' values taking turns in `scratch`.
    private func carry(
        _ features: UnsafePointer<Scalar>, to outputs: UnsafeMutablePointer<Scalar>, rows: Int,
        through scratch: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>)
    ) {
        parameters.withUnsafeBufferPointer { parameters in
            guard let parameters = parameters.baseAddress else { return }
            var source = features
            for (index, layer) in shape.layers.enumerated() {
                let isLast = index == shape.layers.count - 1
                let target = isLast ? outputs : index % 2 == 0 ? scratch.0 : scratch.1
                layer.forward(
                    source, to: target, rows: rows, parameters: parameters,
                    activation: isLast ? outActivation.kernel : activation.kernel)
                source = UnsafePointer(target)
            }
        }
    }
}
