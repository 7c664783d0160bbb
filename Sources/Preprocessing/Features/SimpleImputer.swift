public import Estimators
public import LinearAlgebra

/// Replaces missing values by a number for every feature: its mean, median, most frequent value, or a constant.
///
/// A feature without any value is left out of the result, unless `keepEmptyFeatures` is true. Statistics are computed
/// and kept in double precision regardless of the precision of the features. For categories there is
/// ``CategoryImputer``.
public struct SimpleImputer: InvertibleTransformer, Equatable, Codable {
    /// What replaces a missing value.
    public enum Strategy: String, CaseIterable, Codable, Sendable {
        /// The mean of the feature.
        case mean
        /// The median of the feature.
        case median
        /// The most frequent value of the feature, of several the least.
        case mostFrequent
        /// `fillValue`.
        case constant
    }

    /// The mark of a missing value: `.nan` or a number. With a number, NaN is an error. Default `.nan`.
    public var missingValues: NumberOrNaN

    /// What replaces a missing value. Default `.mean`.
    public var strategy: Strategy

    /// The number that `.constant` fills in; nil for 0. Default nil.
    public var fillValue: Double?

    /// Whether to append, for every feature with missing values in `fit`, a column that is 1 where it was missing.
    /// Default `false`.
    public var addIndicator: Bool

    /// Whether a feature without any value stays, filled with 0 (`.constant`: with `fillValue`). Default `false`.
    public var keepEmptyFeatures: Bool

    private var fitted: Fitted?

    struct Fitted: Equatable {
        /// What is filled in; nil for features that are left out.
        var statistics: [Double?]
        /// The features with an indicator.
        var indicated: [Int]
    }

    /// An unfitted imputer.
    ///
    /// - Parameters:
    ///   - missingValues: the mark of a missing value.
    ///   - strategy: what replaces it.
    ///   - fillValue: the number that `.constant` fills in.
    ///   - addIndicator: whether to append columns that say where values were missing.
    ///   - keepEmptyFeatures: whether features without any value stay.
    public init(
        missingValues: NumberOrNaN = .nan, strategy: Strategy = .mean, fillValue: Double? = nil,
        addIndicator: Bool = false, keepEmptyFeatures: Bool = false
    ) {
        self.missingValues = missingValues
        self.strategy = strategy
        self.fillValue = fillValue
        self.addIndicator = addIndicator
        self.keepEmptyFeatures = keepEmptyFeatures
    }

    // MARK: Fitted attributes

    /// What is filled in for every feature; NaN for a feature that is left out; empty before `fit`.
    public var statistics: [Double] { fitted?.statistics.map { $0 ?? .nan } ?? [] }

    /// The features that have an indicator column; empty before `fit`, and without `addIndicator`.
    public var indicatorFeatures: [Int] { fitted?.indicated ?? [] }

    /// The number of features seen by `fit`; nil before.
    public var nFeaturesIn: Int? { fitted?.statistics.count }

    /// The names of the transformed features; those of indicators begin with `missingindicator_`.
    ///
    /// - Parameter inputFeatures: one name per feature; nil for `x0`, `x1`, ….
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for another number of names.
    public func getFeatureNamesOut(_ inputFeatures: [String]? = nil) throws -> [String] {
        let names = try featureNames(inputFeatures, nFeaturesIn: nFeaturesIn, of: "SimpleImputer")
        return keptFeatures.map { names[$0] } + indicatorFeatures.map { "missingindicator_\(names[$0])" }
    }

    // MARK: Fit

