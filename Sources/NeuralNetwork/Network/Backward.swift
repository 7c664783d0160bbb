import LinearAlgebra

extension Backpropagation {
    private var scale: Scalar { Scalar(1 / weightSum) }

    /// One member's share of the output's delta: some of the outputs.
    func outputDelta(_ share: Share) {
        let outputs = share.range(of: shape.outputs, unit: 16)
        let intercepts = shape.layers[shape.layers.count - 1].intercepts
        guard !outputs.isEmpty else { return }
        Scalar.outputDelta(
            memory.predictions + outputs.lowerBound, stride: shape.outputs, target: memory.targets + outputs.lowerBound,
            weights: memory.weights.map { UnsafePointer($0) }, rows: rows, columns: outputs.count, scale: scale,
            sums: memory.gradient + intercepts + outputs.lowerBound)
    }

    /// One member's share of the delta below a layer: some of the units there, with the derivative of their intercepts.
    func backward(_ index: Int, _ share: Share) {
        let layer = shape.layers[index]
        let units = share.range(of: layer.fanIn, unit: 16)
        guard !units.isEmpty else { return }
        let coefficients = memory.parameters + layer.coefficients + units.lowerBound * layer.fanOut
        let previous = memory.deltas[index] + units.lowerBound
        let values = memory.values[index] + units.lowerBound
        let sums = memory.gradient + shape.layers[index - 1].intercepts + units.lowerBound
        if layer.fanOut == 1 {
            Scalar.differentiateSingle(
                activation.kernel, previous, stride: layer.fanIn, errors: memory.deltas[index + 1],
                coefficients: coefficients, output: values, rows: rows, columns: units.count, scale: scale, sums: sums)
            return
        }
        Scalar.product(
            transposeA: false, transposeB: true, m: rows, n: units.count, k: layer.fanOut, alpha: 1,
            memory.deltas[index + 1], strideA: layer.fanOut, coefficients, strideB: layer.fanOut, previous,
            strideC: layer.fanIn, workspace: memory.workspaces[share.index])
        Scalar.differentiate(
            activation.kernel, previous, stride: layer.fanIn, output: values, rows: rows, columns: units.count,
            scale: scale, sums: sums)
    }

    /// The first layer's gradient where features are sparse.
    func sparseGradient(_ features: SparseMatrix<Scalar>) {
        guard let samples = memory.samples.baseAddress else { return }
        features.multiplyTransposed(
            rowsAt: samples, count: rows, by: memory.deltas[1], width: shape.layers[0].fanOut, scale: scale,
            into: memory.gradient + shape.layers[0].coefficients)
    }

    /// One member's share of a layer's parameters: the gradient of the coefficients that some inputs feed, and the step
    /// along it.
    func move(_ index: Int, _ share: Share, by rule: Rule, decay: Scalar) {
        let layer = shape.layers[index]
        let inputs = share.range(of: layer.fanIn, unit: layer.rowsInGroup)
        if !inputs.isEmpty {
            let isKnown = index == 0 && data.features.isSparse
            if !isKnown { coefficientGradient(index, of: inputs, workspace: memory.workspaces[share.index]) }
            for group in inputs.lowerBound / layer.rowsInGroup...(inputs.upperBound - 1) / layer.rowsInGroup {
                let rows = layer.rows(ofGroup: group)
                memory.squares[index][group] = rule.apply(
                    to: memory.slice(
                        at: layer.coefficients + rows.lowerBound * layer.fanOut, count: rows.count * layer.fanOut,
                        decay: decay))
            }
        }
        // Intercepts are not regularised.
        let units = share.range(of: layer.fanOut, unit: 16)
        _ = rule.apply(to: memory.slice(at: layer.intercepts + units.lowerBound, count: units.count, decay: 0))
    }

    /// gradient ← (some inputs)ᵀ · delta / Σ weights.
    private func coefficientGradient(_ index: Int, of inputs: Range<Int>, workspace: UnsafeMutablePointer<Scalar>) {
        let layer = shape.layers[index]
        let values = memory.values[index] + inputs.lowerBound
        let gradient = memory.gradient + layer.coefficients + inputs.lowerBound * layer.fanOut
        if layer.fanOut == 1 {
            Scalar.weightedRowSum(
                gradient, values, stride: layer.fanIn, weights: memory.deltas[index + 1], rows: rows,
                columns: inputs.count, scale: scale)
        } else {
            Scalar.product(
                transposeA: true, transposeB: false, m: inputs.count, n: layer.fanOut, k: rows, alpha: scale, values,
                strideA: layer.fanIn, memory.deltas[index + 1], strideB: layer.fanOut, gradient, strideC: layer.fanOut,
                workspace: workspace)
        }
    }
}

extension TrainingMemory {
    fileprivate func slice(at start: Int, count: Int, decay: Scalar) -> ParameterSlice<Scalar> {
        ParameterSlice(
            parameters: parameters + start, gradient: gradient + start, moments: (moments.0 + start, moments.1 + start),
            count: count, decay: decay)
    }
}
