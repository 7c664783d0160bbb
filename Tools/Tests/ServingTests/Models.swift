import Foundation
import SwiftMLP
import Workflows

@testable import Serving

/// Small models that the tests serve, each trained once.
enum Models {
    /// Classes from two numbers and a category.
    static let classifier = made { try makeClassifier(name: "income") }
    /// Another one with the same columns.
    static let otherClassifier = made { try makeClassifier(name: "income", seed: 2) }
    /// Numbers, with the errors of 99 rows.
    static let regressor = made { try makeRegressor() }

    /// A network for raw tables, whose rows are predicted together.
    static let tabular = made { try makeTabular() }

    /// Numbers from dates.
    static let dated = made { try makeDated() }

    static let columns = ["age", "hours", "trade"]
    static let row = #"{"age": 41, "hours": 38.5, "trade": "nurse"}"#

    private static func made(_ make: () throws -> ServedModel) -> ServedModel {
        do { return try make() } catch { fatalError("a model for the tests cannot be trained: \(error)") }
    }

    private static func table() throws -> Table {
        let rows = 0..<60
        return try Table([
            ("age", .numbers(rows.map { Double(20 + $0 * 7 % 45) })),
            ("hours", .numbers(rows.map { $0 % 9 == 0 ? .nan : Double(20 + $0 * 11 % 30) })),
            ("trade", .strings(rows.map { $0 % 10 == 0 ? nil : ["baker", "nurse", "clerk"][$0 % 3] })),
        ])
    }

    private static let transformer = ColumnTransformer([
        .numeric(["age", "hours"], SimpleImputer(strategy: .median), StandardScaler()),
        .categorical(["trade"], OneHotEncoder<String?>(handleUnknown: .ignore)),
    ])

    private static func makeClassifier(name: String, seed: UInt32 = 1) throws -> ServedModel {
        let table = try table()
        var model = TablePipeline(
            transformer,
            MLPClassifier<String, Double>(hiddenLayerSizes: [4], solver: .lbfgs, maxIter: 20, randomState: .init(seed)))
        try model.fit(table, try table.numbers("age").map { $0 > 40 ? "high" : "lo\"w" })
        let workflow = ClassifierWorkflow(model)
        return ServedModel(Workflow(model: workflow, card: try card(workflow, target: "income")), name: name)
    }

    private static func makeRegressor() throws -> ServedModel {
        let table = try table()
        var model = TablePipeline(
            transformer,
            MLPRegressor<Double, Double>(hiddenLayerSizes: [4], solver: .lbfgs, maxIter: 20, randomState: 1))
        try model.fit(table, try table.numbers("age").map { $0 * 2 })
        let workflow = RegressorWorkflow(model)
        var card = try card(workflow, target: "wage")
        card.errors = (1...99).map { Double($0) / 10 }
        return ServedModel(Workflow(model: workflow, card: card), name: "wage")
    }

    private static func makeTabular() throws -> ServedModel {
        let table = try table()
        var model = TabularMLPClassifier<String>(randomState: 1)
        (model.maxIter, model.nEnsemble, model.hiddenLayerSizes) = (2, 2, [8])
        try model.fit(table, try table.numbers("age").map { $0 > 40 ? "high" : "low" })
        let workflow = ClassifierWorkflow(model)
        return ServedModel(Workflow(model: workflow, card: try card(workflow, target: "income")), name: "tabular")
    }

    private static func makeDated() throws -> ServedModel {
        let days = (0..<60).map { 19_700 + Double($0) }
        let table = try Table(["sold": .numbers(days)])
        var model = TabularMLPRegressor(randomState: 1, dateColumns: ["sold"])
        (model.maxIter, model.nEnsemble, model.hiddenLayerSizes) = (2, 2, [8])
        try model.fit(table, days.map { CalendarDate(days: $0)[.weekday] })
        let workflow = RegressorWorkflow(model)
        var card = try card(workflow, target: "amount")
        card.columns[0].dates = .dayMonthYear
        return ServedModel(Workflow(model: workflow, card: card), name: "dated")
    }

    private static func card(_ model: any TableWorkflow, target: String) throws -> ModelCard {
        var card = ModelCard(
            task: model.task, target: target,
            columns: try model.columnTypes().map { ModelCard.Column(name: $0.name, kind: $0.kind) }, call: model.call)
        card.classes = model.classLabels
        (card.data, card.checksum, card.library) = ("/secret/people.csv", "abc", "swift-mlp 1.2.3")
        return card
    }

    /// A file with a model, in a folder of its own.
    static func file(_ model: ServedModel = classifier) throws -> String {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let path = folder.appendingPathComponent(model.name + ".mlp").path
        try model.workflow.save(to: path)
        return path
    }
}
