public import Estimators
public import LinearAlgebra

/// Centers every feature at its median and divides it by the distance of two quantiles, on which outliers have little
/// effect.
///
/// Formula: z = (x − center) / scale, where center is the median of the data given to `fit` and scale the distance of
/// the quantiles of `quantileRange`, interpolated linearly. A scale of 0 is taken as 1.
///
/// NaN counts as a missing value: `fit` leaves it out, `transform` keeps it. Statistics are computed and kept in double
/// precision regardless of the precision of the features.
public struct RobustScaler: OneToOneTransformer, InvertibleTransformer, Equatable, Codable {
    /// Whether to subtract the median. Default `true`.
    public var withCentering: Bool

    /// Whether to divide by the distance of the quantiles. Default `true`.
    public var withScaling: Bool

    /// The two quantiles in percent, 0 ≤ first ≤ second ≤ 100. Default (25, 75), the interquartile range.
    public var quantileRange: (Double, Double) {
        get { (lowerPercent, upperPercent) }
        set { (lowerPercent, upperPercent) = newValue }
    }

    /// Whether to divide the scale by the distance of the same quantiles of the standard normal distribution, so that
    /// normal features get variance 1. Default `false`.
    public var unitVariance: Bool

    // Two numbers, since a tuple is neither Equatable nor Codable.
    private var lowerPercent: Double
    private var upperPercent: Double
    var fitted: Fitted?

    /// What `fit` learns; a feature without values has nil, not NaN, which differs from itself.
    struct Fitted: Equatable {
        var nFeatures: Int
        var center: [Double?]?
        var scale: [Double?]?
    }

    /// An unfitted scaler.
    ///
    /// - Parameters:
    ///   - withCentering: whether to subtract the median.
    ///   - withScaling: whether to divide by the distance of the quantiles.
    ///   - quantileRange: the two quantiles, in percent.
    ///   - unitVariance: whether normal features get variance 1.
    public init(
        withCentering: Bool = true, withScaling: Bool = true, quantileRange: (Double, Double) = (25, 75),
        unitVariance: Bool = false
    ) {
        self.withCentering = withCentering
        self.withScaling = withScaling
        (lowerPercent, upperPercent) = quantileRange
        self.unitVariance = unitVariance
    }

    // MARK: Fitted attributes

    /// The median of every feature; empty before `fit`, and where it was fitted without centering.
    public var center: [Double] { fitted?.center?.map { $0 ?? .nan } ?? [] }

    /// The divisor of every feature; empty before `fit`, and where it was fitted without scaling.
    public var scale: [Double] { fitted?.scale?.map { $0 ?? .nan } ?? [] }

    /// The number of features seen by `fit`; nil before.
    public var nFeaturesIn: Int? { fitted?.nFeatures }

    // MARK: Fit

    /// Computes median and quantiles of every column of `x`.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for a `quantileRange` that is out of order or out of [0, 100];
    ///   `EstimatorError.invalidInput` if `x` has no rows or columns or contains an infinite value.
    /// - Complexity: O(features × samples × log samples).
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        let unit = try normalDistance()
        try Check.features(x, allowsNaN: true)
        let doubles = x.doubles
        var (centers, scales): ([Double?], [Double?]) = ([], [])
        for column in 0..<x.columns {
            let values = doubles.sortedColumn(column)
            if values.isEmpty {
                centers.append(nil)
                scales.append(nil)
                continue
            }
            func percentile(_ percent: Double) -> Double { QuantileMethod.linear.quantile(percent / 100, of: values) }
            let (lower, upper) = (percentile(lowerPercent), percentile(upperPercent))
            try Check.require(
                !withScaling || (upper - lower).isFinite, "x",
                "must have quantiles whose distance is finite, but those of column \(column) are \(lower) and \(upper)"
            )
            centers.append(values.medianOfSorted)
            scales.append(scaleAvoidingZero(upper - lower) / unit)
        }
        fitted = Fitted(
            nFeatures: x.columns, center: withCentering ? centers : nil, scale: withScaling ? scales : nil)
    }

    /// The distance of the two quantiles of the standard normal distribution where it counts, else 1.
    private func normalDistance() throws -> Double {
        try Check.require(
            0 <= lowerPercent && lowerPercent <= upperPercent && upperPercent <= 100, parameter: "quantileRange",
            quantileRange, allowed: "two numbers in [0, 100], the first not above the second")
        guard unitVariance, withScaling else { return 1 }
        let distance = normalQuantile(upperPercent / 100) - normalQuantile(lowerPercent / 100)
        try Check.require(
            distance.isFinite && distance > 0, parameter: "quantileRange", quantileRange,
            allowed: "two numbers in (0, 100), the first below the second, where unitVariance is true")
        return distance
    }

    // MARK: Transform

    /// The features centered and scaled, in a new matrix.
    ///
    /// - Parameter x: samples × features, as many features as in `fit`.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another
    ///   number of columns, or an infinite value.
    /// - Complexity: O(samples × features).
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "RobustScaler")
        return try x.inDoublePrecision(by: "RobustScaler") { x in
            if fitted?.center != nil { try x.applyToRows(with: center) { $0 - $1 } }
            if fitted?.scale != nil { try x.applyToRows(with: scale) { $0 / $1 } }
        }
    }

    /// The features of which ``transform(_:)`` makes `x`, in a new matrix.
    ///
    /// - Throws: what ``transform(_:)`` throws.
    /// - Complexity: O(samples × features).
    public func inverseTransform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "RobustScaler")
        return try x.inDoublePrecision { x in
            if fitted?.scale != nil { try x.applyToRows(with: scale) { $0 * $1 } }
            if fitted?.center != nil { try x.applyToRows(with: center) { $0 + $1 } }
        }
    }
}
