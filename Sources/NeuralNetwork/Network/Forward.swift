import LinearAlgebra

extension Backpropagation {
    /// Carries the batch from the features to the predictions.
    func forward() {
        guard let parameters = UnsafePointer(parameters.baseAddress) else { return }
        for (index, layer) in shape.layers.enumerated() {
            if index == 0, let sparse, let samples = samples.baseAddress {
                sparse.multiply(
                    rowsAt: samples, count: rows, by: parameters + layer.coefficients, width: layer.fanOut,
                    into: values[1])
            } else {
                layer.multiply(values[index], to: values[index + 1], rows: rows, parameters: parameters)
            }
            let isLast = index == shape.layers.count - 1
            Scalar.activate(
                isLast ? lossFunction.outActivation.kernel : activation.kernel, values[index + 1],
                bias: parameters + layer.intercepts, rows: rows, columns: layer.fanOut)
        }
    }

    /// The batch's mean loss with its share of the L2 penalty: Σ wᵢ·lossᵢ / Σ wᵢ + ½·alpha·‖W‖² / Σ wᵢ.
    func loss(alpha: Double) -> Double {
        guard let parameters = UnsafePointer(parameters.baseAddress) else { return .nan }
        let data = Scalar.loss(
            lossFunction.kernel, prediction: values[shape.layers.count], target: targets,
            weights: weights.map { UnsafePointer($0) }, rows: rows, columns: shape.outputs,
            probabilityMargin: probabilityMargin)
        let squares = Scalar.dot(parameters, parameters, count: shape.coefficientCount)
        return (data + 0.5 * alpha * Double(squares)) / weightSum
    }
}

extension NetworkShape.Layer {
    /// outputs ← inputs · coefficients. Intercepts and activation follow in one pass.
    func multiply<Scalar: NetworkScalar>(
        _ inputs: UnsafePointer<Scalar>, to outputs: UnsafeMutablePointer<Scalar>, rows: Int,
        parameters: UnsafePointer<Scalar>
    ) {
        let weights = parameters + coefficients
        if fanOut == 1 {
            Scalar.gemv(transpose: false, rows: rows, columns: fanIn, alpha: 1, inputs, weights, beta: 0, outputs)
        } else {
            Scalar.gemm(
                transposeA: false, transposeB: false, m: rows, n: fanOut, k: fanIn, alpha: 1, inputs, strideA: fanIn,
                weights, strideB: fanOut, beta: 0, outputs, strideC: fanOut)
        }
    }
}
