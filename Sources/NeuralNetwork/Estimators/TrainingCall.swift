import Estimators
import LinearAlgebra

/// What one call of `fit`, `partialFit` or `resume` hands over.
struct TrainingCall<Model: MultilayerPerceptron> {
    let x: InputFeatures<Model.Scalar>
    let y: [Model.Target]
    let sampleWeight: [Double]?
    /// A validation set of the caller's; nil for none.
    let validation: (x: InputFeatures<Model.Scalar>, y: [Model.Target])?
    let observer: TrainingObserver<Model.Scalar>
    /// Where it is noted how far training has come; nil for nowhere.
    let checkpoint: CheckpointFile?

    init(
        _ x: InputFeatures<Model.Scalar>, _ y: [Model.Target], sampleWeight: [Double]?,
        validation: (x: InputFeatures<Model.Scalar>, y: [Model.Target])? = nil, checkpoint: CheckpointFile? = nil,
        onEpoch: OnEpoch? = nil
    ) {
        self.x = x
        self.y = y
        self.sampleWeight = sampleWeight
        self.validation = validation
        self.checkpoint = checkpoint
        observer = TrainingObserver(onEpoch: onEpoch)
    }

    init(
        _ x: Matrix<Model.Scalar>, _ y: [Model.Target], sampleWeight: [Double]?,
        validation: (x: Matrix<Model.Scalar>, y: [Model.Target])? = nil, checkpoint: CheckpointFile? = nil,
        onEpoch: OnEpoch? = nil
    ) {
        self.init(
            .dense(x), y, sampleWeight: sampleWeight, validation: validation.map { (.dense($0.x), $0.y) },
            checkpoint: checkpoint, onEpoch: onEpoch)
    }

    init(
        _ x: SparseMatrix<Model.Scalar>, _ y: [Model.Target], sampleWeight: [Double]?,
        validation: (x: SparseMatrix<Model.Scalar>, y: [Model.Target])? = nil, checkpoint: CheckpointFile? = nil,
        onEpoch: OnEpoch? = nil
    ) {
        self.init(
            .sparse(x), y, sampleWeight: sampleWeight, validation: validation.map { (.sparse($0.x), $0.y) },
            checkpoint: checkpoint, onEpoch: onEpoch)
    }

    /// Refuses data that cannot be used, before anything is computed from them.
    func check() throws {
        try x.check()
        try Check.sameCount(y.count, argument: "y", as: x.rows, of: "x")
        try Check.sampleWeight(sampleWeight, count: x.rows)
        guard let validation else { return }
        try validation.x.check(argument: "validation.x")
        try Check.featureCount(validation.x.columns, expected: x.columns, argument: "validation.x")
        try Check.sameCount(validation.y.count, argument: "validation.y", as: validation.x.rows, of: "validation.x")
    }
}
