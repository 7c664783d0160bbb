public import SwiftMLP

/// A fitted model over tables that a program can use without knowing its type.
public protocol TableWorkflow: TableModel, Sendable {
    /// The name of the model's type in files.
    static var storedTypeName: String { get }

    /// Reads the model from a file.
    ///
    /// - Throws: `ModelFileError`.
    init(contentsOf path: String) throws

    /// Writes the model to a file, as a whole.
    ///
    /// - Throws: `ModelFileError`.
    func save(to path: String, notes: [String: String]) throws

    /// What it predicts.
    var task: ModelCard.Task { get }

    /// The classes in the order of the probabilities; empty for numbers.
    var classLabels: [String] { get }

    /// The call of the model's initializer.
    var call: String { get }

    /// The predictions for the rows of a table.
    ///
    /// - Throws: what the model throws.
    func predictions(for table: Table) throws -> Predictions

    /// What the columns contribute to the score, and how the predictions depend on the most important ones.
    ///
    /// - Throws: what the model throws.
    func explanation(
        _ table: Table, _ truth: Truth, repeats: Int, curves: Int, seed: UInt32
    ) throws -> (importances: [ModelCard.Importance], dependences: [Explanation.Dependence])

    /// Writes an HTML report about the model, with its scores on a table.
    ///
    /// - Throws: what the model throws, and `ModelFileError.unwritable`.
    func writeReport(to path: String, _ table: Table, _ truth: Truth, title: String) throws

    /// Writes the model as an ONNX graph.
    ///
    /// - Throws: `InterchangeError.notExportable`; `ModelFileError.unwritable`.
    func exportONNX(to path: String) throws
}

/// Writes a model as an ONNX graph, if ONNX can represent it.
private func export(_ model: Any, to path: String) throws {
    guard let model = model as? any ONNXExportable else {
        throw WorkflowError("a \(type(of: model)) cannot be written as ONNX")
    }
    try model.exportONNX(to: path)
}

/// A model of classes.
public struct ClassifierWorkflow<Model>: TableWorkflow
where
    Model: ProbabilisticClassifier & TableModel & Storable & CustomStringConvertible, Model.Features == Table,
    Model.Scalar == Double, Model.Target: ClassLabel
{
    /// The model.
    public var model: Model

    /// A workflow of the model.
    public init(_ model: Model) { self.model = model }

    public static var storedTypeName: String { Model.storedTypeName }
    public init(contentsOf path: String) throws { model = try Model(contentsOf: path) }
    public func save(to path: String, notes: [String: String]) throws { try model.save(to: path, notes: notes) }
    public func columnTypes() throws -> [(name: String, kind: Table.ColumnKind)] { try model.columnTypes() }
    public var task: ModelCard.Task { .classification }
    public var classLabels: [String] { model.classes.map { "\($0)" } }
    public var call: String { model.description }
    public func predictions(for table: Table) throws -> Predictions {
        .probabilities(try model.predictProba(table), classes: classLabels)
    }

    public func explanation(
        _ table: Table, _ truth: Truth, repeats: Int, curves: Int, seed: UInt32
    ) throws -> (importances: [ModelCard.Importance], dependences: [Explanation.Dependence]) {
        try Workflows.explanation(of: model, table, targets(truth), repeats: repeats, curves: curves, seed: seed)
    }

    public func writeReport(to path: String, _ table: Table, _ truth: Truth, title: String) throws {
        try model.writeReport(to: path, test: (table, targets(truth)), title: title)
    }

    public func exportONNX(to path: String) throws { try export(model, to: path) }

    private func targets(_ truth: Truth) throws -> [Model.Target] {
        guard case .labels(let labels) = truth else {
            throw WorkflowError("the model predicts classes, but the target holds numbers")
        }
        let known = Dictionary(uniqueKeysWithValues: zip(classLabels, model.classes))
        return try labels.map { label in
            guard let target = known[label] else {
                throw WorkflowError(
                    "the model knows the classes \(classLabels.joined(separator: ", ")), but the data have \(label)")
            }
            return target
        }
    }
}

/// A model of numbers.
public struct RegressorWorkflow<Model>: TableWorkflow
where
    Model: Estimator & TableModel & Storable & CustomStringConvertible, Model.Features == Table, Model.Target == Double
{
    /// The model.
    public var model: Model

    /// A workflow of the model.
    public init(_ model: Model) { self.model = model }

    public static var storedTypeName: String { Model.storedTypeName }
    public init(contentsOf path: String) throws { model = try Model(contentsOf: path) }
    public func save(to path: String, notes: [String: String]) throws { try model.save(to: path, notes: notes) }
    public func columnTypes() throws -> [(name: String, kind: Table.ColumnKind)] { try model.columnTypes() }
    public var task: ModelCard.Task { .regression }
    public var classLabels: [String] { [] }
    public var call: String { model.description }
    public func predictions(for table: Table) throws -> Predictions { .numbers(try model.predict(table)) }

    public func explanation(
        _ table: Table, _ truth: Truth, repeats: Int, curves: Int, seed: UInt32
    ) throws -> (importances: [ModelCard.Importance], dependences: [Explanation.Dependence]) {
        try Workflows.explanation(of: model, table, targets(truth), repeats: repeats, curves: curves, seed: seed)
    }

    public func writeReport(to path: String, _ table: Table, _ truth: Truth, title: String) throws {
        try model.writeReport(to: path, test: (table, targets(truth)), title: title)
    }

    public func exportONNX(to path: String) throws { try export(model, to: path) }

    private func targets(_ truth: Truth) throws -> [Double] {
        guard case .numbers(let numbers) = truth else {
            throw WorkflowError("the model predicts numbers, but the target holds classes")
        }
        return numbers
    }
}
