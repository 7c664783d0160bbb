import LinearAlgebra

extension Backpropagation {
    /// One member's share of a layer: some of its units, or some samples where a sample's outputs belong together.
    func forward(_ index: Int, _ share: Chunk) {
        let layer = shape.layers[index]
        let isLast = index == shape.layers.count - 1
        let function = isLast ? lossFunction.outActivation.kernel : activation.kernel
        let bySamples = isLast || (index == 0 && data.features.isSparse)
        let samples = bySamples ? share.range(of: rows) : 0..<rows
        let units = bySamples ? 0..<layer.fanOut : share.range(of: layer.fanOut, unit: 16)
        guard !samples.isEmpty, !units.isEmpty else { return }

        let outputs = memory.values[index + 1] + samples.lowerBound * layer.fanOut + units.lowerBound
        if index == 0, let sparse = data.features.sparse, let start = memory.samples.baseAddress {
            sparse.multiply(
                rowsAt: start + samples.lowerBound, count: samples.count, by: memory.parameters + layer.coefficients,
                width: layer.fanOut, into: outputs)
        } else {
            layer.multiply(
                memory.values[index] + samples.lowerBound * layer.fanIn, rows: samples.count, units: units, to: outputs,
                parameters: memory.parameters, workspace: memory.workspaces[share.index])
        }
        Scalar.activate(
            function, outputs, stride: layer.fanOut, bias: memory.parameters + layer.intercepts + units.lowerBound,
            rows: samples.count, columns: units.count)
    }
}

extension NetworkShape.Layer {
    /// outputs ← inputs · (the coefficients of some units). Intercepts and activation follow in one pass.
    func multiply<Scalar: NetworkScalar>(
        _ inputs: UnsafePointer<Scalar>, rows: Int, units: Range<Int>, to outputs: UnsafeMutablePointer<Scalar>,
        parameters: UnsafePointer<Scalar>, workspace: UnsafeMutablePointer<Scalar>
    ) {
        if fanOut == 1 {
            Scalar.rowDots(outputs, inputs, parameters + coefficients, rows: rows, columns: fanIn)
        } else {
            Scalar.product(
                transposeA: false, transposeB: false, m: rows, n: units.count, k: fanIn, alpha: 1, inputs,
                strideA: fanIn, parameters + coefficients + units.lowerBound, strideB: fanOut, outputs, strideC: fanOut,
                workspace: workspace)
        }
    }
}
