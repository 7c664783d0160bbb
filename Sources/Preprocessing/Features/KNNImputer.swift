public import Estimators
public import LinearAlgebra
public import ModelFiles

/// Replaces a missing value by the mean of the nearest samples that have one.
///
/// The distance of two samples is Euclidean over the features that both have, scaled up to all features. A sample without
/// a feature in common with any other gets the feature's mean. Of equally distant samples, those that come first in `fit`
/// count as nearer.
public struct KNNImputer: Transformer, FeatureNaming, Equatable {
    /// How much each of the nearest samples counts.
    public enum Weights: String, CaseIterable, Codable, Sendable {
        /// All the same.
        case uniform
        /// By the inverse of the distance; where samples have the distance 0, only these.
        case distance
    }

    /// The mark of a missing value: `.nan` or a number. With a number, NaN is an error. Default `.nan`.
    public var missingValues: NumberOrNaN

    /// The number of samples that the mean is of, at least 1. Default 5.
    public var nNeighbors: Int

    /// How much each of these samples counts. Default `.uniform`.
    public var weights: Weights

    /// Whether to append, for every feature with missing values in `fit`, a column that is 1 where it was missing.
    /// Default `false`.
    public var addIndicator: Bool

    /// Whether a feature without any value stays, filled with 0. Default `false`.
    public var keepEmptyFeatures: Bool

    /// The samples of `fit`, NaN for missing values; nil before.
    package private(set) var samples: Matrix<Double>?
    private var indicator = MissingIndicator()

    /// An unfitted imputer.
    ///
    /// - Parameters:
    ///   - missingValues: the mark of a missing value.
    ///   - nNeighbors: the number of samples that the mean is of.
    ///   - weights: how much each of these samples counts.
    ///   - addIndicator: whether to append columns that say where values were missing.
    ///   - keepEmptyFeatures: whether features without any value stay.
    public init(
        missingValues: NumberOrNaN = .nan, nNeighbors: Int = 5, weights: Weights = .uniform, addIndicator: Bool = false,
        keepEmptyFeatures: Bool = false
    ) {
        (self.missingValues, self.nNeighbors, self.weights) = (missingValues, nNeighbors, weights)
        (self.addIndicator, self.keepEmptyFeatures) = (addIndicator, keepEmptyFeatures)
    }

    /// The number of features seen by `fit`; nil before.
    public var nFeaturesIn: Int? { samples?.columns }

    /// The features that have an indicator column; empty before `fit`, and without `addIndicator`.
    public var indicatorFeatures: [Int] { addIndicator ? indicator.features : [] }

    /// The names of the transformed features; those of indicators begin with `missingindicator_`.
    ///
    /// - Parameter inputFeatures: one name per feature; nil for `x0`, `x1`, ….
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for another number of names.
    public func getFeatureNamesOut(_ inputFeatures: [String]? = nil) throws -> [String] {
        let names = try featureNames(inputFeatures, nFeaturesIn: nFeaturesIn, of: "KNNImputer")
        return keptFeatures.map { names[$0] } + indicatorFeatures.map { "missingindicator_\(names[$0])" }
    }

