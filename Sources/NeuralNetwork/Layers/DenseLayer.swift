import CKernels
import LinearAlgebra

/// A dense layer, outputs = f(inputs · W + b): the position of its parameters, its value and its derivatives.
///
/// Each function computes some of the layer's units or inputs, so that several workers can divide a layer. Matrices are
/// row-major without gaps and have one row per sample.
package struct DenseLayer: Equatable, Sendable {
    /// The number of inputs.
    package let fanIn: Int
    /// The number of units.
    package let fanOut: Int
    /// The index of the first coefficient in the network's parameters. W is fan-in × fan-out.
    package let coefficients: Int
    /// The index of the first intercept.
    package let intercepts: Int

    /// Whether the layer has so few units that general products would leave most of each register unused. All its units
    /// are computed by the same worker.
    var isNarrow: Bool { fanOut <= Int(KERNEL_NARROW) }
}

// MARK: - Value

extension DenseLayer {
    /// outputs ← f(inputs · W + b), for a range of units.
    ///
    /// - Parameters:
    ///   - slopes: receives f′(inputs · W + b), with the layout of `outputs`; nil if it is a function of the outputs.
    ///   - packed: W as packed by `pack`, for all units; nil to read the parameters.
    func forward<Scalar: NetworkScalar>(
        _ inputs: UnsafePointer<Scalar>, rows: Int, units: Range<Int>, to outputs: UnsafeMutablePointer<Scalar>,
        slopes: UnsafeMutablePointer<Scalar>? = nil, by function: kernel_activation, parameters: UnsafePointer<Scalar>,
        packed: UnsafePointer<Scalar>? = nil, workspace: UnsafeMutablePointer<Scalar>
    ) {
        multiply(
            inputs, rows: rows, units: units, to: outputs, parameters: parameters, packed: packed, workspace: workspace)
        activate(
            outputs + units.lowerBound, slopes: slopes.map { $0 + units.lowerBound }, rows: rows, units: units,
            by: function, parameters: parameters)
    }

    /// outputs ← inputs · W, for a range of units.
    ///
    /// - Parameter packed: W as packed by `pack`, for all units; nil to read the parameters.
    func multiply<Scalar: NetworkScalar>(
        _ inputs: UnsafePointer<Scalar>, rows: Int, units: Range<Int>, to outputs: UnsafeMutablePointer<Scalar>,
        parameters: UnsafePointer<Scalar>, packed: UnsafePointer<Scalar>?, workspace: UnsafeMutablePointer<Scalar>
    ) {
        let target = outputs + units.lowerBound
        let weights = parameters + coefficients + units.lowerBound
        if isNarrow {
            kernel_narrow_product(Scalar.kernelPrecision, target, inputs, weights, rows, fanIn, fanOut)
        } else if let packed {
            Scalar.product(
                transposeA: false, m: rows, n: fanOut, k: fanIn, alpha: 1, inputs, strideA: fanIn, packed: packed,
                target, strideC: fanOut, workspace: workspace)
        } else {
            Scalar.product(
                transposeA: false, transposeB: false, m: rows, n: units.count, k: fanIn, alpha: 1, inputs,
                strideA: fanIn, weights, strideB: fanOut, target, strideC: fanOut, workspace: workspace)
        }
    }

    /// outputs ← f(inputs · W + b) for very few rows, without a workspace.
    func forwardFew<Scalar: NetworkScalar>(
        _ inputs: UnsafePointer<Scalar>, rows: Int, to outputs: UnsafeMutablePointer<Scalar>,
        by function: kernel_activation, parameters: UnsafePointer<Scalar>
    ) {
        kernel_few_rows(Scalar.kernelPrecision, outputs, inputs, parameters + coefficients, rows, fanIn, fanOut)
        activate(outputs, rows: rows, units: 0..<fanOut, by: function, parameters: parameters)
    }

    /// outputs ← f(inputs · W + b) for the rows of sparse inputs with the given indices.
    func forward<Scalar: NetworkScalar>(
        _ inputs: SparseMatrix<Scalar>, rowsAt samples: UnsafePointer<Int>, count: Int,
        to outputs: UnsafeMutablePointer<Scalar>, slopes: UnsafeMutablePointer<Scalar>? = nil,
        by function: kernel_activation, parameters: UnsafePointer<Scalar>
    ) {
        inputs.multiply(rowsAt: samples, count: count, by: parameters + coefficients, width: fanOut, into: outputs)
        activate(
            outputs, slopes: slopes, rows: count, units: 0..<fanOut, by: function, parameters: parameters)
    }

    /// outputs ← f(inputsᵀ · W + b), for inputs that are given as fan-in × samples, `stride` apart.
    ///
    /// - Parameter packed: W as packed by `pack`; nil to read the parameters.
    func forward<Scalar: NetworkScalar>(
        transposed inputs: UnsafePointer<Scalar>, stride: Int, rows: Int, to outputs: UnsafeMutablePointer<Scalar>,
        by function: kernel_activation, parameters: UnsafePointer<Scalar>, packed: UnsafePointer<Scalar>?,
        workspace: UnsafeMutablePointer<Scalar>
    ) {
        let weights = parameters + coefficients
        if isNarrow {
            kernel_narrow_transposed_product(
                Scalar.kernelPrecision, outputs, inputs, stride, weights, fanIn, rows, fanOut, 1)
        } else if let packed {
            Scalar.product(
                transposeA: true, m: rows, n: fanOut, k: fanIn, alpha: 1, inputs, strideA: stride, packed: packed,
                outputs, strideC: fanOut, workspace: workspace)
        } else {
            Scalar.product(
                transposeA: true, transposeB: false, m: rows, n: fanOut, k: fanIn, alpha: 1, inputs, strideA: stride,
                weights, strideB: fanOut, outputs, strideC: fanOut, workspace: workspace)
        }
        activate(outputs, rows: rows, units: 0..<fanOut, by: function, parameters: parameters)
    }

