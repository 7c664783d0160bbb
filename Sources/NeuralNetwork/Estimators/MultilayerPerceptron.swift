public import Estimators
public import LinearAlgebra
public import ModelFiles

/// A multi-layer perceptron: the interface that ``MLPClassifier`` and ``MLPRegressor`` share.
///
/// The parameters are ``MLPHyperparameters`` and the fitted attributes are ``FittedNetwork``. The properties of both
/// can be used directly on the estimator: `mlp.alpha`, `mlp.lossCurve`.
///
/// Features are a `Matrix` or a `SparseMatrix`. A `SparseMatrix` is not converted to a dense one, with one exception:
/// if ``monitor`` is a scorer, a `TablePipeline` converts its features, because a scorer needs a `Matrix`.
///
/// No other type can conform.
@dynamicMemberLookup
public protocol MultilayerPerceptron: IterativeSparseEstimator, NamedParameters, Storable, Equatable,
    CustomStringConvertible
where Scalar: NetworkScalar, _Options == _NetworkOptions {
    /// All parameters that the two networks share, in one value.
    var hyperparameters: MLPHyperparameters { get set }

    /// The quantity on the validation samples that early stopping monitors. Default `.score`: accuracy or R².
    var monitor: Monitor<Self> { get set }

    /// The device that trains the network. Default `.cpu`. It is not a parameter and is not stored in model files.
    var device: Device { get set }

    /// Creates an estimator with the given parameters.
    init(_ hyperparameters: MLPHyperparameters)

    /// The learned state. Not for clients; use ``fitted``.
    var _fitted: FittedNetwork<Scalar> { get set }

    /// Turns a call into a training run: encodes its targets and chooses the loss. Not for clients.
    mutating func _trainingRun(for call: _TrainingCall<Self>) throws -> _TrainingRun<Scalar>
}

extension MultilayerPerceptron {
    /// All fitted attributes in one value.
    public var fitted: FittedNetwork<Scalar> { _fitted }

    /// Accesses a parameter by its name in ``MLPHyperparameters``.
    public subscript<Value>(dynamicMember member: WritableKeyPath<MLPHyperparameters, Value>) -> Value {
        get { hyperparameters[keyPath: member] }
        set { hyperparameters[keyPath: member] = newValue }
    }

    /// Accesses a fitted attribute by its name in ``FittedNetwork``.
    public subscript<Value>(dynamicMember member: KeyPath<FittedNetwork<Scalar>, Value>) -> Value {
        _fitted[keyPath: member]
    }

    /// Returns the values of a hidden layer for each row of `x`, after the activation function: samples × units.
    ///
    /// ```swift
    /// let hidden = try mlp.transform(x, layer: 1)
    /// ```
    ///
    /// - Parameters:
    ///   - x: samples × features, with as many features as in `fit`.
    ///   - layer: the hidden layer, from 1 to `hiddenLayerSizes.count`.
    /// - Throws: what `predict` throws. Also throws `EstimatorError.invalidParameter` if there is no such hidden layer.
    /// - Complexity: O(samples × parameters up to the layer).
    public func transform(_ x: some NetworkFeatures<Scalar>, layer: Int) throws -> Matrix<Scalar> {
        try hiddenOutputs(x._input, layer: layer)
    }

    /// Returns the values of a hidden layer for a matrix, which may be a literal.
    ///
    /// - Throws: what `transform` throws for any features.
    public func transform(_ x: Matrix<Scalar>, layer: Int) throws -> Matrix<Scalar> {
        try hiddenOutputs(.dense(x), layer: layer)
    }

    private func hiddenOutputs(_ x: NetworkInput<Scalar>, layer: Int) throws -> Matrix<Scalar> {
        guard let model = _fitted.model else { throw EstimatorError.notFitted(estimator: Self.name) }
        let network = try model.network.endingAtHiddenLayer(layer)
        try x.check()
        try Check.featureCount(x.columns, expected: network.shape.inputs)
        return try finite(network.outputs(x, by: network.activation), of: x)
    }

    /// The initializer call, with the parameters that differ from their defaults: `MLPClassifier(alpha: 0.01, maxIter:
    /// 500)`.
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

    /// Checks `x` and returns the outputs for each of its rows.
    func outputs(_ x: NetworkInput<Scalar>) throws -> Matrix<Scalar> {
        guard let learned = _fitted.learned else { throw EstimatorError.notFitted(estimator: Self.name) }
        if let known = learned.knownOutputs(x) { return known }
        let inputs = learned.model.network.shape.inputs
        // Large features are read only once: they are checked if their sums are not finite.
        if x.columns != inputs || !learned.detectsNonFinite(x) { try check(x, inputs: inputs) }
        var areSumsFinite = true
        let outputs = learned.outputs(x, areSumsFinite: &areSumsFinite)
        if !areSumsFinite { try x.check() }
        return try finite(outputs, of: x)
    }

    /// Returns a function that predicts samples which differ from `x` in one column; nil if that saves no time.
    ///
    /// - Throws: what `predict` throws for `x`.
    package func predictingChanges(
        of x: Matrix<Scalar>
    ) throws -> (@Sendable (_ column: Int, [ColumnChange]) -> [(@Sendable (Matrix<Scalar>) -> Self)?])? {
        guard let network = _fitted.model?.network else { throw EstimatorError.notFitted(estimator: Self.name) }
        try check(.dense(x), inputs: network.shape.inputs)
        guard let sums = FirstLayerSums(of: network, for: x) else { return nil }
        return { column, changes in
            sums.outputs(changing: column, by: changes).map { outputs in
                guard let outputs else { return nil }
                return { features in
                    var copy = self
                    copy._fitted = _fitted.knowing(outputs, for: features)
                    return copy
                }
            }
        }
    }

    private func check(_ x: NetworkInput<Scalar>, inputs: Int) throws {
        try x.check()
        try Check.featureCount(x.columns, expected: inputs)
    }

    /// Returns the outputs, unless sums inside of the network have overflowed.
    private func finite(_ outputs: Matrix<Scalar>, of x: NetworkInput<Scalar>) throws -> Matrix<Scalar> {
        if outputs.isFinite { return outputs }
        throw x.tooLarge(for: outputs)
    }
}

extension MLPHyperparameters: CustomStringConvertible {
    /// The initializer call, with the values that differ from their defaults: `MLPHyperparameters(alpha: 0.01)`.
    public var description: String { written(Self.self, changedParameters(self, from: MLPHyperparameters())) }
}
