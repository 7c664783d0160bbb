import Estimators
import Foundation
import NumPyRandom
import TestSupport
import Testing

@testable import Tables

/// The ways in which the world writes CSV files.
@Suite struct CSVDialectTests {
    private let expected: Table

    init() throws {
        expected = try Table(["a": .numbers([1, 2.5]), "b": .strings(["x", "y z"]), "c": .numbers([.nan, -3])])
    }

    @Test(arguments: [",", ";", "\t", "|"])
    func theSeparatorIsDetected(separator: String) throws {
        let text = "a,b,c\n1,x,\n2.5,y z,-3\n".replacing(",", with: separator)
        let table = try readCSV(text: text)
        #expect(table == expected)
        #expect(table.source?.separator == Character(separator))
        #expect(table.source?.isSeparatorDetected == true)
        #expect(try readCSV(text: text, separator: separator) == expected)
        #expect(table.description.hasSuffix("2 rows × 3 columns") == (separator == ","))
        #expect(try withFile(Array(text.utf8)) { try CSVBatches(contentsOf: $0, batchSize: 1).columnNames }.count == 3)
    }

    @Test(arguments: [
        ("a;b\n1,5;2,5\n", ["a", "b"]), ("\"a;b\",c\n\"1;2\",3\n", ["a;b", "c"]), ("a,b\nx;y,1\nz;w,2\n", ["a", "b"]),
        ("text\nhello; world\n", ["text"]), ("weight; in kg\n12\n13\n", ["weight; in kg"]), ("a;b\n", ["a", "b"]),
        ("city, state\tn\nBoston, MA\t1\n", ["city, state", "n"]), ("a;b,c\n1;2,3\n", ["a;b", "c"]),
        ("\"x, y\";\"z\"\n\"a\n;,b\";2\n", ["x, y", "z"]), ("d|t\n1|2\n3|\n", ["d", "t"]),
        ("a,\"b;c;d\"\n1,\"2;3;4\"\n", ["a", "b;c;d"]), ("a,\"b\tc\td\"", ["a", "b\tc\td"]),
        ("n\tt\n1\t\"a,b;c|d\"\n", ["n", "t"]),
    ])
    func detectionIsNotMisled(text: String, names: [String]) throws {
        #expect(try readCSV(text: text).columnNames == names)
    }

    @Test func anUnevenFileIsStillCut() {
        let error = thrown(TableError.self) { _ = try readCSV(text: "a;b;c\n1;2\n3;4;5\n") }
        #expect(error?.description.contains("line 2, column 3: the line has 2 values, but line 1 has 3") == true)
    }

    @Test func theFirstLineMayStateTheSeparator() throws {
        for text in ["sep=;\nh;w\n1;2", "sep=;\r\nh;w\r\n1;2\r\n", "\u{FEFF}sep=|\nh|w\n1|2", "SEP=,\nh,w\n1,2"] {
            #expect(try readCSV(text: text) == Table(["h": .numbers([1]), "w": .numbers([2])]))
        }
        #expect(try readCSV(text: "sep=;\n1;2\n", hasHeader: false).columnNames == ["x0", "x1"])
        let bad = thrown(TableError.self) { _ = try readCSV(text: "sep=;\nh;w\n1;2\n3\n") }
        #expect(bad?.description.contains("line 4, column 2: the line has 1 values, but line 2 has 2") == true)
    }

    /// As in pandas; a tab is part of a cell.
    @Test func spacesBehindASpaceAreSkipped() throws {
        let text = "18.0   8   307.0\n  9.0    12  ?\n1 a\tb 2\n"
        let table = try readCSV(text: text, separator: " ", hasHeader: false, skipInitialSpace: true)
        #expect(try table.numbers("x0") == [18, 9, 1])
        #expect(try table.strings("x1") == ["8", "12", "a\tb"])
        #expect(try table.numbers("x2")[0] == 307)
        #expect(try readCSV(text: "a b\n1  2\n3 4", separator: " ", nRows: 0).columnNames == ["a", "b"])
    }

