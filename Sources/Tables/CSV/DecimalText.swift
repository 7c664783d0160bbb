/// Numbers in the text of a table.
package enum DecimalText {
    /// The decimal number that fills `bytes`, or `nil`; infinite where it is larger than any `Double`.
    ///
    /// It is the `Double` that is nearest to the decimal, as `strtod` has it.
    package static func number(in bytes: some Collection<UInt8>) -> Double? {
        func scanned(_ text: UnsafeBufferPointer<UInt8>) -> Double? {
            let scan = scan(text, from: 0)
            return scan?.end == text.count ? scan?.value : nil
        }
        return bytes.withContiguousStorageIfAvailable(scanned) ?? Array(bytes).withUnsafeBufferPointer(scanned)
    }

    /// A number at the beginning of a text.
    struct Scan {
        var value: Double
        /// The index behind its last character.
        var end: Int
        /// Whether a number cannot stand for the text: an integer that begins with 0 or is beyond 2⁵³, as identifiers do.
        var losesDigits: Bool
    }

    /// The longest decimal number that begins at `start`; nil where there is none.
    @inline(__always)
    static func scan(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Scan? {
        let end = text.count
        var position = start
        guard position < end else { return nil }
        let isNegative = text[position] == UInt8(ascii: "-")
        if isNegative || text[position] == UInt8(ascii: "+") { position += 1 }

        var mantissa: UInt64 = 0
        let first = position
        appendDigits(of: text, from: &position, to: &mantissa)
        let integerDigits = position - first
        var digits = integerDigits
        var exponent = 0
        var isInteger = true
        if position < end, text[position] == UInt8(ascii: ".") {
            isInteger = false
            position += 1
            let fraction = position
            appendDigits(of: text, from: &position, to: &mantissa)
            digits += position - fraction
            exponent = fraction - position
        }
        guard digits > 0 else { return nil }
        if position < end, text[position] | 0x20 == UInt8(ascii: "e") {
            isInteger = false
            guard let stated = Self.exponent(text, &position) else { return nil }
            exponent += stated
        }

        let losesDigits =
            (integerDigits > 1 && text[first] == UInt8(ascii: "0"))
            || (isInteger && (digits > 16 || mantissa > 1 << 53))
        // More than 19 digits may be more than the mantissa holds.
        let magnitude = digits <= 19 ? nearest(mantissa, exponent) : nil
        let value = magnitude.map { isNegative ? -$0 : $0 } ?? slow(text, start..<position)
        return value.map { Scan(value: $0, end: position, losesDigits: losesDigits) }
    }

    /// Moves over digits and appends them to a number.
    @inline(__always)
    private static func appendDigits(
        of text: UnsafeBufferPointer<UInt8>, from position: inout Int, to number: inout UInt64
    ) {
        // Eight characters at once: which of them is the first that is no digit, and the number that those before it are.
        while let base = text.baseAddress, position &+ 8 <= text.count {
            let characters = UnsafeRawPointer(base).loadUnaligned(fromByteOffset: position, as: UInt64.self)
            let digits = UInt64(littleEndian: characters) ^ 0x3030_3030_3030_3030
            let others = ((digits &+ 0x7676_7676_7676_7676) | digits) & 0x8080_8080_8080_8080
            let count = others.trailingZeroBitCount >> 3
            number = number &* integerPowersOfTen[count] &+ eightDigits(digits << (64 - count * 8))
            position &+= count
            if count < 8 { return }
        }
        while position < text.count, case let digit = text[position] &- 0x30, digit < 10 {
            number = number &* 10 &+ UInt64(digit)
            position &+= 1
        }
    }

    /// The number of eight digits, of which the first is the lowest byte: neighbors are joined to two, four and eight.
    @inline(__always)
    private static func eightDigits(_ digits: UInt64) -> UInt64 {
        let pairs = digits &* 10 &+ digits >> 8
        let high = (pairs & 0xFF_0000_00FF) &* 0xF_4240_0000_0064
        let low = (pairs >> 16 & 0xFF_0000_00FF) &* 0x2710_0000_0001
        return (high &+ low) >> 32
    }

    /// The exponent at a letter e; nil where no digit follows.
    private static func exponent(_ text: UnsafeBufferPointer<UInt8>, _ position: inout Int) -> Int? {
        position += 1
        guard position < text.count else { return nil }
        let isNegative = text[position] == UInt8(ascii: "-")
        if isNegative || text[position] == UInt8(ascii: "+") { position += 1 }
        let first = position
        var exponent = 0
        while position < text.count, case let digit = text[position] &- 0x30, digit < 10 {
            exponent = min(exponent * 10 + Int(digit), 1 << 40)
            position += 1
        }
        return position > first ? (isNegative ? -exponent : exponent) : nil
    }

    /// The `Double` that is nearest to mantissa · 10^exponent; nil where that takes more than two numbers' precision.
    @inline(__always)
    private static func nearest(_ mantissa: UInt64, _ exponent: Int) -> Double? {
        if mantissa == 0 { return 0 }
        guard exponent >= -22, exponent <= 22 else { return nil }
        // 10²² and all smaller powers are exact, so that one operation on exact numbers rounds once.
        let power = powersOfTen[abs(exponent)]
        if mantissa <= 1 << 53 {
            return exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
        }
        // In twice the precision. Where the last bits leave the rounding open, the caller takes the slow way.
        let high = Double(mantissa)
        let low = Double(Int64(bitPattern: mantissa &- UInt64(high)))
        let value = exponent < 0 ? high / power : high * power
        let rest =
            exponent < 0
            ? (high.addingProduct(-value, power) + low) / power : (-value).addingProduct(high, power) + low * power
        let error = value * 0x1p-100
        let (least, most) = (value + (rest - error), value + (rest + error))
        return least == most ? least : nil
    }

    private static func slow(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Double? {
        Double(String(decoding: text[range], as: UTF8.self))
    }
}

private let integerPowersOfTen: [UInt64] = [1, 10, 100, 1000, 10000, 100_000, 1_000_000, 10_000_000, 100_000_000]

private let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
]
