import SwiftMLP
import Workflows

/// The program that trains the same model with the library.
func program(_ table: TrainingTable, _ recipe: Recipe, _ training: TrainingArguments, output: String) throws -> String {
    let isClassifier = table.task == .classification
    func list(_ names: [String]) -> String { "[" + names.map(\.debugDescription).joined(separator: ", ") + "]" }
    let dates = table.x.columnNames.compactMap { name in
        table.dates[name].map { "\(name.debugDescription): .\($0)" }
    }
    let strings = table.x.stringColumnNames + (isClassifier ? [table.target] : [])
    var arguments = [training.data.debugDescription] + table.reading.arguments(table.guesses.map(\.name))
    if !strings.isEmpty { arguments.append("stringColumns: \(list(strings))") }
    if !dates.isEmpty { arguments.append("dateColumns: [\(dates.joined(separator: ", "))]") }
    let target = table.target.debugDescription
    let model = try recipe.call(for: table)
    var lines = ["import SwiftMLP", ""]
    lines.append(
        "\(table.rowsWithoutTarget > 0 ? "var" : "let") table = try readCSV(\(arguments.joined(separator: ", ")))")
    if table.rowsWithoutTarget > 0 {
        let values = isClassifier ? "strings" : "numbers"
        lines += [
            "// Rows without a target.",
            "let target = try table.\(values)(\(target))",
            "table = table.selectingRows(target.indices.filter { \(isClassifier ? "target[$0] != nil" : "!target[$0].isNaN") })",
        ]
    }
    lines += [
        "let x = try table.selectingColumns(\(list(table.x.columnNames)))",
        "let y = try table.\(isClassifier ? "labels" : "numbers")(\(target))",
    ]
    if let weights = training.columns.weights {
        lines += [
            "var model = \(model)",
            "try model.fit(x, y, sampleWeight: table.numbers(\(weights.debugDescription)))",
        ]
    } else {
        lines.append("let model = try \(model).fitted(x, y)")
    }
    return (lines + ["try model.save(to: \(output.debugDescription))"]).joined(separator: "\n")
}
