public import Estimators
public import LinearAlgebra
import NumPyRandom

/// Gives every feature a uniform or a normal distribution, by its own empirical distribution function.
///
/// A value becomes its place among the quantiles of the data given to `fit`, interpolated linearly, and for `.normal`
/// the quantile of the standard normal distribution at that place. Values beyond those seen become the ends.
///
/// NaN counts as a missing value: `fit` leaves it out, `transform` keeps it. Everything is computed and kept in double
/// precision regardless of the precision of the features.
public struct QuantileTransformer: OneToOneTransformer, InvertibleTransformer, Equatable, Codable {
    /// The distribution of the transformed features.
    public enum OutputDistribution: String, CaseIterable, Codable, Sendable {
        /// Uniform from 0 to 1.
        case uniform
        /// Normal with mean 0 and variance 1.
        case normal
    }

    /// The number of quantiles, from 1 to `subsample`; no more than samples are used. Default 1000.
    public var nQuantiles: Int

    /// The distribution of the transformed features. Default `.uniform`.
    public var outputDistribution: OutputDistribution

    /// The most samples from which quantiles are computed, at least 1; of more, as many are drawn; nil for any number.
    /// Default 10 000.
    public var subsample: Int?

    /// The seed of the draw; nil for another every time. Default nil.
    public var randomState: UInt32?

    private var fitted: Fitted?

    /// An unfitted transformer.
    ///
    /// - Parameters:
    ///   - nQuantiles: the number of quantiles.
    ///   - outputDistribution: the distribution of the transformed features.
    ///   - subsample: the most samples from which quantiles are computed.
    ///   - randomState: the seed of the draw of samples.
    public init(
        nQuantiles: Int = 1000, outputDistribution: OutputDistribution = .uniform, subsample: Int? = 10_000,
        randomState: UInt32? = nil
    ) {
        self.nQuantiles = nQuantiles
        self.outputDistribution = outputDistribution
        self.subsample = subsample
        self.randomState = randomState
    }

    // MARK: Fitted attributes

    /// The places of the quantiles, from 0 to 1, `nQuantiles` of them or as many as samples; empty before `fit`.
    public var references: [Double] { fitted?.references ?? [] }

    /// Quantiles × features; NaN for a feature without values; no rows before `fit`.
    public var quantiles: Matrix<Double> {
        guard let fitted else { return Matrix(rows: 0, columns: 0, elements: []) }
        let missing = [Double](repeating: .nan, count: fitted.references.count)
        let columns = fitted.quantiles.map { $0.isEmpty ? missing : $0 }
        return Matrix(rows: columns.count, columns: missing.count, elements: Array(columns.joined())).transposed
    }

    /// The number of features seen by `fit`; nil before.
    public var nFeaturesIn: Int? { fitted?.quantiles.count }

    // MARK: Fit

    static let constraints: [ParameterConstraint<QuantileTransformer>] = [
        .integer("nQuantiles", \.nQuantiles, from: 1),
        ParameterConstraint("subsample", \.subsample, allowed: "nil or an integer of at least 1") { $0 ?? 1 >= 1 },
    ]

