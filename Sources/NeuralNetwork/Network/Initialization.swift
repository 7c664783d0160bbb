import NumPyRandom

extension Network {
    /// Creates a network with random parameters. Each layer draws its coefficients first and then its intercepts.
    ///
    /// All are uniform in ±√(6 / (fan-in + fan-out)), or in ±√(2 / (fan-in + fan-out)) for the logistic function.
    ///
    /// Source: X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks", 2010.
    init(
        shape: NetworkShape, activation: Activation, outActivation: OutActivation, using generator: inout RandomState
    ) throws {
        var parameters = [Double](repeating: 0, count: shape.parameterCount)
        for layer in shape.layers {
            let factor: Double = activation == .logistic ? 2 : 6
            let bound = (factor / Double(layer.fanIn + layer.fanOut)).squareRoot()
            let size = layer.fanIn * layer.fanOut
            parameters.replaceSubrange(
                layer.coefficients..<(layer.coefficients + size),
                with: try generator.uniform(low: -bound, high: bound, size: size))
            parameters.replaceSubrange(
                layer.intercepts..<(layer.intercepts + layer.fanOut),
                with: try generator.uniform(low: -bound, high: bound, size: layer.fanOut))
        }
        self.init(
            shape: shape, activation: activation, outActivation: outActivation,
            parameters: Scalar.rounding(parameters))
    }
}
