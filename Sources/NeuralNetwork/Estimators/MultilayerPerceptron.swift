import Estimators
import LinearAlgebra

/// What the two estimators share: how a call of `fit` becomes a training run, and features become outputs.
protocol MultilayerPerceptron: MatrixEstimator where Scalar: NetworkScalar {
    static var name: String { get }
    var hyperparameters: MLPHyperparameters { get set }
    var monitor: Monitor<Self> { get }
    var fitted: FittedNetwork<Scalar> { get set }
    static func path<Value>(to member: WritableKeyPath<MLPHyperparameters, Value>) -> PartialKeyPath<Self>
}

extension MultilayerPerceptron {
    /// Checks parameters and data before anything is computed from them.
    func check(_ call: TrainingCall<Self>) throws {
        try hyperparameters.check()
        try call.check()
    }

    /// The outputs for every row of `x`, checked.
    func outputs(_ x: InputFeatures<Scalar>) throws -> Matrix<Scalar> {
        guard let learned = fitted.learned else { throw EstimatorError.notFitted(estimator: Self.name) }
        try x.check()
        try Check.featureCount(x.columns, expected: learned.model.network.shape.inputs)
        return learned.outputs(x)
    }

    /// The model from which a call begins: the last one for a warm start or an incremental call, else none.
    ///
    /// - Throws: `EstimatorError.invalidInput` when it was trained on another number of features.
    func beginning(incremental: Bool, features x: InputFeatures<Scalar>) throws -> TrainedModel<Scalar>? {
        guard incremental || hyperparameters.warmStart, let model = fitted.model else { return nil }
        try Check.featureCount(x.columns, expected: model.network.shape.inputs)
        return model
    }

    /// The model that a call goes on with where it stopped.
    ///
    /// - Throws: `EstimatorError.notFitted` when there is none; `.invalidInput` when it was trained on another number of
    ///   features.
    func modelToResume(features x: InputFeatures<Scalar>) throws -> TrainedModel<Scalar> {
        guard let model = fitted.model else { throw EstimatorError.notFitted(estimator: Self.name) }
        try Check.featureCount(x.columns, expected: model.network.shape.inputs)
        return model
    }

    /// Refuses what cannot be trained one pass at a time.
    func checkIncremental() throws {
        guard hyperparameters.solver != .lbfgs else {
            throw EstimatorError.invalidParameter(name: "solver", value: "lbfgs", allowed: "sgd or adam for partialFit")
        }
        guard !hyperparameters.earlyStopping else {
            throw EstimatorError.invalidParameter(
                name: "earlyStopping", value: "true",
                allowed: "false for partialFit, which sees a part of the data only")
        }
    }

    /// Makes the score of networks on samples of a call, or on its validation set: `own`, unless a scorer is to judge.
    func monitoredScore(
        _ call: TrainingCall<Self>, own: @escaping Validation<Scalar>.Score
    ) -> (_ samples: [Int]?) throws -> Validation<Scalar>.Score {
        guard case .scorer(let scorer) = monitor else { return { _ in own } }
        var judged = self
        judged.fitted.model = nil
        return { [judged] samples in
            let chosen = samples.map { (call.x.selectingRows($0), call.y.selectingSamples($0)) }
            guard let (x, y) = chosen ?? call.validation else { return own }
            guard case .dense(let x) = x else {
                throw EstimatorError.invalidParameter(
                    name: "monitor", value: "the scorer \(scorer.name)", allowed: "score or loss for sparse features")
            }
            return { network, _, _ in
                var model = judged
                model.fitted.model = TrainedModel(network: network, history: TrainingHistory(watching: .score))
                return try scorer(model, x, y)
            }
        }
    }
}