    @Test func runsOfBlanksSeparate() throws {
        let text = "18.0   8   307.0 \"chevy, big\"\n9.0    12 \t ?  x\n   \n  1 2 3 4  \n"
        let table = try readCSV(text: text, separator: .whitespace, hasHeader: false)
        #expect(try table.matrix(of: ["x0", "x1"]).elements == [18, 8, 9, 12, 1, 2])
        #expect(try table.numbers("x2")[1].isNaN)
        #expect(try table.strings("x3") == ["chevy, big", "x", "4"])
        #expect(try readCSV(text: "a b\n1 2\n", separator: " ").columnNames == ["a", "b"])
        let uneven = thrown(TableError.self) { _ = try readCSV(text: "a b\n1  2\n", separator: " ") }
        #expect(uneven?.description.contains("the line has 3 values") == true)
    }

    @Test func encodingsAreReadByMarkOrArgument() throws {
        let text = "naïve,größe €\nJosé,1\n“q”,2\n𝄞,3\n"
        let table = try readCSV(text: text)
        let wide = Array(text.utf16)
        let little = wide.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        let big = wide.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }
        let widest = text.unicodeScalars.flatMap { scalar in (0..<4).map { UInt8(scalar.value >> ($0 * 8) & 0xFF) } }
        for (bytes, encoding) in [
            ([0xFF, 0xFE] + little, nil), ([0xFE, 0xFF] + big, nil), ([0xEF, 0xBB, 0xBF] + Array(text.utf8), nil),
            ([0xFF, 0xFE, 0, 0] + widest, nil), (little, .utf16LittleEndian), (big, .utf16BigEndian),
            ([0xFE, 0xFF] + big, .utf16), (Array(text.utf8), .utf8),
        ] as [([UInt8], String.Encoding?)] {
            try withFile(bytes) { file in
                #expect(try readCSV(file, encoding: encoding) == table)
                let batches = try CSVBatches(contentsOf: file, batchSize: 2, encoding: encoding)
                #expect(try batches.map { try $0.get().rowCount } == [2, 1])
            }
        }
        let windows: [UInt8] = Array("n,g\nJos".utf8) + [0xE9, 0x2C, 0x80, 0x0A]
        try withFile(windows) { file in
            let expected = try Table(["n": .strings(["José"]), "g": .strings(["€"])])
            #expect(try readCSV(file, encoding: .windowsCP1252) == expected)
            #expect(try readCSV(file, encoding: .isoLatin1).strings("g") == ["\u{80}"])
            let error = thrown(TableError.self) { _ = try readCSV(file) }
            #expect(error?.description.contains("line 2, column 1: the value is not text in UTF-8") == true)
            let other = thrown(TableError.self) { _ = try readCSV(file, encoding: .shiftJIS) }
            #expect(other?.description.hasPrefix("encoding must be .utf8") == true)
        }
        try withFile(little) { file in
            let error = thrown(TableError.self) { _ = try readCSV(file) }
            #expect(error?.description.contains(".utf16LittleEndian") == true)
        }
        // Half a surrogate pair, half a unit, and an empty place of the code page.
        for (bytes, encoding) in [
            ([0x61, 0, 0x0A, 0, 0x00, 0xD8], .utf16LittleEndian), ([0x61, 0, 0x0A, 0, 0x62], .utf16LittleEndian),
            ([0x61, 0x0A, 0x81], .windowsCP1252),
        ] as [([UInt8], String.Encoding)] {
            try withFile(bytes) { file in
                let error = thrown(TableError.self) { _ = try readCSV(file, encoding: encoding) }
                #expect(error?.description.contains("line 2, column 1") == true)
            }
        }
    }

    @Test func commentsAreSkipped() throws {
        let text = "# by hand, \"unfinished\na,b\n1,x # one\n# two\n2,\"y#\"#three\n\n3,z\n#end"
        let expected = try Table(["a": .numbers([1, 2, 3]), "b": .strings(["x ", "y#", "z"])])
        #expect(try readCSV(text: text, comment: "#") == expected)
        #expect(try readCSV(text: "a\n1\n#2\n3\n", comment: "#").numbers("a") == [1, 3])
        #expect(try readCSV(text: "a,b\n\"x\",\"y\" # note\n", comment: "#").strings("b") == ["y"])
    }

    @Test func numbersAreWrittenInOtherWays() throws {
        let european = try readCSV(
            text: "preis;anteil\n1.234,50 €;12,5 %\n-€ 0,5;-3%\n1.234.567;100%\n", decimal: ",", thousands: ".",
            currency: ["€"], percent: true)
        #expect(try european.numbers("preis") == [1234.5, -0.5, 1_234_567])
        #expect(try european.numbers("anteil") == [0.125, -0.03, 1])
        let american = try readCSV(text: "p\n\"$1,234.50\"\n\"12,34,567\"\n$-2\n-$3\n", thousands: ",", currency: ["$"])
        #expect(try american.numbers("p") == [1234.5, 1_234_567, -2, -3])
        #expect(
            try readCSV(text: "a b\n1 234,5", separator: ";", decimal: ",", thousands: " ").numbers("a b") == [1234.5])
        // Never without being told, and never where groups are not groups.
        for text in ["a\n\"1,5\"", "a\n12%", "a\n€5", "a\n\"1,234\""] {
            #expect(try readCSV(text: text).stringColumnNames == ["a"])
        }
        for cell in ["1,23", "1,2345", ",123", "1,,234", "12345,678,901", "--1", "$$1", "1.5.2", "$", "%", "-"] {
            let table = try readCSV(text: "a\n\"\(cell)\"", thousands: ",", currency: ["$"], percent: true)
            #expect(table.stringColumnNames == ["a"], "\(cell)")
        }
        #expect(try readCSV(text: "a\n1.5", decimal: ",").stringColumnNames == ["a"])
    }

    @Test func accountantsWriteNegativeNumbersInTheirWay() throws {
        let spellings = [
            "(1.50)": -1.5, "1.50-": -1.5, "−1.50": -1.5, "-1.50": -1.5, "( 1.50 )": -1.5, "($1,234.50)": -1234.5,
            "$(1,234.50)": -1234.5, "(1.50) $": -1.5, "$1.50-": -1.5, "$ −1.50": -1.5, "(12%)": -0.12, "(12)%": -0.12,
            "+1.50": 1.5, "1,234": 1234, "(0)": 0, "(1e-3)": -1e-3,
        ]
        func table(_ cell: String, accounting: Bool) throws -> Table {
            try readCSV(
                text: "a\n\"\(cell)\"", thousands: ",", currency: ["$"], percent: true, accounting: accounting)
        }
        for (cell, value) in spellings {
            #expect(try table(cell, accounting: true).numbers("a") == [value], "\(cell)")
            // Never without being told.
            let isOrdinary = !cell.contains("(") && !cell.contains("−") && !cell.hasSuffix("-")
            #expect(try (table(cell, accounting: false).stringColumnNames == []) == isOrdinary, "\(cell)")
        }
        for cell in [
            "(-1.50)", "-(1.50)", "((1.50))", "(1.50", "1.50)", "()", "(", "-1.50-", "(1.50-)", "1e-", "−−1", "(x)",
        ] {
            #expect(try table(cell, accounting: true).stringColumnNames == ["a"], "\(cell)")
        }
        // A missing value that is a number is one in all spellings.
        let marked = try readCSV(text: "a\n(999)\n5\n-999.0\n", accounting: true, missingValues: ["-999"])
        #expect(try marked.numbers("a").map(\.isNaN) == [true, false, true])
    }

    @Test func identifiersKeepTheirDigits() throws {
        for cell in ["01234", "9007199254740993", "123456789012345678901234567890", "-007", "00", "00.5"] {
            let table = try readCSV(text: "n,id\n1,2\n3,\(cell)\n")
            #expect(try table.strings("id") == ["2", cell])
            let error = thrown(EstimatorError.self) { _ = try table.numbers("id") }
            #expect(error?.description.contains("line 3, column 2 of text: the value \"\(cell)\" loses digits") == true)
        }
        for cell in ["0", "-0", "0.5", "9007199254740992", "1e22", "0e5", "100", "12345678901234567890.0"] {
            #expect(try readCSV(text: "id\n\(cell)\n").numericColumnNames == ["id"], "\(cell)")
        }
        #expect(try readCSV(text: "id\n007\n", numericColumns: ["id"]).numbers("id") == [7])
    }

    @Test func theFirstCellThatIsNoNumberIsNamed() throws {
        let rows = (0..<60_000).map { "\($0),\($0 == 50_000 ? "fifty" : "1")" }
        let table = try readCSV(text: "a,b\n" + rows.joined(separator: "\n"))
        #expect(try table.strings("b")[49_999...50_001] == ["1", "fifty", "1"])
        for part in [table, table.selectingRows([1, 2]), try table.renamingColumns(["b": "c"])] {
            let name = part.columnNames[1]
            let error = thrown(EstimatorError.self) { _ = try part.numbers(name) }
            #expect(
                error?.description
                    == "column must hold numbers, but \"\(name)\" holds strings: line 50002, column 2 of text: "
                    + "the value \"fifty\" is not a number.")
        }
        let needed = thrown(TableError.self) {
            _ = try readCSV(text: "a,b\n" + rows.joined(separator: "\n"), numericColumns: ["b"])
        }
        #expect(needed?.description.contains("line 50002, column 2: the value \"fifty\" is not a number") == true)
        let set = try table.settingColumn("b", .strings(Array(repeating: "x", count: 60_000)))
        #expect(
            thrown(EstimatorError.self) { _ = try set.numbers("b") }?.description.contains("\"x\" in row 0") == true)
    }

    @Test func quotationMarksInsideACellAreCharacters() throws {
        let table = try readCSV(text: "a,b\nx \"y\" z,5\" pipe\n\"q\",\"\"\"\"\nu\"\"v,\"u\"\"v\"\n")
        #expect(try table.strings("a") == ["x \"y\" z", "q", "u\"\"v"])
        #expect(try table.strings("b") == ["5\" pipe", "\"", "u\"v"])
    }

    @Test func marksAreComparedAsNumbersAndByColumn() throws {
        let table = try readCSV(text: "a,b\n-999.0,-999\n-9.99e2,x\n1,-999.0\n", missingValues: ["-999"])
        #expect(try table.numbers("a").map(\.isNaN) == [true, true, false])
        #expect(try table.strings("b") == [nil, "x", "-999.0"])
        let standard = ["-nan", "-1.#IND", "1.#QNAN", "#N/A N/A", "#NA", "-NaN", "<NA>", "", "?"]
        #expect(
            try readCSV(text: "a,b\n" + standard.map { "\($0),1" }.joined(separator: "\n") + "\n2,1")
                .numbers("a").count(where: \.isNaN) == standard.count)
        let perColumn = try readCSV(
            text: "a,b,c\nNone,None,-1\n,x,2\n", missingValues: ["b": [], "c": ["-1"]])
        #expect(try perColumn.strings("a") == [nil, nil])
        #expect(try perColumn.strings("b") == ["None", "x"])
        #expect(try perColumn.numbers("c")[0].isNaN)
        #expect(try readCSV(text: "a\n-9\n\"\"", missingValues: .standard.union(["-9"])).numbers("a").count == 2)
    }

    @Test func namesOfInfinityAreNamesWhereNoNumbersAre() throws {
        #expect(try readCSV(text: "n,m\nNan,1\nInf,2\n").strings("n") == ["Nan", "Inf"])
        #expect(try readCSV(text: "n,m\nInf,1\nInf,2\n").strings("n") == ["Inf", "Inf"])
        #expect(try readCSV(text: "n,m\nInf,1\n-Inf,2\n1,3\n").numbers("n") == [.infinity, -.infinity, 1])
        #expect(try readCSV(text: "n,m\ninf,1\ninf,2\n").numbers("n") == [.infinity, .infinity])
    }

    @Test func linesOfBlanksAreSkippedButAreGapsInOneColumn() throws {
        #expect(try readCSV(text: "a,b\n1,2\n  ").rowCount == 1)
        #expect(try readCSV(text: "a,b\n  \n1,2\n\t\n3,4\n \n").rowCount == 2)
        let one = try readCSV(text: "\ny\n1\n\n3\n\n\n").numbers("y")
        #expect(one.map(\.isNaN) == [false, true, false])
        #expect(try readCSV(text: "y\na\n\nb\n").strings("y") == ["a", nil, "b"])
        // The gaps are where one chunk ends and another begins.
        let long = "y\n" + String(repeating: "1\n\n", count: 300_000) + "2\n\n\n"
        let numbers = try readCSV(text: long).numbers("y")
        #expect(numbers.count == 600_001)
        #expect(numbers.indices.allSatisfy { numbers[$0].isNaN == ($0 % 2 == 1) })
    }

    @Test func columnsAndRowsAreChosen() throws {
        let text = "a,b,c\n1,x,2\n3,y,4\nbad\n"
        let table = try readCSV(text: text, columns: ["c", "a"], nRows: 2)
        #expect(try table == Table(["c": .numbers([2, 4]), "a": .numbers([1, 3])]))
        #expect(try readCSV(text: text, nRows: 0).rowCount == 0)
        let error = thrown(TableError.self) { _ = try readCSV(text: text, columns: ["A", "zz", "bb"]) }
        #expect(
            error?.description
                == "columns must be names of columns of text, but is \"A\" (did you mean \"a\"?), \"zz\", \"bb\".")
        let noRows = thrown(TableError.self) { _ = try readCSV(text: text, nRows: -1) }
        #expect(noRows?.description == "nRows must be at least 0, but is -1.")
        try withFile(Array(text.utf8)) { file in
            let batches = try CSVBatches(contentsOf: file, batchSize: 1, columns: ["c"], nRows: 2)
            #expect(try batches.map { try $0.get().numbers("c") } == [[2], [4]])
        }
    }

    @Test func argumentsThatContradictEachOtherAreRejected() {
        func problem(_ body: () throws -> Table) -> String? { thrown(TableError.self) { _ = try body() }?.description }
        #expect(problem { try readCSV(text: "a", separator: ",", decimal: ",") }?.hasPrefix("decimal must be") == true)
        #expect(problem { try readCSV(text: "a", decimal: ",", thousands: ",") }?.hasPrefix("thousands must") == true)
        #expect(problem { try readCSV(text: "a", separator: "#", comment: "#") }?.hasPrefix("comment must") == true)
        #expect(problem { try readCSV(text: "a", separator: ";;") }?.hasPrefix("separator must") == true)
        #expect(
            problem { try readCSV(text: "a", missingValues: ["b": ["1"]]) }?.hasPrefix("missingValues must") == true)
        #expect(
            problem { try readCSV(text: "a", stringColumns: ["a"], numericColumns: ["a"]) }?.hasPrefix("numericColumns")
                == true)
    }

    /// Values, errors and their places are the same however the text is cut.
    @Test func aLongTextIsReadLikeAShortOne() throws {
        var random = RandomState(seed: 5)
        let words = ["a", "b,c", "\"q\"", "line\nend", "", "x \"y\"", "é", "long enough to be on the heap"]
        var rows: [String] = []
        var expected: [String?] = []
        for row in 0..<40_000 {
            let word = words[random.randint(in: 0...7)]
            expected.append(word.isEmpty ? nil : word)
            rows.append("\(row),\"\(word.replacing("\"", with: "\"\""))\",\(row % 7 == 0 ? "5\" pipe" : "z")")
        }
        let text = "n,w,p\r\n" + rows.joined(separator: "\r\n")
        let table = try readCSV(text: text)
        #expect(try table.numbers("n") == (0..<40_000).map(Double.init))
        #expect(try table.strings("w") == expected)
        #expect(try table.strings("p")[7] == "5\" pipe")
        let lines = text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).count
        let error = thrown(TableError.self) { _ = try readCSV(text: text + "\r\n1,2") }
        #expect(error?.description == "text, line \(lines + 1), column 3: the line has 2 values, but line 1 has 3.")
    }

    private func withFile<Value>(_ bytes: [UInt8], _ body: (URL) throws -> Value) throws -> Value {
        try withFolder { folder in
            let file = folder.appendingPathComponent("t.csv")
            try Data(bytes).write(to: file)
            return try body(file)
        }
    }

    @Test func aCommentMayFollowAClosingQuotationMark() throws {
        for text in ["a;b\n\"x\";\"1\" # y; z\n", "a;b\n\"x\";\"1\"# y\n", "a\tb\n\"x\"\t\"1\"  #"] {
            let table = try readCSV(text: text, comment: "#")
            #expect(try table.strings("a") == ["x"])
            #expect(try table.numbers("b") == [1])
        }
        let gap = try readCSV(text: "a\tb\n\"x\"\t # none\n", comment: "#")
        #expect(try gap.numbers("b").allSatisfy(\.isNaN))
        let error = #expect(throws: TableError.self) { try readCSV(text: "a,b\n\"x\" y,1\n", comment: "#") }
        #expect(error?.description.contains("line 2, column 1") == true)
    }
}
