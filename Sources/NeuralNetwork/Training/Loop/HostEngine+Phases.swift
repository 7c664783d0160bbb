import CKernels
package import LinearAlgebra

/// The phases of a step of ``HostEngine``, in order. Every worker computes its chunk of each.
enum StepPhase {
    case gather
    case forward(Int)
    case outputDelta
    case backward(Int)
    case update(Int)
    case updateByKeptGradient(Int)
}

extension HostEngine: ParallelWork {
    // The pool calls this through a protocol. Without these attributes, every operation would look up its type.
    @_specialize(where Scalar == Double)
    @_specialize(where Scalar == Float)
    package func perform(_ chunk: Chunk) {
        switch phase {
        case .gather: gather(chunk)
        case .forward(let layer): forward(layer, chunk)
        case .outputDelta: outputDelta(chunk)
        case .backward(let layer): backward(layer, chunk)
        case .update(let layer): update(layer, chunk)
        case .updateByKeptGradient(let layer): updateByKeptGradient(layer, chunk)
        }
    }

    /// The factor that turns a sum over the batch into a mean.
    private var scale: Scalar { Scalar(1 / weightSum) }

    /// Copies the features and targets of some samples.
    private func gather(_ chunk: Chunk) {
        let range = chunk.range(of: rows)
        guard let samples = buffers.samples.baseAddress.map({ $0 + range.lowerBound }) else { return }
        if case .dense(let features) = data.features {
            features.gatherRows(samples, count: range.count, to: buffers.values[0] + range.lowerBound * shape.inputs)
        }
        data.targets.gatherRows(samples, count: range.count, to: buffers.targets + range.lowerBound * shape.outputs)
        if options.labelSmoothing > 0 {
            let classes = lossFunction == .logLoss ? shape.outputs : 2
            kernel_scale(
                Scalar.kernelPrecision, buffers.targets + range.lowerBound * shape.outputs,
                range.count * shape.outputs, 1 - options.labelSmoothing, options.labelSmoothing / Double(classes))
        }
    }

    /// Computes a range of a layer's units; in the last layer and a sparse first layer, a range of samples.
    private func forward(_ index: Int, _ chunk: Chunk) {
        let layer = shape.layers[index]
        let isLast = index == shape.layers.count - 1
        let function = isLast ? lossFunction.outActivation.kernel : activation
        let bySamples = isLast || (index == 0 && data.features.isSparse)
        let samples = bySamples ? chunk.range(of: rows) : 0..<rows
        let units = bySamples ? 0..<layer.fanOut : chunk.range(of: layer.fanOut, unit: 16)
        guard !samples.isEmpty, !units.isEmpty else { return }

        let outputs = buffers.values[index + 1] + samples.lowerBound * layer.fanOut
        let slopes = storesSlopes && !isLast ? buffers.slopes[index + 1] + samples.lowerBound * layer.fanOut : nil
        if index == 0, let sparse = data.features.sparse, let numbers = buffers.samples.baseAddress {
            layer.forward(
                sparse, rowsAt: numbers + samples.lowerBound, count: samples.count, to: outputs, slopes: slopes,
                by: function, parameters: buffers.parameters)
        } else {
            layer.forward(
                buffers.values[index] + samples.lowerBound * layer.fanIn, rows: samples.count, units: units,
                to: outputs, slopes: slopes, by: function, parameters: buffers.parameters,
                workspace: buffers.workspaces[chunk.index])
        }
        if let dropout = options.dropout, let slopes {
            let key = Dropout.key(dropoutKey, index)
            func drop(_ row: Int, count: Int, position: Int) {
                let first = row * layer.fanOut + units.lowerBound
                dropout.apply(
                    to: outputs + first, slopes: slopes + first, stride: layer.fanOut, rows: count,
                    columns: units.count, first: position * layer.fanOut + units.lowerBound, key: key)
            }
            if let positions {
                // The samples between these are those of other processes.
                for row in 0..<samples.count { drop(row, count: 1, position: positions[samples.lowerBound + row]) }
            } else {
                drop(0, count: samples.count, position: samples.lowerBound)
            }
        }
    }

    /// Computes the delta of a range of outputs.
    private func outputDelta(_ chunk: Chunk) {
        let outputs = chunk.range(of: shape.outputs, unit: 16)
        let intercepts = shape.layers[shape.layers.count - 1].intercepts
        guard !outputs.isEmpty else { return }
        lossFunction.differentiate(
            batch, outputs: outputs, scale: scale, sums: buffers.gradient + intercepts)
    }

    /// Computes the delta of a range of units below a layer, and the derivative of their intercepts. Packs the errors of a
    /// range of the layer's units.
    private func backward(_ index: Int, _ chunk: Chunk) {
        if usesPackedErrors(index) { packErrors(index, chunk) }
        guard index > 0 else { return }
        let layer = shape.layers[index]
        let inputs = chunk.range(of: layer.fanIn, unit: 16)
        guard !inputs.isEmpty else { return }
        layer.backward(
            buffers.deltas[index + 1], rows: rows, inputs: inputs, to: buffers.deltas[index], through: derivative,
            of: buffers.slopes[index], parameters: buffers.parameters, scale: scale,
            sums: buffers.gradient + shape.layers[index - 1].intercepts, workspace: buffers.workspaces[chunk.index])
    }

    /// Whether a layer's gradient is a product with its errors that reads them several times, so that every worker needs
    /// them in packed form.
    func usesPackedErrors(_ index: Int) -> Bool {
        let layer = shape.layers[index]
        return packsErrors && !layer.isNarrow && layer.fanIn > Int(KERNEL_GEMM_FEW_ROWS)
            && !(index == 0 && data.features.isSparse)
    }

