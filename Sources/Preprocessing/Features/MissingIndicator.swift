public import Estimators
public import LinearAlgebra
public import ModelFiles

/// Makes columns that are 1 where a value of a feature is missing, and 0 elsewhere.
///
/// Beside an imputer, in a `FeatureUnion`, it lets a model learn from what is missing. `SimpleImputer(addIndicator:)` does
/// both.
public struct MissingIndicator: Transformer, FeatureNaming, Equatable {
    /// Which features have a column.
    public enum Features: String, CaseIterable, Codable, Sendable {
        /// Those with missing values in `fit`.
        case missingOnly
        /// All.
        case all
    }

    /// The mark of a missing value: `.nan` or a number. With a number, NaN is an error. Default `.nan`.
    public var missingValues: NumberOrNaN

    /// Which features have a column. Default `.missingOnly`.
    public var featuresSource: Features

    /// Whether `transform` throws if a feature has missing values that had none in `fit`; only with `.missingOnly`. Default
    /// `true`.
    public var errorOnNew: Bool

    /// The features that have a column, in ascending order; empty before `fit`.
    public private(set) var features: [Int] = []

    /// The number of features seen by `fit`; nil before.
    public private(set) var nFeaturesIn: Int?

    /// An unfitted indicator.
    ///
    /// - Parameters:
    ///   - missingValues: the mark of a missing value.
    ///   - features: which features have a column, property ``featuresSource``.
    ///   - errorOnNew: whether `transform` throws if a feature has missing values that had none in `fit`.
    public init(missingValues: NumberOrNaN = .nan, features: Features = .missingOnly, errorOnNew: Bool = true) {
        (self.missingValues, featuresSource, self.errorOnNew) = (missingValues, features, errorOnNew)
    }

    /// The names of the columns: `missingindicator_x0`.
    ///
    /// - Parameter inputFeatures: one name per feature; nil for `x0`, `x1`, ….
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for another number of names.
    public func getFeatureNamesOut(_ inputFeatures: [String]? = nil) throws -> [String] {
        let names = try featureNames(inputFeatures, nFeaturesIn: nFeaturesIn, of: "MissingIndicator")
        return features.map { "missingindicator_\(names[$0])" }
    }

    /// Finds the features of `x` with missing values.
    ///
    /// - Throws: `EstimatorError.invalidInput` if `x` has no rows or columns, contains an infinite value, or NaN where that
    ///   does not stand for a missing value.
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        try Check.features(x, allowsNaN: missingValues.value.isNaN)
        features = featuresSource == .all ? Array(0..<x.columns) : missing(in: x)
        nFeaturesIn = x.columns
    }

    /// One column of zeros and ones for each of ``features``.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another number
    ///   of columns, an infinite value, NaN where that does not stand for a missing value, or with ``errorOnNew`` missing
    ///   values of a feature that had none.
    /// - Complexity: O(samples × features).
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(
            x, nFeaturesIn: nFeaturesIn, of: "MissingIndicator", allowsNaN: missingValues.value.isNaN)
        if errorOnNew, featuresSource == .missingOnly {
            let new = missing(in: x).filter { !features.contains($0) }
            try Check.require(
                new.isEmpty, "x",
                "must have no missing value in column \(new.first ?? 0), which had none in fit; errorOnNew: false ignores "
                    + "it")
        }
        let marker = missingValues.rounded(to: Scalar.self)
        return x.selectingColumns(features).map { marker.matches(Double($0)) ? 1 : 0 }
    }

    private func missing<Scalar: MatrixScalar>(in x: Matrix<Scalar>) -> [Int] {
        let marker = missingValues.rounded(to: Scalar.self)
        return (0..<x.columns).filter { column in
            (0..<x.rows).contains { marker.matches(Double(x[$0, column])) }
        }
    }
}

extension MissingIndicator: Storable {
    private enum CodingKeys: String, CodingKey { case missingValues, featuresSource, errorOnNew, features, nFeaturesIn }

    /// `MissingIndicator`.
    public static var storedTypeName: String { "MissingIndicator" }

    /// Decodes an indicator.
    ///
    /// - Throws: `DecodingError` for features that there are not.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            missingValues: try container.decode(NumberOrNaN.self, forKey: .missingValues),
            features: try container.decode(Features.self, forKey: .featuresSource),
            errorOnNew: try container.decode(Bool.self, forKey: .errorOnNew))
        nFeaturesIn = try container.decodeCountIfPresent(forKey: .nFeaturesIn, from: 1)
        features = try container.decodeVector(forKey: .features)
        try container.requireAscending(features, below: nFeaturesIn ?? 0, .features, "features")
    }

    /// Encodes the indicator.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(missingValues, forKey: .missingValues)
        try container.encode(featuresSource, forKey: .featuresSource)
        try container.encode(errorOnNew, forKey: .errorOnNew)
        try container.encodeIfPresent(nFeaturesIn, forKey: .nFeaturesIn)
        try container.encode(Tensor(features), forKey: .features)
    }
}
