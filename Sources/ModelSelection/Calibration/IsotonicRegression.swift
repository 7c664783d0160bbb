public import Estimators
import LinearAlgebra
import Metrics
public import ModelFiles
import RealModule

/// A regressor of one feature whose predictions never decrease, or never increase.
///
/// It minimizes Σ wᵢ (yᵢ − f(xᵢ))² over all monotonic functions f, and interpolates linearly between the samples.
///
/// ```swift
/// let isotonic = try IsotonicRegression(outOfBounds: .clip).fitted([1, 2, 3, 4], [1, 3, 2, 4])
/// try isotonic.predict([2.5, 9])   // [2.5, 4.0]
/// ```
public struct IsotonicRegression: Estimator, Equatable, Codable {
    /// The prediction for a feature outside of the range of the training features.
    public enum OutOfBounds: String, Sendable, Codable, CaseIterable {
        /// NaN.
        case nan
        /// The prediction for the nearest training feature.
        case clip
        /// None: `predict` throws.
        case raise
    }

    struct Fitted: Equatable, Codable, Sendable {
        @CodedAsTensor var x: [Double]
        @CodedAsTensor var y: [Double]
        let isIncreasing: Bool

        init(x: [Double], y: [Double], isIncreasing: Bool) {
            (self.x, self.y, self.isIncreasing) = (x, y, isIncreasing)
        }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: CodingKeys.self)
            let x: [Double] = try container.decodeVector(forKey: .x)
            try container.require(
                !x.isEmpty && zip(x, x.dropFirst()).allSatisfy { $0 < $1 }, .x, "must ascend and not be empty")
            self.init(
                x: x, y: try container.decodeVector(forKey: .y, count: x.count),
                isIncreasing: try container.decode(Bool.self, forKey: .isIncreasing))
        }
    }

    /// The lower bound of the predictions; nil for no bound. Default nil.
    public var yMin: Double?
    /// The upper bound of the predictions; nil for no bound. Default nil.
    public var yMax: Double?
    /// Whether predictions never decrease (`true`) or never increase (`false`). With `.auto`, the rank correlation of
    /// features and targets decides. Default `true`.
    public var increasing: BoolOrAuto
    /// The prediction outside of the range of the training features. Default `.nan`.
    public var outOfBounds: OutOfBounds

    var fitted: Fitted?

    /// A regressor with scikit-learn's defaults.
    public init(
        yMin: Double? = nil, yMax: Double? = nil, increasing: BoolOrAuto = true, outOfBounds: OutOfBounds = .nan
    ) {
        (self.yMin, self.yMax, self.increasing, self.outOfBounds) = (yMin, yMax, increasing, outOfBounds)
    }

    /// The features between which predictions are interpolated, in ascending order; empty before `fit`.
    public var xThresholds: [Double] { fitted?.x ?? [] }
    /// The predictions at ``xThresholds``; empty before `fit`.
    public var yThresholds: [Double] { fitted?.y ?? [] }
    /// The least training feature; nil before `fit`.
    public var xMin: Double? { fitted?.x.first }
    /// The greatest training feature; nil before `fit`.
    public var xMax: Double? { fitted?.x.last }
    /// Whether predictions never decrease, scikit-learn's `increasing_`; nil before `fit`.
    public var isIncreasing: Bool? { fitted?.isIncreasing }

    /// Learns from one number and one target per sample.
    ///
    /// - Parameters:
    ///   - x: one finite number per sample.
    ///   - y: one finite target per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    /// - Throws: `EstimatorError` for no samples, different numbers of features and targets, numbers that are not
    ///   finite, weights that are negative or sum to 0, and a lower bound above the upper bound.
    /// - Complexity: O(n log n).
    public mutating func fit(_ x: [Double], _ y: [Double], sampleWeight: [Double]?) throws {
        try Check.notEmpty(x.count, argument: "x")
        try Check.sameCount(y.count, argument: "y", as: x.count, of: "x")
        try Check.finite(x, argument: "x")
        try Check.finite(y, argument: "y")
        try Check.sampleWeight(sampleWeight, count: x.count)
        let isIncreasing = try increasing.value(automatic: checkIncreasing(x, y))
        let points = Points(x, y, sampleWeight: sampleWeight)
        let fit = try isotonicRegression(
            points.y, sampleWeight: points.weights, yMin: yMin, yMax: yMax, increasing: isIncreasing)
        // Points between equal neighbors say nothing.
        let kept = fit.indices.filter {
            $0 == 0 || $0 == fit.count - 1 || fit[$0] != fit[$0 - 1] || fit[$0] != fit[$0 + 1]
        }
        fitted = Fitted(x: kept.map { points.x[$0] }, y: kept.map { fit[$0] }, isIncreasing: isIncreasing)
    }

    /// The prediction for each number, by linear interpolation.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for numbers that are not finite
    ///   and, with `.raise`, for numbers outside of the range of the training features.
    /// - Complexity: O(log thresholds) for each number.
    public func predict(_ x: [Double]) throws -> [Double] {
        guard let fitted, let least = fitted.x.first, let greatest = fitted.x.last else {
            throw EstimatorError.notFitted(estimator: "IsotonicRegression")
        }
        try Check.finite(x, argument: "x")
        guard fitted.x.count > 1 else { return Array(repeating: fitted.y[0], count: x.count) }
        if outOfBounds == .raise {
            try Check.noElement(
                of: x, "x", where: { $0 < least || $0 > greatest },
                "must lie in \(least) ... \(greatest), as in the call of fit, unless outOfBounds is .nan or .clip")
        }
        return x.map { x in
            if outOfBounds == .nan, x < least || x > greatest { return .nan }
            return interpolated(at: x, fitted.x, fitted.y)
        }
    }

    /// The same as ``predict(_:)``, under the name that a transformer has.
    ///
    /// - Throws: what ``predict(_:)`` throws.
    public func transform(_ x: [Double]) throws -> [Double] { try predict(x) }
}

