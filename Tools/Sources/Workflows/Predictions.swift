import Foundation
public import SwiftMLP

/// What a model says about some rows.
public enum Predictions: Sendable {
    /// The probability of each class: rows × classes.
    case probabilities(Matrix<Double>, classes: [String])
    /// A number for each row.
    case numbers([Double])

    /// The number of rows.
    public var count: Int {
        switch self {
        case .probabilities(let probabilities, _): probabilities.rows
        case .numbers(let numbers): numbers.count
        }
    }

    /// The most probable class of each row, the first of several; nil for numbers.
    public var labels: [String]? {
        guard case .probabilities(let probabilities, let classes) = self else { return nil }
        return (0..<probabilities.rows).map { classes[probabilities.mostProbable(in: $0)] }
    }
}

extension Predictions {
    /// The first row for which there is no number; nil for none.
    var firstUnknown: Int? {
        switch self {
        case .numbers(let numbers): numbers.firstIndex { !$0.isFinite }
        case .probabilities(let matrix, _):
            matrix.elements.firstIndex { !$0.isFinite }.map { $0 / matrix.columns }
        }
    }
}

extension ModelCard {
    /// The first row with a number that is infinite, or whose square is.
    func firstHugeRow(of table: Table) -> Int? {
        columns.compactMap { column in
            (try? table.numbers(column.name))?.firstIndex { abs($0) > .greatestOfNumbers }
        }.min()
    }
}

/// A row whose numbers are so large that the model computes nothing with them.
public struct UnpredictableRow: Error, CustomStringConvertible, Equatable {
    /// Its number in the table, from 0.
    public let row: Int
    /// What is wrong with it: a sentence without a full stop.
    public let problem: String

    /// The sentence, with the number of the row from 1.
    public var description: String { "row \(row + 1): \(problem)" }

    init(_ row: Int, of table: Table, _ card: ModelCard) {
        self.row = row
        let values = card.columns.compactMap { column in
            (try? table.numbers(column.name)).flatMap { $0[row].isNaN ? nil : (column, value: $0[row]) }
        }
        // The one that is farthest from the training data.
        func distance(_ column: ModelCard.Column, _ value: Double) -> Double {
            abs(value) / max(abs(column.least ?? 0), abs(column.greatest ?? 0), .leastNormalMagnitude)
        }
        let worst = values.max { distance($0.0, $0.value) < distance($1.0, $1.value) }
        problem =
            "the model cannot compute with such numbers"
            + (worst.map { ": look at \"\($0.0.name)\", which is \($0.value)" } ?? "")
    }
}

extension Matrix<Double> {
    /// The column with the greatest value of a row, the first of several.
    public func mostProbable(in row: Int) -> Int {
        var best = 0
        for column in 0..<columns where self[row, column] > self[row, best] { best = column }
        return best
    }
}

extension Predictions {
    /// The predictions with a column for each of `classes`; those that the model does not know have probability 0.
    func with(classes all: [String]) -> Predictions {
        guard case .probabilities(let probabilities, let classes) = self, classes != all else { return self }
        var elements: [Double] = []
        for row in 0..<probabilities.rows {
            elements += all.map { label in classes.firstIndex(of: label).map { probabilities[row, $0] } ?? 0 }
        }
        return .probabilities(Matrix(rows: probabilities.rows, columns: all.count, elements: elements), classes: all)
    }

    /// The predictions one after the other; nil for none.
    init?(joining parts: [Predictions]) {
        switch parts.first {
        case nil: return nil
        case .numbers:
            self = .numbers(
                parts.flatMap { part -> [Double] in
                    if case .numbers(let numbers) = part { return numbers }
                    return []
                })
        case .probabilities(_, let classes):
            let elements = parts.flatMap { part -> [Double] in
                if case .probabilities(let matrix, _) = part { return matrix.elements }
                return []
            }
            self = .probabilities(
                Matrix(rows: elements.count / classes.count, columns: classes.count, elements: elements),
                classes: classes)
        }
    }
}
