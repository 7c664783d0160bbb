public import Estimators
public import LinearAlgebra
public import ModelFiles

/// Replaces every feature by the values of B-splines, with which a linear model can follow a curve.
///
/// A feature becomes `nKnots + degree − 1` columns, of which at most `degree + 1` are not 0.
public struct SplineTransformer: Transformer, FeatureNaming, Equatable {
    /// Where the knots of every feature are.
    public enum Knots: Hashable, Codable, Sendable, ExpressibleByArrayLiteral {
        /// Evenly spaced between the least and the greatest value.
        case uniform
        /// At evenly spaced quantiles.
        case quantile
        /// At these places: knots × features, ascending.
        case given([[Double]])

        /// Knots × features.
        public init(arrayLiteral rows: [Double]...) { self = .given(rows) }
    }

    /// What becomes of values beyond the knots.
    public enum Extrapolation: String, CaseIterable, Codable, Sendable {
        /// An error is thrown.
        case error
        /// The splines stay as at the outermost knot.
        case constant
        /// The splines go on along their tangents.
        case linear
        /// The polynomials go on.
        case `continue`
        /// The values start again at the first knot.
        case periodic
    }

    /// What becomes of NaN.
    public enum HandleMissing: String, CaseIterable, Codable, Sendable {
        /// An error is thrown.
        case error
        /// All splines are 0.
        case zeros
    }

    /// The number of knots of every feature, at least 2; not used with `.given`. Default 5.
    public var nKnots: Int
    /// The degree of the polynomials, at least 0. Default 3.
    public var degree: Int
    /// Where the knots of every feature are. Default `.uniform`.
    public var knots: Knots
    /// What becomes of values beyond the knots. Default `.constant`.
    public var extrapolation: Extrapolation
    /// Whether all splines stay, which sum to 1; otherwise the last of every feature is left out. Default `true`.
    public var includeBias: Bool
    /// What becomes of NaN. Default `.error`.
    public var handleMissing: HandleMissing

    /// The splines of every feature; empty before `fit`.
    package private(set) var bases: [SplineBasis] = []

    /// An unfitted transformer.
    ///
    /// - Parameters:
    ///   - nKnots: the number of knots of every feature.
    ///   - degree: the degree of the polynomials.
    ///   - knots: where the knots of every feature are.
    ///   - extrapolation: what becomes of values beyond the knots.
    ///   - includeBias: whether all splines stay.
    ///   - handleMissing: what becomes of NaN.
    public init(
        nKnots: Int = 5, degree: Int = 3, knots: Knots = .uniform, extrapolation: Extrapolation = .constant,
        includeBias: Bool = true, handleMissing: HandleMissing = .error
    ) {
        (self.nKnots, self.degree, self.knots, self.extrapolation) = (nKnots, degree, knots, extrapolation)
        (self.includeBias, self.handleMissing) = (includeBias, handleMissing)
    }

    /// The number of features seen by `fit`; nil before.
    public var nFeaturesIn: Int? { bases.isEmpty ? nil : bases.count }

    /// The number of columns that `transform` makes; nil before `fit`.
    public var nFeaturesOut: Int? { nFeaturesIn.map { $0 * columnsPerFeature } }

    private var columnsPerFeature: Int { (bases.first?.count ?? 0) - (includeBias ? 0 : 1) }

    /// The names of the columns: `x0_sp_0`.
    ///
    /// - Parameter inputFeatures: one name per feature; nil for `x0`, `x1`, ….
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for another number of names.
    public func getFeatureNamesOut(_ inputFeatures: [String]? = nil) throws -> [String] {
        let names = try featureNames(inputFeatures, nFeaturesIn: nFeaturesIn, of: "SplineTransformer")
        return names.flatMap { name in (0..<columnsPerFeature).map { "\(name)_sp_\($0)" } }
    }

