import Foundation
public import SwiftMLP

/// A fitted model over the rows of tables, and what is known about it.
public struct Workflow: Sendable {
    /// The model.
    public var model: any TableWorkflow
    /// What is known about it.
    public var card: ModelCard

    /// A model with its card.
    public init(model: any TableWorkflow, card: ModelCard) { (self.model, self.card) = (model, card) }

    /// The name of the note in which a model file keeps the card.
    private static let note = "mlp.card"

    /// The kinds of models that are read.
    private static let kinds: [any TableWorkflow.Type] = [
        ClassifierWorkflow<TabularMLPClassifier<String>>.self, ClassifierWorkflow<TabularMLPClassifier<Int>>.self,
        RegressorWorkflow<TabularMLPRegressor<Double>>.self,
        ClassifierWorkflow<TablePipeline<MLPClassifier<String, Double>>>.self,
        ClassifierWorkflow<TablePipeline<MLPClassifier<Int, Double>>>.self,
        ClassifierWorkflow<TablePipeline<MLPClassifier<Bool, Double>>>.self,
        RegressorWorkflow<TablePipeline<MLPRegressor<Double, Double>>>.self, RegressorWorkflow<ScaledRegressor>.self,
    ]

    /// Reads a model file, which this program or the library has written.
    ///
    /// - Throws: `ModelFileError`; `WorkflowError` for a model of another kind, or one that is not fitted.
    public init(contentsOf path: String) throws {
        let information = try ModelFileInformation(contentsOf: path)
        let model = try Self.model(of: information, path)
        var card: ModelCard
        if let text = information.notes[Self.note] {
            card = try Self.card(text, of: model, path)
        } else {
            let columns = try model.columnTypes().map { ModelCard.Column(name: $0.name, kind: $0.kind) }
            card = ModelCard(task: model.task, target: "prediction", columns: columns, call: model.call)
        }
        card.classes = model.classLabels
        card.library = information.library
        self.init(model: model, card: card)
    }

    private static func model(of information: ModelFileInformation, _ path: String) throws -> any TableWorkflow {
        for kind in kinds where kind.storedTypeName == information.typeName { return try kind.init(contentsOf: path) }
        let known = kinds.map { $0.storedTypeName }.joined(separator: ", ")
        throw WorkflowError(
            "\(path) holds a \(information.typeName), which takes no tables or is not known here; known are \(known)")
    }

    private static func card(_ text: String, of model: any TableWorkflow, _ path: String) throws -> ModelCard {
        guard let card = try? decoder.decode(ModelCard.self, from: Data(text.utf8)) else {
            throw WorkflowError("\(path) has a damaged card: train again, or save the model without it")
        }
        try check(card, model, path)
        return card
    }

    /// - Throws: `WorkflowError` unless the card is one of the model.
    private static func check(_ card: ModelCard, _ model: any TableWorkflow, _ path: String) throws {
        let types = try model.columnTypes()
        let isSame =
            card.task == model.task && card.columns.map(\.name) == types.map(\.name)
            && card.columns.map(\.kind) == types.map(\.kind)
        guard isSame else { throw WorkflowError("\(path) has the card of another model") }
    }

    /// Writes the model and its card to a file, as a whole.
    ///
    /// - Throws: `ModelFileError`.
    public func save(to path: String) throws {
        let text = String(decoding: try Self.encoder.encode(card), as: UTF8.self)
        try model.save(to: path, notes: [Self.note: text])
    }

    static let encoder: JSONEncoder = {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        encoder.dateEncodingStrategy = .iso8601
        encoder.nonConformingFloatEncodingStrategy = .convertToString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return encoder
    }()

    static let decoder: JSONDecoder = {
        let decoder = JSONDecoder()
        decoder.dateDecodingStrategy = .iso8601
        decoder.nonConformingFloatDecodingStrategy = .convertFromString(
            positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
        return decoder
    }()

    /// The predictions for the rows of a table, which has the model's columns in any order.
    ///
    /// - Throws: what the model throws: for a missing column, or text where the model takes numbers; `UnpredictableRow`.
    public func predictions(for table: Table) throws -> Predictions {
        let predictions: Predictions
        do {
            predictions = try model.predictions(for: table)
        } catch let error as EstimatorError {
            // Rows are counted by people from 1, and over all batches of a file.
            guard let row = card.firstHugeRow(of: table) else { throw error }
            throw UnpredictableRow(row, of: table, card)
        }
        if let row = predictions.firstUnknown { throw UnpredictableRow(row, of: table, card) }
        return predictions
    }
}

/// scikit-learn's network for numbers, whose targets are scaled.
public typealias ScaledRegressor = TransformedTargetRegressor<
    TablePipeline<MLPRegressor<Double, Double>>, StandardScaler
>

extension Workflow {
    /// The columns of the model in a CSV file, and the true values of its target; rows without one are left out, and `rows`
    /// has the numbers of the others in the file, from 0.
    ///
    /// - Parameter target: the column of the true values; nil for that of the training.
    /// - Throws: `TableError` for a file that cannot be read; `WorkflowError` for one without the target.
    public func judged(_ path: String, target: String?, reading: ReadingOptions) throws -> (
        x: Table, truth: Truth, rows: [Int]
    ) {
        let name = target ?? card.target
        let names = try reading.table(path, nRows: 0).columnNames
        guard names.contains(name) else {
            throw WorkflowError(
                "\(path) has no column \(name) with the true values: name it with --target; it has "
                    + names.prefix(20).joined(separator: ", "))
        }
        let missing = card.columns.map(\.name).filter { !names.contains($0) }
        guard missing.isEmpty else {
            throw WorkflowError("\(path) lacks the model's column(s) \(missing.joined(separator: ", "))")
        }
        var types = card.types
        if card.task == .classification { types.strings.insert(name) } else { types.numbers.insert(name) }
        let table = try reading.table(path, columns: card.columns.map(\.name) + [name], types: types)
        let column = try table.column(name)
        let gaps = Set(column.missingRows)
        let rows = (0..<table.rowCount).filter { !gaps.contains($0) }
        guard !rows.isEmpty else { throw WorkflowError("\(path) has no row with a value of \(name)") }
        let known = table.selectingRows(rows)
        let x = try known.selectingColumns(card.columns.map(\.name))
        switch try known.column(name) {
        case .strings(let values): return (x, .labels(values.map { $0 ?? "" }), rows)
        case .numbers(let values): return (x, .numbers(values), rows)
        }
    }
}
