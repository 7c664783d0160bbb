public import Composition
import Estimators
public import LinearAlgebra
public import ModelSelection
import Tables

extension Pipeline: ONNXExportable where Steps: ONNXTransformer, Last: ONNXExportable {
    /// Appends the transformer and then the estimator.
    ///
    /// - Throws: any error of the two.
    public func append(to graph: inout ONNXGraph, features: String) throws {
        try last.append(to: &graph, features: transformer.append(to: &graph, features: features))
    }
}

extension Chain: ONNXTransformer where First: ONNXTransformer, Second: ONNXTransformer {
    /// Appends both transformers.
    ///
    /// - Throws: any error of the two.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        try second.append(to: &graph, features: first.append(to: &graph, features: features))
    }
}

extension Chain: ONNXInvertibleTransformer where First: ONNXInvertibleTransformer, Second: ONNXInvertibleTransformer {
    /// Appends the inverses of both transformers, the second one's first.
    ///
    /// - Throws: any error of the two.
    public func appendInverse(to graph: inout ONNXGraph, features: String) throws -> String {
        try first.appendInverse(to: &graph, features: second.appendInverse(to: &graph, features: features))
    }
}

extension TransformedTargetRegressor: ONNXExportable where Regressor: ONNXExportable, Steps: ONNXInvertibleTransformer {
    /// The type of the regressor's features.
    public typealias Scalar = Regressor.Scalar

    /// Appends the regressor, and then the inverse of its targets' transformer.
    ///
    /// - Throws: any error of the two.
    public func append(to graph: inout ONNXGraph, features: String) throws {
        try regressor.append(to: &graph, features: features)
        try graph.mapOutputs { graph, predictions in
            try graph.inDoublePrecision(predictions) { try transformer.appendInverse(to: &$0, features: $1) }
        }
    }
}

extension ParameterSearch: ONNXExportable where Model: ONNXExportable {
    /// The type of the estimator's features.
    public typealias Scalar = Model.Scalar

    /// Appends the best candidate.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidParameter` where `refit` is false; any
    ///   error of the estimator.
    public func append(to graph: inout ONNXGraph, features: String) throws {
        try best.append(to: &graph, features: features)
    }
}

// MARK: - Tables

extension TablePipeline: ONNXExportable where Last: ONNXExportable {
    /// The type of the estimator's features.
    public typealias Scalar = Last.Scalar

    /// Appends the column transformer and then the estimator. The inputs are the columns of the table.
    ///
    /// - Throws: any error of the two.
    public func append(to graph: inout ONNXGraph, features: String) throws {
        let features = try graph.inDoublePrecision { try columns.appendParts(to: &$0) }
        try last.append(to: &graph, features: features)
    }
}

extension ColumnTransformer: ONNXExportable {
    /// Features of tables are doubles.
    public typealias Scalar = Double

    /// Appends all parts. The inputs are the columns of the table; the output is `variable`, rows × features.
    ///
    /// - Throws: `EstimatorError.notFitted`; ``InterchangeError/notExportable(_:)`` for a part that ONNX cannot
    ///   represent.
    public func append(to graph: inout ONNXGraph, features: String) throws {
        graph.output(try appendParts(to: &graph), as: "variable", .double, columns: [nil])
    }

    /// Appends all parts and returns the name of their features.
    fileprivate func appendParts(to graph: inout ONNXGraph) throws -> String {
        guard let remaining else { throw EstimatorError.notFitted(estimator: "ColumnTransformer") }
        let types = try columnTypes()
        let kinds = Dictionary(types.map { ($0.name, $0.kind) }, uniquingKeysWith: { first, _ in first })
        for (name, kind) in types { try graph.column(name, kind == .numbers ? .double : .string) }

        func check(_ columns: [String], are kind: Table.ColumnKind) throws {
            guard let odd = columns.first(where: { kinds[$0] != kind }) else { return }
            throw InterchangeError.notExportable(
                "column \"\(odd)\" is an input of numbers for one part and of strings for another, which an ONNX model "
                    + "cannot have")
        }
        var blocks: [String] = []
        for part in parts where !part.columns.isEmpty {
            switch part.step {
            case .passthrough:
                try check(part.columns, are: .numbers)
                blocks += part.columns
            case .numeric(let transformer):
                try check(part.columns, are: .numbers)
                guard let transformer = transformer as? any ONNXTransformer else {
                    throw ColumnTransformer.unknown(transformer, part.columns)
                }
                let numbers = graph.sideBySide(part.columns)
                blocks.append(try transformer.append(to: &graph, features: numbers))
            case .categorical(let encoder):
                try check(part.columns, are: .strings)
                guard let encoder = encoder as? any ONNXEncoder else {
                    throw ColumnTransformer.unknown(encoder, part.columns)
                }
                blocks.append(try encoder.append(to: &graph, columns: part.columns.map { ONNXCategories(column: $0) }))
            }
        }
        return graph.sideBySide(blocks + remaining)
    }

    private static func unknown(_ step: Any, _ columns: [String]) -> InterchangeError {
        .notExportable(
            part: type(of: step),
            because: "it is not of this package; it transforms \(columns.joined(separator: ", "))")
    }
}
