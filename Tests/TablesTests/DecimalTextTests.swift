import NumPyRandom
import Testing

@testable import Tables

@Suite struct DecimalTextTests {
    /// The nearest number, bit for bit, as the standard library has it.
    @Test func everyDecimalIsTheNearestNumber() {
        var random = RandomState(seed: 1)
        func digits(_ count: Int) -> String {
            String((0..<count).map { _ in Character("\(random.randint(in: 0...9))") })
        }
        for round in 0..<300_000 {
            let text =
                switch round % 6 {
                case 0: "\(Double(bitPattern: random.next()))"
                case 1: "-\(digits(random.randint(in: 1...20))).\(digits(random.randint(in: 0...20)))"
                case 2: "\(digits(random.randint(in: 1...19)))e\(random.randint(in: -30...30))"
                case 3: "0.\(digits(random.randint(in: 1...19)))"
                case 4: "\(digits(random.randint(in: 1...25)))E+\(random.randint(in: 0...330))"
                default: "\(random.randomSample())"
                }
            expectNearest(text)
        }
    }

    /// Halfway between two numbers, and next to it.
    @Test func tiesAreRoundedToEven() {
        for text in [
            "9007199254740993", "9007199254740993.0", "9007199254740992.9999", "9007199254740993.0001",
            "18014398509481986", "18014398509481990", "0.500000000000000166533453693773481063544750213623046875",
            "1.00000000000000011102230246251565404", "4503599627370496.5", "4503599627370497.5", "5e-324", "2e-324",
            "1.7976931348623158e308", "1.7976931348623159e308", "1e400", "1e-400", "0e999999999999999999999", "0.0",
            "-0", "+1", ".5", "5.", "1e-22", "1e22", "1e23", "18446744073709551615", "9999999999999999999",
        ] {
            expectNearest(text)
        }
    }

    @Test func otherTextsAreNoNumbers() {
        for text in ["", "-", "+", ".", "e5", "1e", "1e+", "1.5.2", "1 ", " 1", "0x1", "nan", "inf", "1_0", "--1", "١"]
        {
            #expect(DecimalText.number(in: Array(text.utf8)) == nil, "\(text)")
        }
    }

    private func expectNearest(_ text: String) {
        guard let expected = Double(text), !expected.isNaN, !text.hasSuffix("inf") else { return }
        let found = DecimalText.number(in: Array(text.utf8))
        #expect(found?.bitPattern == expected.bitPattern, "\(text): \(found as Double?) and not \(expected)")
    }
}
