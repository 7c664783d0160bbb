import Foundation
import SwiftMLP

/// Texts by which people say that a number or a date is missing, apart from those that the library knows.
enum GapNames {
    private static let names: Set<String> = [
        "n.a.", "n.a", "n. a.", "na", "n/a", "-", "--", "---", "–", "—", ".", "..", "...", "…", "*", "missing",
        "unknown", "unk",
        "none", "nil", "null", "nan", "not available", "not applicable", "no data", "k.a.", "k. a.", "keine angabe",
        "inconnu", "(blank)", "(null)", "<null>", "\\n", "blank", "empty", "undefined", "tbd", "#div/0!", "#value!",
        "#ref!",
        "#n/a", "#name?", "#num!", "#null!", "0000-00-00", "0000-00-00 00:00:00", "00.00.0000", "00/00/0000",
    ]

    /// The names of gaps in a column whose other values are numbers or dates; empty for other columns.
    ///
    /// - Complexity: O(rows), and O(1) where the first values are neither.
    static func found(in column: Table.Column) -> [String] {
        guard case .strings(let texts) = column else { return [] }
        var gaps: Set<String> = []
        var rest: [String?] = []
        for case let text? in texts {
            if names.contains(text.lowercased().trimmingCharacters(in: .whitespaces)) {
                gaps.insert(text)
            } else {
                rest.append(text)
                if rest.count == 50, !areMeasured(rest) { return [] }
            }
        }
        return !gaps.isEmpty && gaps.count <= 20 && areMeasured(rest) ? gaps.sorted() : []
    }

    /// Whether all texts are numbers, plain or with signs, or all are dates.
    private static func areMeasured(_ texts: [String?]) -> Bool {
        guard !texts.isEmpty else { return false }
        return texts.allSatisfy { $0?.isPlainNumber ?? true } || NumberSpelling(texts) != nil
            || !DateOrder.candidates(for: texts).isEmpty
    }

    /// Why a column of texts is left out whose values are numbers but for a few; nil for other columns.
    static func problem(_ name: String, _ column: Table.Column) -> String? {
        guard case .strings(let texts) = column else { return nil }
        let first = texts.lazy.compactMap(\.self).prefix(1000)
        guard first.count >= 20, first.count(where: { !$0.isPlainNumber }) * 10 <= first.count,
            let other = texts.lazy.compactMap(\.self).first(where: { !$0.isPlainNumber })
        else { return nil }
        return "its values are numbers, but \"\(other.prefix(40))\" is none: say --missing '\(other.prefix(40))', or "
            + "--type '\(name)=strings'"
    }
}

extension String {
    /// Whether the text is a decimal, and would lose nothing as a number.
    fileprivate var isPlainNumber: Bool {
        let text = trimmingCharacters(in: .whitespaces)
        guard let first = text.first(where: { $0 != "-" && $0 != "+" }), first.isASCII, first.isNumber || first == "."
        else {
            return false
        }
        let isIdentifier = text.count > 1 && text.hasPrefix("0") && !text.hasPrefix("0.") && !text.hasPrefix("0e")
        return !isIdentifier && text.count < 400 && !text.contains("x") && Double(text)?.isFinite ?? false
    }
}
