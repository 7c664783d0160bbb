import Estimators
import LinearAlgebra

// An estimator of matrices gets sparse features as they are if it takes such, otherwise as a dense matrix.

extension Estimator where Features == Matrix<Double> {
    /// Whether the estimator takes sparse features.
    static var takesSparse: Bool { self is any SparseEstimator.Type }

    /// The estimator, if it takes sparse features.
    private var sparse: (any SparseEstimator<Target, Double>)? { self as? any SparseEstimator<Target, Double> }

    mutating func fit(_ x: ColumnFeatures, _ y: [Target], sampleWeight: [Double]?) throws {
        try fitIfSparse(x, y, sampleWeight, validation: nil) ?? fit(x.dense, y, sampleWeight: sampleWeight)
    }

    func predict(_ x: ColumnFeatures) throws -> [Target] {
        if case .sparse(let x) = x, let sparse { return try sparse.predict(x) }
        return try predict(x.dense)
    }

    func score(_ x: ColumnFeatures, _ y: [Target], sampleWeight: [Double]?) throws -> Double {
        if case .sparse(let x) = x, let sparse { return try sparse.score(x, y, sampleWeight: sampleWeight) }
        return try score(x.dense, y, sampleWeight: sampleWeight)
    }

    /// Fits an estimator that takes sparse features to such; returns nil without doing anything in other cases.
    fileprivate mutating func fitIfSparse(
        _ x: ColumnFeatures, _ y: [Target], _ sampleWeight: [Double]?, validation: (x: ColumnFeatures, y: [Target])?
    ) throws -> Void? {
        guard case .sparse(let x) = x, var sparse else { return nil }
        try sparse.fit(x, y, sampleWeight: sampleWeight, validation: validation.map { ($0.x.sparse, $0.y) })
        if let fitted = sparse as? Self { self = fitted }
        return ()
    }
}

extension ValidatingEstimator where Features == Matrix<Double> {
    mutating func fit(
        _ x: ColumnFeatures, _ y: [Target], sampleWeight: [Double]?, validation: (x: ColumnFeatures, y: [Target])?
    ) throws {
        try fitIfSparse(x, y, sampleWeight, validation: validation)
            ?? fit(x.dense, y, sampleWeight: sampleWeight, validation: validation.map { ($0.x.dense, $0.y) })
    }
}

extension ProbabilisticClassifier where Features == Matrix<Double> {
    func predictProba(_ x: ColumnFeatures) throws -> Matrix<Scalar> {
        if case .sparse(let x) = x, let sparse = self as? any SparseProbabilisticClassifier<Target, Double>,
            let probabilities = try sparse.predictProba(x) as? Matrix<Scalar>
        {
            return probabilities
        }
        return try predictProba(x.dense)
    }
}

extension IterativeEstimator where Features == Matrix<Double> {
    mutating func train(
        _ x: ColumnFeatures, _ y: [Target], sampleWeight: [Double]?, validation: (x: ColumnFeatures, y: [Target])?,
        options: _Options
    ) throws {
        if case .sparse(let x) = x, let sparse = self as? any IterativeSparseEstimator<Target, Double>,
            let trained = try trained(sparse, x, y, sampleWeight, validation.map { ($0.x.sparse, $0.y) }, options)
        {
            self = trained
        } else {
            try _train(
                x.dense, y, sampleWeight: sampleWeight, validation: validation.map { ($0.x.dense, $0.y) },
                options: options)
        }
    }

    private func trained<Sparse: IterativeSparseEstimator<Target, Double>>(
        _ estimator: Sparse, _ x: SparseMatrix<Double>, _ y: [Target], _ sampleWeight: [Double]?,
        _ validation: (x: SparseMatrix<Double>, y: [Target])?, _ options: _Options
    ) throws -> Self? {
        guard let options = options as? Sparse._Options else { return nil }
        var estimator = estimator
        try estimator._train(x, y, sampleWeight: sampleWeight, validation: validation, options: options)
        return estimator as? Self
    }
}
