/// A day of the Gregorian calendar and a time of that day, as the number of days since 1970-01-01.
///
/// It is how a ``Table`` holds dates: as numbers, the time of day as their fraction.
///
/// ```swift
/// let date = CalendarDate("31.01.2024 18:00", order: .dayMonthYear)
/// date?.days              // 19753.75
/// date?[.weekday]         // 3, a Wednesday
/// ```
public struct CalendarDate: Sendable, Hashable {
    /// The days since 1970-01-01, 0:00; negative before.
    public let days: Double

    /// The date so many days after 1970-01-01.
    public init(days: Double) { self.days = days }

    /// The date that a text says; nil where it says none.
    ///
    /// Read are year, month and day in digits, separated by `-`, `/`, `.` or spaces; English names of months, such as
    /// `31 Jan 2024` and `January 31, 2024`; `20240131`, `2024-01` and `01/2024`. A time may follow: `T14:30`, ` 2:30 pm`,
    /// `14:30:05.250`, and a zone: `Z`, `+01:00`. A date with a zone is converted to UTC. A time alone is one of 1970-01-01.
    /// A year of two digits is one from 1969 to 2068. Spaces around the text are skipped.
    ///
    /// - Parameters:
    ///   - text: the date, with or without a time.
    ///   - order: the order of day, month and year in digits. A year of four digits in front, and a month by its name, are
    ///     read in any order.
    public init?(_ text: String, order: DateOrder = .yearMonthDay) {
        var text = text
        guard let found = text.withUTF8({ DateText.scan($0, order) }) else { return nil }
        days = found.days
    }
}

/// A number that a date gives: what a model learns of it.
public enum CalendarPart: String, CaseIterable, Codable, Sendable {
    /// The days since 1970-01-01, with the time of day as a fraction.
    case days
    /// The year.
    case year
    /// The month, from 1 to 12.
    case month
    /// The day of the month, from 1 to 31.
    case day
    /// The day of the week, from Monday, 1, to Sunday, 7.
    case weekday
    /// The hour of the day, from 0 to 23.
    case hour
}

extension CalendarDate {
    /// The number of seconds of a day.
    static let secondsPerDay = 86_400.0

    /// What rounding may take from a fraction of a day, in days: 9 milliseconds.
    package static let rounding = 1e-7

    /// The latest date that is a number here: the end of the year 9999.
    package static let range = -719_162.0..<2_932_897.0

    /// A part of the date; NaN for a date that is missing or not in the years 1 to 9999.
    public subscript(part: CalendarPart) -> Double {
        guard CalendarDate.range.contains(days) else { return .nan }
        let day = (days + CalendarDate.rounding).rounded(.down)
        switch part {
        case .days: return days
        case .weekday:
            // 1970-01-01 was a Thursday.
            let number = (Int(day) + 3) % 7
            return Double((number < 0 ? number + 7 : number) + 1)
        case .hour: return ((days + CalendarDate.rounding - day) * 24).rounded(.down)
        case .year: return Double(CalendarDate.civil(Int(day)).year)
        case .month: return Double(CalendarDate.civil(Int(day)).month)
        case .day: return Double(CalendarDate.civil(Int(day)).day)
        }
    }

    /// Year, month and day of the day with this number, 0 for 1970-01-01.
    ///
    /// Years are counted from March here, so that the day that leap years add is their last. 400 years have 146,097 days.
    static func civil(_ number: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = number + 719_468  // 0 is the first of March of the year 0.
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
    }

    /// The number of a day; nil for one that the calendar does not have.
    static func number(year: Int, month: Int, day: Int) -> Int? {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        guard day <= lengths[month - 1] else { return nil }
        let before = year - 1
        let daysBefore = before * 365 + before / 4 - before / 100 + before / 400
        return daysBefore + lengths[..<(month - 1)].reduce(0, +) + day - 1 - 719_162
    }
}

extension CalendarPart {
    /// The parts that are not the same in all dates; missing dates do not count.
    ///
    /// - Complexity: O(number of dates).
    package static func differing(among dates: [CalendarDate]) -> [CalendarPart] {
        let known = dates.filter { !$0.days.isNaN }
        guard let first = known.first else { return [] }
        return allCases.filter { part in known.contains { $0[part] != first[part] } }
    }
}

extension CalendarDate: CustomStringConvertible {
    /// The date as in ISO 8601: `2024-01-31`, with a time that is not midnight `2024-01-31T18:00:00`. Empty for a missing one.
    public var description: String {
        guard CalendarDate.range.contains(days) else { return "" }
        func padded(_ number: Int, _ count: Int = 2) -> String {
            let digits = "\(number)"
            return String(repeating: "0", count: max(0, count - digits.count)) + digits
        }
        let seconds = Int((days * CalendarDate.secondsPerDay).rounded())
        let number = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        let (year, month, day) = CalendarDate.civil(number)
        let rest = seconds - number * 86_400
        let date = "\(padded(year, 4))-\(padded(month))-\(padded(day))"
        return rest == 0
            ? date : "\(date)T\(padded(rest / 3600)):\(padded(rest / 60 % 60)):\(padded(rest % 60))"
    }
}
