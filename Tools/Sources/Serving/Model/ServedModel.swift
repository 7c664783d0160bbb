import Foundation
import SwiftMLP
import Workflows

/// A model, and what is worked out once for all requests.
final class ServedModel: Sendable {
    /// A column that the model takes.
    struct Column: Sendable {
        let name: String
        /// The name's bytes.
        let bytes: [UInt8]
        let isNumber: Bool
        /// How its dates are written, where its numbers are days since 1970-01-01.
        let dates: DateOrder?
        /// Which one it is among the columns of its kind.
        let index: Int
    }

    /// The name in the paths of the Open Inference Protocol.
    let name: String
    let workflow: Workflow
    let columns: [Column]
    let columnNames: [String]
    let numberCount: Int
    let stringCount: Int
    /// The position of each column.
    let positions: [String: Int]
    /// `{"prediction":"a","probabilities":{` for each class.
    let beginnings: [[UInt8]]
    /// `"a":` for the first class, `,"b":` for those after it.
    let probabilityNames: [[UInt8]]

    var card: ModelCard { workflow.card }

    /// Whether rows that are predicted together give the bits of rows that are predicted alone, at less cost: networks for
    /// raw tables, whose weights take longer to read than to apply. Small networks in double precision add in another order.
    let joinsRows: Bool

    init(_ workflow: Workflow, name: String) {
        self.name = name
        self.workflow = workflow
        joinsRows = type(of: workflow.model).storedTypeName.hasPrefix("TabularMLP")
        var counts = (numbers: 0, strings: 0)
        columns = workflow.card.columns.map { column in
            let isNumber = column.kind == .numbers
            defer { if isNumber { counts.numbers += 1 } else { counts.strings += 1 } }
            return Column(
                name: column.name, bytes: Array(column.name.utf8), isNumber: isNumber, dates: column.dates,
                index: isNumber ? counts.numbers : counts.strings)
        }
        (numberCount, stringCount) = counts
        columnNames = columns.map(\.name)
        positions = Dictionary(columnNames.enumerated().map { ($1, $0) }) { first, _ in first }
        let classes = workflow.card.classes.map { JSONWriter.piece($0) }
        beginnings = classes.map { Array("{\"prediction\":".utf8) + $0 + Array(",\"probabilities\":{".utf8) }
        probabilityNames = classes.enumerated().map { Array(($0 == 0 ? "" : ",").utf8) + $1 + [UInt8(ascii: ":")] }
    }

    /// Reads a model file; `name` replaces that of the file.
    ///
    /// - Throws: what `Workflow` throws.
    convenience init(contentsOf path: String, name: String?) throws {
        let file = URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent
        self.init(try Workflow(contentsOf: path), name: name ?? (file.isEmpty ? "model" : file))
    }

    /// - Throws: `ServiceError` for rows that the model rejects.
    func predictions(_ table: Table) throws -> Predictions {
        do {
            return try workflow.predictions(for: table)
        } catch let error as EstimatorError {
            if case .invalidInput = error { throw ServiceError.badRequest("\(error)".withoutFullStop) }
            throw error
        } catch let error as TableError {
            throw ServiceError.badRequest("\(error)".withoutFullStop)
        } catch let error as UnpredictableRow {
            throw ServiceError.badRequest("row \(error.row + 1): \(error.problem)")
        }
    }

    /// Half the width of the intervals of a level.
    ///
    /// - Throws: `ServiceError` for a level that cannot be used, or a model without intervals.
    func halfWidth(_ text: String) throws -> Double {
        guard let level = Double(text), level > 0, level < 1 else {
            throw ServiceError.badRequest("interval must be between 0 and 1, such as 0.9, but is \(text.prefix(40))")
        }
        guard card.task == .regression else {
            throw ServiceError.badRequest(
                "interval is for models of numbers, but this one predicts classes: leave it out, there are probabilities"
            )
        }
        guard let width = card.halfWidth(level: level) else {
            throw ServiceError.badRequest(
                "the model knows \(card.errors.count) errors on held-out rows, which is too few for an interval of "
                    + "\(text): ask for a lower one, or train with mlp train, which keeps them")
        }
        return width
    }

    /// - Throws: `ServiceError` with all names that the model does not take, unless they are ignored, and all that lack.
    func checkNames(_ names: [String], ignoresUnknown: Bool, place: String) throws {
        let given = Set(names)
        let missing = columnNames.filter { !given.contains($0) }
        let unknown = names.filter { positions[$0] == nil }
        if !unknown.isEmpty, !ignoresUnknown { throw unknownColumns(unknown, place: place, free: missing) }
        if !missing.isEmpty { throw missingColumns(missing, place: place) }
    }

    func missingColumns(_ missing: [String], place: String) -> ServiceError {
        .badRequest(
            "\(place) lacks \(missing.count == 1 ? "the column" : "the columns") \(missing.quoted): "
                + "the model takes all of \(columnNames.quoted), and null where a value is missing")
    }

    func unknownColumns(_ unknown: [String], place: String, free: [String]) -> ServiceError {
        let candidates = free.isEmpty ? columnNames : free
        let names = unknown.prefix(20).map { name in
            "\"\(name.prefix(100))\"" + (name.mostSimilar(of: candidates).map { " (did you mean \"\($0)\"?)" } ?? "")
        }
        return .badRequest(
            "\(place) has \(unknown.count == 1 ? "the unknown column" : "the unknown columns") "
                + names.joined(separator: ", ") + (unknown.count > 20 ? ", …" : "")
                + ": the model takes \(columnNames.quoted); ?ignore-unknown=true leaves others out")
    }
}

extension String {
    var withoutFullStop: String { hasSuffix(".") && !hasSuffix("..") ? String(dropLast()) : self }
}
