public import Estimators
public import LinearAlgebra
public import Preprocessing
public import Tables

/// Converts the columns of a table to features, with transformers and encoders for each kind of column.
///
/// ```swift
/// var columns = ColumnTransformer([
///     .numeric(["age", "hours"], SimpleImputer(), StandardScaler()),
///     .categorical(["job", "sex"], OneHotEncoder(handleUnknown: .ignore)),
/// ])
/// let x = try columns.fitTransform(table)
/// ```
///
/// Each part makes some features, and the features stand side by side in the order of the parts. A column may be in
/// several parts. A part without columns makes no features.
public struct ColumnTransformer: Sendable {
    /// Some columns, and how they are transformed.
    public struct Part: Sendable {
        /// The names of the columns.
        public let columns: [String]
        package var step: Step

        /// Numeric columns that transformers convert to features, in sequence. Without a transformer, the columns are
        /// passed through unchanged.
        ///
        /// ```swift
        /// .numeric(["age", "hours"], SimpleImputer(strategy: .median), StandardScaler())
        /// ```
        public static func numeric<each Step: Transformer>(
            _ columns: [String], _ transformers: repeat each Step
        ) -> Part {
            func chained(_ first: some Transformer, _ second: some Transformer) -> any Transformer {
                Chain(first, second)
            }
            var all: (any Transformer)?
            for transformer in repeat each transformers {
                all = all.map { chained($0, transformer) } ?? transformer
            }
            return Part(columns: columns, step: all.map { .numeric($0) } ?? .passthrough)
        }

        /// Numeric columns that are passed through unchanged.
        public static func passthrough(_ columns: [String]) -> Part { Part(columns: columns, step: .passthrough) }

        /// Categorical columns that an encoder converts to features.
        public static func categorical(_ columns: [String], _ encoder: some WordEncoder) -> Part {
            Part(columns: columns, step: .categorical(encoder))
        }

        /// Categorical columns whose missing values are replaced before an encoder converts them to features.
        public static func categorical(
            _ columns: [String], _ imputer: CategoryImputer<String?>, _ encoder: some WordEncoder
        ) -> Part {
            categorical(columns, ImputedEncoder(imputer, encoder))
        }

        /// Numeric columns that a transformer converts to features.
        @available(*, deprecated, renamed: "numeric")
        public static func numbers(_ columns: [String], _ transformer: some Transformer) -> Part {
            numeric(columns, transformer)
        }

        /// Categorical columns that an encoder converts to features.
        @available(*, deprecated, renamed: "categorical")
        public static func words(_ columns: [String], _ encoder: some WordEncoder) -> Part {
            categorical(columns, encoder)
        }

        /// Categorical columns whose missing values are replaced before an encoder converts them to features.
        @available(*, deprecated, renamed: "categorical")
        public static func words(
            _ columns: [String], _ imputer: CategoryImputer<String?>, _ encoder: some WordEncoder
        ) -> Part {
            categorical(columns, imputer, encoder)
        }
    }

    package enum Step: Sendable {
        case numeric(any Transformer)
        case passthrough
        case categorical(any WordEncoder)
    }

    /// How the columns that no part names are treated.
    public enum Remainder: String, CaseIterable, Sendable {
        /// They are dropped.
        case drop
        /// They are passed through unchanged, after the features of the parts. They must be numeric.
        case passthrough
    }

    /// The parts, in the order of their features.
    public private(set) var parts: [Part]

    /// How the columns that no part names are treated. Default `.drop`.
    public let remainder: Remainder

    /// The features are sparse if the fraction of stored elements is below this threshold, from 0 to 1. Default 0.3.
    ///
    /// The threshold matters only if a part makes sparse features, as `OneHotEncoder` does: see ``sparseOutput``.
    public var sparseThreshold: Double

    /// The columns that no part names and that are passed through unchanged; nil before `fit`.
    package var remaining: [String]?

    /// Whether a ``TablePipeline`` passes sparse features to its estimator; false before `fit`.
    ///
    /// `fit` sets it to true if a part makes sparse features and the fraction of elements that must be stored is below
    /// ``sparseThreshold``. All elements of dense parts count as stored.
    public internal(set) var sparseOutput = false

    /// Creates an unfitted transformer.
    ///
    /// - Parameters:
    ///   - parts: columns and how they are transformed, in the order of their features.
    ///   - remainder: how the columns that no part names are treated.
    ///   - sparseThreshold: the fraction of stored elements, from 0 to 1, below which the features are sparse.
    public init(_ parts: [Part], remainder: Remainder = .drop, sparseThreshold: Double = 0.3) {
        self.parts = parts
        self.remainder = remainder
        self.sparseThreshold = sparseThreshold
    }

