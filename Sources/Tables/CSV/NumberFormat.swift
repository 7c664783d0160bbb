/// How numbers are written in a file.
struct NumberFormat: Sendable {
    private let decimal: UInt8
    private let thousands: [UInt8]
    private let currency: [[UInt8]]
    private let percent: Bool
    private let accounting: Bool

    /// Whether numbers are written as in Swift.
    let isPlain: Bool

    /// - Throws: ``TableError/invalidArgument(name:value:allowed:)``.
    init(
        decimal: Character = ".", thousands: Character? = nil, currency: Set<String> = [], percent: Bool = false,
        accounting: Bool = false
    ) throws {
        func isPartOfNumber(_ character: Character) -> Bool {
            character.isNewline || "0123456789+-eE\"".contains(character)
        }
        guard let byte = decimal.asciiValue, !isPartOfNumber(decimal) else {
            throw TableError.invalidArgument(
                name: "decimal", value: "\"\(decimal)\"", allowed: "one ASCII character that is not part of a number")
        }
        if let thousands, isPartOfNumber(thousands) || thousands == decimal {
            throw TableError.invalidArgument(
                name: "thousands", value: "\"\(thousands)\"",
                allowed: "a character that is not part of a number, and not decimal")
        }
        self.decimal = byte
        self.thousands = Array(String(thousands.map { [$0] } ?? []).utf8)
        // The longest first: "US$" before "$".
        self.currency = currency.filter { !$0.isEmpty }.map { Array($0.utf8) }.sorted { $0.count > $1.count }
        (self.percent, self.accounting) = (percent, accounting)
        isPlain = decimal == "." && thousands == nil && self.currency.isEmpty && !percent && !accounting
    }

    /// The number that fills a cell; nil where it is something else.
    func number(in cell: UnsafeBufferPointer<UInt8>) -> DecimalText.Scan? {
        func scanned(_ text: UnsafeBufferPointer<UInt8>) -> DecimalText.Scan? {
            DecimalText.scan(text, from: 0).flatMap { $0.end == text.count ? $0 : nil }
        }
        return isPlain ? scanned(cell) : plain(cell[...])?.withUnsafeBufferPointer(scanned)
    }

    /// The number as Swift writes it.
    private func plain(_ cell: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8]? {
        var rest = cell
        var sign: [UInt8] = []
        func skipSign() {
            let minus: [UInt8] = [0xE2, 0x88, 0x92]
            if sign.isEmpty, let first = rest.first, first == 0x2B || first == 0x2D {
                sign = [first]
                rest = trimmed(rest.dropFirst())
            } else if sign.isEmpty, accounting, rest.starts(with: minus) {
                sign = [0x2D]
                rest = trimmed(rest.dropFirst(minus.count))
            }
        }
        // (5), (€5), €(5), (5) € and 5- are -5.
        func skipAccountingSign() {
            guard accounting, sign.isEmpty else { return }
            if rest.first == UInt8(ascii: "("), rest.last == UInt8(ascii: ")") {
                rest = rest.dropFirst().dropLast()
            } else if rest.last == UInt8(ascii: "-"), rest.count > 1 {
                rest = rest.dropLast()
            } else {
                return
            }
            sign = [UInt8(ascii: "-")]
            rest = trimmed(rest)
        }
        skipSign()
        skipAccountingSign()
        if let symbol = currency.first(where: { rest.starts(with: $0) }) {
            rest = trimmed(rest.dropFirst(symbol.count))
            skipSign()
        } else if let symbol = currency.first(where: { rest.reversed().starts(with: $0.reversed()) }) {
            rest = trimmed(rest.dropLast(symbol.count))
        }
        skipAccountingSign()
        let isPercentage = percent && rest.last == UInt8(ascii: "%")
        if isPercentage { rest = trimmed(rest.dropLast()) }
        skipAccountingSign()
        // A second sign is none.
        guard let first = rest.first, first != 0x2B, first != 0x2D else { return nil }

        let end = rest.firstIndex { $0 == decimal || $0 | 0x20 == UInt8(ascii: "e") } ?? rest.endIndex
        guard let integer = withoutThousands(rest[..<end]) else { return nil }
        var number = sign + integer
        for byte in rest[end...] {
            // Where a comma is the point, a point is none.
            if byte == UInt8(ascii: "."), decimal != byte { return nil }
            number.append(byte == decimal ? UInt8(ascii: ".") : byte)
        }
        return isPercentage ? number + "e-2".utf8 : number
    }

    /// The digits of an integer: groups of three, in India of two before the last.
    private func withoutThousands(_ integer: Slice<UnsafeBufferPointer<UInt8>>) -> [UInt8]? {
        var groups: [[UInt8]] = [[]]
        var rest = integer
        while let byte = rest.first {
            if !thousands.isEmpty, rest.starts(with: thousands) {
                groups.append([])
                rest = rest.dropFirst(thousands.count)
            } else {
                guard byte &- 0x30 < 10 else { return nil }
                groups[groups.count - 1].append(byte)
                rest.removeFirst()
            }
        }
        if groups.count > 1 {
            guard groups.last?.count == 3, (1...3).contains(groups[0].count),
                groups.dropFirst().dropLast().allSatisfy({ $0.count == 3 })
                    || groups.dropLast().allSatisfy({ $0.count <= 2 && !$0.isEmpty })
            else { return nil }
        }
        return groups.flatMap(\.self)
    }

    /// Without spaces around it, among them those that do not break a line.
    private func trimmed(_ text: Slice<UnsafeBufferPointer<UInt8>>) -> Slice<UnsafeBufferPointer<UInt8>> {
        let spaces: [[UInt8]] = [[0x20], [0x09], [0xC2, 0xA0], [0xE2, 0x80, 0xAF]]
        var rest = text
        while let space = spaces.first(where: { rest.starts(with: $0) }) { rest = rest.dropFirst(space.count) }
        while let space = spaces.first(where: { rest.reversed().starts(with: $0.reversed()) }) {
            rest = rest.dropLast(space.count)
        }
        return rest
    }
}