    /// Keeps the samples of `x`.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for an `nNeighbors` below 1; `EstimatorError.invalidInput` if `x` has no
    ///   rows or columns, contains an infinite value, or NaN where that does not stand for a missing value.
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        try Check.require(
            nNeighbors >= 1, parameter: "nNeighbors", nNeighbors, allowed: "an integer of at least 1")
        indicator = try MissingIndicator(missingValues: missingValues, errorOnNew: false).fitted(x)
        samples = marked(x)
        FitWarnings.report(
            emptyFeatures: keepEmptyFeatures ? [] : (0..<x.columns).filter { !hasValue($0) }, by: "KNNImputer")
    }

    /// The features with missing values filled in, without those that `fit` saw no value of, followed by the indicators.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another number
    ///   of columns, an infinite value, or NaN where that does not stand for a missing value.
    /// - Complexity: O(samples with missing values × samples of `fit` × features).
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(
            x, nFeaturesIn: nFeaturesIn, of: "KNNImputer", allowsNaN: missingValues.value.isNaN)
        guard let samples else { return x }
        let (values, kept) = (marked(x), keptFeatures)
        let indicators = addIndicator ? try indicator.transform(x) : nil
        var elements: [Double] = []
        elements.reserveCapacity(x.rows * (kept.count + indicatorFeatures.count))
        for row in 0..<x.rows {
            var filled: [Double] = values.row(row)
            if filled.contains(where: \.isNaN) {
                let distances = distances(from: filled, to: samples)
                for feature in filled.indices where filled[feature].isNaN {
                    filled[feature] = hasValue(feature) ? mean(of: feature, distances, samples) : 0
                }
            }
            for feature in kept { elements.append(hasValue(feature) ? filled[feature] : 0) }
            if let indicators { for value in indicators.rowSlice(row) { elements.append(Double(value)) } }
        }
        return Matrix(
            rounding: Matrix(rows: x.rows, columns: kept.count + indicatorFeatures.count, elements: elements))
    }

    private func marked<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) -> Matrix<Double> {
        let marker = missingValues.rounded(to: Scalar.self)
        return x.doubles.map { marker.matches($0) ? .nan : $0 }
    }

    private func hasValue(_ feature: Int) -> Bool {
        guard let samples else { return false }
        return (0..<samples.rows).contains { !samples[$0, feature].isNaN }
    }

    private var keptFeatures: [Int] {
        (0..<(nFeaturesIn ?? 0)).filter { keepEmptyFeatures || hasValue($0) }
    }

    /// The distance to every sample; NaN to one without a feature in common.
    private func distances(from row: [Double], to samples: Matrix<Double>) -> [Double] {
        let width = samples.columns
        return samples.withUnsafeElements { elements in
            (0..<samples.rows).map { sample in
                var (sum, count) = (0.0, 0)
                for feature in 0..<width {
                    let difference = row[feature] - elements[sample &* width &+ feature]
                    if !difference.isNaN {
                        sum += difference * difference
                        count += 1
                    }
                }
                return count == 0 ? .nan : (Double(width) / Double(count) * sum).squareRoot()
            }
        }
    }

    /// The mean of a feature over the nearest samples that have it.
    private func mean(of feature: Int, _ distances: [Double], _ samples: Matrix<Double>) -> Double {
        let donors = distances.indices.filter { !samples[$0, feature].isNaN }
        let known = donors.filter { !distances[$0].isNaN }
        guard !known.isEmpty else {
            return donors.reduce(0) { $0 + samples[$1, feature] } / Double(donors.count)
        }
        let nearest = known.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(nNeighbors)
        let isThere = weights == .distance && nearest.contains { distances[$0] == 0 }
        var (sum, total) = (0.0, 0.0)
        for sample in nearest {
            let distance = distances[sample]
            let weight = weights == .uniform ? 1 : isThere ? (distance == 0 ? 1 : 0) : 1 / distance
            sum += weight * samples[sample, feature]
            total += weight
        }
        return sum / total
    }
}

extension KNNImputer: Storable {
    private enum CodingKeys: String, CodingKey {
        case missingValues, nNeighbors, weights, addIndicator, keepEmptyFeatures, samples, indicator
    }

    /// `KNNImputer`.
    public static var storedTypeName: String { "KNNImputer" }

    /// Decodes an imputer.
    ///
    /// - Throws: `DecodingError` for samples that cannot be used.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            missingValues: try container.decode(NumberOrNaN.self, forKey: .missingValues),
            nNeighbors: try container.decodeCount(forKey: .nNeighbors, from: 1),
            weights: try container.decode(Weights.self, forKey: .weights),
            addIndicator: try container.decode(Bool.self, forKey: .addIndicator),
            keepEmptyFeatures: try container.decode(Bool.self, forKey: .keepEmptyFeatures))
        guard container.contains(.samples) else { return }
        let read: Matrix<Double> = try container.decodeMatrix(forKey: .samples)
        indicator = try container.decode(MissingIndicator.self, forKey: .indicator)
        try container.require(
            read.rows > 0 && read.columns > 0 && !read.elements.contains(where: \.isInfinite), .samples,
            "must be finite numbers or NaN")
        try container.require(
            indicator.nFeaturesIn == read.columns && indicator.missingValues == missingValues && !indicator.errorOnNew,
            .indicator, "must be of the \(read.columns) features of the samples")
        samples = read
    }

    /// Encodes the imputer.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(missingValues, forKey: .missingValues)
        try container.encode(nNeighbors, forKey: .nNeighbors)
        try container.encode(weights, forKey: .weights)
        try container.encode(addIndicator, forKey: .addIndicator)
        try container.encode(keepEmptyFeatures, forKey: .keepEmptyFeatures)
        guard let samples else { return }
        try container.encode(Tensor(samples), forKey: .samples)
        try container.encode(indicator, forKey: .indicator)
    }

    /// Whether both are the same; a missing value equals itself.
    public static func == (one: KNNImputer, other: KNNImputer) -> Bool {
        one.missingValues == other.missingValues && one.nNeighbors == other.nNeighbors && one.weights == other.weights
            && one.addIndicator == other.addIndicator && one.keepEmptyFeatures == other.keepEmptyFeatures
            && one.indicator == other.indicator && one.samples?.columns == other.samples?.columns
            && one.samples?.elements.map(\.bitPattern) == other.samples?.elements.map(\.bitPattern)
    }
}
