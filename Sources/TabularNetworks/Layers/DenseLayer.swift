import CKernels
import LinearAlgebra
package import NeuralNetwork
import NumPyRandom

/// outputs = a(inputs · W + b), followed by dropout. The activation a is parametric: a(z) = z + share · (f(z) − z), with a
/// share for each unit; the last layer has none.
///
/// W is as if it were multiplied by 1 / √inputs, the "neural tangent" parametrization: the rate of W is divided by √inputs
/// instead, and Adam's epsilon multiplied.
///
/// Source: D. Holzmüller and others, "Better by default", 2024.
package struct DenseLayer: Layer {
    package let inputs: Int
    package let outputs: Int
    /// The activation; nil for the last layer.
    package let activation: Activation?
    package let weights: ParameterGroup
    package let biases: ParameterGroup
    /// The shares of the activation; empty for the last layer.
    package let shares: ParameterGroup

    /// - Parameter first: the index of the first parameter.
    init(inputs: Int, outputs: Int, activation: Activation?, first: Int, settings: TabularSettings) {
        (self.inputs, self.outputs, self.activation) = (inputs, outputs, activation)
        let root = Double(inputs).squareRoot()
        weights = ParameterGroup(
            range: first..<first + inputs * outputs, rateFactor: 1 / root, decayFactor: 1, epsilonFactor: root)
        let bias = weights.range.upperBound
        biases = ParameterGroup(
            range: bias..<bias + outputs, rateFactor: settings.biasRateFactor, decayFactor: 0)
        let share = bias + outputs
        let factor = settings.activationRateFactor
        shares = ParameterGroup(
            range: share..<share + (activation == nil ? 0 : outputs), rateFactor: factor, decayFactor: factor * factor)
    }

    var groups: [ParameterGroup] { [weights, biases, shares] }

    /// For the hidden layers, slopes and derivatives by the shares.
    func keptCount(rows: Int) -> Int { activation == nil ? 0 : 2 * rows * outputs }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func forward<Scalar: MatrixScalar>(
        _ input: UnsafePointer<Scalar>, to output: UnsafeMutablePointer<Scalar>, kept: UnsafeMutablePointer<Scalar>,
        noise: Noise?, in pass: Pass<Scalar>
    ) {
        multiply(input, to: output, in: pass)
        let bias = pass.parameters + biases.range.lowerBound
        guard let activation else {
            kernel_activate(Scalar.kernelPrecision, KERNEL_IDENTITY, output, outputs, bias, pass.rows, outputs)
            return
        }
        kernel_parametric_activation(
            Scalar.kernelPrecision, activation.kernel, output, pass.isTraining ? kept : nil,
            pass.isTraining ? kept + pass.rows * outputs : nil, bias, pass.parameters + shares.range.lowerBound,
            pass.rows, outputs, noise?.key ?? 0, noise?.rate ?? 0)
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    private func multiply<Scalar: MatrixScalar>(
        _ input: UnsafePointer<Scalar>, to output: UnsafeMutablePointer<Scalar>, in pass: Pass<Scalar>
    ) {
        Scalar.product(
            transposeA: false, transposeB: false, m: pass.rows, n: outputs, k: inputs, alpha: 1, input, strideA: inputs,
            pass.parameters + weights.range.lowerBound, strideB: outputs, output, strideC: outputs,
            workspace: pass.workspace)
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func backward<Scalar: MatrixScalar>(
        _ delta: UnsafeMutablePointer<Scalar>, input: UnsafePointer<Scalar>, kept: UnsafeMutablePointer<Scalar>,
        gradient: UnsafeMutablePointer<Scalar>, to inputDelta: UnsafeMutablePointer<Scalar>, in pass: Pass<Scalar>
    ) {
        let biasGradient = gradient + biases.range.lowerBound
        if activation == nil {
            biasGradient.update(repeating: 0, count: outputs)
            for row in 0..<pass.rows {
                for unit in 0..<outputs { biasGradient[unit] += delta[row * outputs + unit] }
            }
        } else {
            kernel_parametric_activation_gradient(
                Scalar.kernelPrecision, delta, kept, kept + pass.rows * outputs, pass.rows, outputs,
                gradient + shares.range.lowerBound, biasGradient)
        }
        Scalar.product(
            transposeA: true, transposeB: false, m: inputs, n: outputs, k: pass.rows, alpha: 1, input, strideA: inputs,
            delta, strideB: outputs, gradient + weights.range.lowerBound, strideC: outputs, workspace: pass.workspace)
        Scalar.product(
            transposeA: false, transposeB: true, m: pass.rows, n: inputs, k: outputs, alpha: 1, delta, strideA: outputs,
            pass.parameters + weights.range.lowerBound, strideB: outputs, inputDelta, strideC: inputs,
            workspace: pass.workspace)
    }

    /// The weights are normal and then scaled so that every unit's weighted sum has variance 1 over the given samples. A
    /// bias is minus a random mean of five samples' weighted sums, so that the kink of the unit lies among the data.
    ///
    /// Source: D. Holzmüller and others, "Better by default", 2024; the biases: I. Steinwart, "A sober look at neural
    /// network initializations", 2019.
    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func initialize<Scalar: MatrixScalar>(
        _ parameters: UnsafeMutablePointer<Scalar>, inputs samples: UnsafePointer<Scalar>, rows: Int,
        random: inout RandomState, workspace: UnsafeMutablePointer<Scalar>
    ) {
        let weight = parameters + weights.range.lowerBound
        let deviation = 1 / Double(inputs).squareRoot()
        for index in 0..<weights.range.count { weight[index] = Scalar(random.standardNormal() * deviation) }
        var sums = [Scalar](repeating: 0, count: rows * outputs)
        sums.withUnsafeMutableBufferPointer { buffer in
            guard let sums = buffer.baseAddress else { return }
            multiply(
                samples, to: sums, in: Pass(rows: rows, parameters: UnsafePointer(parameters), workspace: workspace))
            let bias = parameters + biases.range.lowerBound
            // Row by row, as they lie in memory.
            var means = [Double](repeating: 0, count: outputs)
            var squares = means
            for row in 0..<rows {
                for unit in 0..<outputs { means[unit] += Double(sums[row * outputs + unit]) }
            }
            for unit in 0..<outputs { means[unit] /= Double(rows) }
            for row in 0..<rows {
                for unit in 0..<outputs {
                    let distance = Double(sums[row * outputs + unit]) - means[unit]
                    squares[unit] += distance * distance
                }
            }
            for unit in 0..<outputs {
                let spread = (squares[unit] / Double(rows)).squareRoot()
                let factor = spread > 1e-30 ? 1 / spread : 1
                for input in 0..<inputs { weight[input * outputs + unit] *= Scalar(factor) }
                var (sum, total) = (0.0, 0.0)
                for _ in 0..<5 {
                    let share = random.standardExponential()
                    sum += share * factor * Double(sums[random.randint(in: 0...rows - 1) * outputs + unit])
                    total += share
                }
                bias[unit] = Scalar(-sum / total)
            }
        }
        (parameters + shares.range.lowerBound).update(repeating: 1, count: shares.range.count)
    }
}
