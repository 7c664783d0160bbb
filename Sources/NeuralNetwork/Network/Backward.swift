import LinearAlgebra

extension Backpropagation {
    private var scale: Scalar { Scalar(1 / weightSum) }

    /// One member's share of the output's delta: some of the outputs.
    func outputDelta(_ share: Chunk) {
        let outputs = share.range(of: shape.outputs, unit: 16)
        let intercepts = shape.layers[shape.layers.count - 1].intercepts
        guard !outputs.isEmpty else { return }
        Scalar.outputDelta(
            memory.predictions + outputs.lowerBound, stride: shape.outputs, target: memory.targets + outputs.lowerBound,
            weights: memory.weights.map { UnsafePointer($0) }, rows: rows, columns: outputs.count, scale: scale,
            sums: memory.gradient + intercepts + outputs.lowerBound)
    }

    /// One member's share of the delta below a layer: some of the units there, with the derivative of their intercepts.
    func backward(_ index: Int, _ share: Chunk) {
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

    /// Whether errors are packed at all: not for the whole table at once, where it would cost memory and save nothing.
    static var packsErrors: Bool { Scalar.packsFactors && !Rule.keepsGradient }

    /// Whether a layer's gradient is a product by its error, which all members then need packed.
    func packsErrors(_ index: Int) -> Bool {
        Self.packsErrors && shape.layers[index].fanOut > 1 && !(index == 0 && data.features.isSparse)
    }

    /// One member's share of packing the error above a layer: some of the units there.
    func packErrors(_ index: Int, _ share: Chunk) {
        let width = shape.layers[index].fanOut
        let units = share.range(of: width, unit: Scalar.packingUnit)
        guard !units.isEmpty else { return }
        Scalar.pack(
            memory.deltas[index + 1], stride: width, k: rows, n: width, columns: units, to: memory.packedErrors)
    }

    /// One member's share of a layer's parameters: the gradient of the coefficients that some inputs feed, and the step
    /// along it.
    func move(_ index: Int, _ share: Chunk, by rule: Rule, decay: Scalar) {
        let layer = shape.layers[index]
        let groups = share.range(of: layer.groupCount)
        let gradient = memory.gradient + layer.coefficients + layer.rows(of: groups).lowerBound * layer.fanOut
        // Where errors are packed a part of the gradient costs no more than its share of the whole: it is taken while it is in
        // the cache, and the next part may take its place.
        let isPacked = packsErrors(index)
        let groupsInPart = isPacked ? layer.groupsInPart : max(1, groups.count)
        for first in stride(from: groups.lowerBound, to: groups.upperBound, by: groupsInPart) {
            let part = first..<min(groups.upperBound, first + groupsInPart)
            let inputs = layer.rows(of: part)
            coefficientGradient(index, of: inputs, to: gradient, isPacked: isPacked, memory.workspaces[share.index])
            for group in part {
                let rows = layer.rows(of: group..<group + 1)
                memory.squares[index][group] = rule.apply(
                    to: memory.slice(
                        at: layer.coefficients + rows.lowerBound * layer.fanOut, count: rows.count * layer.fanOut,
                        gradient: gradient + (rows.lowerBound - inputs.lowerBound) * layer.fanOut, decay: decay))
            }
        }
        // Intercepts are not regularised.
        let units = share.range(of: layer.fanOut, unit: 16)
        let intercepts = layer.intercepts + units.lowerBound
        _ = rule.apply(
            to: memory.slice(at: intercepts, count: units.count, gradient: memory.gradient + intercepts, decay: 0))
    }

    /// gradient ← (some inputs)ᵀ · delta / Σ weights.
    private func coefficientGradient(
        _ index: Int, of inputs: Range<Int>, to gradient: UnsafeMutablePointer<Scalar>, isPacked: Bool,
        _ workspace: UnsafeMutablePointer<Scalar>
    ) {
        // `sparseGradient` was here before.
        if index == 0, data.features.isSparse { return }
        let layer = shape.layers[index]
        let values = memory.values[index] + inputs.lowerBound
        let errors = memory.deltas[index + 1]
        if layer.fanOut == 1 {
            Scalar.weightedRowSum(
                gradient, values, stride: layer.fanIn, weights: errors, rows: rows, columns: inputs.count, scale: scale)
        } else if isPacked {
            Scalar.product(
                transposeA: true, m: inputs.count, n: layer.fanOut, k: rows, alpha: scale, values,
                strideA: layer.fanIn, packed: memory.packedErrors, gradient, strideC: layer.fanOut,
                workspace: workspace)
        } else {
            Scalar.product(
                transposeA: true, transposeB: false, m: inputs.count, n: layer.fanOut, k: rows, alpha: scale, values,
                strideA: layer.fanIn, errors, strideB: layer.fanOut, gradient, strideC: layer.fanOut,
                workspace: workspace)
        }
    }
}

extension TrainingMemory {
    fileprivate func slice(
        at start: Int, count: Int, gradient: UnsafeMutablePointer<Scalar>, decay: Scalar
    ) -> ParameterSlice<Scalar> {
        ParameterSlice(
            parameters: parameters + start, gradient: gradient, moments: (moments.0 + start, moments.1 + start),
            count: count, decay: decay)
    }
}
