import Estimators
import LinearAlgebra

/// Learning and looking up the categories of every feature, which the encoders share.
enum CategoryLearning {
    /// The categories of every column of `x`, with the infrequent ones grouped.
    ///
    /// - Parameters:
    ///   - rejectsUnknown: whether a value that is not among the listed categories is rejected.
    ///   - groupsMissing: whether the missing value can be among the infrequent categories.
    static func categories<Value>(
        of x: Matrix<Value>, from source: Categories<Value>, rejectsUnknown: Bool, minFrequency: MinFrequency?,
        maxCategories: Int?, groupsMissing: Bool
    ) throws -> [FeatureCategories<Value>] {
        try Check.require(
            minFrequency?.isAllowed ?? true, parameter: "minFrequency", plain(minFrequency as Any),
            allowed: "nil, a count of at least 1 or a share in (0, 1)")
        try Check.require(
            maxCategories ?? 1 >= 1, parameter: "maxCategories", maxCategories ?? 1,
            allowed: "nil or an integer of at least 1")
        try Check.shape(rows: x.rows, columns: x.columns)
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
                _ = try numbers(of: column, in: categories, feature: feature, rejectsUnknown: rejectsUnknown)
            }
            if minFrequency != nil || maxCategories != nil {
                categories.groupInfrequent(
                    in: column, minFrequency: minFrequency, maxCategories: maxCategories, includesMissing: groupsMissing
                )
            }
            return categories
        }
    }

    /// The number of each value's category; nil for a value that is in no category.
    ///
    /// - Throws: `EstimatorError.invalidInput` for such a value where `rejectsUnknown` is true.
    static func numbers<Value>(
        of column: [Value], in categories: FeatureCategories<Value>, feature: Int, rejectsUnknown: Bool
    ) throws -> [Int?] {
        let numbers = categories.numbers(of: column)
        if rejectsUnknown, let sample = numbers.firstIndex(of: nil) {
            try Check.require(
                false, "x",
                "must contain known categories only, but x[\(sample), \(feature)] is \(column[sample].categoryName); "
                    + "handleUnknown: says what else to do with it")
        }
        return numbers
    }

    /// Rejects a table if the encoder is not fitted, or was fitted with another number of columns.
    static func checkTransformable<Value>(_ x: Matrix<Value>, nFeaturesIn: Int?, of estimator: String) throws {
        guard let nFeaturesIn else { throw EstimatorError.notFitted(estimator: estimator) }
        try Check.shape(rows: x.rows, columns: x.columns)
        try Check.featureCount(x.columns, expected: nFeaturesIn)
    }
}
