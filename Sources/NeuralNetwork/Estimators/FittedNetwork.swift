public import LinearAlgebra

/// The fitted attributes of ``MLPClassifier`` and ``MLPRegressor``. They have scikit-learn's names without the trailing
/// underscore.
///
/// Each property is also a property of the estimator: `mlp.coefs`. Before `fit`, arrays are empty and all other
/// properties are nil.
public struct FittedNetwork<Scalar: NetworkScalar>: Sendable, Equatable {
    /// The trained model; nil before `fit`.
    var model: TrainedModel<Scalar>? {
        get { learned?.model }
        set { learned = newValue.map { Storage($0) } }
    }

    /// The model behind one reference, so that copying an estimator stays cheap. Otherwise Swift would copy the model
    /// for a single prediction whenever it cannot prove that the copy is unnecessary.
    private(set) var learned: Storage?

    final class Storage: Equatable, Sendable {
        let model: TrainedModel<Scalar>

        /// Features whose outputs are known.
        private let known: (x: Matrix<Scalar>, outputs: Matrix<Scalar>)?

        init(_ model: TrainedModel<Scalar>, known: (x: Matrix<Scalar>, outputs: Matrix<Scalar>)? = nil) {
            self.model = model
            self.known = known
        }

        /// Returns the outputs for exactly the features whose outputs are known; nil for any others.
        func knownOutputs(_ x: NetworkInput<Scalar>) -> Matrix<Scalar>? {
            guard let known, case .dense(let x) = x, x.isSameStorage(as: known.x) else { return nil }
            return known.outputs
        }

        /// Returns the outputs for every row of `x`, without copying the network or counting its references.
        func outputs(_ x: NetworkInput<Scalar>, areSumsFinite: inout Bool) -> Matrix<Scalar> {
            model.network.outputs(x, areSumsFinite: &areSumsFinite)
        }

        func detectsNonFinite(_ x: NetworkInput<Scalar>) -> Bool { model.network.detectsNonFinite(x) }

        static func == (first: Storage, second: Storage) -> Bool { first.model == second.model }
    }

    init() {}

    /// Returns a copy that knows its outputs for some features and does not compute them again.
    func knowing(_ outputs: Matrix<Scalar>, for x: Matrix<Scalar>) -> Self {
        var copy = self
        copy.learned = model.map { Storage($0, known: (x, outputs)) }
        return copy
    }

    /// The coefficients of each layer, fan-in × fan-out.
    public var coefs: [Matrix<Scalar>] { model?.network.coefs ?? [] }

    /// The intercepts of each layer, one per unit.
    public var intercepts: [[Scalar]] { model?.network.intercepts ?? [] }

    /// The loss of the last iteration, including the L2 penalty.
    public var finalLoss: Double? { model?.history.finalLoss }

    /// The lowest mean training loss of any epoch, including the L2 penalty; nil for `.lbfgs` and with early stopping.
    public var bestLoss: Double? { model?.history.best(.loss) }

    /// The mean training loss of each epoch, including the L2 penalty; empty for `.lbfgs`. Warm starts and `partialFit`
    /// append to it.
    public var lossCurve: [Double] { model?.history.lossCurve ?? [] }

    /// The validation score after each epoch, or after each iteration of `.lbfgs`.
    ///
    /// It is empty if `fit` had no validation set and no early stopping. With `.lbfgs`, only a validation set gives
    /// scores.
    public var validationScores: [Double] { model?.history.epochs.compactMap(\.validationScore) ?? [] }

    /// The mean validation loss after each epoch, without the L2 penalty; empty if ``validationScores`` is empty.
    public var validationLossCurve: [Double] { model?.history.epochs.compactMap(\.validationLoss) ?? [] }

    /// The highest of the ``validationScores``; nil without early stopping, and nil if early stopping monitors the
    /// loss.
    ///
    /// The model has the weights of the epoch with this score, with one exception: a warm start that does not exceed
    /// the best score of earlier calls keeps its last weights.
    public var bestValidationScore: Double? { model?.history.best(.score) }

    /// A report of the training, which can be printed or stored as JSON.
    public var report: TrainingReport? { model?.report }

    /// The number of iterations in the last call of `fit` or `partialFit`, including those that `resume` has added. For
    /// all solvers except `.lbfgs`, these are epochs.
    public var nIter: Int? { model?.history.nIter }

    /// The number of training samples that the solver has seen in all epochs, including warm starts; 0 for `.lbfgs`.
    public var t: Int? { model?.history.t }

    /// The number of layers, including the input and output layers.
    public var nLayers: Int? { model?.network.shape.layerUnits.count }

    /// The number of outputs.
    public var nOutputs: Int? { model?.network.shape.outputs }

    /// The number of features.
    public var nFeaturesIn: Int? { model?.network.shape.inputs }

    /// The activation function of the output layer.
    public var outActivation: OutActivation? { model?.network.outActivation }

    /// The reason why training ended.
    public var stopReason: StopReason? { model?.history.stopReason }

    /// The activation function that the hidden layers were trained with, even if the parameter has changed since; nil
    /// before `fit`.
    package var hiddenActivation: Activation? { model?.network.activation }
}

extension FittedNetwork: CustomReflectable {
    /// Shows the model itself instead of its storage, for code that inspects an estimator, such as a search's journal.
    public var customMirror: Mirror { Mirror(self, children: ["model": model as Any], displayStyle: .struct) }
}
