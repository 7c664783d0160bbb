import Estimators
import Foundation
import NumPyRandom
import TestSupport
import Testing

@testable import Tables

/// Dates as people write them, and what they are as numbers.
@Suite struct DateTests {
    /// Some days of all centuries.
    private static let days: [Int] = {
        var random = RandomState(seed: 5)
        return (0..<400).map { _ in random.randint(in: -719_162...2_932_896) } + [0, -1, 11_016, 19_782, -719_162]
    }()

    @Test func daysAndCalendarAreInverse() {
        for day in Self.days {
            let (year, month, number) = CalendarDate.civil(day)
            #expect(CalendarDate.number(year: year, month: month, day: number) == day)
            #expect(CalendarDate("\(CalendarDate(days: Double(day)))")?.days == Double(day))
        }
    }

    /// Foundation's calendar has Julian dates before 1582.
    @Test func partsAreThoseOfFoundation() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(secondsFromGMT: 0))
        var random = RandomState(seed: 6)
        for day in Self.days where day > -140_000 {
            let minute = random.randint(in: 0...1439)
            let date = CalendarDate(days: Double(day) + Double(minute) / 1440)
            let moment = Date(timeIntervalSince1970: Double(day) * 86_400 + Double(minute) * 60)
            let parts = calendar.dateComponents([.year, .month, .day, .weekday, .hour], from: moment)
            #expect(date[.year] == Double(try #require(parts.year)))
            #expect(date[.month] == Double(try #require(parts.month)))
            #expect(date[.day] == Double(try #require(parts.day)))
            #expect(date[.hour] == Double(try #require(parts.hour)))
            // Foundation's week begins on Sunday, 1.
            #expect(date[.weekday] == Double((try #require(parts.weekday) + 5) % 7 + 1))
        }
    }

    @Test(arguments: [
        "2024-01-31", "2024/01/31", "2024.1.31", "2024 01 31", "20240131", " 2024-01-31 ", "31 Jan 2024", "31-JAN-2024",
        "31. January 2024", "Jan 31, 2024", "January 31 2024", "Jan. 31, 24", "31-Jan-24", "2024-Jan-31",
        "Wed, 31 Jan 2024",
        "Wednesday 31 January 2024",
    ])
    func theSameDayInAnyOrder(_ text: String) {
        for order in DateOrder.allCases {
            #expect(CalendarDate(text, order: order)?.days == 19_753, "\(text) \(order)")
        }
    }

    @Test(arguments: [
        ("31.01.2024", DateOrder.dayMonthYear), ("31/1/2024", .dayMonthYear), ("31-01-24", .dayMonthYear),
        ("01/31/2024", .monthDayYear), ("1-31-24", .monthDayYear), ("24-01-31", .yearMonthDay),
    ])
    func ordersOfDigits(_ text: String, _ order: DateOrder) {
        #expect(CalendarDate(text, order: order)?.days == 19_753)
    }

    @Test(
        arguments: [
            ("2024-01-31T18:00", 0.75), ("2024-01-31 18:00:00", 0.75), ("2024-01-31T18:00:00.000Z", 0.75),
            ("2024-01-31T19:00:00+01:00", 0.75), ("2024-01-31 12:30 -0530", 0.75), ("2024-01-31T16+00", nil),
            ("2024-01-31 6:00 PM", 0.75), ("2024-01-31 6 p.m.", 0.75), ("2024-01-31 12:00 am", 0),
            ("20240131T180000Z", 0.75),
            ("Wed, 31 Jan 2024 18:00:00 GMT", 0.75), ("31/Jan/2024:18:00:00 +0000", 0.75), ("2024-01-31 24:00", 1),
            ("2024-01-31T18:00:00,5", 0.75 + 0.5 / 86_400), ("2024-01-31 18:00 UTC", 0.75),
        ] as [(String, Double?)])
    func times(_ text: String, _ fraction: Double?) throws {
        guard let fraction else { return #expect(CalendarDate(text) == nil) }
        #expect(abs(try #require(CalendarDate(text), "\(text)").days - 19_753 - fraction) < 1e-9)
    }

    @Test func monthsAndTimesAlone() {
        for text in ["2024-02", "02/2024", "Feb 2024"] { #expect(CalendarDate(text)?.days == 19_754, "\(text)") }
        #expect(CalendarDate("6:00")?.days == 0.25)
        #expect(CalendarDate("18:00:00")?.days == 0.75)
    }

    @Test(arguments: [
        "", " ", "2024", "12", "1.5", "2024-13-01", "2023-02-29", "2024-00-10", "31.01.2024", "2024-1-31-5",
        "2024-01/31",
        "2024-01-31 25:00", "2024-01-31 18:60", "2024-01-31 18", "2024-01-31x", "192.168.1.1", "Jan", "Janus 31 2024",
        "31 Jan", "0000-01-01", "10000-01-01", "2024-01-31T18:00:00+99:00", "1-2", "20240230", "Monday", "now",
        "13:00 pm",
        "2024-01-31 18:00 CET", "２０２４-01-31", "-2024-01-31", "2024--01-31",
    ])
    func noDates(_ text: String) { #expect(CalendarDate(text) == nil) }

    @Test func leapDays() {
        for (year, isLeap) in [(1900, false), (2000, true), (2023, false), (2024, true), (2100, false)] {
            #expect((CalendarDate("\(year)-02-29") != nil) == isLeap)
        }
    }

    /// Dates that are written in one order are read in it, or it is said that there are several.
    @Test func candidatesHaveTheOrderOfTheText() {
        for order in DateOrder.allCases {
            for separator in ["-", "/", "."] {
                let texts = Self.days.filter { (-20_000..<30_000).contains($0) }.map { day in
                    let (year, month, number) = CalendarDate.civil(day)
                    let parts =
                        switch order {
                        case .yearMonthDay: [year, month, number]
                        case .dayMonthYear: [number, month, year]
                        case .monthDayYear: [month, number, year]
                        }
                    return parts.map(String.init).joined(separator: separator)
                }
                let candidates = DateOrder.candidates(for: texts + [nil])
                #expect(candidates == [order])
                let small = DateOrder.candidates(for: [texts[0]])
                #expect(small.contains(order) || separator == "." && order == .monthDayYear)
            }
        }
    }

    @Test func ambiguousDatesAreNotGuessed() {
        #expect(DateOrder.candidates(for: ["01/02/2024", "03/04/2024"]) == [.dayMonthYear, .monthDayYear])
        #expect(DateOrder.candidates(for: ["01/02/03"]).count == 3)
        #expect(DateOrder.candidates(for: ["01.02.2024", nil]) == [.dayMonthYear])
        #expect(DateOrder.candidates(for: ["01/02/2024", "2024-02-01"]) == [.dayMonthYear, .monthDayYear])
        #expect(DateOrder.candidates(for: ["01/02/2024", "x"]) == [])
        #expect(DateOrder.candidates(for: [nil, nil]) == [])
    }

    @Test func filesHaveDates() throws {
        let text = "day,n\n31.01.2024,1\nNA,2\n\"01.02.2024 12:00\",3\n"
        let table = try readCSV(text: text, dateColumns: ["day": .dayMonthYear])
        #expect(try table == Table(["day": .numbers([19_753, .nan, 19_754.5]), "n": .numbers([1, 2, 3])]))
        #expect(try readCSV(text: text).readingDates(["day": .dayMonthYear]) == table)
        let wrong = thrown(TableError.self) { _ = try readCSV(text: text, dateColumns: ["day": .monthDayYear]) }
        #expect(
            wrong?.description
                == "text, line 2, column 1: the value \"31.01.2024\" is not a date in the order month, day, "
                + "year, such as 01/31/2024.")
        let row = thrown(EstimatorError.self) { _ = try readCSV(text: text).readingDates(["day": .monthDayYear]) }
        #expect(row?.description.contains("\"31.01.2024\" in row 0") == true)
        let both = thrown(TableError.self) {
            _ = try readCSV(text: text, stringColumns: ["day"], dateColumns: ["day": .dayMonthYear])
        }
        #expect(both?.description.contains("other columns than stringColumns") == true)
        let number = thrown(TableError.self) { _ = try readCSV(text: text, numericColumns: ["day"]) }
        #expect(number?.description.contains("has to be one of dateColumns") == true)
        #expect(throws: TableError.self) { try readCSV(text: text, dateColumns: ["date": .dayMonthYear]) }
    }

    /// A file is the same in batches, whose numbers of other columns are read quickly.
    @Test func batchesHaveDates() throws {
        let rows = (0..<1000).map { "\($0),\(CalendarDate(days: Double($0) / 4)),\($0).5" }
        try withFolder { folder in
            let file = folder.appendingPathComponent("dates.csv")
            try (["a,day,b"] + rows).joined(separator: "\n").write(to: file, atomically: true, encoding: .utf8)
            let dates = ["day": DateOrder.yearMonthDay]
            #expect(try readCSV(file, dateColumns: dates).numbers("day") == (0..<1000).map { Double($0) / 4 })
            var days: [Double] = []
            for batch in try CSVBatches(contentsOf: file, batchSize: 64, dateColumns: dates) {
                days += try batch.get().numbers("day")
            }
            #expect(days == (0..<1000).map { Double($0) / 4 })
        }
    }

    @Test func aFormatIsWhatItsParametersAre() throws {
        var format = CSVFormat()
        format.separator = ";"
        format.decimal = ","
        format.missingValues = ["-"]
        (format.percent, format.stringColumns, format.comment) = (true, ["c"], "#")
        format.accounting = true
        format.dateColumns = ["d": .dayMonthYear]
        let text = "a;c;d;e\n(1,5);7;31.01.2024;5%\n-;-;-;- # none\n"
        let expected = try readCSV(
            text: text, separator: ";", decimal: ",", percent: true, accounting: true, comment: "#",
            missingValues: ["-"], stringColumns: ["c"], dateColumns: ["d": .dayMonthYear])
        #expect(try readCSV(text: text, format) == expected)
        #expect(try readCSV(text: text, format, columns: ["d", "a"], nRows: 1).numbers("a") == [-1.5])
        try withFolder { folder in
            let file = folder.appendingPathComponent("a.csv")
            try text.write(to: file, atomically: true, encoding: .utf8)
            #expect(try readCSV(file, format) == expected)
            let batches = try CSVBatches(contentsOf: file, batchSize: 5, format)
            #expect(try batches.map { try $0.get() } == [expected])
        }
        format.separator = ",,"
        #expect(throws: TableError.self) { try readCSV(text: text, format) }
    }
}
