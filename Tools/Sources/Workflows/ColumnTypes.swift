public import SwiftMLP

/// What some columns of a file are read as.
public struct ColumnTypes: Sendable, Equatable {
    /// The columns of categories.
    public var strings: Set<String> = []
    /// The columns of numbers.
    public var numbers: Set<String> = []
    /// The columns of dates, with the order of day, month and year.
    public var dates: [String: DateOrder] = [:]

    /// No column.
    public init() {}
}

extension ModelCard {
    /// What the columns of the model are read as.
    public var types: ColumnTypes {
        var types = ColumnTypes()
        for column in columns {
            if let order = column.dates {
                types.dates[column.name] = order
            } else if column.kind == .numbers {
                types.numbers.insert(column.name)
            } else {
                types.strings.insert(column.name)
            }
        }
        return types
    }
}

/// What a user says that a column holds.
public enum ColumnType: Sendable, Equatable {
    /// Numbers.
    case numbers
    /// Categories.
    case strings
    /// Dates; the order of day, month and year is found out where it is nil.
    case dates(DateOrder?)

    /// `numbers`, `strings`, `date`, or `date(dd/MM/yyyy)` with any pattern that has day, month and year.
    ///
    /// - Returns: nil for another text.
    public init?(_ text: String) {
        switch text {
        case "numbers": self = .numbers
        case "strings": self = .strings
        case "date", "dates": self = .dates(nil)
        case _ where text.hasPrefix("date(") && text.hasSuffix(")"):
            // A capital M is a month, and m a minute, unless there is none but the small one.
            let pattern = text.dropFirst(5).dropLast()
            let month: Character = pattern.contains("M") ? "M" : "m"
            var letters = ""
            for letter in pattern where "dDyY\(month)".contains(letter) && !letters.contains(letter.lowercased()) {
                letters += letter.lowercased()
            }
            switch letters {
            case "ymd": self = .dates(.yearMonthDay)
            case "dmy": self = .dates(.dayMonthYear)
            case "mdy": self = .dates(.monthDayYear)
            default: return nil
            }
        default: return nil
        }
    }
}

extension DateOrder {
    /// The order as a user says it.
    public var pattern: String {
        switch self {
        case .yearMonthDay: "date(yyyy-MM-dd)"
        case .dayMonthYear: "date(dd/MM/yyyy)"
        case .monthDayYear: "date(MM/dd/yyyy)"
        }
    }
}

extension DateOrder {
    /// The order in which most of the first texts are dates.
    static func likeliest(for texts: [String?]) -> DateOrder {
        let first = texts.lazy.compactMap(\.self).prefix(1000)
        let counts = allCases.map { order in first.count { CalendarDate($0, order: order) != nil } }
        return allCases[counts.firstIndex(of: counts.max() ?? 0) ?? 0]
    }
}

/// What is known of dates in a column of which nobody has said what it holds.
enum DateGuess: Equatable {
    /// There are none.
    case none
    /// All values are dates in this order.
    case dates(DateOrder)
    /// All values are dates in each of these orders.
    case ambiguous([DateOrder])
    /// Most values are dates, but this one is none.
    case mostly(except: String)

    /// Looks at the values.
    ///
    /// - Complexity: O(rows), and O(1) where the first values are no dates.
    init(_ column: Table.Column) {
        switch column {
        case .numbers(let values):
            // 20240131 is the only spelling of dates that is a number too.
            let known = values.lazy.filter { !$0.isNaN }
            let areDates = known.allSatisfy { value in
                (19_000_101...21_001_231).contains(value) && value == value.rounded()
                    && CalendarDate("\(Int(value))") != nil
            }
            self = areDates && !known.isEmpty ? .dates(.yearMonthDay) : .none
        case .strings(let values):
            let orders = DateOrder.candidates(for: values)
            if let order = orders.first {
                self = orders.count == 1 ? .dates(order) : .ambiguous(orders)
            } else {
                let first = values.lazy.compactMap(\.self).prefix(1000)
                let others = first.filter { text in
                    DateOrder.allCases.allSatisfy { CalendarDate(text, order: $0) == nil }
                }
                let isMostly = others.count * 10 <= first.count && first.count >= 20
                self = isMostly ? (others.first ?? values.firstOther).map { .mostly(except: $0) } ?? .none : .none
            }
        }
    }

    /// Why a column is left out, and what to do about it; nil for dates that can be used, and for other values.
    func problem(_ name: String) -> String? {
        switch self {
        case .none, .dates: nil
        case .ambiguous(let orders):
            "its dates do not tell day from month: say "
                + orders.map { "--type '\(name)=\($0.pattern)'" }.joined(separator: " or ")
        case .mostly(let other):
            "its values are dates, but \"\(other.prefix(40))\" is none: say --missing '\(other.prefix(40))', or "
                + "--type '\(name)=strings'"
        }
    }
}

extension [String?] {
    /// The first text that is no date in the order of most of the first ones.
    fileprivate var firstOther: String? {
        let order = DateOrder.likeliest(for: self)
        return lazy.compactMap(\.self).first { CalendarDate($0, order: order) == nil }
    }
}
