import Estimators
import LinearAlgebra

// Creates a network from its layers, or from its first layers.

extension Network {
    /// Creates a network with the given coefficients and intercepts.
    ///
    /// - Throws: `EstimatorError.invalidInput` if the layers do not fit each other or a number is not finite.
    init(
        coefs: [Matrix<Scalar>], intercepts: [[Scalar]], activation: Activation, outActivation: OutActivation
    ) throws {
        let shape = try NetworkShape(coefs: coefs, intercepts: intercepts)
        for (layer, coefficients) in coefs.enumerated() {
            try Check.finite(coefficients, argument: "coefs[\(layer)]")
            try Check.finite(Scalar.doubles(intercepts[layer]), argument: "intercepts[\(layer)]")
        }
        self.init(
            shape: shape, activation: activation, outActivation: outActivation,
            parameters: shape.flattened(coefs, intercepts))
    }

    /// Returns the network that ends at hidden layer `layer`, counted from 1: its outputs are the weighted sums of that
    /// layer, before the activation function.
    ///
    /// - Throws: `EstimatorError.invalidParameter` if there is no such hidden layer.
    func endingAtHiddenLayer(_ layer: Int) throws -> Network {
        let hidden = shape.layers.count - 1
        try Check.require(
            (1...max(1, hidden)).contains(layer) && hidden > 0, parameter: "layer", layer,
            allowed: hidden == 0
                ? "a hidden layer, of which this network has none" : "a hidden layer, from 1 to \(hidden)")
        return try Network(
            coefs: Array(coefs.prefix(layer)), intercepts: Array(intercepts.prefix(layer)), activation: activation,
            outActivation: .identity)
    }
}

extension NetworkShape {
    /// Creates the shape of a network with the given coefficients and intercepts.
    ///
    /// - Throws: `EstimatorError.invalidInput` if the layers do not fit each other.
    init<Scalar: NetworkScalar>(coefs: [Matrix<Scalar>], intercepts: [[Scalar]]) throws {
        guard let first = coefs.first else {
            throw EstimatorError.invalidInput(argument: "coefs", problem: "must have a matrix per layer, but is empty")
        }
        try Check.require(
            intercepts.count == coefs.count, "intercepts",
            "must have an array for each of the \(coefs.count) layers of coefs, but has \(intercepts.count)")
        var units = [first.rows]
        for (layer, coefficients) in coefs.enumerated() {
            try Check.require(
                coefficients.rows == units[layer] && coefficients.rows > 0 && coefficients.columns > 0,
                "coefs[\(layer)]",
                "must have \(layer == 0 ? "a row per feature" : "\(units[layer]) rows") and a column per "
                    + "unit, but is \(coefficients.rows) × \(coefficients.columns)")
            try Check.require(
                intercepts[layer].count == coefficients.columns, "intercepts[\(layer)]",
                "must have a number for each of the \(coefficients.columns) columns of coefs[\(layer)], "
                    + "but has \(intercepts[layer].count)")
            units.append(coefficients.columns)
        }
        guard let shape = NetworkShape(layerUnits: units) else {
            throw EstimatorError.invalidInput(
                argument: "coefs", problem: "must have fewer than 2³¹ coefficients, but has the layers \(units)")
        }
        self = shape
    }

    /// Returns coefficients and intercepts in one flat buffer, in the layout of this type.
    func flattened<Scalar: NetworkScalar>(_ coefs: [Matrix<Scalar>], _ intercepts: [[Scalar]]) -> [Scalar] {
        var parameters = [Scalar](repeating: 0, count: parameterCount)
        for (index, layer) in layers.enumerated() {
            parameters.replaceSubrange(
                layer.coefficients..<(layer.coefficients + layer.fanIn * layer.fanOut), with: coefs[index].elements)
            parameters.replaceSubrange(
                layer.intercepts..<(layer.intercepts + layer.fanOut), with: intercepts[index])
        }
        return parameters
    }

    /// The number of units in each hidden layer.
    var hiddenLayerSizes: [Int] { Array(layerUnits.dropFirst().dropLast()) }
}
