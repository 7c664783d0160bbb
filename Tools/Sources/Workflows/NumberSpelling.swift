import Foundation
import SwiftMLP

/// How the numbers of a column of texts are written, such as `$1,234.50`, `12 %` or `1.234,50 €`.
struct NumberSpelling: Equatable {
    /// Whether a percent sign follows the numbers.
    var percent = false
    /// Whether negative ones are in parentheses, have their sign behind them, or a typographic minus.
    var accounting = false
    /// The signs of currencies before or behind them.
    var currency: Set<String> = []
    /// What stands between groups of three digits.
    var thousands: Set<Character> = []
    /// What stands before the fraction.
    var decimal: Set<Character> = []
    /// The first text with a sign.
    var example = ""

    private static let currencies = [
        "US$", "$", "€", "£", "¥", "₹", "₽", "EUR", "USD", "GBP", "CHF", "kr", "zł", "R$",
    ].sorted { $0.count > $1.count }

    /// The spelling of all texts; nil where one is no number, or all are plain.
    ///
    /// - Complexity: O(rows), and O(1) where the first text is no number.
    init?(_ texts: [String?]) {
        for case let text? in texts {
            guard add(text) else { return nil }
        }
        // 1,250 beside 1,25 has a fraction.
        thousands.subtract(decimal)
        guard !example.isEmpty, thousands.count <= 1, decimal.count <= 1 else { return nil }
    }

    /// The spelling of a column of texts; nil for others.
    init?(_ column: Table.Column) {
        guard case .strings(let texts) = column else { return nil }
        self.init(texts)
    }

    /// - Returns: whether the text is a number.
    private mutating func add(_ text: String) -> Bool {
        var rest = text[...]
        func trim() {
            rest = rest.drop(while: \.isWhitespace)
            while rest.last?.isWhitespace ?? false { rest.removeLast() }
        }
        var (isPlain, hasSign) = (true, false)
        func skipSign() {
            guard !hasSign, let first = rest.first, "+-−".contains(first) else { return }
            rest.removeFirst()
            if first == "−" { (isPlain, accounting) = (false, true) }
            hasSign = true
            trim()
        }
        func skipAccountingSign() {
            guard !hasSign else { return }
            if rest.first == "(", rest.last == ")" {
                rest = rest.dropFirst().dropLast()
            } else if rest.count > 1, rest.last == "-" {
                rest = rest.dropLast()
            } else {
                return
            }
            (isPlain, hasSign, accounting) = (false, true, true)
            trim()
        }
        trim()
        skipSign()
        skipAccountingSign()
        if let sign = Self.currencies.first(where: { rest.hasPrefix($0) }) {
            rest = rest.dropFirst(sign.count)
            trim()
            skipSign()
            isPlain = false
            currency.insert(sign)
        } else if let sign = Self.currencies.first(where: { rest.hasSuffix($0) }) {
            rest = rest.dropLast(sign.count)
            trim()
            isPlain = false
            currency.insert(sign)
        }
        skipAccountingSign()
        if rest.hasSuffix("%") {
            rest = rest.dropLast()
            trim()
            (isPlain, percent) = (false, true)
        }
        skipAccountingSign()
        guard let first = rest.first, first.isASCII, first.isNumber, rest.count <= 30 else { return false }
        let marks = rest.filter { !($0.isASCII && $0.isNumber) }
        let parts = rest.split(omittingEmptySubsequences: false) { !($0.isASCII && $0.isNumber) }
        guard parts.allSatisfy({ !$0.isEmpty }), marks.allSatisfy({ ".,' \u{A0}\u{202F}’".contains($0) }) else {
            return false
        }
        // The last mark is that of the fraction if it is another than those before, or cannot be one of thousands.
        var groups = Array(marks)
        if let last = groups.last, last == "." || last == "," {
            let isOther = groups.count > 1 && groups[0] != last
            let isAlone = groups.count == 1 && (parts[1].count != 3 || last == "." || parts[0].count > 3)
            if isOther || isAlone {
                decimal.insert(last)
                isPlain = isPlain && last == "."
                groups.removeLast()
            }
        }
        guard Set(groups).count <= 1 else { return false }
        if let mark = groups.first {
            let areThree = parts[1...groups.count].allSatisfy { $0.count == 3 } && parts[0].count <= 3
            guard areThree else { return false }
            thousands.insert(mark)
            isPlain = false
        }
        if !isPlain, example.isEmpty { example = text }
        return true
    }
}

extension NumberSpelling {
    /// Adds what is certain to how a file is read: signs of percent and of currencies, and the commas of `$1,234.50`.
    /// Parentheses may be anything else.
    func add(to reading: inout ReadingOptions) {
        let point = reading.decimal ?? "."
        guard decimal.isSubset(of: [Character(point)]), percent || !currency.isEmpty,
            !accounting || reading.accounting == true
        else { return }
        if let mark = thousands.first, String(mark) != reading.thousands {
            guard reading.thousands == nil, mark == ",", point == ".", decimal == ["."] else { return }
            reading.thousands = ","
        }
        if percent { reading.percent = true }
        if !currency.isEmpty { reading.currency = Array(Set(reading.currency ?? []).union(currency)).sorted() }
    }

    /// Why a column is left out, and what to do about it.
    var problem: String {
        var options: [String] = []
        if let mark = decimal.first, mark != "." { options.append("--decimal '\(mark)'") }
        if let mark = thousands.first { options.append(mark == "'" ? "--thousands \"'\"" : "--thousands '\(mark)'") }
        options += currency.sorted().map { "--currency '\($0)'" }
        if percent { options.append("--percent") }
        if accounting { options.append("--accounting") }
        return "its values are numbers such as \"\(example.prefix(40))\": say \(options.joined(separator: " "))"
    }
}
