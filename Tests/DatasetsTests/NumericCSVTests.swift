import LinearAlgebra
import TestSupport
import Testing

@testable import Datasets

@Suite struct NumericCSVTests {
    @Test func numbersSurviveTheRoundTripBitForBit() throws {
        var generator = SystemRandomNumberGenerator()
        var numbers: [Double] = [
            0, -0.0, 1, -1, 0.1, 1.0 / 3, .pi, 1e22, 1e23, .leastNormalMagnitude, .greatestFiniteMagnitude,
            9_007_199_254_740_992, .leastNonzeroMagnitude, 123_456.789,
        ]
        while numbers.count < 3000 {
            let number = Double(bitPattern: generator.next())
            if number.isFinite { numbers.append(number) }
        }
        let csv = NumericCSV(header: ["a", "b", "c"], table: Matrix(rows: 1000, columns: 3, elements: numbers))
        let again = try NumericCSV(Array(csv.text.utf8), file: "f", rows: 1000, columns: 3, hasHeader: true)
        #expect(again.header == csv.header)
        #expect(again.table.elements.map(\.bitPattern) == numbers.map(\.bitPattern))
    }

    @Test(arguments: ["1,2\n3,4\n", "1,2\n3,4", "1,2\r\n3,4\r\n", "1,2\r\n3,4", "1.0,2e0\n+3,0.4E1"])
    func lineEndsDoNotMatter(text: String) throws {
        let csv = try NumericCSV(Array(text.utf8), file: "f", rows: 2, columns: 2, hasHeader: false)
        #expect(csv.table == [[1, 2], [3, 4]])
        #expect(csv.features == [[1], [3]])
        #expect(csv.target == [2, 4])
    }

    @Test(arguments: [
        ("", "it is empty"),
        ("\n", "it has 1 rows instead of 2"),
        ("1,2\n", "it has 1 rows instead of 2"),
        ("1,2\n3,4\n5,6\n", "it has 3 rows instead of 2"),
        ("1,2\n3,4\n\n", "it has 3 rows instead of 2"),
        ("1,2\n\n3,4\n", "it has 3 rows instead of 2"),
        ("1,2\n3\n", "line 2 has 1 values instead of 2"),
        ("1,2\n3,4,5\n", "line 2 has 3 values instead of 2"),
        ("1,2\n3,\n", "value 2 of line 2 is not a number"),
        ("1,2\n3,four\n", "value 2 of line 2 is not a number"),
        ("nan,2\n3,4\n", "value 1 of line 1 is not a number"),
        ("1,inf\n3,4\n", "value 2 of line 1 is not a number"),
        ("1,0x10\n3,4\n", "value 2 of line 1 is not a number"),
        ("1, 2\n3,4\n", "value 2 of line 1 is not a number"),
        ("1,1e999\n3,4\n", "value 2 of line 1 is not a number"),
        ("1,-\n3,4\n", "value 2 of line 1 is not a number"),
        ("1;2\n3;4\n", "line 1 has 1 values instead of 2"),
    ])
    func anythingElseIsRefused(text: String, reason: String) {
        let error = thrown(DatasetError.self) {
            _ = try NumericCSV(Array(text.utf8), file: "f.csv", rows: 2, columns: 2, hasHeader: false)
        }
        #expect(error == .refused(file: "f.csv", reason: reason))
    }

    @Test func noiseIsRefused() {
        var generator = SystemRandomNumberGenerator()
        for length in [1, 10, 1000, 100_000] {
            let noise = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            for hasHeader in [false, true] {
                #expect(throws: DatasetError.self) {
                    try NumericCSV(noise, file: "f", rows: 3, columns: 3, hasHeader: hasHeader)
                }
            }
        }
    }
}