    /// Learns from the columns of a table, and discards what was learned before.
    ///
    /// - Throws: `EstimatorError` if a column is missing or of the wrong kind, and what the parts throw. In these
    ///   cases, the transformer does not change.
    public mutating func fit(_ table: Table) throws { _ = try fitBlocks(table, targets: [Never]?.none) }

    /// Learns from the columns of a table and one target per row.
    ///
    /// - Throws: what ``fit(_:)`` throws, and `EstimatorError` if there is not one target per row.
    public mutating func fit<Target: Sendable>(_ table: Table, _ y: [Target]) throws { _ = try fitBlocks(table, y) }

    /// Returns a copy that is fitted to the columns of a table.
    ///
    /// - Throws: what ``fit(_:)`` throws.
    public func fitted(_ table: Table) throws -> ColumnTransformer { try changed(self) { try $0.fit(table) } }

    /// Returns a copy that is fitted to the columns of a table and one target per row.
    ///
    /// - Throws: what ``fit(_:_:)`` throws.
    public func fitted<Target: Sendable>(_ table: Table, _ y: [Target]) throws -> ColumnTransformer {
        try changed(self) { try $0.fit(table, y) }
    }

    /// Learns from the columns of a table, and returns the features: rows × features.
    ///
    /// - Throws: what ``fit(_:)`` throws.
    public mutating func fitTransform(_ table: Table) throws -> Matrix<Double> {
        try fitBlocks(table, targets: [Never]?.none).dense(rows: table.rowCount)
    }

    /// Learns from the columns of a table and one target per row, and returns the features: rows × features.
    ///
    /// - Throws: what ``fit(_:_:)`` throws.
    public mutating func fitTransform<Target: Sendable>(_ table: Table, _ y: [Target]) throws -> Matrix<Double> {
        try fitBlocks(table, y).dense(rows: table.rowCount)
    }

    /// Learns from the columns of a table and one target per row, and returns the features: sparse if ``sparseOutput``
    /// is true and the reader takes sparse features, otherwise dense.
    mutating func fitFeatures<Target: Sendable>(
        _ table: Table, _ y: [Target], takesSparse: Bool
    ) throws -> ColumnFeatures {
        let blocks = try fitBlocks(table, y)
        return try joined(blocks, rows: table.rowCount, takesSparse: takesSparse)
    }

    private mutating func fitBlocks<Target: Sendable>(_ table: Table, _ y: [Target]) throws -> [ColumnFeatures] {
        try Check.sameCount(y.count, argument: "y", as: table.rowCount, of: "x")
        return try fitBlocks(table, targets: y)
    }

    /// Learns from the columns of a table and returns the features of each part and of the remaining columns.
    private mutating func fitBlocks<Target: Sendable>(_ table: Table, targets: [Target]?) throws -> [ColumnFeatures] {
        try Check.require(
            (0...1).contains(sparseThreshold), parameter: "sparseThreshold", sparseThreshold,
            allowed: "a number from 0 to 1")
        try checkColumns(of: table)
        var fitted = self
        let named = Set(parts.flatMap(\.columns))
        let remaining = remainder == .passthrough ? table.columnNames.filter { !named.contains($0) } : []
        let parts = try fitted.parts.indices.map { index in
            try fitted.parts[index].step.fitTransform(table, fitted.parts[index].columns, targets)
        }
        let blocks = try withRemaining(remaining, of: table, after: parts)
        fitted.remaining = remaining
        fitted.sparseOutput = blocks.areSparse(rows: table.rowCount, below: sparseThreshold)
        self = fitted
        return blocks
    }

    /// Returns the features of the columns of a table: rows × features.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if a column is missing or of
    ///   the wrong kind, and what the parts throw.
    public func transform(_ table: Table) throws -> Matrix<Double> { try blocks(table).dense(rows: table.rowCount) }

    /// Returns the features of the columns of a table as a sparse matrix, which stores only the elements that are not
    /// 0.
    ///
    /// A ``TablePipeline`` passes them to its estimator if ``sparseOutput`` is true.
    ///
    /// - Throws: what ``transform(_:)`` throws.
    /// - Complexity: O(rows × columns of the table) for one-hot encoded columns, however many categories they have.
    public func transformSparse(_ table: Table) throws -> SparseMatrix<Double> {
        try blocks(table).sparse(rows: table.rowCount)
    }

    /// The features: sparse if ``sparseOutput`` is true and the reader takes sparse features, otherwise dense.
    func features(_ table: Table, takesSparse: Bool) throws -> ColumnFeatures {
        try joined(blocks(table), rows: table.rowCount, takesSparse: takesSparse)
    }

