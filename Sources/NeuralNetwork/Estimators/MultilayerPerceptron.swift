public import Estimators
public import LinearAlgebra
public import ModelFiles

/// A multi-layer perceptron: what ``MLPClassifier`` and ``MLPRegressor`` share.
///
/// Its parameters are ``MLPHyperparameters`` and what it has learned is a ``FittedNetwork``; the members of both are members of
/// the estimator: `mlp.alpha`, `mlp.lossCurve`. Features are a `Matrix`, or a `SparseMatrix`, which is never made dense.
///
/// No other type can conform.
@dynamicMemberLookup
public protocol MultilayerPerceptron: MatrixEstimator, ValidatingEstimator, NamedParameters, Storable, Equatable,
    CustomStringConvertible
where Scalar: NetworkScalar {
    /// The parameters that both networks have, all in one value.
    var hyperparameters: MLPHyperparameters { get set }

    /// What early stopping watches on the validation samples. Default `.score`: accuracy or R².
    var monitor: Monitor<Self> { get set }

    /// An estimator with the given parameters.
    init(_ hyperparameters: MLPHyperparameters)

    /// What was learned. Not for clients, who read ``fitted``.
    var _fitted: FittedNetwork<Scalar> { get set }

    /// Lowers a call into a run: codes its targets and chooses the loss. Not for clients.
    mutating func _trainingRun(for call: _TrainingCall<Self>) throws -> _TrainingRun<Scalar>
}

extension MultilayerPerceptron {
    /// What was learned, all in one value.
    public var fitted: FittedNetwork<Scalar> { _fitted }

    /// A parameter, by its name in ``MLPHyperparameters``.
    public subscript<Value>(dynamicMember member: WritableKeyPath<MLPHyperparameters, Value>) -> Value {
        get { hyperparameters[keyPath: member] }
        set { hyperparameters[keyPath: member] = newValue }
    }

    /// A fitted attribute, by its name in ``FittedNetwork``.
    public subscript<Value>(dynamicMember member: KeyPath<FittedNetwork<Scalar>, Value>) -> Value {
        _fitted[keyPath: member]
    }

    /// The values of a hidden layer for every row of `x`, after its activation function: samples × units.
    ///
    /// ```swift
    /// let hidden = try mlp.transform(x, layer: 1)
    /// ```
    ///
    /// - Parameters:
    ///   - x: samples × features, as many features as `fit` has seen.
    ///   - layer: the hidden layer, from 1 to the number of `hiddenLayerSizes`. Layer 0 would be `x` itself, and the layer
    ///     after the hidden ones is the output; neither is allowed here.
    /// - Throws: what `predict` throws, and `EstimatorError.invalidParameter` where there is no such hidden layer.
    /// - Complexity: O(samples × parameters up to the layer).
    public func transform(_ x: some NetworkFeatures<Scalar>, layer: Int) throws -> Matrix<Scalar> {
        try hiddenOutputs(x._input, layer: layer)
    }

    /// The values of a hidden layer for a matrix, which may be a literal.
    ///
    /// - Throws: what `transform` of any features throws.
    public func transform(_ x: Matrix<Scalar>, layer: Int) throws -> Matrix<Scalar> {
        try hiddenOutputs(.dense(x), layer: layer)
    }

    private func hiddenOutputs(_ x: NetworkInput<Scalar>, layer: Int) throws -> Matrix<Scalar> {
        guard let model = _fitted.model else { throw EstimatorError.notFitted(estimator: Self.name) }
        let network = try model.network.endingAtHiddenLayer(layer)
        try x.check()
        try Check.featureCount(x.columns, expected: network.shape.inputs)
        return network.outputs(x)
    }

    /// As it is written, with the parameters that are not at their defaults: `MLPClassifier(alpha: 0.01, maxIter: 500)`.
    public var description: String {
        let standard = Self(MLPHyperparameters())
        return written(
            Self.self,
            changedParameters(hyperparameters, from: standard.hyperparameters)
                + changedParameters(self, from: standard, omitting: ["hyperparameters", "_fitted", "classes"]))
    }
}

extension MultilayerPerceptron {
    /// The type's name without its type parameters.
    static var name: String { "\(storedTypeName.prefix { $0 != "<" })" }

    /// The outputs for every row of `x`, checked.
    func outputs(_ x: NetworkInput<Scalar>) throws -> Matrix<Scalar> {
        guard let learned = _fitted.learned else { throw EstimatorError.notFitted(estimator: Self.name) }
        try x.check()
        try Check.featureCount(x.columns, expected: learned.model.network.shape.inputs)
        return learned.outputs(x)
    }
}

extension MLPHyperparameters: CustomStringConvertible {
    /// As they are written, those that are not at their defaults: `MLPHyperparameters(alpha: 0.01)`.
    public var description: String { written(Self.self, changedParameters(self, from: MLPHyperparameters())) }
}
