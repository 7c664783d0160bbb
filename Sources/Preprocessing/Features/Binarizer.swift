import Estimators
public import LinearAlgebra
public import ModelFiles

/// Replaces every number by 1 if it is above a threshold, otherwise by 0.
///
/// There is nothing to learn: `transform` works before `fit`, which does no more than count the features.
public struct Binarizer: OneToOneTransformer, Equatable, Codable {
    /// The greatest number that becomes 0. Default 0.
    public var threshold: Double

    /// The number of features seen by `fit`; nil before.
    public internal(set) var nFeaturesIn: Int?

    /// A binarizer.
    ///
    /// - Parameter threshold: the greatest number that becomes 0.
    public init(threshold: Double = 0) { self.threshold = threshold }

    /// Counts the features of `x`.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for a threshold that is not finite; `EstimatorError.invalidInput` if
    ///   `x` has no rows or columns, or contains NaN or an infinite value.
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        try Check.require(threshold.isFinite, parameter: "threshold", threshold, allowed: "a finite number")
        try Check.features(x)
        nFeaturesIn = x.columns
    }

    /// The features as zeros and ones, in a new matrix.
    ///
    /// - Throws: `EstimatorError.invalidInput` if `x` has no rows or columns, another number of columns than `fit` has
    ///   seen, or contains NaN or an infinite value.
    /// - Complexity: O(samples × features).
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn ?? x.columns, of: "Binarizer", allowsNaN: false)
        return x.map { Double($0) > threshold ? 1 : 0 }
    }
}

extension Binarizer: Storable {
    /// `Binarizer`.
    public static var storedTypeName: String { "Binarizer" }
}
