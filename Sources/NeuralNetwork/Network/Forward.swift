import CKernels
import LinearAlgebra

extension Backpropagation {
    /// Carries the batch from the features to the predictions.
    func forward() {
        guard let parameters = UnsafePointer(parameters.baseAddress) else { return }
        for (index, layer) in shape.layers.enumerated() {
            layer.forward(
                values[index], to: values[index + 1], rows: rows, parameters: parameters,
                activation: index < shape.layers.count - 1 ? activation.kernel : lossFunction.outActivation.kernel)
        }
    }

    /// The batch's mean loss with its share of the L2 penalty: Σ wᵢ·lossᵢ / Σ wᵢ + ½·alpha·‖W‖² / Σ wᵢ.
    func loss(alpha: Double) -> Double {
        guard let parameters = UnsafePointer(parameters.baseAddress) else { return .nan }
        let data = Scalar.loss(
            lossFunction.kernel, prediction: values[shape.layers.count], target: targets,
            weights: weights.map { UnsafePointer($0) }, rows: rows, columns: shape.outputs)
        let squares = Scalar.dot(parameters, parameters, count: shape.coefficientCount)
        return (data + 0.5 * alpha * Double(squares)) / weightSum
    }
}

extension NetworkShape.Layer {
    /// outputs ← f(inputs · coefficients + intercepts), the products first and all the rest in one pass.
    func forward<Scalar: NetworkScalar>(
        _ inputs: UnsafePointer<Scalar>, to outputs: UnsafeMutablePointer<Scalar>, rows: Int,
        parameters: UnsafePointer<Scalar>, activation: kernel_activation
    ) {
        let weights = parameters + coefficients
        if fanOut == 1 {
            Scalar.gemv(
                transpose: false, rows: rows, columns: fanIn, alpha: 1, inputs, weights, beta: 0, outputs)
        } else {
            Scalar.gemm(
                transposeA: false, transposeB: false, m: rows, n: fanOut, k: fanIn, alpha: 1, inputs, strideA: fanIn,
                weights, strideB: fanOut, beta: 0, outputs, strideC: fanOut)
        }
        Scalar.activate(activation, outputs, bias: parameters + intercepts, rows: rows, columns: fanOut)
    }
}
