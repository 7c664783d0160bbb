import CKernels

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
    static func scan(_ text: UnsafeBufferPointer<UInt8>, from start: Int) -> Scan? {
        guard start < text.count, let base = text.baseAddress else { return nil }
        let decimal = kernel_scan_decimal(base + start, text.count - start)
        guard decimal.length > 0 else { return nil }
        let end = start + decimal.length
        let value = decimal.is_known ? decimal.value : Double(String(decoding: text[start..<end], as: UTF8.self))
        return value.map { Scan(value: $0, end: end, losesDigits: decimal.loses_digits) }
    }
}
