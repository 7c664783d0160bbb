/// Reads dates and times as people write them.
struct DateText {
    /// A date that was read.
    struct Scan {
        /// The days since 1970-01-01.
        var days: Double
        /// Whether it says the same in every order of day, month and year.
        var isUnambiguous: Bool
    }

    /// The date that fills a text apart from spaces around it; nil where it is none.
    static func scan(_ text: UnsafeBufferPointer<UInt8>, _ order: DateOrder) -> Scan? {
        var reader = DateText(text)
        guard let date = reader.date(order), let seconds = reader.time(), reader.isAtEnd else { return nil }
        return Scan(days: Double(date.number) + seconds / CalendarDate.secondsPerDay, isUnambiguous: date.isUnambiguous)
    }

    private let text: UnsafeBufferPointer<UInt8>
    private let end: Int
    private var position = 0

    private init(_ text: UnsafeBufferPointer<UInt8>) {
        self.text = text
        end = text.lastIndex { $0 != 0x20 && $0 != 0x09 }.map { $0 + 1 } ?? 0
        skipSpaces()
    }

    private var isAtEnd: Bool { position >= end }

    private var next: UInt8 { position < end ? text[position] : 0 }

    private func isDigit(_ place: Int) -> Bool { place < end && text[place] &- 0x30 < 10 }

    private mutating func skipSpaces() {
        while position < end, text[position] == 0x20 || text[position] == 0x09 { position += 1 }
    }

    private mutating func skip(_ characters: StaticString) -> UInt8? {
        let byte = next
        let isOne = UnsafeBufferPointer(start: characters.utf8Start, count: characters.utf8CodeUnitCount).contains(byte)
        guard isOne, !isAtEnd else { return nil }
        position += 1
        return byte
    }

    /// A number of up to `most` digits.
    private mutating func number(_ most: Int) -> (value: Int, digits: Int)? {
        let start = position
        var value = 0
        while position - start < most, isDigit(position) {
            value = value * 10 + Int(text[position] & 15)
            position += 1
        }
        return position > start && !isDigit(position) ? (value, position - start) : nil
    }

    /// A number of exactly two digits, which others may follow.
    private mutating func twoDigits() -> Int? {
        guard isDigit(position), isDigit(position + 1) else { return nil }
        defer { position += 2 }
        return Int(text[position] & 15) * 10 + Int(text[position + 1] & 15)
    }

    /// The number of the name that letters are or begin, from 1.
    private mutating func name(_ names: [StaticString]) -> Int? {
        let start = position
        var place = position
        while place < end, (text[place] | 0x20) &- 0x61 < 26 { place += 1 }
        guard place - start >= 3 else { return nil }
        let letters = text[start..<place]
        let found = names.firstIndex { name in
            let bytes = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
            let isShort = letters.count == 3 || letters.count == 4 && bytes.count == 9  // Sept
            return (isShort || letters.count == bytes.count) && zip(letters, bytes).allSatisfy { $0 | 0x20 == $1 }
        }
        guard let found else { return nil }
        position = place
        if next == UInt8(ascii: ".") && place - start < 5 { position += 1 }
        return found + 1
    }

