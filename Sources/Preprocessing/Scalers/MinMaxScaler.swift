public import Estimators
public import LinearAlgebra

/// Brings every feature into a given range.
///
/// Formula: z = x · scale + min with scale = (b − a) / (dataMax − dataMin) and min = a − dataMin · scale, where [a, b] is
/// the range asked for and the data those given to `fit`. A constant feature has dataMax − dataMin taken as 1.
///
/// NaN counts as a missing value: `fit` leaves it out, `transform` keeps it. Statistics are computed and kept in double
/// precision whatever the features' precision.
public struct MinMaxScaler: OneToOneTransformer, InvertibleTransformer, Equatable {
    /// The range of the transformed features, its first number below its second. Default (0, 1).
    public var featureRange: (Double, Double) {
        get { (lower, upper) }
        set { (lower, upper) = newValue }
    }

    /// Whether `transform` cuts off what lies outside of the range, in data that `fit` has not seen. Default `false`.
    public var clip: Bool

    // Two numbers, since a tuple is not Equatable.
    var lower: Double
    var upper: Double
    var extremes: [Extremes] = []

    /// How many samples `fit` and `partialFit` have seen, NaN included; 0 before.
    public internal(set) var nSamplesSeen = 0

    /// A scaler that has not been fitted.
    ///
    /// - Parameters:
    ///   - featureRange: the range of the transformed features.
    ///   - clip: whether to cut off what lies outside of it.
    public init(featureRange: (Double, Double) = (0, 1), clip: Bool = false) {
        (lower, upper) = featureRange
        self.clip = clip
    }

    // MARK: Fitted attributes

    /// The least value of every feature; NaN for a feature without values; empty before `fit`.
    public var dataMin: [Double] { extremes.map { $0.minimum ?? .nan } }

    /// The greatest value of every feature; NaN for a feature without values; empty before `fit`.
    public var dataMax: [Double] { extremes.map { $0.maximum ?? .nan } }

    /// `dataMax` − `dataMin`; empty before `fit`.
    public var dataRange: [Double] { zip(dataMax, dataMin).map { $0 - $1 } }

    /// What every feature is multiplied by; empty before `fit`.
    public var scale: [Double] { dataRange.map { (upper - lower) / scaleAvoidingZero($0) } }

    /// What is added to every feature after its multiplication; empty before `fit`.
    public var min: [Double] { zip(dataMin, scale).map { lower - $0 * $1 } }

    /// The number of features seen by `fit`; nil before.
    public var nFeaturesIn: Int? { extremes.isEmpty ? nil : extremes.count }

    // MARK: Fit

    /// Finds the least and the greatest value of every column of `x`, forgetting those found before.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for a range whose first number is not below its second;
    ///   `EstimatorError.invalidInput` when `x` has no rows or columns or contains an infinite value.
    /// - Complexity: O(samples × features).
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        var fresh = MinMaxScaler(featureRange: featureRange, clip: clip)
        try fresh.partialFit(x)
        self = fresh
    }

    /// Adds the rows of `x` to those that the least and greatest values have been found in.
    ///
    /// - Throws: what ``fit(_:)`` throws, and an error when `x` has another number of columns than before.
    /// - Complexity: O(samples × features).
    public mutating func partialFit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        guard lower.isFinite, upper.isFinite, lower < upper else {
            throw EstimatorError.invalidParameter(
                name: "featureRange", value: "\(featureRange)", allowed: "two numbers, the first below the second")
        }
        try Check.features(x, allowsNaN: true)
        if let nFeaturesIn { try Check.featureCount(x.columns, expected: nFeaturesIn) }
        let added = Extremes.ofColumns(x.doubles)
        extremes = extremes.isEmpty ? added : zip(extremes, added).map { $0.merged(with: $1) }
        nSamplesSeen += x.rows
    }

    // MARK: Transform

    /// The features brought into the range, in a new matrix.
    ///
    /// - Parameter x: samples × features, as many features as `fit` has seen.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` when `x` has no rows, another
    ///   number of columns, or an infinite value.
    /// - Complexity: O(samples × features).
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "MinMaxScaler")
        return try x.inDoublePrecision { x in
            try x.applyToRows(with: Array(zip(scale, min))) { $0 * $1.0 + $1.1 }
            // The comparisons let NaN pass.
            if clip { x.apply { $0 < lower ? lower : $0 > upper ? upper : $0 } }
        }
    }

    /// The features that ``transform(_:)`` makes into `x`, in a new matrix; what it cut off is lost.
    ///
    /// - Throws: what ``transform(_:)`` throws.
    /// - Complexity: O(samples × features).
    public func inverseTransform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "MinMaxScaler")
        return try x.inDoublePrecision { x in
            try x.applyToRows(with: Array(zip(scale, min))) { ($0 - $1.1) / $1.0 }
        }
    }
}
