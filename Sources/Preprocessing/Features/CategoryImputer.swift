import Estimators
public import LinearAlgebra
import ModelFiles

/// Replaces missing texts, or categories of another type, by the most frequent one of the feature or by one of your
/// own.
///
/// It is for categories what ``SimpleImputer`` is for numbers; scikit-learn has both in one class.
///
/// ```swift
/// var imputer = CategoryImputer<String?>()
/// let filled = try imputer.fitTransform([["red", "S"], [nil, "S"], ["red", "M"]])        // row 1: "red", "S"
/// var marked = CategoryImputer(missingValues: "?", strategy: .constant, fillValue: "unknown")
/// ```
///
/// `CategoryImputer(…)` alone means `CategoryImputer<String>`, in which no text is missing unless `missingValues` is
/// given. A feature without any value is left out of the result, unless `keepEmptyFeatures` is true.
public struct CategoryImputer<Value: Category>: Equatable, Codable, Sendable {
    /// What replaces a missing value.
    public enum Strategy: String, CaseIterable, Codable, Sendable {
        /// The most frequent category of the feature, of several the first in ascending order.
        case mostFrequent
        /// `fillValue`.
        case constant
    }

    /// The category that stands for a missing value; nil for the type's own, nil or NaN. Default nil.
    public var missingValues: Value?

    /// What replaces a missing value. Default `.mostFrequent`.
    public var strategy: Strategy

    /// What `.constant` fills in, and what a feature without any value is filled with; nil for "missing_value" among
    /// texts. Categories of another type need one. Default nil.
    public var fillValue: Value?

    /// Whether a feature without any value stays, filled with `fillValue`. Default `false`.
    public var keepEmptyFeatures: Bool

    private var fitted: Fitted?

    // MARK: Fitted attributes

    /// What is filled in for every feature, nil for one that is left out; empty before `fit`.
    public var statistics: [Value?] { fitted?.statistics ?? [] }

    /// The features that had missing values in `fit`, the columns of ``indicator(_:)``; empty before.
    public var indicatorFeatures: [Int] { fitted?.indicated ?? [] }

    /// The number of features seen by `fit`; nil before.
    public var nFeaturesIn: Int? { fitted?.statistics.count }

    /// The names of the features that are not left out.
    ///
    /// - Parameter inputFeatures: one name per feature; nil for `x0`, `x1`, ….
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for another number of names.
    public func getFeatureNamesOut(_ inputFeatures: [String]? = nil) throws -> [String] {
        let names = try featureNames(inputFeatures, nFeaturesIn: nFeaturesIn, of: "CategoryImputer")
        return keptFeatures.map { names[$0] }
    }

    // MARK: Fit

    /// Finds what is filled in for every column of `x`.
    ///
    /// - Throws: `EstimatorError.invalidParameter` where a `fillValue` is needed and there is none, or where it is
    ///   itself missing; `EstimatorError.invalidInput` if `x` has no rows or columns.
    /// - Complexity: O(samples × features).
    @_specialize(where Value == String?)
    public mutating func fit(_ x: Matrix<Value>) throws {
        try Check.shape(rows: x.rows, columns: x.columns)
        let observed = (0..<x.columns).map { x.column($0).filter { !isMissing($0) } }
        fitted = Fitted(
            statistics: try observed.map(statistic), indicated: observed.indices.filter { observed[$0].count < x.rows })
        FitWarnings.report(emptyFeatures: observed.indices.filter { statistics[$0] == nil }, by: "CategoryImputer")
    }

    /// What is filled in for a feature with these values; nil if it is left out.
    private func statistic(of values: [Value]) throws -> Value? {
        if values.isEmpty { return keepEmptyFeatures ? try constant() : nil }
        if strategy == .constant { return try constant() }
        let counts = Dictionary(grouping: values) { $0 }.mapValues(\.count)
        return counts.max { first, second in
            first.value != second.value ? first.value < second.value : second.key.precedes(first.key)
        }?.key
    }