    /// Computes the quantiles of every column of `x`.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for parameters out of range; `EstimatorError.invalidInput` if `x`
    ///   has no rows or columns or contains an infinite value.
    /// - Complexity: O(features × samples × log samples).
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        for constraint in QuantileTransformer.constraints { try constraint.check(self) }
        try Check.require(
            nQuantiles <= subsample ?? .max, parameter: "nQuantiles", nQuantiles,
            allowed: "at most subsample, \(subsample ?? 0)")
        try Check.features(x, allowsNaN: true)
        if nQuantiles > x.rows {
            FitWarnings.report(
                FitWarning(
                    "QuantileTransformer: nQuantiles \(nQuantiles) exceeds the \(x.rows) samples; there are as many "
                        + "quantiles as samples.",
                    kind: "QuantileTransformer has fewer samples than nQuantiles, and as many quantiles as samples."))
        }
        var doubles = x.doubles
        let references = linspace(0, 1, count: min(nQuantiles, x.rows))
        if let subsample, subsample < x.rows {
            var random = RandomState(seed: randomState)
            doubles = doubles.selectingRows(Array(try random.permutation(x.rows).prefix(subsample)))
        }
        let quantiles = (0..<x.columns).map { column -> [Double] in
            let values = doubles.sortedColumn(column)
            return values.isEmpty ? [] : references.map { QuantileMethod.linear.quantile($0 * 100 / 100, of: values) }
        }
        fitted = Fitted(references: references, quantiles: quantiles)
    }

    // MARK: Transform

    /// The features with the new distribution, in a new matrix.
    ///
    /// - Parameter x: samples × features, as many features as in `fit`.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another
    ///   number of columns, or an infinite value.
    /// - Complexity: O(samples × features × log quantiles).
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try mapped(x, place)
    }

    /// The features of which ``transform(_:)`` makes `x`, except for values beyond those seen by `fit`.
    ///
    /// - Throws: what ``transform(_:)`` throws.
    /// - Complexity: O(samples × features × log quantiles).
    public func inverseTransform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try mapped(x, value)
    }

    /// The features with `change` applied to every value, together with its feature's quantiles and the references.
    private func mapped<Scalar: MatrixScalar>(
        _ x: Matrix<Scalar>, _ change: (Double, Knots) -> Double
    ) throws -> Matrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "QuantileTransformer")
        let knots = (fitted?.quantiles ?? []).map { Knots(quantiles: $0, references: references) }
        return try x.inDoublePrecision(by: "QuantileTransformer") { x in
            try x.applyToRows(with: knots) { value, knots in
                value.isNaN || knots.quantiles.isEmpty ? .nan : change(value, knots)
            }
        }
    }

    private struct Knots {
        let quantiles: [Double]
        let references: [Double]
        /// Both in ascending order of their opposites.
        let oppositeQuantiles: [Double]
        let oppositeReferences: [Double]

        init(quantiles: [Double], references: [Double]) {
            self.quantiles = quantiles
            self.references = references
            oppositeQuantiles = quantiles.reversed().map { -$0 }
            oppositeReferences = references.reversed().map { -$0 }
        }
    }

    /// The distance from an end of the distribution at which a value counts as the end, where the normal quantile would
    /// be infinite.
    package static let margin = 1e-7

    private func place(of value: Double, among knots: Knots) -> Double {
        let (quantiles, references) = (knots.quantiles, knots.references)
        let isNormal = outputDistribution == .normal
        let margin = isNormal ? QuantileTransformer.margin : 0
        let least = quantiles[0]
        let greatest = quantiles[quantiles.count - 1]
        var place: Double
        if isNormal ? value - margin < least : value == least {
            place = 0
        } else if isNormal ? value + margin > greatest : value == greatest {
            place = 1
        } else {
            // Of a value that several quantiles share, the middle of its places: from below and from above.
            place =
                0.5
                * (interpolate(value, quantiles, references)
                    - interpolate(-value, knots.oppositeQuantiles, knots.oppositeReferences))
        }
        guard isNormal else { return place }
        place = normalQuantile(place)
        let end = QuantileTransformer.margin - Double.ulpOfOne
        return min(max(place, normalQuantile(end)), normalQuantile(1 - end))
    }

    private func value(at place: Double, among knots: Knots) -> Double {
        let isNormal = outputDistribution == .normal
        let place = isNormal ? normalProbability(place) : place
        if isNormal ? place - QuantileTransformer.margin < 0 : place == 0 { return knots.quantiles[0] }
        if isNormal ? place + QuantileTransformer.margin > 1 : place == 1 {
            return knots.quantiles[knots.quantiles.count - 1]
        }
        return interpolate(place, knots.references, knots.quantiles)
    }
}

/// The piecewise linear function through the knots (`xs`, `ys`) at `x`; constant beyond their ends.
///
/// - Precondition: `xs` is ascending and not empty, `ys` as long, and `x` is not NaN.
func interpolate(_ x: Double, _ xs: [Double], _ ys: [Double]) -> Double {
    // The first knot above x.
    var (low, high) = (0, xs.count)
    while low < high {
        let middle = (low + high) / 2
        if xs[middle] <= x { low = middle + 1 } else { high = middle }
    }
    if low == 0 { return ys[0] }
    if low == xs.count { return ys[xs.count - 1] }
    let (x0, x1, y0, y1) = (xs[low - 1], xs[low], ys[low - 1], ys[low])
    if x == x0 { return y0 }
    let slope = (y1 - y0) / (x1 - x0)
    // Halved where a distance overflows.
    guard (x1 - x0).isFinite, (y1 - y0).isFinite, slope.isFinite else {
        let share = (x / 2 - x0 / 2) / (x1 / 2 - x0 / 2)
        return y0 * (1 - share) + y1 * share
    }
    return slope * (x - x0) + y0
}