extension IsotonicRegression: Storable {
    /// `IsotonicRegression`.
    public static var storedTypeName: String { "IsotonicRegression" }
}

extension IsotonicRegression: PrintedAsInitializer {
    /// A regressor with every parameter at its default.
    public static var defaults: IsotonicRegression { IsotonicRegression() }
}

/// Distinct numbers in ascending order, with the weighted mean of the targets at each.
private struct Points {
    var x: [Double] = []
    var y: [Double] = []
    var weights: [Double] = []

    /// Numbers that differ by less than 10⁻¹⁵ count as one, as in scikit-learn.
    init(_ x: [Double], _ y: [Double], sampleWeight: [Double]?) {
        let order = x.indices.filter { (sampleWeight?[$0] ?? 1) > 0 }
            .sorted { (x[$0], y[$0], $0) < (x[$1], y[$1], $1) }
        var sum = 0.0
        for sample in order {
            let weight = sampleWeight?[sample] ?? 1
            if let last = self.x.last, x[sample] - last < 1e-15 {
                sum += y[sample] * weight
                weights[weights.count - 1] += weight
            } else {
                self.x.append(x[sample])
                self.y.append(0)
                weights.append(weight)
                sum = y[sample] * weight
            }
            self.y[self.y.count - 1] = sum / weights[weights.count - 1]
        }
    }
}

// MARK: - Functions

