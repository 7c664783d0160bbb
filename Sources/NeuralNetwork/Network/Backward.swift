import LinearAlgebra

extension Backpropagation {
    /// Carries the batch's error from the predictions back to the first layer, leaving the derivative of
    /// ``loss(alpha:)`` in ``gradient``.
    ///
    /// The predictions are overwritten by the output's delta; `forward` makes them anew.
    func backward(alpha: Double) {
        guard let parameters = UnsafePointer(parameters.baseAddress), let gradient = gradient.baseAddress else {
            return
        }
        let scale = Scalar(1 / weightSum)
        let last = shape.layers.count - 1

        var delta = values[last + 1]
        Scalar.outputDelta(
            delta, target: targets, weights: weights.map { UnsafePointer($0) }, rows: rows, columns: shape.outputs,
            scale: scale, sums: gradient + shape.layers[last].intercepts)

        for index in stride(from: last, through: 0, by: -1) {
            let layer = shape.layers[index]
            if index == 0, let sparse, let samples = samples.baseAddress {
                sparse.multiplyTransposed(
                    rowsAt: samples, count: rows, by: delta, width: layer.fanOut, scale: scale,
                    into: gradient + layer.coefficients)
            } else {
                layer.coefficientGradient(
                    inputs: values[index], delta: delta, rows: rows, scale: scale,
                    into: gradient + layer.coefficients)
            }
            guard index > 0 else { break }
            let previous = index % 2 == 0 ? deltas.0 : deltas.1
            layer.backward(delta, to: previous, rows: rows, parameters: parameters)
            Scalar.differentiate(
                activation.kernel, previous, output: values[index], rows: rows, columns: layer.fanIn, scale: scale,
                sums: gradient + shape.layers[index - 1].intercepts)
            delta = previous
        }
        // The penalty's derivative. Intercepts are not regularised.
        Scalar.axpy(Scalar(alpha) * scale, parameters, gradient, count: shape.coefficientCount)
    }
}

extension NetworkShape.Layer {
    /// gradient ← scale · inputsᵀ · delta.
    fileprivate func coefficientGradient<Scalar: NetworkScalar>(
        inputs: UnsafePointer<Scalar>, delta: UnsafePointer<Scalar>, rows: Int, scale: Scalar,
        into gradient: UnsafeMutablePointer<Scalar>
    ) {
        if fanOut == 1 {
            Scalar.gemv(
                transpose: true, rows: rows, columns: fanIn, alpha: scale, inputs, delta, beta: 0, gradient)
        } else {
            Scalar.gemm(
                transposeA: true, transposeB: false, m: fanIn, n: fanOut, k: rows, alpha: scale, inputs,
                strideA: fanIn, delta, strideB: fanOut, beta: 0, gradient, strideC: fanOut)
        }
    }

    /// previous ← delta · coefficientsᵀ.
    fileprivate func backward<Scalar: NetworkScalar>(
        _ delta: UnsafePointer<Scalar>, to previous: UnsafeMutablePointer<Scalar>, rows: Int,
        parameters: UnsafePointer<Scalar>
    ) {
        Scalar.gemm(
            transposeA: false, transposeB: true, m: rows, n: fanIn, k: fanOut, alpha: 1, delta, strideA: fanOut,
            parameters + coefficients, strideB: fanOut, beta: 0, previous, strideC: fanIn)
    }
}
