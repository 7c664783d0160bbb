public import Estimators
public import LinearAlgebra

/// Divides every feature by its greatest absolute value, so that it lies in [−1, 1] and 0 stays 0.
///
/// Formula: z = x / scale, where scale is max |xᵢ| over the data given to `fit`, or 1 for a feature that is 0
/// throughout.
///
/// NaN counts as a missing value: `fit` leaves it out, `transform` keeps it. Statistics are computed and kept in double
/// precision regardless of the precision of the features.
public struct MaxAbsScaler: OneToOneTransformer, InvertibleTransformer, Equatable {
    /// Whether `transform` clips values outside of [−1, 1], in data not seen by `fit`. Default `false`.
    public var clip: Bool

    var extremes: [Extremes] = []

    /// How many samples `fit` and `partialFit` have seen, NaN included; 0 before.
    public internal(set) var nSamplesSeen = 0

    /// An unfitted scaler.
    ///
    /// - Parameter clip: whether to clip values outside of [−1, 1].
    public init(clip: Bool = false) {
        self.clip = clip
    }

    // MARK: Fitted attributes

    /// The greatest absolute value of every feature; NaN for a feature without values; empty before `fit`.
    public var maxAbs: [Double] { extremes.map { $0.magnitude ?? .nan } }

    /// The divisor of every feature; empty before `fit`.
    public var scale: [Double] { maxAbs.map { scaleAvoidingZero($0) } }

    /// The number of features seen by `fit`; nil before.
    public var nFeaturesIn: Int? { extremes.isEmpty ? nil : extremes.count }

    // MARK: Fit

    /// Finds the greatest absolute value of every column of `x`, and discards those found before.
    ///
    /// - Throws: `EstimatorError.invalidInput` if `x` has no rows or columns or contains an infinite value.
    /// - Complexity: O(samples × features).
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        self = try changed(MaxAbsScaler(clip: clip)) { try $0.partialFit(x) }
    }

    /// Updates the greatest absolute values with the rows of `x`.
    ///
    /// - Throws: what ``fit(_:)-(Matrix<Scalar>)`` throws, and an error if `x` has another number of columns than
    ///   before.
    /// - Complexity: O(samples × features).
    public mutating func partialFit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        try Check.features(x, allowsNaN: true)
        if let nFeaturesIn { try Check.featureCount(x.columns, expected: nFeaturesIn) }
        extremes.merge(Extremes.ofColumns(x.doubles))
        nSamplesSeen += x.rows
    }

    // MARK: Transform

    /// The features divided by their scale, in a new matrix.
    ///
    /// - Parameter x: samples × features, as many features as in `fit`.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another
    ///   number of columns, or an infinite value.
    /// - Complexity: O(samples × features).
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "MaxAbsScaler")
        return try x.inDoublePrecision(by: "MaxAbsScaler") { x in
            try x.applyToRows(with: scale) { $0 / $1 }
            // The comparisons let NaN pass.
            if clip { x.apply { $0 < -1 ? -1 : $0 > 1 ? 1 : $0 } }
        }
    }

    /// The features of which `transform` makes `x`, in a new matrix; clipped values are not restored.
    ///
    /// - Throws: what `transform` throws.
    /// - Complexity: O(samples × features).
    public func inverseTransform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "MaxAbsScaler")
        return try x.inDoublePrecision { try $0.applyToRows(with: scale) { $0 * $1 } }
    }
}
