import LinearAlgebra

/// A network: its shape, its functions, and all its parameters in one flat buffer.
package struct Network<Scalar: NetworkScalar>: Equatable, Sendable {
    package let shape: NetworkShape
    package var activation: Activation
    package let outActivation: OutActivation
    package var parameters: [Scalar]

    /// The coefficients of each layer, fan-in × fan-out.
    var coefs: [Matrix<Scalar>] {
        shape.layers.map { layer in
            let range = layer.coefficients..<(layer.coefficients + layer.fanIn * layer.fanOut)
            return Matrix(rows: layer.fanIn, columns: layer.fanOut, elements: Array(parameters[range]))
        }
    }

    /// The intercepts of each layer, one per unit.
    var intercepts: [[Scalar]] {
        shape.layers.map { Array(parameters[$0.intercepts..<($0.intercepts + $0.fanOut)]) }
    }

    /// Whether no parameter is NaN or infinite.
    var isFinite: Bool { parameters.withUnsafeBufferPointer(Scalar.allFinite) }

    var inDoublePrecision: Network<Double> {
        Network<Double>(
            shape: shape, activation: activation, outActivation: outActivation,
            parameters: Scalar.doubles(parameters))
    }
}
