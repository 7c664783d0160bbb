public import Estimators
public import LinearAlgebra

/// Encodes every category of every feature as a column of 0 and 1.
///
/// ```swift
/// var encoder = OneHotEncoder<String>(handleUnknown: .ignore)
/// let encoded = try encoder.fitTransform([["red", "S"], ["blue", "M"]])     // [[0, 1, 0, 1], [1, 0, 1, 0]]
/// ```
///
/// `OneHotEncoder(…)` alone means `OneHotEncoder<String>`. Missing values, NaN of `Double` and nil of optionals, are a
/// category of their own, the last. `transform` makes a dense matrix, `transformSparse` one that stores only the ones.
public struct OneHotEncoder<Value: Category>: Equatable, Codable, Sendable {
    /// Which category of a feature gets no column.
    public enum Drop: Hashable, Codable, Sendable {
        /// The first of every feature.
        case first
        /// The first of every feature that has two.
        case ifBinary
        /// This one of every feature.
        case categories([Value])
    }

    /// How a category that did not occur in `fit` is treated.
    public enum HandleUnknown: String, CaseIterable, Codable, Sendable {
        /// An error is thrown.
        case error
        /// All columns of the feature are 0.
        case ignore
        /// It is treated as infrequent; if the feature has no infrequent categories, all its columns are 0.
        case infrequentIfExist
    }

    /// Where the categories come from. Default `.auto`.
    public var categoriesSource: Categories<Value>

    /// Which category of a feature gets no column; nil for none. Default nil.
    public var drop: Drop?

    /// How a category that did not occur in `fit` is treated. Default `.error`.
    public var handleUnknown: HandleUnknown

    /// How often a category must occur to have a code of its own; rarer ones share one. Nil for any number. Default
    /// nil.
    public var minFrequency: MinFrequency?

    /// The most columns of a feature, one for its infrequent categories included; nil for any number. Default nil.
    public var maxCategories: Int?

    private var fitted: Fitted?

    // MARK: Fitted attributes

    /// The categories of every feature, in the order of their columns; empty before `fit`.
    public var categories: [[Value]] { fitted?.features.map(\.values) ?? [] }

    /// The infrequent categories of every feature; empty before `fit`.
    public var infrequentCategories: [[Value]] {
        fitted?.features.map { feature in feature.infrequent.compactMap { feature.value($0) } } ?? []
    }

    /// For every feature the number of the category that gets no column, nil for none; empty before `fit`, and where
    /// `drop` is nil.
    public var dropIdx: [Int?] {
        guard let fitted, drop != nil else { return [] }
        return zip(fitted.features, fitted.dropped).map { feature, dropped in
            dropped.flatMap { feature.codes(includesMissing: true).firstIndex(of: $0) }
        }
    }

    /// The number of features seen by `fit`; nil before.
    public var nFeaturesIn: Int? { fitted?.features.count }

