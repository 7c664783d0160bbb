import LinearAlgebra

// A group of processes adds up the gradients between two halves of a step.

extension HostEngine {
    /// Sets the parameters.
    func setParameters(_ parameters: [Scalar]) { buffers.setParameters(parameters) }

    /// Computes the gradient of the loaded samples, without the penalty's, in the buffer of the gradient.
    ///
    /// - Parameter completed: called with each layer, from the last to the first, as soon as its coefficients have their
    ///   gradient. The intercepts of this layer and of the one below have theirs too.
    func differentiate(_ completed: (_ layer: Int) throws -> Void) rethrows {
        update = nil
        if rows > 0 { return try propagate(completed) }
        buffers.gradient.update(repeating: 0, count: shape.parameterCount)
        for layer in shape.layers.indices.reversed() { try completed(layer) }
    }

    /// Updates the parameters along a gradient, to which the penalty's is added.
    ///
    /// - Parameters:
    ///   - gradient: the gradient of all parameters, which may change.
    ///   - complete: waits for the gradient of a layer; called with each layer, from the last to the first.
    ///   - updated: called with each layer whose parameters are those after the step.
    func step(
        along gradient: UnsafeMutablePointer<Scalar>, then rule: UpdateRule<Scalar>,
        _ complete: (_ layer: Int) throws -> Void, updated: (_ layer: Int) throws -> Void
    ) rethrows {
        keptGradient = gradient
        let isClipped = if case .keepGradient = rule { false } else { options.maxGradientNorm != nil }
        update = (isClipped ? .keepGradient : rule, decay)
        gradientFactor = 1
        for layer in shape.layers.indices.reversed() {
            try complete(layer)
            run(.updateByKeptGradient(layer))
            if !isClipped { try updated(layer) }
        }
        if isClipped, let maximum = options.maxGradientNorm { clip(to: maximum, then: rule) }
    }
}