    private func constant() throws -> Value {
        guard let value = fillValue ?? ("missing_value" as? Value), !isMissing(value) else {
            let value = fillValue.map { "\($0)" } ?? "nil"
            throw EstimatorError.invalidParameter(
                name: "fillValue", value: value, allowed: "a category that does not stand for a missing value")
        }
        return value
    }

    private func isMissing(_ value: Value) -> Bool {
        guard let missingValues, !missingValues.isMissing else { return value.isMissing }
        return value == missingValues
    }

    private var keptFeatures: [Int] { statistics.indices.filter { statistics[$0] != nil } }

    // MARK: Transform

    /// The features with missing values filled in, without those that `fit` saw no value of.
    ///
    /// - Parameter x: samples × features, as many features as in `fit`.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows or another
    ///   number of columns.
    /// - Complexity: O(samples × features).
    @_specialize(where Value == String?)
    public func transform(_ x: Matrix<Value>) throws -> Matrix<Value> {
        try CategoryLearning.checkTransformable(x, nFeaturesIn: nFeaturesIn, of: "CategoryImputer")
        let (statistics, kept) = (statistics, keptFeatures)
        let elements = (0..<x.rows).flatMap { sample in
            kept.map { feature in
                let value = x[sample, feature]
                return isMissing(value) ? statistics[feature] ?? value : value
            }
        }
        return Matrix(rows: x.rows, columns: kept.count, elements: elements)
    }

    /// Finds what is filled in and fills it in.
    ///
    /// - Throws: what ``fit(_:)`` throws.
    public mutating func fitTransform(_ x: Matrix<Value>) throws -> Matrix<Value> {
        try fit(x)
        return try transform(x)
    }

    /// A copy that has learned from `x`.
    ///
    /// - Throws: what ``fit(_:)`` throws.
    public func fitted(_ x: Matrix<Value>) throws -> Self { try changed(self) { try $0.fit(x) } }

    /// 1 where a value is missing and 0 elsewhere, a column for each of ``indicatorFeatures``: what scikit-learn
    /// appends with `add_indicator=True`.
    ///
    /// - Parameter x: samples × features, as many features as in `fit`.
    /// - Throws: what ``transform(_:)`` throws.
    /// - Complexity: O(samples × features).
    public func indicator(_ x: Matrix<Value>) throws -> Matrix<Double> {
        try CategoryLearning.checkTransformable(x, nFeaturesIn: nFeaturesIn, of: "CategoryImputer")
        let elements = (0..<x.rows).flatMap { sample in
            indicatorFeatures.map { isMissing(x[sample, $0]) ? 1.0 : 0 }
        }
        return Matrix(rows: x.rows, columns: indicatorFeatures.count, elements: elements)
    }
}

extension CategoryImputer {
    /// An unfitted imputer.
    ///
    /// - Parameters:
    ///   - missingValues: the category that stands for a missing value; nil for the type's own.
    ///   - strategy: what replaces it.
    ///   - fillValue: what `.constant` fills in; nil for "missing_value" among texts.
    ///   - keepEmptyFeatures: whether features without any value stay.
    public init(
        missingValues: Value? = nil, strategy: Strategy = .mostFrequent, fillValue: Value? = nil,
        keepEmptyFeatures: Bool = false
    ) {
        self.init(
            missingValues: missingValues, strategy: strategy, fillValue: fillValue,
            keepEmptyFeatures: keepEmptyFeatures, fitted: nil)
    }
}

extension CategoryImputer where Value == String {
    /// An imputer of texts; the parameters are those of the general initializer.
    ///
    /// - Parameters:
    ///   - missingValues: the text that stands for a missing value, such as "?".
    ///   - strategy: what replaces it.
    ///   - fillValue: what `.constant` fills in; nil for "missing_value".
    ///   - keepEmptyFeatures: whether features without any value stay.
    public init(
        missingValues: String? = nil, strategy: Strategy = .mostFrequent, fillValue: String? = nil,
        keepEmptyFeatures: Bool = false
    ) {
        self.init(
            missingValues: missingValues, strategy: strategy, fillValue: fillValue,
            keepEmptyFeatures: keepEmptyFeatures, fitted: nil)
    }
}
