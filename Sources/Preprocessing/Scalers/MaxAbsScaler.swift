public import Estimators
public import LinearAlgebra

/// Divides every feature by its greatest absolute value, so that it comes to lie in [−1, 1] and 0 stays 0.
///
/// Formula: z = x / scale, where scale is max |xᵢ| over the data given to `fit`, or 1 for a feature that is 0 throughout.
///
/// NaN counts as a missing value: `fit` leaves it out, `transform` keeps it. Statistics are computed and kept in double
/// precision whatever the features' precision.
public struct MaxAbsScaler: OneToOneTransformer, InvertibleTransformer, Equatable {
    /// Whether `transform` cuts off what lies outside of [−1, 1], in data that `fit` has not seen. Default `false`.
    public var clip: Bool

    var extremes: [Extremes] = []

    /// How many samples `fit` and `partialFit` have seen, NaN included; 0 before.
    public internal(set) var nSamplesSeen = 0

    /// A scaler that has not been fitted.
    ///
    /// - Parameter clip: whether to cut off what lies outside of [−1, 1].
    public init(clip: Bool = false) {
        self.clip = clip
    }

    // MARK: Fitted attributes

    /// The greatest absolute value of every feature; NaN for a feature without values; empty before `fit`.
    public var maxAbs: [Double] { extremes.map { $0.magnitude ?? .nan } }

    /// What every feature is divided by; empty before `fit`.
    public var scale: [Double] { maxAbs.map { scaleAvoidingZero($0) } }

    /// The number of features seen by `fit`; nil before.
    public var nFeaturesIn: Int? { extremes.isEmpty ? nil : extremes.count }

    // MARK: Fit

    /// Finds the greatest absolute value of every column of `x`, forgetting those found before.
    ///
    /// - Throws: `EstimatorError.invalidInput` when `x` has no rows or columns or contains an infinite value.
    /// - Complexity: O(samples × features).
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        var fresh = MaxAbsScaler(clip: clip)
        try fresh.partialFit(x)
        self = fresh
    }

    /// Adds the rows of `x` to those that the greatest absolute values have been found in.
    ///
    /// - Throws: what ``fit(_:)-(Matrix<Scalar>)`` throws, and an error when `x` has another number of columns than
    ///   before.
    /// - Complexity: O(samples × features).
    public mutating func partialFit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        try Check.features(x, allowsNaN: true)
        if let nFeaturesIn { try Check.featureCount(x.columns, expected: nFeaturesIn) }
        merge(Extremes.ofColumns(x.doubles), rows: x.rows)
    }

    /// Takes in the extremes of further rows.
    mutating func merge(_ added: [Extremes], rows: Int) {
        extremes = extremes.isEmpty ? added : zip(extremes, added).map { $0.merged(with: $1) }
        nSamplesSeen += rows
    }

    // MARK: Transform

    /// The features divided by their scale, in a new matrix.
    ///
    /// - Parameter x: samples × features, as many features as `fit` has seen.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` when `x` has no rows, another
    ///   number of columns, or an infinite value.
    /// - Complexity: O(samples × features).
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "MaxAbsScaler")
        return try x.inDoublePrecision { x in
            try x.applyToRows(with: scale) { $0 / $1 }
            // The comparisons let NaN pass.
            if clip { x.apply { $0 < -1 ? -1 : $0 > 1 ? 1 : $0 } }
        }
    }

    /// The features that `transform` makes into `x`, in a new matrix; what it cut off is lost.
    ///
    /// - Throws: what `transform` throws.
    /// - Complexity: O(samples × features).
    public func inverseTransform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "MaxAbsScaler")
        return try x.inDoublePrecision { try $0.applyToRows(with: scale) { $0 * $1 } }
    }
}