    /// Computes what is filled in for every column of `x`.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for a `fillValue` that is not finite; `EstimatorError.invalidInput`
    ///   when `x` has no rows or columns, contains an infinite value, or NaN where that does not stand for a missing
    ///   value.
    /// - Complexity: O(features × samples × log samples).
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        try Check.require(
            strategy != .constant || fillValue?.isFinite ?? true, parameter: "fillValue", fillValue ?? 0,
            allowed: "a finite number")
        try Check.features(x, allowsNaN: allowsNaN)
        let doubles = x.doubles
        let missing = missingValues.rounded(to: Scalar.self)
        let observed = (0..<x.columns).map { doubles.column($0).filter { !missing.matches($0) } }
        fitted = Fitted(
            statistics: observed.map(statistic),
            indicated: addIndicator ? observed.indices.filter { observed[$0].count < x.rows } : [])
        FitWarnings.report(emptyFeatures: observed.indices.filter { statistics[$0].isNaN }, by: "SimpleImputer")
    }

    /// What is filled in for a feature with these values; nil if it is left out.
    private func statistic(of values: [Double]) -> Double? {
        guard !values.isEmpty else {
            return keepEmptyFeatures ? (strategy == .constant ? fillValue ?? 0 : 0) : nil
        }
        switch strategy {
        case .mean: return values.meanWithoutOverflow
        case .median: return values.sorted().medianOfSorted
        case .mostFrequent: return mostFrequent(in: values)
        case .constant: return fillValue ?? 0
        }
    }

    private func mostFrequent(in values: [Double]) -> Double? {
        let counts = Dictionary(grouping: values) { $0 }.mapValues(\.count)
        return counts.max { ($0.value, -$0.key) < ($1.value, -$1.key) }?.key
    }

    private var allowsNaN: Bool { missingValues.value.isNaN }

    private var keptFeatures: [Int] {
        let statistics = fitted?.statistics ?? []
        return statistics.indices.filter { statistics[$0] != nil }
    }

    // MARK: Transform

    /// The features with missing values filled in, without those that `fit` saw no value of, followed by the
    /// indicators.
    ///
    /// - Parameter x: samples × features, as many features as in `fit`.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another
    ///   number of columns, an infinite value, or NaN where that does not stand for a missing value.
    /// - Complexity: O(samples × features).
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        try Check.transformable(x, nFeaturesIn: nFeaturesIn, of: "SimpleImputer", allowsNaN: allowsNaN)
        let (doubles, statistics, kept) = (x.doubles, statistics, keptFeatures)
        let missing = missingValues.rounded(to: Scalar.self)
        var elements: [Double] = []
        elements.reserveCapacity(x.rows * (kept.count + indicatorFeatures.count))
        for sample in 0..<x.rows {
            for feature in kept {
                let value = doubles[sample, feature]
                elements.append(missing.matches(value) ? statistics[feature] : value)
            }
            for feature in indicatorFeatures {
                elements.append(missing.matches(doubles[sample, feature]) ? 1 : 0)
            }
        }
        return Matrix(
            rounding: Matrix(rows: x.rows, columns: kept.count + indicatorFeatures.count, elements: elements))
    }

    /// The features with their missing values, in a new matrix; features that were left out have only missing values.
    ///
    /// - Parameter x: what ``transform(_:)`` made with `addIndicator`.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidParameter` where `addIndicator` is
    ///   false; `EstimatorError.invalidInput` if `x` has another number of columns than ``transform(_:)`` gives.
    /// - Complexity: O(samples × features).
    public func inverseTransform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        guard let nFeaturesIn else { throw EstimatorError.notFitted(estimator: "SimpleImputer") }
        try Check.require(
            addIndicator, parameter: "addIndicator", "false",
            allowed: "true for inverseTransform to know what was missing")
        let (kept, indicated) = (keptFeatures, indicatorFeatures)
        try Check.invertible(x, nFeaturesOut: kept.count + indicated.count, allowsNaN: allowsNaN)
        let doubles = x.doubles
        var original = Matrix<Double>(rows: x.rows, columns: nFeaturesIn, repeating: missingValues.value)
        for sample in 0..<x.rows {
            for (column, feature) in kept.enumerated() { original[sample, feature] = doubles[sample, column] }
            for (column, feature) in indicated.enumerated() where doubles[sample, kept.count + column] != 0 {
                original[sample, feature] = missingValues.value
            }
        }
        return Matrix(rounding: original)
    }
}
