import Estimators

/// The order in which the day, the month and the year of dates are written in digits.
public enum DateOrder: String, CaseIterable, Codable, Sendable {
    /// `2024-01-31`.
    case yearMonthDay
    /// `31.01.2024`.
    case dayMonthYear
    /// `01/31/2024`.
    case monthDayYear
}

extension DateOrder {
    /// The order in words.
    package var words: String {
        switch self {
        case .yearMonthDay: "year, month, day"
        case .dayMonthYear: "day, month, year"
        case .monthDayYear: "month, day, year"
        }
    }

    /// A date in this order.
    package var example: String {
        switch self {
        case .yearMonthDay: "2024-01-31"
        case .dayMonthYear: "31.01.2024"
        case .monthDayYear: "01/31/2024"
        }
    }

    /// The orders in which all texts are dates: none where one is no date or all are missing, and several where the texts do
    /// not tell, as `01/02/2024`.
    ///
    /// Where years of four digits are in front, or months have names, the order is ``yearMonthDay``. Dates with dots that may
    /// have the day or the month in front have the day there, since nobody writes them otherwise.
    ///
    /// - Complexity: O(length of the texts), and O(1) where the first texts are no dates.
    public static func candidates(for texts: [String?]) -> [DateOrder] {
        var candidates = allCases
        var (hasDates, hasDigits, hasDots) = (false, false, true)
        for case var text? in texts {
            let found = text.withUTF8 { text in candidates.map { ($0, DateText.scan(text, $0)) } }
            candidates = found.compactMap { order, found in found == nil ? nil : order }
            guard let date = found.lazy.compactMap(\.1).first else { return [] }
            hasDates = true
            guard !date.isUnambiguous else { continue }
            hasDigits = true
            hasDots = hasDots && text.utf8.contains(UInt8(ascii: "."))
        }
        guard hasDates else { return [] }
        guard hasDigits else { return [.yearMonthDay] }
        return hasDots && candidates.contains(.dayMonthYear) ? [.dayMonthYear] : candidates
    }
}

extension Table {
    /// A table in which columns of texts are dates: numbers, the days since 1970-01-01. A number such as 20240131 is read as
    /// the text.
    ///
    /// ```swift
    /// let sales = try readCSV("sales.csv").readingDates(["sold": .dayMonthYear])
    /// ```
    ///
    /// `dateColumns` of `readCSV` does the same, and names the line of a text that is no date.
    ///
    /// - Throws: `EstimatorError.invalidInput` where there is no such column, and with the row of a text that is no date.
    public func readingDates(_ orders: [String: DateOrder]) throws -> Table {
        try orders.sorted { $0.key < $1.key }.reduce(self) { table, column in
            let texts: [String?] =
                switch try table.column(column.key) {
                case .strings(let texts): texts
                case .numbers(let numbers): numbers.map { $0.isNaN ? nil : $0.shortText }
                }
            let days = try texts.enumerated().map { row, text -> Double in
                guard let text else { return .nan }
                guard let date = CalendarDate(text, order: column.value) else {
                    throw EstimatorError.invalidInput(
                        argument: "column",
                        problem:
                            "must hold dates in the order \(column.value.words), but \"\(column.key)\" has \"\(text)\" in "
                            + "row \(row)")
                }
                return date.days
            }
            return try table.settingColumn(column.key, .numbers(days))
        }
    }
}
