public import Estimators
public import LinearAlgebra
public import Preprocessing
public import Tables

/// Makes features of the columns of a table, with transformers and encoders for each kind of column.
///
/// ```swift
/// var columns = ColumnTransformer([
///     .numeric(["age", "hours"], SimpleImputer(), StandardScaler()),
///     .categorical(["job", "sex"], OneHotEncoder(handleUnknown: .ignore)),
/// ])
/// let x = try columns.fitTransform(table)
/// ```
///
/// The features are those of the parts side by side, in the order of the parts. A column may be in several parts.
public struct ColumnTransformer: Sendable {
    /// Some columns and how they are transformed.
    public struct Part: Sendable {
        /// The names of the columns.
        public let columns: [String]
        var step: Step

        /// Numeric columns, made into features by transformers, one after the other; without one, they are taken as
        /// they are.
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

        /// Numeric columns, taken as they are.
        public static func passthrough(_ columns: [String]) -> Part { Part(columns: columns, step: .passthrough) }

        /// Categorical columns, made into features by an encoder.
        public static func categorical(_ columns: [String], _ encoder: some WordEncoder) -> Part {
            Part(columns: columns, step: .categorical(encoder))
        }

        /// Categorical columns whose missing values are replaced before an encoder makes features of them.
        public static func categorical(
            _ columns: [String], _ imputer: CategoryImputer<String?>, _ encoder: some WordEncoder
        ) -> Part {
            categorical(columns, ImputedEncoder(imputer, encoder))
        }

        /// Numeric columns, made into features by a transformer.
        @available(*, deprecated, renamed: "numeric")
        public static func numbers(_ columns: [String], _ transformer: some Transformer) -> Part {
            numeric(columns, transformer)
        }

        /// Categorical columns, made into features by an encoder.
        @available(*, deprecated, renamed: "categorical")
        public static func words(_ columns: [String], _ encoder: some WordEncoder) -> Part {
            categorical(columns, encoder)
        }

        /// Categorical columns whose missing values are replaced before an encoder makes features of them.
        @available(*, deprecated, renamed: "categorical")
        public static func words(
            _ columns: [String], _ imputer: CategoryImputer<String?>, _ encoder: some WordEncoder
        ) -> Part {
            categorical(columns, imputer, encoder)
        }
    }

    enum Step: Sendable {
        case numeric(any Transformer)
        case passthrough
        case categorical(any WordEncoder)
    }

    /// How the columns that no part names are treated.
    public enum Remainder: String, CaseIterable, Sendable {
        /// They are left out.
        case drop
        /// They are taken as they are, after the parts; they must be numeric.
        case passthrough
    }

    /// The parts, in the order of their features.
    public private(set) var parts: [Part]

    /// How the columns that no part names are treated. Default `.drop`.
    public let remainder: Remainder

    /// The columns that no part names and that are taken as they are; nil before `fit`.
    var remaining: [String]?

    /// An unfitted transformer.
    public init(_ parts: [Part], remainder: Remainder = .drop) {
        self.parts = parts
        self.remainder = remainder
    }

    /// Learns from the columns of a table, and discards what was learned before.
    ///
    /// - Throws: `EstimatorError` if a column is missing or of the wrong kind, and what the parts throw; the
    ///   transformer is unchanged then.
    public mutating func fit(_ table: Table) throws { _ = try fitTransform(table) }

    /// Learns from the columns of a table and one target per row.
    ///
    /// - Throws: what ``fit(_:)`` throws, and `EstimatorError` for another number of targets.
    public mutating func fit<Target: Sendable>(_ table: Table, _ y: [Target]) throws { _ = try fitTransform(table, y) }

    /// A copy that has learned from the columns of a table.
    ///
    /// - Throws: what ``fit(_:)`` throws.
    public func fitted(_ table: Table) throws -> ColumnTransformer { try changed(self) { try $0.fit(table) } }