/// The monotonic sequence that is nearest to `y`: it minimizes Σ wᵢ (yᵢ − fᵢ)².
///
/// ```swift
/// try isotonicRegression([5, 3, 1, 2, 8])   // [2.75, 2.75, 2.75, 2.75, 8]
/// ```
///
/// - Parameters:
///   - y: finite numbers.
///   - sampleWeight: one positive weight per number; nil for 1 each.
///   - yMin: the least number of the result; nil for no bound.
///   - yMax: the greatest number of the result; nil for no bound.
///   - increasing: whether the result never decreases; otherwise it never increases.
/// - Throws: `EstimatorError` for no numbers, numbers that are not finite, weights that are not positive, and a lower
///   bound above the upper bound.
/// - Complexity: O(n).
public func isotonicRegression(
    _ y: [Double], sampleWeight: [Double]? = nil, yMin: Double? = nil, yMax: Double? = nil, increasing: Bool = true
) throws -> [Double] {
    try Check.notEmpty(y.count, argument: "y")
    try Check.finite(y, argument: "y")
    if let sampleWeight {
        try Check.sampleWeight(sampleWeight, count: y.count, of: "y")
        try Check.noElement(
            of: sampleWeight, "sampleWeight", where: { $0 <= 0 }, "must contain positive numbers only")
    }
    let (least, greatest) = (yMin ?? -.infinity, yMax ?? .infinity)
    try Check.require(
        least <= greatest, parameter: "yMin", least, allowed: "a number of at most yMax, which is \(greatest)")
    // Pools of neighbors with one mean, merged as long as two of them are in the wrong order.
    var pools: [(sum: Double, weight: Double, count: Int)] = []
    for index in increasing ? Array(y.indices) : y.indices.reversed() {
        let weight = sampleWeight?[index] ?? 1
        var pool = (sum: y[index] * weight, weight: weight, count: 1)
        while let last = pools.last, last.sum / last.weight >= pool.sum / pool.weight {
            pool = (last.sum + pool.sum, last.weight + pool.weight, last.count + pool.count)
            pools.removeLast()
        }
        pools.append(pool)
    }
    let fit = pools.flatMap { repeatElement(min(max($0.sum / $0.weight, least), greatest), count: $0.count) }
    return increasing ? fit : fit.reversed()
}

/// Whether targets tend to rise with the features: whether Spearman's rank correlation is at least 0.
///
/// Logs a warning if the 95% confidence interval of the correlation contains 0.
///
/// - Throws: `EstimatorError` for no samples, numbers of samples that differ, and numbers that are not finite.
/// - Complexity: O(n log n).
public func checkIncreasing(_ x: [Double], _ y: [Double]) throws -> Bool {
    try Check.notEmpty(x.count, argument: "x")
    try Check.sameCount(y.count, argument: "y", as: x.count, of: "x")
    try Check.finite(x, argument: "x")
    try Check.finite(y, argument: "y")
    let (first, second) = (centered(ranks(of: x)), centered(ranks(of: y)))
    func dot(_ a: [Double], _ b: [Double]) -> Double { pairwiseSum(zip(a, b).map { $0 * $1 }) }
    let correlation = dot(first, second) / (dot(first, first) * dot(second, second)).squareRoot()
    if abs(correlation) < 1, x.count > 3 {
        let center = 0.5 * Double.log((1 + correlation) / (1 - correlation))
        let width = 1.96 / Double(x.count - 3).squareRoot()
        if (center - width) * (center + width) < 0 {
            FitWarnings.warn(
                "The 95 % confidence interval of the rank correlation of x and y contains 0: whether y increases is "
                    + "uncertain.", kind: "the direction is uncertain")
        }
    }
    return correlation >= 0
}

/// The rank of each value from 1; equal values have the mean of their ranks.
private func ranks(of values: [Double]) -> [Double] {
    let order = values.indices.sorted { (values[$0], $0) < (values[$1], $1) }
    var ranks = [Double](repeating: 0, count: values.count)
    var start = 0
    while start < order.count {
        var end = start + 1
        while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
        for position in start..<end { ranks[order[position]] = Double(start + end + 1) / 2 }
        start = end
    }
    return ranks
}

private func centered(_ values: [Double]) -> [Double] {
    let center = mean(of: values)
    return values.map { $0 - center }
}

/// The value at `x` of the lines through the points, and of the outermost points beyond these.
///
/// - Precondition: `xs` ascends and is not empty.
func interpolated(at x: Double, _ xs: [Double], _ ys: [Double]) -> Double {
    guard x > xs[0] else { return ys[0] }
    guard x < xs[xs.count - 1] else { return ys[xs.count - 1] }
    var (low, high) = (0, xs.count)
    while high - low > 1 {
        let middle = (low + high) / 2
        if xs[middle] <= x { low = middle } else { high = middle }
    }
    if xs[low] == x { return ys[low] }
    return (ys[low + 1] - ys[low]) / (xs[low + 1] - xs[low]) * (x - xs[low]) + ys[low]
}
