public import Estimators
public import LinearAlgebra

/// Brings every feature into a given range.
///
/// Formula: z = x · scale + min with scale = (b − a) / (dataMax − dataMin) and min = a − dataMin · scale, where [a, b]
/// is the range asked for and the data those given to `fit`. A constant feature has dataMax − dataMin taken as 1.
///
/// NaN counts as a missing value: `fit` leaves it out, `transform` keeps it. Statistics are computed and kept in double
/// precision regardless of the precision of the features.
public struct MinMaxScaler: OneToOneTransformer, InvertibleTransformer, Equatable {
    /// The range of the transformed features, its first number below its second. Default (0, 1).
    public var featureRange: (Double, Double) {
        get { (lower, upper) }
        set { (lower, upper) = newValue }
    }

    /// Whether `transform` clips values outside of the range, in data not seen by `fit`. Default `false`.
    public var clip: Bool

    // Two numbers, since a tuple is not Equatable.
    var lower: Double
    var upper: Double
    var extremes: [Extremes] = []

    /// How many samples `fit` and `partialFit` have seen, NaN included; 0 before.
    public internal(set) var nSamplesSeen = 0

    /// An unfitted scaler.
    ///
    /// - Parameters:
    ///   - featureRange: the range of the transformed features.
    ///   - clip: whether to clip values outside of it.
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

    /// Finds the least and the greatest value of every column of `x`, and discards those found before.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for a range whose first number is not below its second;
    ///   `EstimatorError.invalidInput` if `x` has no rows or columns or contains an infinite value.
    /// - Complexity: O(samples × features).
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        self = try changed(MinMaxScaler(featureRange: featureRange, clip: clip)) { try $0.partialFit(x) }
    }

    /// Updates the least and greatest values with the rows of `x`.
    ///
    /// - Throws: what ``fit(_:)`` throws, and an error if `x` has another number of columns than before.
    /// - Complexity: O(samples × features).
    public mutating func partialFit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        try Check.require(
            lower.isFinite && upper.isFinite && lower < upper, parameter: "featureRange", featureRange,
            allowed: "two numbers, the first below the second")
        try Check.features(x, allowsNaN: true)
        if let nFeaturesIn { try Check.featureCount(x.columns, expected: nFeaturesIn) }
        let merged = changed(extremes) { $0.merge(Extremes.ofColumns(x.doubles)) }
        for (column, extremes) in merged.enumerated() {
            guard let minimum = extremes.minimum, let maximum = extremes.maximum else { continue }
            try Check.require(
                (maximum - minimum).isFinite, "x",
                "must have columns whose range is finite, but column \(column) reaches from \(minimum) to \(maximum)")
        }
        extremes = merged
        nSamplesSeen += x.rows
    }

    // MARK: Transform

    /// The features brought into the range, in a new matrix.
    ///
    /// - Parameter x: samples × features, as many features as in `fit`.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another
    ///   number of columns, or an infinite value.
    /// - Complexity: O(samples × features).
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "MinMaxScaler")
        return try x.inDoublePrecision(by: "MinMaxScaler") { x in
            try x.applyToRows(with: Array(zip(scale, min))) { $0 * $1.0 + $1.1 }
            // The comparisons let NaN pass.
            if clip { x.apply { $0 < lower ? lower : $0 > upper ? upper : $0 } }
        }
    }

    /// The features of which ``transform(_:)`` makes `x`, in a new matrix; clipped values are not restored.
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
