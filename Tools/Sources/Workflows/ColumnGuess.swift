import Foundation
public import SwiftMLP

/// What a column of the training data is taken for, and why.
public struct ColumnGuess: Sendable, Equatable {
    /// What a column is used for.
    public enum Role: Sendable, Equatable {
        /// The model learns from it.
        case feature
        /// The model predicts it.
        case target
        /// It holds the weights of the rows.
        case weights
        /// Rows of the same value stay on one side of each split.
        case group
        /// Scores are those of the last rows in its order.
        case order
        /// It is left out, for this reason.
        case dropped(String)
    }

    /// The name of the column.
    public var name: String
    /// What it holds.
    public var kind: Table.ColumnKind
    /// How its dates are written; nil where it holds others.
    public var dates: DateOrder?
    /// What it is used for.
    public var role: Role
    /// The number of missing values.
    public var missing: Int
    /// The number of different values.
    public var distinct: Int

    /// What it holds, in a word.
    public var type: String { dates == nil ? kind.rawValue : "dates" }
}

extension ColumnGuess {
    /// Why a column is left out unless the user says otherwise; nil for a feature.
    ///
    /// - Parameter isDate: whether the numbers are dates.
    static func reasonToDrop(_ name: String, _ column: Table.Column, isDate: Bool = false) -> String? {
        switch column {
        case .numbers(let values):
            let known = values.filter { !$0.isNaN }
            guard let first = known.first else { return "all values are missing" }
            if known.count == values.count, known.allSatisfy({ $0 == first }) { return "all values are the same" }
            guard !isDate, known.count == values.count, known.count >= 20, known.allSatisfy({ $0 == $0.rounded() })
            else { return nil }
            let isCounting = zip(known, known.dropFirst()).allSatisfy { $1 == $0 + 1 }
            let isNamed = identifierNames.contains { name.lowercased() == $0 || name.lowercased().hasSuffix("_" + $0) }
            let isUnique = isCounting || (isNamed && Set(known).count == known.count)
            return isUnique ? "it numbers the rows" : nil
        case .strings(let values):
            let known = values.compactMap(\.self)
            guard let first = known.first else { return "all values are missing" }
            if known.count == values.count, known.allSatisfy({ $0 == first }) { return "all values are the same" }
            let distinct = Set(known).count
            guard known.count >= 20, Double(distinct) > 0.9 * Double(known.count) else { return nil }
            return "nearly every row has a value of its own: an identifier or free text"
        }
    }

    private static let identifierNames = ["id", "index", "key", "uuid", "rowid", "row", "nr", "no"]
}