    /// Places the knots of every column of `x`.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for parameters out of range; `EstimatorError.invalidInput` if `x` has no
    ///   columns or fewer than two rows, contains an infinite value, or NaN with `handleMissing` `.error`.
    /// - Complexity: O(features × samples × log samples).
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        try Check.require(
            (0...1000).contains(degree), parameter: "degree", degree, allowed: "an integer from 0 to 1000")
        try Check.require(
            (2...1_000_000).contains(nKnots), parameter: "nKnots", nKnots, allowed: "an integer from 2 to 1000000")
        try Check.features(x, allowsNaN: handleMissing == .zeros)
        try Check.require(x.rows >= 2, "x", "must have at least two rows, but has \(x.rows)")
        let doubles = x.doubles
        let places = try (0..<x.columns).map { try base(doubles, $0) }
        try Check.require(
            extrapolation != .periodic || places[0].count > degree, parameter: "degree", degree,
            allowed: "less than the number of knots, \(places[0].count), where extrapolation is .periodic")
        bases = places.map { SplineBasis(knots: $0, degree: degree, isPeriodic: extrapolation == .periodic) }
    }

    /// The knots of a column within its range.
    private func base(_ x: Matrix<Double>, _ column: Int) throws -> [Double] {
        let sorted = x.sortedColumn(column)
        switch knots {
        case .uniform: return linspace(sorted.first ?? 0, sorted.last ?? 0, count: nKnots)
        case .quantile:
            return linspace(0, 1, count: nKnots).map {
                sorted.isEmpty ? .nan : QuantileMethod.linear.quantile($0, of: sorted)
            }
        case .given(let rows):
            try Check.require(
                rows.count >= 2 && rows.allSatisfy { $0.count == x.columns && $0.allSatisfy(\.isFinite) },
                parameter: "knots", rows, allowed: "at least two rows of \(x.columns) finite numbers, one per feature")
            let places = rows.map { $0[column] }
            try Check.require(
                zip(places, places.dropFirst()).allSatisfy { $0 < $1 }, parameter: "knots", rows,
                allowed: "in ascending order without duplicates")
            return places
        }
    }

    /// The values of the splines, in a new matrix: the columns of the first feature, then those of the second, ….
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another number
    ///   of columns, an infinite value, NaN with `handleMissing` `.error`, or a value beyond the knots with `extrapolation`
    ///   `.error`.
    /// - Complexity: O(samples × features × (degree² + splines)).
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(
            x, nFeaturesIn: nFeaturesIn, of: "SplineTransformer", allowsNaN: handleMissing == .zeros)
        let doubles = x.doubles
        let width = columnsPerFeature
        var result = Matrix<Double>(rows: x.rows, columns: width * bases.count, repeating: 0)
        for (feature, basis) in bases.enumerated() {
            for row in 0..<x.rows where !doubles[row, feature].isNaN {
                let value = doubles[row, feature]
                try Check.require(
                    extrapolation != .error || basis.range.contains(value), "x",
                    "must lie within the knots, \(basis.range) for column \(feature), but x[\(row), \(feature)] is "
                        + "\(value); extrapolation: says what else to do with it")
                let splines = basis.values(at: value, extrapolation)
                for column in 0..<width { result[row, feature * width + column] = splines[column] }
            }
        }
        return try Check.representable(Matrix(rounding: result), by: "SplineTransformer")
    }
}

extension SplineTransformer: Storable {
    private enum CodingKeys: String, CodingKey {
        case nKnots, degree, knots, extrapolation, includeBias, handleMissing, bases
    }

    /// `SplineTransformer`.
    public static var storedTypeName: String { "SplineTransformer" }

    /// Decodes a transformer.
    ///
    /// - Throws: `DecodingError` for knots that no features have.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            nKnots: try container.decode(Int.self, forKey: .nKnots),
            degree: try container.decode(Int.self, forKey: .degree),
            knots: try container.decode(Knots.self, forKey: .knots),
            extrapolation: try container.decode(Extrapolation.self, forKey: .extrapolation),
            includeBias: try container.decode(Bool.self, forKey: .includeBias),
            handleMissing: try container.decode(HandleMissing.self, forKey: .handleMissing))
        guard container.contains(.bases) else { return }
        let places: Matrix<Double> = try container.decodeMatrix(forKey: .bases)
        try container.require(
            places.rows > 0 && places.columns >= 2 && (0...1000).contains(degree)
                && (extrapolation != .periodic || places.columns > degree), .bases,
            "must have at least two knots for every feature")
        bases = (0..<places.rows).map {
            SplineBasis(knots: places.row($0), degree: degree, isPeriodic: extrapolation == .periodic)
        }
    }

    /// Encodes the transformer.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(nKnots, forKey: .nKnots)
        try container.encode(degree, forKey: .degree)
        try container.encode(knots, forKey: .knots)
        try container.encode(extrapolation, forKey: .extrapolation)
        try container.encode(includeBias, forKey: .includeBias)
        try container.encode(handleMissing, forKey: .handleMissing)
        guard let first = bases.first else { return }
        let places = Matrix(
            rows: bases.count, columns: first.knots.count, elements: Array(bases.map(\.knots).joined()))
        try container.encode(Tensor(places), forKey: .bases)
    }
}
