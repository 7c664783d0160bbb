import Workflows

/// The program that trains the same model with the library.
func program(_ table: TrainingTable, _ recipe: Recipe, data: String, output: String) throws -> String {
    let isClassifier = table.task == .classification
    func list(_ names: [String]) -> String { "[" + names.map(jsonText).joined(separator: ", ") + "]" }
    let strings = table.x.stringColumnNames
    let texts = isClassifier ? strings + [table.target] : strings
    let model = try recipe.call(for: table)
    return """
        import SwiftMLP

        let table = try readCSV(\(jsonText(data)), stringColumns: \(list(texts)))
        let x = try table.selectingColumns(\(list(table.x.columnNames)))
        let y = try table.\(isClassifier ? "labels" : "numbers")(\(jsonText(table.target)))
        let model = try \(model).fitted(x, y)
        try model.save(to: \(jsonText(output)))
        """
}
