public import Estimators
public import LinearAlgebra
public import ModelFiles
public import Tables

/// A column transformer and an estimator in sequence: an estimator of tables with numeric and categorical columns.
///
/// ```swift
/// var pipeline = TablePipeline(columns, MLPClassifier<String, Double>(randomState: 1))
/// let scores = try crossValScore(pipeline, table, y, cv: 5)
/// ```
///
/// In a cross-validation, the column transformer learns from the training samples of each split only. The key paths of
/// the estimator's parameters begin with `\.last`, such as `\.last.alpha`.
///
/// If most features are 0, as those of columns with many categories are, a `SparseEstimator` gets them as a
/// `SparseMatrix`: see ``ColumnTransformer/sparseOutput``.
public struct TablePipeline<Last: Estimator>: Estimator where Last.Features == Matrix<Double> {
    /// The type of one sample's target.
    public typealias Target = Last.Target

    /// The transformer of the columns.
    public var columns: ColumnTransformer

    /// The estimator that gets the features.
    public var last: Last

    /// Creates a pipeline of a column transformer and an estimator.
    public init(_ columns: ColumnTransformer, _ last: Last) {
        self.columns = columns
        self.last = last
    }

    /// Fits the column transformer to the table, and the estimator to the resulting features.
    ///
    /// - Parameters:
    ///   - x: a table with the columns that the transformer names.
    ///   - y: one target per row.
    ///   - sampleWeight: one non-negative weight per row, for the estimator; nil for 1 each.
    /// - Throws: what the transformer and the estimator throw. In this case, the pipeline does not change.
    public mutating func fit(_ x: Table, _ y: [Last.Target], sampleWeight: [Double]?) throws {
        self = try changed(self) {
            let features = try $0.columns.fitFeatures(x, y, takesSparse: Last.takesSparse)
            var last = $0.last
            try $0.columns.namingColumns(of: x, features: true) {
                try last.fit(features, y, sampleWeight: sampleWeight)
            }
            $0.last = last
        }
    }

    /// Returns one prediction for each row of `x`.
    ///
    /// - Throws: what the transformer and the estimator throw.
    public func predict(_ x: Table) throws -> [Last.Target] { try withFeatures(x) { try last.predict($0) } }

    /// Returns the estimator's score on the features of `x`.
    ///
    /// - Throws: what the transformer and the estimator throw.
    public func score(_ x: Table, _ y: [Last.Target], sampleWeight: [Double]?) throws -> Double {
        try withFeatures(x) { try last.score($0, y, sampleWeight: sampleWeight) }
    }

    /// What `body` makes of the features of a table; its errors name the table's columns.
    private func withFeatures<Result>(_ x: Table, _ body: (ColumnFeatures) throws -> Result) throws -> Result {
        let features = try columns.features(x, takesSparse: Last.takesSparse)
        return try columns.namingColumns(of: x, features: true) { try body(features) }
    }

    /// The estimator's classes.
    public static func classNumbers(of y: [Last.Target]) -> [Int]? { Last.classNumbers(of: y) }
}

extension TablePipeline: Equatable where Last: Equatable {}

extension TablePipeline: ValidatingEstimator where Last: ValidatingEstimator {
    /// Fits the column transformer to the table, and the estimator to the resulting features. The estimator evaluates
    /// its epochs on the validation set, which is transformed but from which the column transformer learns nothing.
    ///
    /// - Throws: what the transformer and the estimator throw. In this case, the pipeline does not change.
    public mutating func fit(
        _ x: Table, _ y: [Last.Target], sampleWeight: [Double]? = nil, validation: (x: Table, y: [Last.Target])?
    ) throws {
        self = try changed(self) {
            let features = try $0.columns.fitFeatures(x, y, takesSparse: Last.takesSparse)
            let columns = $0.columns
            let evaluated = try validation.map {
                (x: try columns.features($0.x, takesSparse: Last.takesSparse), y: $0.y)
            }
            var last = $0.last
            try columns.namingColumns(of: x, features: true) {
                try last.fit(features, y, sampleWeight: sampleWeight, validation: evaluated)
            }
            $0.last = last
        }
    }
}

extension TablePipeline: ProbabilisticClassifier where Last: ProbabilisticClassifier {
    /// The estimator's classes in ascending order; empty before `fit`.
    public var classes: [Last.Target.Label] { last.classes }

    /// Returns the probability of each class for each row of `x`: rows × classes.
    ///
    /// - Throws: what the transformer and the estimator throw.
    public func predictProba(_ x: Table) throws -> Matrix<Last.Scalar> {
        try withFeatures(x) { try last.predictProba($0) }
    }
}

extension TablePipeline: NamedParameters {
    /// The names of the estimator's parameters, such as `last.alpha`.
    public static var parameterNames: [PartialKeyPath<TablePipeline>: String] {
        nestedParameterNames(\TablePipeline.last, "last")
    }
}

extension TablePipeline: Encodable where Last: Encodable {}
extension TablePipeline: Decodable where Last: Decodable {}

extension TablePipeline: Storable where Last: Storable {
    /// `TablePipeline` with the name of the estimator.
    public static var storedTypeName: String { ModelFiles.storedTypeName("TablePipeline", Last.self) }
}

extension TablePipeline: CustomStringConvertible {
    /// The initializer call: `TablePipeline(ColumnTransformer(…), MLPClassifier())`.
    public var description: String { written(Self.self, [literal(columns), literal(last)]) }
}

extension TablePipeline: Seedable where Last: Seedable {
    /// Sets the seed of the estimator.
    public mutating func seed(_ seed: UInt32) { last.seed(seed) }
}