    private static let months: [StaticString] = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]

    private static let weekdays: [StaticString] = [
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]

    /// What stands between two parts of a date: a sign, or spaces, perhaps with a comma or a point before them.
    private mutating func separator() -> UInt8? {
        if let sign = skip("-/") { return sign }
        let sign = skip(".,")
        let before = position
        skipSpaces()
        return sign ?? (position > before ? 0x20 : nil)
    }

    private mutating func date(_ order: DateOrder) -> (number: Int, isUnambiguous: Bool)? {
        if name(DateText.weekdays) != nil {
            _ = skip(",")
            skipSpaces()
        }
        if let month = name(DateText.months) {
            _ = separator()
            guard let first = number(4) else { return nil }
            if first.digits == 4 { return named(first, month, (1, 1)) }
            guard separator() != nil, let year = number(4) else { return nil }
            return named(year, month, first)
        }
        let start = position
        guard let first = number(8) else { return nil }
        switch first.digits {
        case 8: return numbered(first.value / 10_000, first.value / 100 % 100, first.value % 100, isUnambiguous: true)
        case 1, 2, 4: break
        default: return nil
        }
        if next == UInt8(ascii: ":"), first.digits <= 2 {
            // A time alone.
            position = start
            return (0, true)
        }
        guard let sign = separator() else { return nil }
        if let month = name(DateText.months) {
            guard separator() != nil else { return nil }
            guard let third = number(4) else { return nil }
            return first.digits == 4 ? named(first, month, third) : named(third, month, first)
        }
        guard let second = number(4) else { return nil }
        if isAtEnd, first.digits + second.digits >= 5, sign == 0x2D || sign == 0x2F || sign == 0x2E {
            // A month alone.
            let (year, month) = first.digits == 4 ? (first, second) : (second, first)
            guard year.digits == 4, month.digits <= 2 else { return nil }
            return numbered(year.value, month.value, 1, isUnambiguous: true)
        }
        guard separator() == sign, let third = number(4) else { return nil }
        guard first.digits != 4 else {
            guard second.digits <= 2, third.digits <= 2 else { return nil }
            return numbered(first.value, second.value, third.value, isUnambiguous: true)
        }
        let (year, month, day) =
            switch order {
            case .yearMonthDay: (first, second, third)
            case .dayMonthYear: (third, second, first)
            case .monthDayYear: (third, first, second)
            }
        guard month.digits <= 2, day.digits <= 2, let fullYear = DateText.fullYear(year) else { return nil }
        return numbered(fullYear, month.value, day.value, isUnambiguous: false)
    }

    /// A year of two digits is one from 1969 to 2068, as in POSIX.
    private static func fullYear(_ year: (value: Int, digits: Int)) -> Int? {
        switch year.digits {
        case 4: year.value
        case 2: year.value + (year.value < 69 ? 2000 : 1900)
        default: nil
        }
    }

    private func named(
        _ year: (value: Int, digits: Int), _ month: Int, _ day: (value: Int, digits: Int)
    ) -> (number: Int, isUnambiguous: Bool)? {
        guard day.digits <= 2, let fullYear = DateText.fullYear(year) else { return nil }
        return numbered(fullYear, month, day.value, isUnambiguous: true)
    }

    private func numbered(
        _ year: Int, _ month: Int, _ day: Int, isUnambiguous: Bool
    ) -> (number: Int, isUnambiguous: Bool)? {
        CalendarDate.number(year: year, month: month, day: day).map { ($0, isUnambiguous) }
    }

    /// The seconds since midnight in UTC that follow a date: 0 at the end.
    private mutating func time() -> Double? {
        guard !isAtEnd else { return 0 }
        if position > 0 {
            let before = position
            if skip("Tt_:") == nil {
                _ = skip(",")
                skipSpaces()
            }
            guard position > before || !isDigit(position - 1) else { return nil }
        }
        let start = position
        guard let hour = number(6) else { return nil }
        var seconds: Double
        switch hour.digits {
        case 1, 2:
            seconds = Double(hour.value) * 3600
            guard hour.value <= 24 else { return nil }
            if skip(":") != nil {
                guard let minute = twoDigits(), minute < 60 else { return nil }
                seconds += Double(minute) * 60
                if skip(":") != nil {
                    guard let second = twoDigits(), second <= 60 else { return nil }
                    seconds += Double(second)
                    if skip(".,") != nil {
                        guard let fraction = fraction() else { return nil }
                        seconds += fraction
                    }
                }
            } else {
                // An hour alone has am or pm.
                guard isHalfOfDay else { return nil }
            }
        case 4, 6:
            position = start
            guard let hour = twoDigits(), hour <= 24, let minute = twoDigits(), minute < 60 else { return nil }
            let second = isDigit(position) ? twoDigits() : 0
            guard let second, second <= 60 else { return nil }
            seconds = Double(hour * 3600 + minute * 60 + second)
        default: return nil
        }
        skipSpaces()
        if isHalfOfDay {
            let isAfternoon = next | 0x20 == UInt8(ascii: "p")
            position += 1
            _ = skip(".")
            position += 1
            _ = skip(".")
            let hour = Int(seconds / 3600)
            guard (1...12).contains(hour) else { return nil }
            seconds += (isAfternoon ? 12.0 : 0) * 3600 - (hour == 12 ? 12.0 : 0) * 3600
            skipSpaces()
        }
        guard seconds <= CalendarDate.secondsPerDay, let offset = zone() else { return nil }
        return seconds - offset
    }

    /// Whether `am`, `p.m.` or the like follows.
    private var isHalfOfDay: Bool {
        var place = position
        while place < end, text[place] == 0x20 { place += 1 }
        guard place < end, [UInt8(ascii: "a"), UInt8(ascii: "p")].contains(text[place] | 0x20) else { return false }
        place += 1
        if place < end, text[place] == UInt8(ascii: ".") { place += 1 }
        return place < end && text[place] | 0x20 == UInt8(ascii: "m")
    }

    /// The digits of a fraction.
    private mutating func fraction() -> Double? {
        var (value, unit, count) = (0.0, 0.1, 0)
        while isDigit(position) {
            value += Double(text[position] & 15) * unit
            unit /= 10
            position += 1
            count += 1
        }
        return count > 0 ? value : nil
    }

    /// The seconds by which a zone is ahead of UTC: 0 without a zone.
    private mutating func zone() -> Double? {
        guard !isAtEnd else { return 0 }
        if skip("Zz") != nil { return 0 }
        for name: StaticString in ["UTC", "GMT"] {
            let bytes = UnsafeBufferPointer(start: name.utf8Start, count: 3)
            guard end - position >= 3, text[position..<position + 3].elementsEqual(bytes) else { continue }
            position += 3
            if isAtEnd { return 0 }
        }
        guard let sign = skip("+-"), let hours = twoDigits(), hours <= 18 else { return nil }
        var offset = Double(hours) * 3600
        if skip(":") != nil || isDigit(position) {
            guard let minutes = twoDigits(), minutes < 60 else { return nil }
            offset += Double(minutes) * 60
        }
        return sign == UInt8(ascii: "-") ? -offset : offset
    }
}
