import Foundation
import SwiftMLP
import Workflows

extension ServedModel {
    /// The answer to one row, or a list of the answers to some rows.
    func json(_ predictions: Predictions, rows: Range<Int>, isSingle: Bool, halfWidth: Double?) -> [UInt8] {
        var writer = JSONWriter(capacity: 64 + rows.count * (32 + 32 * max(1, beginnings.count)))
        switch predictions {
        case .probabilities(let probabilities, _):
            func write(_ writer: inout JSONWriter, _ row: Int) {
                writer.raw(beginnings[probabilities.mostProbable(in: row)])
                for column in probabilityNames.indices {
                    writer.raw(probabilityNames[column])
                    writer.number(probabilities[row, column])
                }
                writer.raw("}}")
            }
            if isSingle { write(&writer, rows.lowerBound) } else { writer.list(rows, write) }
        case .numbers(let numbers):
            func write(_ writer: inout JSONWriter, _ row: Int) {
                writer.raw("{\"prediction\":")
                writer.number(numbers[row])
                if let halfWidth {
                    writer.raw(",\"low\":")
                    writer.number(numbers[row] - halfWidth)
                    writer.raw(",\"high\":")
                    writer.number(numbers[row] + halfWidth)
                }
                writer.raw("}")
            }
            if isSingle { write(&writer, rows.lowerBound) } else { writer.list(rows, write) }
        }
        writer.raw("\n")
        return writer.bytes
    }

    /// A line of CSV for each row, and one with the names before them.
    func csv(_ predictions: Predictions, halfWidth: Double?) -> [UInt8] {
        var lines: [UInt8] = []
        func line(_ cells: [String]) {
            lines.append(contentsOf: cells.map(\.csvCell).joined(separator: ",").utf8)
            lines.append(0x0A)
        }
        switch predictions {
        case .probabilities(let probabilities, let classes):
            line(["prediction"] + classes.map { "p_\($0)" })
            for row in 0..<probabilities.rows {
                line(
                    [classes[probabilities.mostProbable(in: row)]]
                        + classes.indices.map { "\(probabilities[row, $0])" })
            }
        case .numbers(let numbers):
            line(["prediction"] + (halfWidth == nil ? [] : ["low", "high"]))
            for number in numbers {
                line(["\(number)"] + (halfWidth.map { ["\(number - $0)", "\(number + $0)"] } ?? []))
            }
        }
        return lines
    }
}
