public import Estimators
public import LinearAlgebra

/// A transformer that keeps some of the features as they are.
public protocol FeatureSelector: InvertibleTransformer, FeatureNaming {
    /// Whether each feature is kept; empty before `fit`.
    var support: [Bool] { get }

    /// Whether NaN may stand for a missing value.
    var allowsMissingValues: Bool { get }
}

extension FeatureSelector {
    /// The number of features seen by `fit`; nil before.
    public var nFeaturesIn: Int? { support.isEmpty ? nil : support.count }

    /// Which features are kept.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`.
    public func getSupport() throws -> [Bool] {
        guard !support.isEmpty else { throw EstimatorError.notFitted(estimator: "\(Self.self)") }
        return support
    }

    /// The indices of the features that are kept, in ascending order; empty before `fit`.
    public var supportIndices: [Int] { support.indices.filter { support[$0] } }

    /// The names of the features that are kept.
    ///
    /// - Parameter inputFeatures: one name per feature; nil for `x0`, `x1`, ….
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for another number of names.
    public func getFeatureNamesOut(_ inputFeatures: [String]? = nil) throws -> [String] {
        let names = try featureNames(inputFeatures, nFeaturesIn: nFeaturesIn, of: "\(Self.self)")
        return supportIndices.map { names[$0] }
    }

    /// The features that are kept, in a new matrix.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another number
    ///   of columns, an infinite value, or NaN where that is not allowed.
    /// - Complexity: O(samples × features).
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "\(Self.self)", allowsNaN: allowsMissingValues)
        return x.selectingColumns(supportIndices)
    }

    /// All features, those that were left out being 0.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has another number of
    ///   columns than ``transform(_:)`` gives.
    /// - Complexity: O(samples × features).
    public func inverseTransform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        guard let nFeaturesIn else { throw EstimatorError.notFitted(estimator: "\(Self.self)") }
        let kept = supportIndices
        try Check.invertible(x, nFeaturesOut: kept.count, allowsNaN: allowsMissingValues)
        var all = Matrix<Scalar>(rows: x.rows, columns: nFeaturesIn, repeating: 0)
        for row in 0..<x.rows {
            for (column, feature) in kept.enumerated() { all[row, feature] = x[row, column] }
        }
        return all
    }
}