    /// The names of the columns: the feature's name and the category's, joined by `_`.
    ///
    /// - Parameter inputFeatures: one name per feature; nil for `x0`, `x1`, ….
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` for another number of names.
    public func getFeatureNamesOut(_ inputFeatures: [String]? = nil) throws -> [String] {
        let names = try featureNames(inputFeatures, nFeaturesIn: nFeaturesIn, of: "OneHotEncoder")
        return zip(names, columnMeanings).flatMap { name, meaning in
            meaning.representatives.map { "\(name)_\($0?.categoryName ?? "infrequent_sklearn")" }
        }
    }

    // MARK: Fit

    /// Learns the categories of every column of `x`.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for parameters out of range, or a category to drop that is unknown
    ///   or infrequent; `EstimatorError.invalidInput` if `x` has no rows or columns, or a value that is not among the
    ///   categories listed, where ``handleUnknown`` is `.error`.
    /// - Complexity: O(samples × features), and sorting the categories.
    @_specialize(where Value == String?)
    public mutating func fit(_ x: Matrix<Value>) throws {
        let features = try CategoryLearning.categories(
            of: x, from: categoriesSource, rejectsUnknown: handleUnknown == .error, minFrequency: minFrequency,
            maxCategories: maxCategories, groupsMissing: true)
        fitted = Fitted(features: features, dropped: try droppedCodes(of: features))
    }

    private func droppedCodes(of features: [FeatureCategories<Value>]) throws -> [Int?] {
        switch drop {
        case nil:
            return features.map { _ in nil }
        case .first:
            return features.map { _ in 0 }
        case .ifBinary:
            return features.map { feature in
                feature.infrequent.isEmpty
                    ? (feature.count == 2 ? 0 : nil) : (feature.count - feature.infrequent.count == 1 ? 0 : nil)
            }
        case .categories(let values):
            try Check.perFeature(values.count, argument: "drop", features: features.count)
            return try zip(features, values).enumerated().map { number, pair in
                let (feature, value) = pair
                let category = feature.numbers(of: [value])[0] ?? -1
                try Check.require(
                    category >= 0 && !feature.infrequent.contains(category), parameter: "drop[\(number)]",
                    value.categoryName, allowed: "a category of the feature that is not infrequent")
                return feature.codes(includesMissing: true)[category]
            }
        }
    }

    // MARK: Columns

    /// The columns of one feature, counted from its first. To find one does not take a pass over the categories.
    private struct FeatureColumns {
        let categories: FeatureCategories<Value>
        /// The code that gets no column; nil for none.
        let dropped: Int?
        /// The column of unknown categories; nil for none.
        let ofUnknown: Int?

        init(_ categories: FeatureCategories<Value>, dropped: Int?, handleUnknown: HandleUnknown) {
            self.categories = categories
            self.dropped = dropped
            ofUnknown =
                handleUnknown == .infrequentIfExist
                ? categories.infrequentCode.flatMap { Self.column($0, dropped: dropped) } : nil
        }

        var count: Int { categories.codeCount - (dropped == nil ? 0 : 1) }

        /// The column of a category; nil for the one that is dropped.
        func column(of number: Int) -> Int? { Self.column(categories.code(of: number), dropped: dropped) }

        private static func column(_ code: Int, dropped: Int?) -> Int? {
            guard let dropped else { return code }
            return code == dropped ? nil : code > dropped ? code - 1 : code
        }
    }

    private var featureColumns: [FeatureColumns] {
        guard let fitted else { return [] }
        return zip(fitted.features, fitted.dropped).map {
            FeatureColumns($0, dropped: $1, handleUnknown: handleUnknown)
        }
    }

    /// What the columns of one feature stand for.
    private struct ColumnMeaning {
        /// The category of every column; nil for the column of the infrequent ones.
        var representatives: [Value?]
        /// The category of a row of zeros: the dropped one, or nil for the infrequent ones; nil if none is dropped.
        var dropped: Value??
    }

    private var columnMeanings: [ColumnMeaning] {
        guard let fitted else { return [] }
        return zip(fitted.features, fitted.dropped).map { feature, dropped in
            var representatives = [Value?](repeating: nil, count: feature.codeCount)
            for (number, code) in feature.codes(includesMissing: true).enumerated() where code != feature.infrequentCode
            {
                representatives[code] = feature.value(number)
            }
            let kept = representatives.indices.filter { $0 != dropped }
            // If no column is left, only the dropped category remains, also if it is infrequent, as in scikit-learn.
            let absent = dropped.map { kept.isEmpty ? feature.value($0) : representatives[$0] }
            return ColumnMeaning(
                representatives: kept.map { representatives[$0] }, dropped: absent.map { .some($0) } ?? .none)
        }
    }

    /// For every feature, counted from its first column: the column of each category, nil for the one that is dropped;
    /// that of unknown categories, nil for none; and how many there are.
    package var categoryColumns: [(ofCategories: [Int?], ofUnknown: Int?, count: Int)] {
        featureColumns.map { ((0..<$0.categories.count).map($0.column(of:)), $0.ofUnknown, $0.count) }
    }

    // MARK: Transform

    /// Samples × columns with 1 for each sample's category and 0 elsewhere.
    ///
    /// - Parameter x: samples × features, as many features as in `fit`.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another
    ///   number of columns, or an unknown category where ``handleUnknown`` is `.error`.
    /// - Complexity: O(samples × columns).
    public func transform(_ x: Matrix<Value>) throws -> Matrix<Double> {
        let (ones, width) = try ones(of: x)
        var encoded = Matrix<Double>(rows: x.rows, columns: width, repeating: 0)
        for columns in ones {
            for case (let sample, let column?) in columns.enumerated() { encoded[sample, column] = 1 }
        }
        return encoded
    }

    /// Like ``transform(_:)-(Matrix<Value>)``, but only the ones are stored, which suits thousands of categories.
    ///
    /// It is what scikit-learn makes with `sparse_output=True`, its default.
    ///
    /// - Parameters:
    ///   - x: samples × features, as many features as in `fit`.
    ///   - scalar: the precision of the result.
    /// - Throws: what that throws.
    /// - Complexity: O(samples × features).
    @_specialize(where Value == String?, Scalar == Double)
    public func transformSparse<Scalar: MatrixScalar>(
        _ x: Matrix<Value>, as scalar: Scalar.Type = Double.self
    ) throws -> SparseMatrix<Scalar> {
        let (ones, width) = try ones(of: x)
        var encoded = SparseRows<Scalar>()
        for sample in 0..<x.rows {
            for case let column? in ones.map({ $0[sample] }) { encoded.append(1, column: column) }
            encoded.endRow()
        }
        return try encoded.matrix(columns: width)
    }

    /// The places of the ones: for every feature the column of each sample, nil for none; and the number of columns.
    private func ones(of x: Matrix<Value>) throws -> (columns: [[Int?]], width: Int) {
        try CategoryLearning.checkTransformable(x, nFeaturesIn: nFeaturesIn, of: "OneHotEncoder")
        var (start, unknown) = (0, [Int]())
        let columns = try featureColumns.enumerated().map { feature, columns in
            let numbers = try CategoryLearning.numbers(
                of: x.column(feature), in: columns.categories, feature: feature,
                rejectsUnknown: handleUnknown == .error)
            defer { start += columns.count }
            if drop != nil, numbers.contains(nil) { unknown.append(feature) }
            return numbers.map { number in
                (number.map(columns.column(of:)) ?? columns.ofUnknown).map { start + $0 }
            }
        }
        // Without `drop`, a code tells them from every category.
        FitWarnings.report(
            unknownCategoriesIn: unknown, as: handleUnknown == .ignore ? "all zeros" : "infrequent, or all zeros")
        return (columns, start)
    }

    /// Learns the categories of `x` and returns it encoded.
    ///
    /// - Throws: what ``fit(_:)-(Matrix<Value>)`` throws.
    public mutating func fitTransform(_ x: Matrix<Value>) throws -> Matrix<Double> {
        try fit(x)
        return try transform(x)
    }

    /// A copy that has learned the categories of `x`.
    ///
    /// - Throws: what ``fit(_:)-(Matrix<Value>)`` throws.
    public func fitted(_ x: Matrix<Value>) throws -> Self { try changed(self) { try $0.fit(x) } }

    /// The category of the greatest column of every feature; nil for infrequent and unknown ones.
    ///
    /// A row of zeros is the category dropped, where one is, and else an unknown one.
    ///
    /// - Parameter x: samples × columns, as ``transform(_:)-(Matrix<Value>)`` gives.
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if `x` has no rows, another
    ///   number of columns, values that are not finite, or a row of zeros where no category is dropped and unknown ones
    ///   are an error.
    /// - Complexity: O(samples × columns).
    public func inverseTransform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Value?> {
        guard fitted != nil else { throw EstimatorError.notFitted(estimator: "OneHotEncoder") }
        try Check.invertible(x, nFeaturesOut: nFeaturesOut)
        return try categories(rows: x.rows) { x.rowSlice($0) }
    }

    /// The category of the greatest column of every feature, as ``inverseTransform(_:)-(Matrix<Scalar>)`` has it.
    ///
    /// - Parameter x: samples × columns, as ``transformSparse(_:as:)`` gives.
    /// - Throws: what that throws.
    /// - Complexity: O(samples × columns), one row at a time.
    public func inverseTransform<Scalar: MatrixScalar>(_ x: SparseMatrix<Scalar>) throws -> Matrix<Value?> {
        try Check.transformable(
            x, nFeaturesIn: fitted.map { _ in nFeaturesOut }, of: "OneHotEncoder", allowsNaN: false)
        return try categories(rows: x.rows) { x.denseRow($0)[...] }
    }

    private var nFeaturesOut: Int { featureColumns.reduce(0) { $0 + $1.count } }

    private func categories<Scalar: MatrixScalar>(
        rows: Int, row: (Int) -> ArraySlice<Scalar>
    ) throws -> Matrix<Value?> {
        let (features, meanings) = (fitted?.features ?? [], columnMeanings)
        var categories: [Value?] = []
        categories.reserveCapacity(rows * meanings.count)
        for sample in 0..<rows {
            var rest = row(sample)
            for (feature, meaning) in meanings.enumerated() {
                let scores = Array(rest.prefix(meaning.representatives.count))
                rest = rest.dropFirst(scores.count)
                if scores.reduce(0, +) != 0, let best = scores.indices.max(by: { scores[$0] < scores[$1] }) {
                    let first = scores.firstIndex(of: scores[best]) ?? best
                    categories.append(meaning.representatives[first])
                } else if let dropped = meaning.dropped {
                    categories.append(dropped)
                } else {
                    try Check.require(
                        handleUnknown == .ignore
                            || handleUnknown == .infrequentIfExist && features[feature].infrequent.isEmpty, "x",
                        "must have a column above 0 for every feature where nothing is dropped, but row \(sample) has "
                            + "only zeros for feature \(feature)")
                    categories.append(nil)
                }
            }
        }
        return Matrix(rows: rows, columns: meanings.count, elements: categories)
    }
}

extension OneHotEncoder {
    /// An unfitted encoder.
    ///
    /// - Parameters:
    ///   - categories: where the categories come from, property ``categoriesSource``.
    ///   - drop: which category of a feature gets no column.
    ///   - handleUnknown: how a category that did not occur in `fit` is treated.
    ///   - minFrequency: how often a category must occur to have a code of its own.
    ///   - maxCategories: the most columns of a feature.
    public init(
        categories: Categories<Value> = .auto, drop: Drop? = nil, handleUnknown: HandleUnknown = .error,
        minFrequency: MinFrequency? = nil, maxCategories: Int? = nil
    ) {
        self.init(
            categoriesSource: categories, drop: drop, handleUnknown: handleUnknown, minFrequency: minFrequency,
            maxCategories: maxCategories)
    }
}

extension OneHotEncoder where Value == String {
    /// An encoder of texts; the parameters are those of the general initializer.
    public init(
        categories: Categories<String> = .auto, drop: Drop? = nil, handleUnknown: HandleUnknown = .error,
        minFrequency: MinFrequency? = nil, maxCategories: Int? = nil
    ) {
        self.init(
            categoriesSource: categories, drop: drop, handleUnknown: handleUnknown, minFrequency: minFrequency,
            maxCategories: maxCategories)
    }
}

extension OneHotEncoder: Transformer where Value == Double {
    /// Learns the categories of every column of `x`; see ``fit(_:)-(Matrix<Value>)``.
    ///
    /// - Throws: what that throws, and an error for an infinite value.
    public mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
        try Check.features(x, allowsNaN: true)
        let given = categoriesSource
        defer { categoriesSource = given }
        categoriesSource = given.rounded(to: Scalar.self)
        try fit(x.doubles)
    }

    /// Samples × columns with 1 for each sample's category; see ``transform(_:)-(Matrix<Value>)``.
    ///
    /// - Throws: what that throws.
    public func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> {
        Matrix(rounding: try transform(x.doubles))
    }
}
