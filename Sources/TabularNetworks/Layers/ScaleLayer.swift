import CKernels
import LinearAlgebra
import NeuralNetwork
import NumPyRandom

/// Multiplies each column by a parameter: the network learns how much each feature counts.
///
/// Source: D. Holzmüller, L. Grinsztajn, I. Steinwart, "Better by default: strong pre-tuned MLPs and boosted trees on
/// tabular data", 2024.
package struct ScaleLayer: Layer {
    let inputs: Int
    package let factors: ParameterGroup

    var outputs: Int { inputs }
    var groups: [ParameterGroup] { [factors] }

    /// - Parameter first: the index of the first parameter.
    init(inputs: Int, first: Int, rateFactor: Double) {
        self.inputs = inputs
        factors = ParameterGroup(
            range: first..<first + inputs, rateFactor: rateFactor, decayFactor: rateFactor * rateFactor)
    }

    func keptCount(rows: Int) -> Int { 0 }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward<Scalar: MatrixScalar>(
        _ input: UnsafePointer<Scalar>, to output: UnsafeMutablePointer<Scalar>, kept: UnsafeMutablePointer<Scalar>,
        noise: Noise?, in pass: Pass<Scalar>
    ) {
        kernel_multiply_columns(
            Scalar.kernelPrecision, input, pass.parameters + factors.range.lowerBound, output, pass.rows, inputs)
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward<Scalar: MatrixScalar>(
        _ delta: UnsafeMutablePointer<Scalar>, input: UnsafePointer<Scalar>, kept: UnsafeMutablePointer<Scalar>,
        gradient: UnsafeMutablePointer<Scalar>, to inputDelta: UnsafeMutablePointer<Scalar>, in pass: Pass<Scalar>
    ) {
        kernel_multiply_columns_gradient(
            Scalar.kernelPrecision, delta, input, pass.parameters + factors.range.lowerBound, pass.rows, inputs,
            gradient + factors.range.lowerBound)
        inputDelta.update(from: delta, count: pass.rows * inputs)
    }

    func initialize<Scalar: MatrixScalar>(
        _ parameters: UnsafeMutablePointer<Scalar>, inputs: UnsafePointer<Scalar>, rows: Int,
        random: inout RandomState, workspace: UnsafeMutablePointer<Scalar>
    ) {
        (parameters + factors.range.lowerBound).update(repeating: 1, count: factors.range.count)
    }
}