    /// sums ← (inputs · W + b)ᵀ: units × samples, `stride` apart.
    func transposedSums<Scalar: NetworkScalar>(
        _ inputs: UnsafePointer<Scalar>, rows: Int, to sums: UnsafeMutablePointer<Scalar>, stride: Int,
        parameters: UnsafePointer<Scalar>, workspace: UnsafeMutablePointer<Scalar>
    ) {
        Scalar.product(
            transposeA: true, transposeB: true, m: fanOut, n: rows, k: fanIn, alpha: 1, parameters + coefficients,
            strideA: fanOut, inputs, strideB: fanIn, sums, strideC: stride, workspace: workspace)
        for unit in 0..<fanOut {
            let intercept = parameters[intercepts + unit]
            for sample in 0..<rows { sums[unit &* stride &+ sample] += intercept }
        }
    }

    /// z ← f(z + b) and slopes ← f′(z + b), for a range of units. The pointers are to the first of them.
    func activate<Scalar: NetworkScalar>(
        _ z: UnsafeMutablePointer<Scalar>, slopes: UnsafeMutablePointer<Scalar>? = nil, rows: Int, units: Range<Int>,
        by function: kernel_activation, parameters: UnsafePointer<Scalar>
    ) {
        let biases = parameters + intercepts + units.lowerBound
        if let slopes {
            kernel_activate_with_slopes(
                Scalar.kernelPrecision, function, z, slopes, fanOut, biases, rows, units.count)
        } else {
            kernel_activate(Scalar.kernelPrecision, function, z, fanOut, biases, rows, units.count)
        }
    }
}

// MARK: - Derivatives

extension DenseLayer {
    /// inputDelta ← (delta · Wᵀ) · f′, for a range of inputs: the error of the layer below. f is the activation
    /// function of that layer. f′ is expressed by its output, which is this layer's input, or it is stored.
    ///
    /// sums ← scale · (column sums of inputDelta): the derivative of the intercepts below.
    func backward<Scalar: NetworkScalar>(
        _ delta: UnsafePointer<Scalar>, rows: Int, inputs: Range<Int>, to inputDelta: UnsafeMutablePointer<Scalar>,
        through function: kernel_activation, of values: UnsafePointer<Scalar>, parameters: UnsafePointer<Scalar>,
        scale: Scalar, sums: UnsafeMutablePointer<Scalar>, workspace: UnsafeMutablePointer<Scalar>
    ) {
        let weights = parameters + coefficients + inputs.lowerBound * fanOut
        let (target, output) = (inputDelta + inputs.lowerBound, values + inputs.lowerBound)
        let targetSums = sums + inputs.lowerBound
        if isNarrow {
            kernel_differentiate_narrow(
                Scalar.kernelPrecision, function, target, fanIn, delta, weights, output, rows, inputs.count, fanOut,
                Double(scale), targetSums)
            return
        }
        Scalar.product(
            transposeA: false, transposeB: true, m: rows, n: inputs.count, k: fanOut, alpha: 1, delta, strideA: fanOut,
            weights, strideB: fanOut, target, strideC: fanIn, workspace: workspace)
        kernel_differentiate(
            Scalar.kernelPrecision, function, target, fanIn, output, rows, inputs.count, Double(scale), targetSums)
    }

    /// gradient ← scale · (range of inputs)ᵀ · delta: the derivative of the coefficients of these inputs.
    ///
    /// - Parameter packed: delta as packed by `pack`; nil to read `delta` itself.
    func gradient<Scalar: NetworkScalar>(
        of inputs: Range<Int>, values: UnsafePointer<Scalar>, delta: UnsafePointer<Scalar>,
        packed: UnsafePointer<Scalar>?, rows: Int, scale: Scalar, to gradient: UnsafeMutablePointer<Scalar>,
        workspace: UnsafeMutablePointer<Scalar>
    ) {
        let source = values + inputs.lowerBound
        if isNarrow {
            kernel_narrow_transposed_product(
                Scalar.kernelPrecision, gradient, source, fanIn, delta, rows, inputs.count, fanOut, Double(scale))
        } else if let packed {
            Scalar.product(
                transposeA: true, m: inputs.count, n: fanOut, k: rows, alpha: scale, source, strideA: fanIn,
                packed: packed, gradient, strideC: fanOut, workspace: workspace)
        } else {
            Scalar.product(
                transposeA: true, transposeB: false, m: inputs.count, n: fanOut, k: rows, alpha: scale, source,
                strideA: fanIn, delta, strideB: fanOut, gradient, strideC: fanOut, workspace: workspace)
        }
    }
}
