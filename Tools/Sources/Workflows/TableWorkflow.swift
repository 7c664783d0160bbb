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
    /// - Parameter dates: the columns of numbers that are days since 1970-01-01.
    /// - Throws: what the model throws.
    func explanation(
        _ table: Table, _ truth: Truth, dates: Set<String>, repeats: Int, curves: Int, seed: UInt32
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

/// A workflow around a model of the library.
protocol ModelWorkflow: TableWorkflow {
    /// The type of the model.
    associatedtype Model: Estimator & TableModel & Storable & CustomStringConvertible where Model.Features == Table

    /// The model.
    var model: Model { get }

    /// A workflow of the model.
    init(_ model: Model)

    /// The true values as the model's targets.
    ///
    /// - Throws: `WorkflowError` for values of another kind, or classes that the model does not know.
    func targets(_ truth: Truth) throws -> [Model.Target]
}

extension ModelWorkflow {
    /// The name of the model's type in files.
    public static var storedTypeName: String { Model.storedTypeName }

    /// Reads the model from a file.
    public init(contentsOf path: String) throws { self.init(try Model(contentsOf: path)) }

    /// Writes the model to a file, as a whole.
    public func save(to path: String, notes: [String: String]) throws { try model.save(to: path, notes: notes) }

    /// The columns that the model takes.
    public func columnTypes() throws -> [(name: String, kind: Table.ColumnKind)] { try model.columnTypes() }

    /// The call of the model's initializer.
    public var call: String { model.description.withoutVerbose.withDots }

    /// What the columns contribute, and how the predictions depend on them.
    public func explanation(
        _ table: Table, _ truth: Truth, dates: Set<String>, repeats: Int, curves: Int, seed: UInt32
    ) throws -> (importances: [ModelCard.Importance], dependences: [Explanation.Dependence]) {
        try Workflows.explanation(
            of: model, table, targets(truth), dates: dates, repeats: repeats, curves: curves, seed: seed)
    }

    /// Writes an HTML report with the scores on a table.
    public func writeReport(to path: String, _ table: Table, _ truth: Truth, title: String) throws {
        try model.writeReport(to: path, test: (table, targets(truth)), title: title)
    }

    /// Writes the model as an ONNX graph, if ONNX can represent it.
    public func exportONNX(to path: String) throws {
        guard let model = model as? any ONNXExportable else {
            throw WorkflowError("a \(Model.storedTypeName) cannot be written as ONNX")
        }
        try model.exportONNX(to: path)
    }
}

/// A model of classes.
public struct ClassifierWorkflow<Model>: ModelWorkflow
where
    Model: ProbabilisticClassifier & TableModel & Storable & CustomStringConvertible, Model.Features == Table,
    Model.Scalar == Double, Model.Target: ClassLabel
{
    /// The model.
    public var model: Model

    /// A workflow of the model.
    public init(_ model: Model) { self.model = model }

    /// Classification.
    public var task: ModelCard.Task { .classification }

    /// The classes as texts.
    public var classLabels: [String] { model.classes.map { "\($0)" } }

    /// The probabilities of the classes.
    public func predictions(for table: Table) throws -> Predictions {
        .probabilities(try model.predictProba(table), classes: classLabels)
    }

    func targets(_ truth: Truth) throws -> [Model.Target] {
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
public struct RegressorWorkflow<Model>: ModelWorkflow
where
    Model: Estimator & TableModel & Storable & CustomStringConvertible, Model.Features == Table, Model.Target == Double
{
    /// The model.
    public var model: Model

    /// A workflow of the model.
    public init(_ model: Model) { self.model = model }

    /// Regression.
    public var task: ModelCard.Task { .regression }

    /// None.
    public var classLabels: [String] { [] }

    /// A number for each row.
    public func predictions(for table: Table) throws -> Predictions { .numbers(try model.predict(table)) }

    func targets(_ truth: Truth) throws -> [Double] {
        guard case .numbers(let numbers) = truth else {
            throw WorkflowError("the model predicts numbers, but the target holds classes")
        }
        return numbers
    }
}
