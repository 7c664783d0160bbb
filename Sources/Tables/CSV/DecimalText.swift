/// Numbers in the text of a table.
package enum DecimalText {
    /// The decimal number that fills `bytes`, or `nil`; infinite where it is larger than any `Double`.
    package static func number(in bytes: some Collection<UInt8>) -> Double? {
        // `Double` also reads "nan", "inf" and hexadecimals.
        guard bytes.allSatisfy(isDecimalCharacter) else { return nil }
        return Double(String(decoding: bytes, as: UTF8.self))
    }

    private static func isDecimalCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "+"),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default:
            false
        }
    }
}
