import Estimators
import LinearAlgebra

/// What the encoders have in common: learning the categories of every feature, and looking them up.
enum CategoryLearning {
    /// Refuses a frequency or a number of categories that is out of range.
    static func check(minFrequency: MinFrequency?, maxCategories: Int?) throws {
        if let minFrequency, !minFrequency.isAllowed {
            throw EstimatorError.invalidParameter(
                name: "minFrequency", value: "\(minFrequency)",
                allowed: "nil, a count of at least 1 or a share in (0, 1)")
        }
        if let maxCategories, maxCategories < 1 {
            throw EstimatorError.invalidParameter(
                name: "maxCategories", value: "\(maxCategories)", allowed: "nil or an integer of at least 1")
        }
    }

    /// The categories of every column of `x`, the infrequent ones grouped.
    ///
    /// - Parameters:
    ///   - refusesUnknown: whether a value that is not among the listed categories is refused.
    ///   - groupsMissing: whether the missing value can be among the infrequent categories.
    static func categories<Value>(
        of x: Matrix<Value>, from source: Categories<Value>, refusesUnknown: Bool, minFrequency: MinFrequency?,
        maxCategories: Int?, groupsMissing: Bool
    ) throws -> [FeatureCategories<Value>] {
        try check(minFrequency: minFrequency, maxCategories: maxCategories)
        try checkShape(x)
        if case .given(let lists) = source {
            try Check.perFeature(lists.count, argument: "categories", features: x.columns)
        }
        return try (0..<x.columns).map { feature in
            let column = x.column(feature)
            var categories: FeatureCategories<Value>
            switch source {
            case .auto:
                categories = FeatureCategories(of: column)
            case .given(let lists):
                categories = try FeatureCategories(listed: lists[feature], feature: feature)
                if refusesUnknown { _ = try knownNumbers(of: column, in: categories, feature: feature) }
            }
            if minFrequency != nil || maxCategories != nil {
                categories.groupInfrequent(
                    in: column, minFrequency: minFrequency, maxCategories: maxCategories, includesMissing: groupsMissing
                )
            }
            return categories
        }
    }

    /// The number of each value's category.
    ///
    /// - Throws: `EstimatorError.invalidInput` for a value that is in no category.
    static func knownNumbers<Value>(
        of column: [Value], in categories: FeatureCategories<Value>, feature: Int
    ) throws -> [Int] {
        try categories.numbers(of: column).enumerated().map { sample, number in
            guard let number else {
                throw EstimatorError.invalidInput(
                    argument: "x",
                    problem: "must contain known categories only, but x[\(sample), \(feature)] is "
                        + "\(column[sample].categoryName); handleUnknown says what else to do with it")
            }
            return number
        }
    }

    /// Refuses a table for an encoder that is not fitted, or that was fitted with another number of columns.
    static func checkTransformable<Value>(_ x: Matrix<Value>, nFeaturesIn: Int?, of estimator: String) throws {
        guard let nFeaturesIn else { throw EstimatorError.notFitted(estimator: estimator) }
        try checkShape(x)
        try Check.featureCount(x.columns, expected: nFeaturesIn)
    }

    /// Refuses a table without rows or columns.
    static func checkShape<Value>(_ x: Matrix<Value>) throws {
        guard x.rows > 0, x.columns > 0 else {
            throw EstimatorError.invalidInput(
                argument: "x", problem: "must have at least one row and one column, but is \(x.rows) × \(x.columns)")
        }
    }
}
