public import Estimators
public import LinearAlgebra
public import ModelFiles
public import Tables

/// Makes numbers of dates from which a model can learn: the days since 1970-01-01, and the parts of the calendar.
///
/// ```swift
/// let sales = try readCSV("sales.csv", dateColumns: ["sold": .dayMonthYear])
/// let columns = ColumnTransformer([
///     .numeric(["sold"], CalendarFeatures(), SimpleImputer(strategy: .median), StandardScaler())
/// ])
/// ```
///
/// The features are days since 1970-01-01, as `dateColumns` of `readCSV` gives them. Each gives those of the days, the year,
/// the month, the day of the month, the day of the week and the hour that differ among the dates that `fit` has seen; the days
/// alone if none do. A missing date gives missing numbers.
public struct CalendarFeatures: Transformer, Equatable {
    /// What each feature gives, in the order of `CalendarPart`; empty before `fit`.
    public private(set) var parts: [[CalendarPart]] = []

    /// An unfitted transformer.
    public init() {}

    /// The number of features seen by `fit`; nil before.
    public var nFeaturesIn: Int? { parts.isEmpty ? nil : parts.count }

    /// Finds the parts that differ.
    ///
    /// - Throws: `EstimatorError.invalidInput` if `x` has no rows or columns, or a number that is no date of the years 1 to
    ///   9999.
    /// - Complexity: O(samples × features).
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        try check(x)
        parts = (0..<x.columns).map { column in
            let dates = (0..<x.rows).map { CalendarDate(days: Double(x[$0, column])) }
            let differing = CalendarPart.differing(among: dates)
            return differing.isEmpty ? [.days] : differing
        }
    }

    /// The numbers of the dates, feature by feature.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for another number of columns, or a
    ///   number that is no date of the years 1 to 9999.
    /// - Complexity: O(samples × features).
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "CalendarFeatures")
        try check(x)
        var elements: [Scalar] = []
        elements.reserveCapacity(x.rows * parts.reduce(0) { $0 + $1.count })
        for row in 0..<x.rows {
            for (column, parts) in parts.enumerated() {
                let date = CalendarDate(days: Double(x[row, column]))
                for part in parts { elements.append(Scalar(date[part])) }
            }
        }
        return Matrix(rows: x.rows, columns: parts.reduce(0) { $0 + $1.count }, elements: elements)
    }

    private func check<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        try Check.features(x, allowsNaN: true)
        for row in 0..<x.rows {
            for column in 0..<x.columns where !x[row, column].isNaN {
                let days = Double(x[row, column])
                try Check.require(
                    CalendarDate.range.contains(days), "x",
                    "must have days since 1970-01-01 of the years 1 to 9999, but is \(days) in row \(row), column \(column)"
                )
            }
        }
    }
}

extension CalendarFeatures: FeatureNaming {
    /// The name of the date and of the part: `sold.year`.
    ///
    /// - Parameter inputFeatures: one name per feature; nil for `x0`, `x1`, ….
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for another number of names.
    public func getFeatureNamesOut(_ inputFeatures: [String]? = nil) throws -> [String] {
        let names = try featureNames(inputFeatures, nFeaturesIn: nFeaturesIn, of: "CalendarFeatures")
        return zip(names, parts).flatMap { name, parts in parts.map { "\(name).\($0.rawValue)" } }
    }
}

extension CalendarFeatures: Storable {
    private enum CodingKeys: String, CodingKey { case parts }

    /// `CalendarFeatures`.
    public static var storedTypeName: String { "CalendarFeatures" }

    /// Decodes a transformer.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        parts = try container.decode([[CalendarPart]].self, forKey: .parts)
        let areValid = parts.allSatisfy { !$0.isEmpty && Set($0).count == $0.count }
        try container.require(areValid, .parts, "must be different parts of each date")
    }

    /// Encodes the transformer.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(parts, forKey: .parts)
    }
}
