public import Estimators
public import LinearAlgebra
public import Preprocessing
public import Tables

/// Makes features of the columns of a table, each kind of column in its own way.
///
/// ```swift
/// var columns = ColumnTransformer([
///     .numbers(["age", "hours"], Chain(SimpleImputer(), StandardScaler())),
///     .words(["job", "sex"], OneHotEncoder<String?>(handleUnknown: .ignore)),
/// ])
/// let x = try columns.fitTransform(table)
/// ```
///
/// The features are those of the parts side by side, in the order of the parts. A column may be in several parts.
public struct ColumnTransformer: Sendable {
    /// What becomes of some columns.
    public struct Part: Sendable {
        /// The names of the columns.
        public let columns: [String]
        var step: Step

        /// Columns of numbers, made into features by a transformer.
        public static func numbers(_ columns: [String], _ transformer: some Transformer) -> Part {
            Part(columns: columns, step: .numbers(transformer))
        }

        /// Columns of numbers, taken as they are.
        public static func passthrough(_ columns: [String]) -> Part { Part(columns: columns, step: .passthrough) }

        /// Columns of words, made into features by an encoder.
        public static func words(_ columns: [String], _ encoder: some WordEncoder) -> Part {
            Part(columns: columns, step: .words(encoder))
        }

        /// Columns of words, whose missing words are filled in before an encoder makes features of them.
        public static func words(
            _ columns: [String], _ imputer: CategoryImputer<String?>, _ encoder: some WordEncoder
        ) -> Part {
            Part(columns: columns, step: .words(ImputedEncoder(imputer, encoder)))
        }
    }

    enum Step: Sendable {
        case numbers(any Transformer)
        case passthrough
        case words(any WordEncoder)
    }

    /// What becomes of the columns that no part names.
    public enum Remainder: String, CaseIterable, Sendable {
        /// They are left out.
        case drop
        /// They are taken as they are, after the parts; they must be numbers.
        case passthrough
    }

    /// The parts, in the order of their features.
    public private(set) var parts: [Part]

    /// What becomes of the columns that no part names. Default `.drop`.
    public let remainder: Remainder

    /// The columns that no part names and that are taken as they are; nil before `fit`.
    var remaining: [String]?

    /// A transformer that has not been fitted.
    public init(_ parts: [Part], remainder: Remainder = .drop) {
        self.parts = parts
        self.remainder = remainder
    }

    /// Learns from the columns of a table, forgetting what was learned before.
    ///
    /// - Throws: `EstimatorError` when a column is missing or of the wrong kind, and what the parts throw; the transformer
    ///   is unchanged then.
    public mutating func fit(_ table: Table) throws {
        _ = try fitTransform(table)
    }

    /// Learns from the columns of a table and returns the features that they make: rows × features.
    ///
    /// - Throws: what ``fit(_:)`` throws.
    public mutating func fitTransform(_ table: Table) throws -> Matrix<Double> {
        var fitted = self
        let named = Set(parts.flatMap(\.columns))
        let remaining = remainder == .passthrough ? table.columnNames.filter { !named.contains($0) } : []
        let blocks = try fitted.parts.indices.map { index in
            try fitted.parts[index].step.fitTransform(table, fitted.parts[index].columns)
        }
        let features = try sideBySide(blocks, table, remaining)
        fitted.remaining = remaining
        self = fitted
        return features
    }

    /// The features that the columns of a table make: rows × features.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; errors when a column is missing or of the wrong kind, and what the
    ///   parts throw.
    public func transform(_ table: Table) throws -> Matrix<Double> {
        guard let remaining else { throw EstimatorError.notFitted(estimator: "ColumnTransformer") }
        return try sideBySide(parts.map { try $0.step.transform(table, $0.columns) }, table, remaining)
    }

    /// The names of the features, in their order, as the parts' transformers make them of the columns' names.
    ///
    /// They are what scikit-learn gives with `verbose_feature_names_out=False`; where a column is in several parts, a name can
    /// occur more than once.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.notSupported` for a transformer that is not
    ///   ``FeatureNaming``.
    public func getFeatureNamesOut() throws -> [String] {
        guard let remaining else { throw EstimatorError.notFitted(estimator: "ColumnTransformer") }
        return try parts.flatMap { try $0.step.featureNames($0.columns) } + remaining
    }

    /// The features of the parts and the remaining columns side by side.
    private func sideBySide(
        _ parts: [Matrix<Double>], _ table: Table, _ remaining: [String]
    ) throws -> Matrix<Double> {
        let blocks = remaining.isEmpty ? parts : parts + [try table.matrix(of: remaining)]
        guard !blocks.isEmpty else {
            throw EstimatorError.invalidParameter(name: "parts", value: "none", allowed: "at least one part")
        }
        let elements = (0..<table.rowCount).flatMap { row in blocks.flatMap { $0.row(row) } }
        return Matrix(rows: table.rowCount, columns: blocks.reduce(0) { $0 + $1.columns }, elements: elements)
    }
}

extension ColumnTransformer.Step {
    mutating func fitTransform(_ table: Table, _ columns: [String]) throws -> Matrix<Double> {
        switch self {
        case .numbers(var transformer):
            let features = try transformer.fitTransform(table.matrix(of: columns))
            self = .numbers(transformer)
            return features
        case .passthrough:
            return try table.matrix(of: columns)
        case .words(var encoder):
            let words = try words(of: table, columns)
            try encoder.fit(words)
            self = .words(encoder)
            return try encoder.transform(words)
        }
    }

    func transform(_ table: Table, _ columns: [String]) throws -> Matrix<Double> {
        switch self {
        case .numbers(let transformer): try transformer.transform(table.matrix(of: columns))
        case .passthrough: try table.matrix(of: columns)
        case .words(let encoder): try encoder.transform(words(of: table, columns))
        }
    }

    func featureNames(_ columns: [String]) throws -> [String] {
        let transformer: any Sendable
        switch self {
        case .passthrough: return columns
        case .numbers(let numbers): transformer = numbers
        case .words(let encoder): transformer = encoder
        }
        guard let naming = transformer as? any FeatureNaming else {
            throw EstimatorError.notSupported("getFeatureNamesOut of \(type(of: transformer))")
        }
        return try naming.getFeatureNamesOut(columns)
    }

    private func words(of table: Table, _ names: [String]) throws -> Matrix<String?> {
        let columns = try names.map(table.strings)
        return Matrix(
            rows: table.rowCount, columns: names.count,
            elements: (0..<table.rowCount).flatMap { row in columns.map { $0[row] } })
    }
}

extension ColumnTransformer: CustomStringConvertible {
    /// As it is written: `ColumnTransformer([.numbers(["age"], StandardScaler())])`.
    public var description: String {
        written(
            Self.self,
            [literal(parts)] + [changedParameter("remainder", remainder, from: Remainder.drop)].compactMap { $0 })
    }
}

extension ColumnTransformer.Part: CustomStringConvertible {
    /// As it is written: `.numbers(["age"], StandardScaler())`.
    public var description: String {
        switch step {
        case .numbers(let transformer): ".numbers(\(literal(columns)), \(literal(transformer)))"
        case .passthrough: ".passthrough(\(literal(columns)))"
        case .words(let encoder): ".words(\(literal(columns)), \(literal(encoder)))"
        }
    }
}
