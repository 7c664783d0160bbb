import Composition
import FoundationEssentials
import NeuralNetwork
import Preprocessing
import Tables

/// Prints what a row costs: in the text, as a row of a table, and as features of the bare network.
func measure(_ modelFile: String, rows file: String) throws {
    let model = try Model(contentsOf: URL(filePath: modelFile))
    let text = try String(contentsOf: URL(filePath: file), encoding: .utf8)
    let table = try Table(json: text, for: model)
    let features = try model.columns.transform(table)
    func time(_ name: String, _ work: () throws -> Void) rethrows {
        let duration = try (0..<5).map { _ in try ContinuousClock().measure(work) }.min() ?? .zero
        let microseconds = duration / .microseconds(1) / Double(table.rowCount)
        print("\(name): \((microseconds * 1000).rounded() / 1000) µs a row")
    }
    print("\(table.rowCount) rows at once")
    try time("JSON to table") { _ = try Table(json: text, for: model) }
    try time("table to features") { _ = try model.columns.transform(table) }
    try time("features to probabilities") { _ = try model.last.predictProba(features) }
    try time("table to probabilities") { _ = try model.predictProba(table) }
    print("one row at a time")
    let tables = (0..<table.rowCount).map { table.selectingRows([$0]) }
    let rows = (0..<table.rowCount).map { features.selectingRows([$0]) }
    try time("features to probabilities") { for row in rows { _ = try model.last.predictProba(row) } }
    try time("table to probabilities") { for table in tables { _ = try model.predictProba(table) } }
}
