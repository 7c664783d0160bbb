/// Estimates the width of a text without knowing the font that will show it.
///
/// `system-ui` is a different font on each system. The widths are those of DejaVu Sans, which is wider than the usual
/// system fonts (Segoe UI, San Francisco, Roboto, Cantarell), so that text that fits here also fits there.
enum TextWidth {
    /// Returns the width of a text in pixels.
    static func of(_ text: String, size: Double, isBold: Bool = false) -> Double {
        let thousandths = text.unicodeScalars.reduce(0) { $0 + width(of: $1) }
        return Double(thousandths) / 100 * size * (isBold ? 1.13 : 1)
    }

    /// The widths of U+0020 ... U+007E in hundredths of the font size.
    private static let ascii: [Int] = [
        32, 40, 46, 84, 64, 95, 78, 28, 39, 39, 50, 84, 32, 36, 32, 34, 64, 64, 64, 64, 64, 64, 64, 64, 64, 64, 34, 34,
        84, 84, 84, 53, 100, 69, 69, 70, 77, 64, 58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64, 62, 74, 69, 99,
        69, 62, 69, 39, 34, 39, 84, 50, 50, 62, 64, 55, 64, 62, 36, 64, 64, 28, 28, 58, 28, 98, 64, 62, 64, 64, 42, 53,
        40, 64, 60, 82, 60, 60, 53, 64, 34, 64, 84,
    ]

    private static func width(of scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x20..<0x7F: return ascii[Int(scalar.value) - 0x20]
        case 0x300..<0x370, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFE00...0xFE0F: return 0
        case 0x2000...0x206F: return 60
        // Superscripts are narrow.
        case 0xB2, 0xB3, 0xB9, 0x2070...0x209F: return 45
        case 0x1100...0x11FF, 0x2E80...0xA4CF, 0xAC00...0xD7FF, 0xF900...0xFAFF, 0xFF00...0xFFEF: return 102
        case 0x1F000...: return 130
        case 0x2190...0x2BFF: return 105
        default: return scalar.properties.isWhitespace ? 50 : 82
        }
    }

    /// Returns the text, truncated with an ellipsis if it is wider than `width`. A number is rounded instead, since without
    /// its exponent it would be another number.
    static func elided(_ text: String, size: Double, isBold: Bool = false, to width: Double) -> String {
        if of(text, size: size, isBold: isBold) <= width { return text }
        if let number = Double(text) {
            let fitting = (1...6).reversed().lazy.map { general(number, digits: $0) }
                .first { of($0, size: size, isBold: isBold) <= width }
            return fitting ?? "…"
        }
        let room = width - of("…", size: size, isBold: isBold)
        var beginning = ""
        var used = 0.0
        for character in text {
            used += of(String(character), size: size, isBold: isBold)
            guard used <= room else { break }
            beginning.append(character)
        }
        while beginning.last == " " { beginning.removeLast() }
        return beginning + "…"
    }

    /// Returns the text in lines of at most `width`, wrapped between words. If there are too many lines, the last one
    /// is truncated.
    static func wrapped(
        _ text: String, size: Double, isBold: Bool = false, to width: Double, lines limit: Int
    ) -> [String] {
        var lines: [String] = []
        var words = text.split(whereSeparator: \.isWhitespace)[...]
        while let first = words.popFirst() {
            if lines.count + 1 == limit {
                let rest = ([first] + words).joined(separator: " ")
                lines.append(elided(rest, size: size, isBold: isBold, to: width))
                break
            }
            var line = String(first)
            while let next = words.first, of("\(line) \(next)", size: size, isBold: isBold) <= width {
                line += " \(next)"
                words.removeFirst()
            }
            lines.append(elided(line, size: size, isBold: isBold, to: width))
        }
        return lines
    }
}
