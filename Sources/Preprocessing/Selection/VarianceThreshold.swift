import Estimators
public import LinearAlgebra
public import ModelFiles

/// Keeps the features whose variance is above a threshold: by default, all that are not constant.
public struct VarianceThreshold: FeatureSelector, Equatable {
    /// The variance up to which a feature is left out, at least 0. Default 0.
    public var threshold: Double

    /// The variance of every feature; empty before `fit`. With ``threshold`` 0, the range of the values if that is less.
    public private(set) var variances: [Double] = []

    /// An unfitted selector.
    ///
    /// - Parameter threshold: the variance up to which a feature is left out, at least 0.
    public init(threshold: Double = 0) { self.threshold = threshold }

    /// Whether each feature's variance is above the threshold; empty before `fit`.
    public var support: [Bool] { variances.map { $0 > threshold } }

    /// True: missing values do not count.
    public var allowsMissingValues: Bool { true }

    /// Computes the variance of every column of `x`.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for a negative threshold; `EstimatorError.invalidInput` if `x` has no
    ///   rows or columns, contains an infinite value, or has no column with a variance above the threshold.
    /// - Complexity: O(samples × features).
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        try Check.require(
            threshold >= 0 && threshold.isFinite, parameter: "threshold", threshold, allowed: "a number in [0, ∞)")
        try Check.features(x, allowsNaN: true)
        let doubles = x.doubles
        let found = (0..<x.columns).map { column -> Double in
            let all: [Double] = doubles.column(column)
            let values = all.filter { !$0.isNaN }
            guard let least = values.min(), let greatest = values.max() else { return .nan }
            let mean = values.reduce(0, +) / Double(values.count)
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
            return threshold == 0 && values.count == all.count ? min(variance, greatest - least) : variance
        }
        try Check.require(
            found.contains { $0.isFinite && $0 > threshold }, "x",
            "must have a column with a variance above \(threshold), but the greatest is "
                + "\(found.filter(\.isFinite).max() ?? .nan)")
        variances = found
    }
}

extension VarianceThreshold: Storable {
    private enum CodingKeys: String, CodingKey { case threshold, variances }

    /// `VarianceThreshold`.
    public static var storedTypeName: String { "VarianceThreshold" }

    /// Decodes a selector.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        threshold = try container.decode(Double.self, forKey: .threshold)
        variances = try container.decodeVector(forKey: .variances)
    }

    /// Encodes the selector.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(threshold, forKey: .threshold)
        try container.encode(Tensor(variances), forKey: .variances)
    }

    /// Whether both are the same; a variance that is NaN equals itself.
    public static func == (one: VarianceThreshold, other: VarianceThreshold) -> Bool {
        one.threshold == other.threshold
            && one.variances.map(\.bitPattern) == other.variances.map(\.bitPattern)
    }
}
