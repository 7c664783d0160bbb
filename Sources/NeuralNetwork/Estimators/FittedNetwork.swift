public import LinearAlgebra

/// What ``MLPClassifier`` and ``MLPRegressor`` have learned: scikit-learn's fitted attributes, without the underscore.
///
/// Each is a property of the estimator too: `mlp.coefs`. Before `fit`, attributes that are arrays are empty and the others
/// nil.
public struct FittedNetwork<Scalar: NetworkScalar>: Sendable, Equatable {
    /// Nil before `fit`.
    var model: TrainedModel<Scalar>? {
        get { learned?.model }
        set { learned = newValue.map { Storage($0) } }
    }

    /// The model behind one reference, to read it where it is: Swift copies estimators where it cannot see who else has them,
    /// for every single prediction if need be.
    private(set) var learned: Storage?

    final class Storage: Equatable, Sendable {
        let model: TrainedModel<Scalar>

        init(_ model: TrainedModel<Scalar>) { self.model = model }

        /// The outputs for every row of `x`. From here the network need not be copied, nor its references counted.
        func outputs(_ x: NetworkInput<Scalar>) -> Matrix<Scalar> { model.network.outputs(x) }

        static func == (first: Storage, second: Storage) -> Bool { first.model == second.model }
    }

    init() {}

    /// The coefficients of every layer, fan-in × fan-out.
    public var coefs: [Matrix<Scalar>] { model?.network.coefs ?? [] }

    /// The intercepts of every layer, one per unit that it feeds.
    public var intercepts: [[Scalar]] { model?.network.intercepts ?? [] }

    /// The loss of the last iteration, with the L2 penalty.
    public var finalLoss: Double? { model?.history.finalLoss }

    /// The least mean loss of an epoch; nil with early stopping, which watches a score instead, and for `.lbfgs`.
    public var bestLoss: Double? { model?.history.best(.loss) }

    /// The mean loss of every epoch; empty for `.lbfgs`.
    public var lossCurve: [Double] { model?.history.lossCurve ?? [] }

    /// The score on the validation set after every epoch, or iteration of `.lbfgs`; empty without early stopping or a
    /// validation set of the caller's.
    public var validationScores: [Double] { model?.history.epochs.compactMap(\.validationScore) ?? [] }

    /// The mean loss on the validation set after every epoch, without the L2 penalty; where ``validationScores`` is empty, it
    /// is empty.
    public var validationLossCurve: [Double] { model?.history.epochs.compactMap(\.validationLoss) ?? [] }

    /// The best of ``validationScores`` where early stopping watches them; else nil.
    ///
    /// The model has the weights of that epoch, unless it is one of an earlier call that a warm start did not beat.
    public var bestValidationScore: Double? { model?.history.best(.score) }

    /// How training went, to be kept or shown.
    public var report: TrainingReport? { model?.report }

    /// The number of iterations of the last call of `fit` or `partialFit`: epochs for `.sgd` and `.adam`.
    public var nIter: Int? { model?.history.nIter }

    /// The number of training samples seen by `.sgd` and `.adam` in all epochs, warm starts included; 0 for `.lbfgs`.
    public var t: Int? { model?.history.t }

    /// The number of layers of units, features and outputs included.
    public var nLayers: Int? { model?.network.shape.layerUnits.count }

    /// The number of outputs.
    public var nOutputs: Int? { model?.network.shape.outputs }

    /// The number of features.
    public var nFeaturesIn: Int? { model?.network.shape.inputs }

    /// The function of the output layer.
    public var outActivation: OutActivation? { model?.network.outActivation }

    /// Why training ended.
    public var stopReason: StopReason? { model?.history.stopReason }

    /// The function of the hidden layers by which the network was trained, whatever the parameter is now; nil before `fit`.
    package var hiddenActivation: Activation? { model?.network.activation }
}

extension FittedNetwork: CustomReflectable {
    /// The model itself and not its storage, for what looks into an estimator, as a search's journal does.
    public var customMirror: Mirror { Mirror(self, children: ["model": model as Any], displayStyle: .struct) }
}