    /// Packs the errors of a range of a layer's units.
    private func packErrors(_ index: Int, _ chunk: Chunk) {
        let width = shape.layers[index].fanOut
        let units = chunk.range(of: width, unit: Scalar.packingUnit)
        guard !units.isEmpty else { return }
        Scalar.pack(
            buffers.deltas[index + 1], stride: width, k: rows, n: width, columns: units, to: buffers.packedErrors)
    }

    /// Computes the gradient of the coefficients of a range of a layer's inputs, and updates them and a range of
    /// intercepts.
    private func update(_ index: Int, _ chunk: Chunk) {
        let layer = shape.layers[index]
        if index == 0, let sparseGradient {
            updateAlong(sparseGradient, chunk)
        } else {
            updateCoefficients(index, chunk)
        }
        // Intercepts are not regularized.
        guard let update else { return }
        let units = chunk.range(of: layer.fanOut, unit: 16)
        let intercepts = layer.intercepts + units.lowerBound
        _ = update.rule.apply(
            to: buffers.slice(
                at: intercepts, count: units.count, gradient: buffers.gradient + intercepts, decay: 0,
                isCoefficients: false))
    }

    private func updateCoefficients(_ index: Int, _ chunk: Chunk) {
        let layer = shape.layers[index]
        let groups = chunk.range(of: layer.groupCount)
        let firstInput = layer.rows(of: groups).lowerBound
        let gradient = buffers.gradient + layer.coefficients + firstInput * layer.fanOut
        // With packed errors, the gradient can be computed in parts at no extra cost. The optimizer uses each part
        // while it is in the cache, and the next part overwrites it.
        let isPacked = usesPackedErrors(index)
        let groupsInPart = isPacked ? layer.groupsInPart : max(1, groups.count)
        for first in stride(from: groups.lowerBound, to: groups.upperBound, by: groupsInPart) {
            let part = first..<min(groups.upperBound, first + groupsInPart)
            let inputs = layer.rows(of: part)
            let before = update == nil ? (inputs.lowerBound - firstInput) * layer.fanOut : 0
            layer.gradient(
                of: inputs, values: buffers.values[index], delta: buffers.deltas[index + 1],
                packed: isPacked ? UnsafePointer(buffers.packedErrors) : nil, rows: rows, scale: scale,
                to: gradient + before, workspace: buffers.workspaces[chunk.index])
            if update == nil { continue }
            for group in part {
                let start = layer.rows(of: group..<group + 1).lowerBound - inputs.lowerBound
                updateGroup(group, of: index, along: gradient + start * layer.fanOut)
            }
        }
    }

    /// Computes the first layer's gradient for sparse features, and updates its coefficients.
    private func updateAlong(_ sparseGradient: SparseGradient<Scalar>, _ chunk: Chunk) {
        guard let samples = buffers.samples.baseAddress else { return }
        sparseGradient.compute(
            samples, count: rows, delta: buffers.deltas[1], scale: scale, isKept: keepsGradient, chunk)
        guard update != nil else { return }
        let layer = shape.layers[0]
        for group in sparseGradient.groups(chunk) {
            let rows = layer.rows(of: group..<group + 1)
            if keepsGradient {
                updateGroup(group, of: 0, along: sparseGradient.gradient(of: rows.lowerBound))
            } else {
                sparseGradient.consume(rows, chunk) { updateGroup(group, of: 0, along: $0) }
            }
        }
    }

    private func updateGroup(_ group: Int, of index: Int, along gradient: UnsafeMutablePointer<Scalar>) {
        guard let update else { return }
        let layer = shape.layers[index]
        let rows = layer.rows(of: group..<group + 1)
        buffers.squares[index][group] = update.rule.apply(
            to: buffers.slice(
                at: layer.coefficients + rows.lowerBound * layer.fanOut, count: rows.count * layer.fanOut,
                gradient: gradient, decay: update.decay, isCoefficients: true))
    }

    /// Updates the coefficients of a range of a layer's inputs, and a range of intercepts, along the gradient that is known
    /// for all layers, scaled by the factor of clipping.
    private func updateByKeptGradient(_ index: Int, _ chunk: Chunk) {
        guard let update else { return }
        let layer = shape.layers[index]
        func step(from start: Int, count: Int, isCoefficients: Bool) -> Double {
            let gradient = keptGradient + start
            if gradientFactor < 1 { kernel_scale(Scalar.kernelPrecision, gradient, count, gradientFactor, 0) }
            return update.rule.apply(
                to: buffers.slice(
                    at: start, count: count, gradient: gradient, decay: isCoefficients ? update.decay : 0,
                    isCoefficients: isCoefficients))
        }
        let own = (ownership ?? .whole).range(of: layer.groupCount)
        let part = chunk.range(of: own.count)
        for group in (own.lowerBound + part.lowerBound)..<(own.lowerBound + part.upperBound) {
            let rows = layer.rows(of: group..<group + 1)
            buffers.squares[index][group] = step(
                from: layer.coefficients + rows.lowerBound * layer.fanOut, count: rows.count * layer.fanOut,
                isCoefficients: true)
        }
        let units = chunk.range(of: layer.fanOut, unit: 16)
        _ = step(from: layer.intercepts + units.lowerBound, count: units.count, isCoefficients: false)
    }
}

extension Matrix where Scalar: NetworkScalar {
    /// Copies the rows with the given indices to `target`.
    fileprivate func gatherRows(_ indices: UnsafePointer<Int>, count: Int, to target: UnsafeMutablePointer<Scalar>) {
        withUnsafeElements { source in
            kernel_gather_rows(Scalar.kernelPrecision, target, source.baseAddress, indices, count, columns)
        }
    }
}