    /// A copy that has learned from the columns of a table and one target per row.
    ///
    /// - Throws: what ``fit(_:_:)`` throws.
    public func fitted<Target: Sendable>(_ table: Table, _ y: [Target]) throws -> ColumnTransformer {
        try changed(self) { try $0.fit(table, y) }
    }

    /// Learns from the columns of a table and returns the features that they make: rows × features.
    ///
    /// - Throws: what ``fit(_:)`` throws.
    public mutating func fitTransform(_ table: Table) throws -> Matrix<Double> {
        try fitTransform(table, targets: [Never]?.none)
    }

    /// Learns from the columns of a table and one target per row, and returns the features: rows × features.
    ///
    /// - Throws: what ``fit(_:_:)`` throws.
    public mutating func fitTransform<Target: Sendable>(_ table: Table, _ y: [Target]) throws -> Matrix<Double> {
        try Check.sameCount(y.count, argument: "y", as: table.rowCount, of: "x")
        return try fitTransform(table, targets: y)
    }

    private mutating func fitTransform<Target: Sendable>(_ table: Table, targets: [Target]?) throws -> Matrix<Double> {
        var fitted = self
        let named = Set(parts.flatMap(\.columns))
        let remaining = remainder == .passthrough ? table.columnNames.filter { !named.contains($0) } : []
        let blocks = try fitted.parts.indices.map { index in
            try fitted.parts[index].step.fitTransform(table, fitted.parts[index].columns, targets)
        }
        let features = try sideBySide(blocks, table, remaining)
        fitted.remaining = remaining
        self = fitted
        return features
    }

    /// The features that the columns of a table make: rows × features.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidInput` if a column is missing or of
    ///   the wrong kind, and what the parts throw.
    public func transform(_ table: Table) throws -> Matrix<Double> {
        guard let remaining else { throw EstimatorError.notFitted(estimator: "ColumnTransformer") }
        return try sideBySide(parts.map { try $0.step.transform(table, $0.columns) }, table, remaining)
    }

    /// The names of the features in their order, made by the parts' transformers from the columns' names.
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

    /// The features of the parts and the remaining columns side by side.
    private func sideBySide(
        _ parts: [Matrix<Double>], _ table: Table, _ remaining: [String]
    ) throws -> Matrix<Double> {
        let blocks = remaining.isEmpty ? parts : parts + [try table.matrix(of: remaining)]
        try Check.require(!blocks.isEmpty, parameter: "parts", "none", allowed: "at least one part")
        let elements = (0..<table.rowCount).flatMap { row in blocks.flatMap { $0.row(row) } }
        return Matrix(rows: table.rowCount, columns: blocks.reduce(0) { $0 + $1.columns }, elements: elements)
    }
}

extension ColumnTransformer.Step {
    mutating func fitTransform<Target: Sendable>(
        _ table: Table, _ columns: [String], _ y: [Target]?
    ) throws -> Matrix<Double> {
        switch self {
        case .numeric(var transformer):
            defer { self = .numeric(transformer) }
            let numbers = try table.matrix(of: columns)
            return if let y { try transformer.fitTransform(numbers, y) } else { try transformer.fitTransform(numbers) }
        case .passthrough:
            return try table.matrix(of: columns)
        case .categorical(var encoder):
            defer { self = .categorical(encoder) }
            let categories = try categories(of: table, columns)
            if let y { return try encoder.fitTransform(categories, y) }
            try encoder.fit(categories)
            return try encoder.transform(categories)
        }
    }

    func transform(_ table: Table, _ columns: [String]) throws -> Matrix<Double> {
        switch self {
        case .numeric(let transformer): try transformer.transform(table.matrix(of: columns))
        case .passthrough: try table.matrix(of: columns)
        case .categorical(let encoder): try encoder.transform(categories(of: table, columns))
        }
    }

    func featureNames(_ columns: [String]) throws -> [String] {
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
    /// The call of the initializer: `ColumnTransformer([.numeric(["age"], StandardScaler())])`.
    public var description: String {
        written(Self.self, [literal(parts)] + changedParameter("remainder", remainder, from: Remainder.drop))
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
