public import Estimators
public import LinearAlgebra

/// Brings every feature to mean 0 and variance 1.
///
/// Formula: z = (x − mean) / scale, where scale is the standard deviation √(Σ wᵢ (xᵢ − mean)² / Σ wᵢ) of the data given
/// to `fit`. A feature that is constant, up to rounding, has scale 1 and is only centered; so has one
/// whose variance overflows, with a warning.
///
/// ```swift
/// var scaler = StandardScaler()
/// let xTrainScaled = try scaler.fitTransform(xTrain)
/// let xTestScaled = try scaler.transform(xTest)
/// ```
///
/// NaN counts as a missing value: `fit` leaves it out, `transform` keeps it. Statistics are computed and kept in double
/// precision regardless of the precision of the features.
public struct StandardScaler: OneToOneTransformer, InvertibleTransformer, Equatable {
    /// Whether `transform` subtracts the mean. Default `true`.
    public var withMean: Bool

    /// Whether `transform` divides by the standard deviation. Default `true`.
    public var withStd: Bool

    var statistics: [ColumnStatistics] = []

    /// Whether a feature whose variance overflows is divided by its standard deviation. scikit-learn divides it by 1.
    var dividesByHugeScales = false

    /// An unfitted scaler.
    ///
    /// - Parameters:
    ///   - withMean: whether to center every feature at 0.
    ///   - withStd: whether to scale every feature to variance 1.
    public init(withMean: Bool = true, withStd: Bool = true) {
        self.withMean = withMean
        self.withStd = withStd
    }

    // MARK: Fitted attributes

    /// The mean of every feature; empty before `fit`, and where neither centering nor scaling is asked for.
    public var mean: [Double] { withMean || withStd ? statistics.map(\.mean) : [] }

    /// The variance of every feature; empty before `fit`, and where `withStd` is false.
    public var `var`: [Double] { withStd ? statistics.map(\.variance) : [] }

    /// The divisor of every feature; empty before `fit`, and where `withStd` is false.
    public var scale: [Double] { withStd ? statistics.map(divisor) : [] }

    private func divisor(of column: ColumnStatistics) -> Double {
        column.variance.isInfinite && !dividesByHugeScales ? 1 : column.scale
    }

    /// How many values `fit` has seen of every feature, NaN left out, or the sum of their weights; empty before `fit`.
    public var nSamplesSeen: [Double] { statistics.map(\.count) }

    /// The number of features seen by `fit`; nil before.
    public var nFeaturesIn: Int? { statistics.isEmpty ? nil : statistics.count }

    // MARK: Fit

    /// Computes mean and standard deviation of every column of `x`, and discards those computed before.
    ///
    /// - Throws: what ``fit(_:sampleWeight:)-(Matrix<Scalar>,_)`` throws.
    /// - Complexity: O(samples × features).
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        try fit(x, sampleWeight: nil)
    }

    /// Computes weighted mean and standard deviation of every column of `x`, and discards those computed before.
    ///
    /// - Parameters:
    ///   - x: samples × features.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    /// - Throws: `EstimatorError.invalidInput` if `x` has no rows or columns or contains an infinite value, or for
    ///   weights that are negative, not finite, or sum to 0.
    /// - Complexity: O(samples × features).
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>, sampleWeight: [Double]?) throws {
        self = try changed(self) {
            $0.statistics = []
            try $0.partialFit(x, sampleWeight: sampleWeight)
        }
    }

    /// Updates mean and standard deviation with the rows of `x`.
    ///
    /// The result is that of one `fit` on all rows, up to rounding: for tables that are read in batches.
    ///
    /// - Throws: what ``fit(_:sampleWeight:)-(Matrix<Scalar>,_)`` throws, and an error if `x` has another number of
    ///   columns than before.
    /// - Complexity: O(samples × features).
    public mutating func partialFit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>, sampleWeight: [Double]? = nil) throws {
        try Check.features(x, allowsNaN: true)
        try Check.sampleWeight(sampleWeight, count: x.rows)
        if let nFeaturesIn { try Check.featureCount(x.columns, expected: nFeaturesIn) }
        // Where there is nothing to learn samples are counted and not weighed, as in scikit-learn.
        let weights = withMean || withStd ? sampleWeight : nil
        let added = ColumnStatistics.ofColumns(
            Matrix(rows: x.rows, columns: x.columns, elements: Scalar.doubles(x.elements)), weights: weights)
        merge(added)
        let huge = statistics.indices.filter { statistics[$0].variance.isInfinite }
        if withStd, !dividesByHugeScales, !huge.isEmpty { FitWarnings.report(overflowIn: huge) }
    }

    /// Computes mean and standard deviation of powers, which may be huge.
    mutating func fitPowers(_ x: Matrix<Double>) throws {
        dividesByHugeScales = true
        try fit(x)
        dividesByHugeScales = statistics.contains { $0.variance.isInfinite }
    }

    /// Merges the statistics of further rows.
    mutating func merge(_ added: [ColumnStatistics]) {
        statistics = statistics.isEmpty ? added : zip(statistics, added).map { $0.merged(with: $1) }
    }

    /// What `fit` has learned, four numbers for every feature. Processes exchange it.
    package var statisticNumbers: [Double] {
        statistics.flatMap { [$0.count, $0.sum, $0.squaredDeviations, $0.unit] }
    }

    /// Merges what `fit` has learned from the first parts of the rows, in this order, and forgets what this scaler has.
    ///
    /// - Parameter parts: the ``statisticNumbers`` of each part.
    package mutating func setStatistics(merging parts: [[Double]]) {
        statistics = []
        for part in parts {
            merge(
                stride(from: 0, to: part.count, by: 4).map {
                    ColumnStatistics(
                        count: part[$0], sum: part[$0 + 1], squaredDeviations: part[$0 + 2], unit: part[$0 + 3])
                })
        }
    }

    // MARK: Transform

    /// The features centered and scaled, in a new matrix.
    ///
    /// - Parameter x: samples × features, as many features as in `fit`.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another
    ///   number of columns, or an infinite value.
    /// - Complexity: O(samples × features).
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "StandardScaler")
        var scaled = x
        scaled.withUnsafeMutableElements { elements in
            guard let start = elements.baseAddress else { return }
            Scalar.standardize(
                start, offset: withMean ? Scalar.rounding(mean) : nil, divisor: withStd ? Scalar.rounding(scale) : nil,
                rows: x.rows, columns: x.columns)
        }
        return try Check.representable(scaled, by: "StandardScaler")
    }

    /// Computes weighted mean and standard deviation of `x` and returns it centered and scaled.
    ///
    /// - Throws: what ``fit(_:sampleWeight:)-(Matrix<Scalar>,_)`` throws.
    /// - Complexity: O(samples × features).
    public mutating func fitTransform<Scalar: MatrixScalar>(
        _ x: Matrix<Scalar>, sampleWeight: [Double]?
    ) throws -> Matrix<Scalar> {
        try fit(x, sampleWeight: sampleWeight)
        return try transform(x)
    }

    /// The features of which `transform` makes `x`, in a new matrix.
    ///
    /// - Throws: what `transform` throws.
    /// - Complexity: O(samples × features).
    public func inverseTransform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "StandardScaler")
        var original = x
        original.withUnsafeMutableElements { elements in
            guard let start = elements.baseAddress else { return }
            Scalar.unstandardize(
                start, factor: withStd ? Scalar.rounding(scale) : nil, offset: withMean ? Scalar.rounding(mean) : nil,
                rows: x.rows, columns: x.columns)
        }
        return original
    }
}
