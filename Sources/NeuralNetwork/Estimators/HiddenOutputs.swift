import Estimators
public import LinearAlgebra

// What the hidden layers make of the features: the network as a transformer.

extension MultilayerPerceptron {
    func hiddenOutputs(_ x: InputFeatures<Scalar>, layer: Int) throws -> Matrix<Scalar> {
        guard let model = fitted.model else { throw EstimatorError.notFitted(estimator: Self.name) }
        let network = try model.network.endingAtHiddenLayer(layer)
        try x.check()
        try Check.featureCount(x.columns, expected: network.shape.inputs)
        return network.outputs(x)
    }
}

extension MLPClassifier {
    /// The values of a hidden layer for every row of `x`, after its activation function: samples × units.
    ///
    /// ```swift
    /// let hidden = try mlp.transform(x, layer: 1)
    /// ```
    ///
    /// - Parameters:
    ///   - x: samples × features, as many features as `fit` has seen.
    ///   - layer: the hidden layer, from 1 to the number of `hiddenLayerSizes`. Layer 0 would be `x` itself and the layer
    ///     after the hidden ones `predictProba(x)`; neither is allowed here.
    /// - Throws: what ``predict(_:)-(Matrix<Scalar>)`` throws, and `EstimatorError.invalidParameter` where there is no such
    ///   hidden layer.
    /// - Complexity: O(samples × parameters up to the layer).
    public func transform(_ x: Matrix<Scalar>, layer: Int) throws -> Matrix<Scalar> {
        try hiddenOutputs(.dense(x), layer: layer)
    }

    /// The values of a hidden layer for every row of sparse features: samples × units.
    ///
    /// - Throws: what ``transform(_:layer:)-(Matrix<Scalar>,_)`` throws.
    public func transform(_ x: SparseMatrix<Scalar>, layer: Int) throws -> Matrix<Scalar> {
        try hiddenOutputs(.sparse(x), layer: layer)
    }
}

extension MLPRegressor {
    /// The values of a hidden layer for every row of `x`, after its activation function: samples × units.
    ///
    /// ```swift
    /// let hidden = try mlp.transform(x, layer: 1)
    /// ```
    ///
    /// - Parameters:
    ///   - x: samples × features, as many features as `fit` has seen.
    ///   - layer: the hidden layer, from 1 to the number of `hiddenLayerSizes`. Layer 0 would be `x` itself and the layer
    ///     after the hidden ones `predict(x)`; neither is allowed here.
    /// - Throws: what ``predict(_:)-(Matrix<Scalar>)`` throws, and `EstimatorError.invalidParameter` where there is no such
    ///   hidden layer.
    /// - Complexity: O(samples × parameters up to the layer).
    public func transform(_ x: Matrix<Scalar>, layer: Int) throws -> Matrix<Scalar> {
        try hiddenOutputs(.dense(x), layer: layer)
    }

    /// The values of a hidden layer for every row of sparse features: samples × units.
    ///
    /// - Throws: what ``transform(_:layer:)-(Matrix<Scalar>,_)`` throws.
    public func transform(_ x: SparseMatrix<Scalar>, layer: Int) throws -> Matrix<Scalar> {
        try hiddenOutputs(.sparse(x), layer: layer)
    }
}
