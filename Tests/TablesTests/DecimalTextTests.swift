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

    /// A table has the numbers that its decimals are nearest to, whatever their lengths, signs, zeros and neighbors are.
    @Test func aColumnHasTheNearestNumbers() throws {
        var random = RandomState(seed: 3)
        func digits(_ count: Int) -> String {
            String((0..<count).map { _ in Character("\(random.randint(in: 0...9))") })
        }
        func decimal() -> String {
            let sign = ["", "", "-", "+"][random.randint(in: 0...3)]
            let integer = ["", "0", "7\(digits(random.randint(in: 0...18)))"][random.randint(in: 0...2)]
            let fraction = digits(random.randint(in: integer.isEmpty ? 1...20 : 0...20))
            let exponent = random.randint(in: 0...4) == 0 ? "e\(random.randint(in: -40...40))" : ""
            return sign + integer + "." + fraction + exponent
        }
        let (rows, columns) = (40_000, 25)
        let cells = (0..<rows).map { _ in (0..<columns).map { _ in decimal() } }
        let text =
            "x" + (1..<columns).map { ",x\($0)" }.joined() + "\n"
            + cells.map { $0.joined(separator: ",") + "\n" }.joined()
        let table = try readCSV(text: text)
        for column in 0..<columns {
            let numbers = try table.numbers(table.columnNames[column])
            for row in 0..<rows where numbers[row].bitPattern != Double(cells[row][column])?.bitPattern {
                Issue.record("\(cells[row][column]): \(numbers[row])")
            }
        }
    }

    /// What stands before and behind a decimal, and how far the end of the text is, makes no difference.
    @Test(arguments: [
        "5", "-5", "+5", "0", "-0", "0.5", ".5", "5.", "-.5", "1e5", "123456789012345", "1234567890123456",
        "0.12345678901234",
        "00.5", "01", "-01", "1-2", "1.2.3", "--1", "-", ".", "-.", "1 2", "12a", "9007199254740993", "1e", "", "1,5",
        "12\"",
    ])
    func everyLaneReadsTheSame(cell: String) throws {
        func column(_ text: String) throws -> Table.Column { try readCSV(text: text, separator: ";").column("b") }
        // Alone at the end of a text it takes the general way; before many characters, the fast one for short decimals.
        let expected = try column("a;b\n1;\(cell)")
        for (before, behind, rest) in [("", "", ""), ("0;", ";7", ";c")] {
            for ending in ["\n", "\r\n"] {
                let row = "1;\(before)\(cell)\(behind)\(ending)"
                let header = before.isEmpty ? "a;b" : "a;z;b\(rest)"
                let text =
                    header + "\n" + row + "3;" + (before.isEmpty ? "4" : "4;4;4") + String(repeating: "\n", count: 40)
                let values = try column(text)
                switch (expected, values) {
                case (.numbers(let one), .numbers(let many)):
                    #expect(one[0].bitPattern == many[0].bitPattern || (one[0].isNaN && many[0].isNaN), "\(text)")
                case (.strings(let one), .strings(let many)): #expect(one[0] == many[0], "\(text)")
                default: Issue.record("\(text): \(values) and not \(expected)")
                }
            }
        }
    }

    private func expectNearest(_ text: String) {
        guard let expected = Double(text), !expected.isNaN, !text.hasSuffix("inf") else { return }
        let found = DecimalText.number(in: Array(text.utf8))
        #expect(found?.bitPattern == expected.bitPattern, "\(text): \(found as Double?) and not \(expected)")
    }
}