    private func blocks(_ table: Table) throws -> [ColumnFeatures] {
        guard let remaining else { throw EstimatorError.notFitted(estimator: "ColumnTransformer") }
        try checkColumns(of: table)
        return try namingColumns(of: table, features: false) {
            try withRemaining(remaining, of: table, after: parts.map { try $0.step.transform(table, $0.columns) })
        }
    }

    private func joined(_ blocks: [ColumnFeatures], rows: Int, takesSparse: Bool) throws -> ColumnFeatures {
        takesSparse && sparseOutput ? .sparse(try blocks.sparse(rows: rows)) : .dense(blocks.dense(rows: rows))
    }

    /// Returns the names of the features in their order, which the transformers of the parts make from the names of the
    /// columns.
    ///
    /// They are those of scikit-learn with `verbose_feature_names_out=False`. If a column is in several parts, a name
    /// can occur more than once.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.notSupported` for a transformer that is not
    ///   `FeatureNaming`.
    public func getFeatureNamesOut() throws -> [String] {
        guard let remaining else { throw EstimatorError.notFitted(estimator: "ColumnTransformer") }
        return try parts.flatMap { try $0.step.featureNames($0.columns) } + remaining
    }

    /// The features of the parts, and then the remaining columns.
    private func withRemaining(
        _ remaining: [String], of table: Table, after parts: [ColumnFeatures]
    ) throws -> [ColumnFeatures] {
        let blocks = remaining.isEmpty ? parts : parts + [.dense(try table.matrix(of: remaining))]
        try Check.require(!blocks.isEmpty, parameter: "parts", "none", allowed: "at least one part")
        return blocks
    }
}

// Transformers that are not Equatable, such as those that hold a function, equal none.
extension ColumnTransformer: Equatable {}

extension ColumnTransformer.Part: Equatable {}

extension ColumnTransformer.Step {
    mutating func fitTransform<Target: Sendable>(
        _ table: Table, _ columns: [String], _ y: [Target]?
    ) throws -> ColumnFeatures {
        guard !columns.isEmpty else { return .dense(Matrix(rows: table.rowCount, columns: 0, elements: [])) }
        switch self {
        case .numeric(var transformer):
            defer { self = .numeric(transformer) }
            let numbers = try table.matrix(of: columns)
            return try naming(columns) { try transformer.fitFeatures(numbers, y) }
        case .passthrough:
            return .dense(try table.matrix(of: columns))
        case .categorical(var encoder):
            defer { self = .categorical(encoder) }
            let categories = try categories(of: table, columns)
            return try naming(columns) { try encoder.fitFeatures(categories, y) }
        }
    }

    func transform(_ table: Table, _ columns: [String]) throws -> ColumnFeatures {
        guard !columns.isEmpty else { return .dense(Matrix(rows: table.rowCount, columns: 0, elements: [])) }
        switch self {
        case .numeric(let transformer):
            let numbers = try table.matrix(of: columns)
            return try naming(columns) { try transformer.features(numbers) }
        case .passthrough:
            return .dense(try table.matrix(of: columns))
        case .categorical(let encoder):
            let categories = try categories(of: table, columns)
            return try naming(columns) { try encoder.features(categories) }
        }
    }

    func featureNames(_ columns: [String]) throws -> [String] {
        guard !columns.isEmpty else { return [] }
        let transformer: any Sendable
        switch self {
        case .passthrough: return columns
        case .numeric(let numeric): transformer = numeric
        case .categorical(let encoder): transformer = encoder
        }
        guard let naming = transformer as? any FeatureNaming else {
            throw EstimatorError.notSupported("getFeatureNamesOut of \(type(of: transformer))")
        }
        return try naming.getFeatureNamesOut(columns)
    }

    private func categories(of table: Table, _ names: [String]) throws -> Matrix<String?> {
        let columns = try names.map(table.strings)
        return Matrix(
            rows: table.rowCount, columns: names.count,
            elements: (0..<table.rowCount).flatMap { row in columns.map { $0[row] } })
    }
}

extension ColumnTransformer: CustomStringConvertible {
    /// The initializer call: `ColumnTransformer([.numeric(["age"], StandardScaler())])`.
    public var description: String {
        written(
            Self.self,
            [literal(parts)] + changedParameter("remainder", remainder, from: Remainder.drop)
                + changedParameter("sparseThreshold", sparseThreshold, from: 0.3))
    }
}

extension ColumnTransformer.Part: CustomStringConvertible {
    /// The call that makes the part: `.numeric(["age"], StandardScaler())`.
    public var description: String {
        switch step {
        case .numeric(let transformer): ".numeric(\(literal(columns)), \(literal(transformer)))"
        case .passthrough: ".passthrough(\(literal(columns)))"
        case .categorical(let encoder): ".categorical(\(literal(columns)), \(literal(encoder)))"
        }
    }
}
