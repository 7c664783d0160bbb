import Estimators
import LinearAlgebra
import TestSupport
import Testing

@testable import Tables

@Suite struct TableTests {
    let people: Table

    init() throws {
        people = try Table([
            "age": .numbers([38, .nan, 51]),
            "job": .strings(["clerk", "smith", nil]),
            "hours": .numbers([40, 12.5, 60]),
        ])
    }

    @Test func columnsAreFoundByName() throws {
        #expect(people.columnNames == ["age", "job", "hours"])
        #expect([people.rowCount, people.columnCount, people.sampleCount] == [3, 3, 3])
        #expect(people.numericColumnNames == ["age", "hours"])
        #expect(people.stringColumnNames == ["job"])
        #expect(try people.numbers("hours") == [40, 12.5, 60])
        #expect(try people.numbers("age")[1].isNaN)
        #expect(try people.strings("job") == ["clerk", "smith", nil])
    }

    @Test func everyNameAndValueCountsInAChecksum() throws {
        func text(_ columns: KeyValuePairs<String, Table.Column>) throws -> String {
            var checksum = Checksum()
            checksum.add(describing: try Table(columns))
            return checksum.text
        }
        let own = try text(["age": .numbers([38, 51]), "job": .strings(["clerk", nil])])
        #expect(try own == text(["age": .numbers([38, 51]), "job": .strings(["clerk", nil])]))
        #expect(try own != text(["age": .numbers([38, 50]), "job": .strings(["clerk", nil])]))
        #expect(try own != text(["age": .numbers([38, 51]), "job": .strings(["clerk", ""])]))
        #expect(try own != text(["age": .numbers([38, 51]), "work": .strings(["clerk", nil])]))
        #expect(try own != text(["job": .strings(["clerk", nil]), "age": .numbers([38, 51])]))
    }

    @Test func numbersBecomeAMatrix() throws {
        let x = try people.matrix(of: ["hours", "age"])
        #expect([x.rows, x.columns] == [3, 2])
        #expect(x.column(0) == [40, 12.5, 60])
        #expect(x[0, 1] == 38 && x[1, 1].isNaN && x[2, 1] == 51)
        #expect(try people.matrix(of: []) == Matrix(rows: 3, columns: 0, elements: []))
    }

    /// A file of new rows may have gaps alone where the table that was learned had words.
    @Test func aColumnOfGapsAlonePassesForWords() throws {
        let gaps = try Table(["a": .numbers([.nan, .nan]), "b": .numbers([.nan, 1])])
        #expect(try gaps.strings("a") == [nil, nil])
        #expect(throws: EstimatorError.self) { try gaps.strings("b") }
    }

    @Test func missingEqualsMissing() throws {
        #expect(people == people)
        #expect(people.selectingRows([0, 1]) != people.selectingRows([0, 2]))
        #expect(try people.selectingColumns(["job"]) != people.selectingColumns(["age"]))
        #expect(try Table(["a": .numbers([1])]) != Table(["b": .numbers([1])]))
        #expect(try Table(["a": .numbers([])]) != Table(["a": .strings([])]))
        #expect(try Table(["a": .strings([nil])]) != Table(["a": .strings([""])]))
    }

    /// Choosing rows and making a matrix can change places.
    @Test func rowsAreChosenInAllColumns() throws {
        let order = [2, 0, 2, 1]
        let chosen = people.selectingRows(order)
        #expect(chosen.rowCount == 4)
        #expect(chosen == people.selectingSamples(order))
        #expect(try chosen.strings("job") == [nil, "clerk", nil, "smith"])
        #expect(try chosen.matrix(of: ["hours"]) == people.matrix(of: ["hours"]).selectingRows(order))
        #expect(people.selectingRows([]).rowCount == 0)
        #expect(people.selectingRows([2, 1, 0]).selectingRows([2, 1, 0]) == people)
    }

    @Test func columnsAreChosenAndDropped() throws {
        #expect(try people.selectingColumns(["hours", "age"]).columnNames == ["hours", "age"])
        #expect(try people.droppingColumns(["job"]) == people.selectingColumns(["age", "hours"]))
        #expect(try people.droppingColumns([]) == people)
        #expect(try people.selectingColumns([]).rowCount == 3)
    }

    @Test func theDescriptionIsAligned() throws {
        #expect(
            people.description == """
                age  job    hours
                 38  clerk     40
                  –  smith   12.5
                 51  –         60
                3 rows × 3 columns
                """)
        #expect(try Table([:]).description == "0 rows × 0 columns")
        let long = try Table(["n": .numbers((0..<30).map(Double.init))])
        #expect(long.description.split(separator: "\n").count == 13)
        #expect(long.description.hasSuffix("\n9\n…\n30 rows × 1 column"))
        let wide = try Table(
            columnNames: (0..<40).map { "c\($0)" }, columns: (0..<40).map { _ in .strings(["several\nlines"]) })
        #expect(wide.description.split(separator: "\n").count == 3)
    }

    @Test(arguments: [
        Refusal("lengths", mentions: "columns", "\"b\" has 1", "\"a\" has 2") {
            _ = try Table(["a": .numbers([1, 2]), "b": .numbers([1])])
        },
        Refusal("a name twice", mentions: "columnNames", "\"a\"") {
            _ = try Table(["a": .numbers([1]), "a": .numbers([1])])
        },
        Refusal("too few names", mentions: "columnNames", "2 columns", "1 names") {
            _ = try Table(columnNames: ["a"], columns: [.numbers([]), .numbers([])])
        },
        Refusal("an unknown column", mentions: "table", "column \"z\"", "are a") {
            _ = try Table(["a": .numbers([1])]).numbers("z")
        },
        Refusal("words for numbers", mentions: "column", "\"a\"", "\"x\"") {
            _ = try Table(["a": .strings([nil, "x"])]).numbers("a")
        },
        Refusal("numbers for words", mentions: "column", "\"a\"") { _ = try Table(["a": .numbers([1])]).strings("a") },
        Refusal("a matrix of words", mentions: "column", "\"a\"") {
            _ = try Table(["a": .strings([])]).matrix(of: ["a"])
        },
        Refusal("a column chosen twice", mentions: "\"a\"") {
            _ = try Table(["a": .numbers([1])]).selectingColumns(["a", "a"])
        },
        Refusal("dropping what is not there", mentions: "\"z\"") {
            _ = try Table(["a": .numbers([1])]).droppingColumns(["z"])
        },
    ])
    func illInputIsRefused(refusal: Refusal) {
        refusal.check()
    }
}

/// What is done with tables before a model learns from them.
@Suite struct TableWorkTests {
    let people: Table

    init() throws {
        people = try Table([("age", .numbers([38, .nan, 51])), ("job", .strings(["clerk", "smith", "clerk"]))])
    }

    @Test func columnsAreAddedSetAndRenamed() throws {
        let wider = try people.addingColumn("n", .numbers([1, 2, 3]))
        #expect(wider.columnNames == ["age", "job", "n"])
        #expect(try wider.settingColumn("age", .strings(["a", nil, "b"])).strings("age") == ["a", nil, "b"])
        #expect(try wider.settingColumn("n", .numbers([4, 5, 6])).columnNames == wider.columnNames)
        #expect(try people.settingColumn("z", .numbers([4, 5, 6])).numbers("z") == [4, 5, 6])
        #expect(try people.renamingColumns(["age": "job", "job": "age"]).strings("age") == people.strings("job"))
        #expect(try Table([(String, Table.Column)]()).addingColumn("a", .numbers([1])).rowCount == 1)
    }

    @Test func labelsHaveNoGaps() throws {
        #expect(try people.labels("job") == ["clerk", "smith", "clerk"])
        let grades = try Table(["g": .numbers([1, -2]), "h": .numbers([1, 2.5]), "i": .strings(["a", nil])])
        #expect(try grades.integers("g") == [1, -2])
        for refusal in [
            Refusal("a gap among strings", mentions: "\"i\"", "row 1") { _ = try grades.labels("i") },
            Refusal("numbers as labels", mentions: "integers(\"g\")") { _ = try grades.labels("g") },
            Refusal("a fraction", mentions: "\"h\" has 2.5 in row 1") { _ = try grades.integers("h") },
            Refusal("a gap among numbers", mentions: "\"age\" has one in row 1") { _ = try people.integers("age") },
            Refusal("a name that is there", mentions: "settingColumn") {
                _ = try people.addingColumn("age", .numbers([1, 2, 3]))
            },
            Refusal("another length", mentions: "3 values", "has 1") {
                _ = try people.addingColumn("n", .numbers([1]))
            },
            Refusal("renaming what is not there", mentions: "\"ages\" (did you mean \"age\"?)") {
                _ = try people.renamingColumns(["ages": "a"])
            },
            Refusal("two equal names", mentions: "\"job\" occurs twice") {
                _ = try people.renamingColumns(["age": "job"])
            },
            Refusal("all unknown columns", mentions: "columns \"Age\" (did you mean \"age\"?), \"zzz\"") {
                _ = try people.matrix(of: ["Age", "zzz"])
            },
        ] {
            refusal.check()
        }
    }

    @Test func countsAndSummaries() throws {
        #expect(people.missingCounts.map(\.count) == [1, 0])
        #expect(try people.valueCounts("job").map(\.value) == ["clerk", "smith"])
        #expect(try people.valueCounts("job").map(\.count) == [2, 1])
        #expect(try people.valueCounts("age").map(\.value) == ["38", "51"])
        #expect(
            people.describe().description == """
                column  type     missing  distinct      least  mean       most
                age     numbers        1         2         38  44.5         51
                job     strings        0         2  smith (1)     –  clerk (2)
                3 rows
                """)
        let large = try Table(["a": .numbers([1e308, 1.5e308, .nan]), "b": .strings([nil, nil, nil])]).describe()
        #expect(large.columns[0].mean == 1.25e308)
        #expect(large.columns[1].least == nil && large.columns[1].missing == 3)
        let numbers = [1.0 / 3, 123456.789, 1e-9 / 3, 1e20, 0, -2, .infinity]
        #expect(numbers.map(\.roundedText) == ["0.333333", "123457", "3.33333e-10", "1e+20", "0", "-2", "inf"])
    }

    @Test func aWrittenTableIsReadAgain() throws {
        let table = try Table([
            "n": .numbers([1, .nan, -0.1, 1e300, .infinity, 9_007_199_254_740_992]),
            "a;b": .strings(["x, y", nil, "\"q\"", " spaced ", "two\nlines", "a|b\t;"]),
            "sep=;": .strings(["é", "e", "f", "g", "#", "h"]),
        ])
        try withFolder { folder in
            let path = folder.appendingPathComponent("t.csv").path
            try table.writeCSV(to: path)
            #expect(try readCSV(path) == table)
            let one = try Table(["y": .numbers([1, .nan, 3, .nan, .nan])])
            try one.writeCSV(to: path)
            #expect(try readCSV(path) == one)
            let bad = thrown(TableError.self) { try table.writeCSV(to: path + "/no/such/folder") }
            #expect(bad?.description.contains("cannot be written") == true)
            #expect(bad?.description.hasSuffix("..") == false)
        }
    }

    private struct Person: Decodable {
        var age: Double?
        var size: Int8
        var job: String
        var isMember: Bool
    }

    @Test func valuesAndJSONBecomeRows() throws {
        let expected = try Table([
            "age": .numbers([38, .nan]), "size": .numbers([1, 2]), "job": .strings(["clerk", "smith"]),
            "isMember": .strings(["true", "false"]),
        ])
        let rows = [
            Person(age: 38, size: 1, job: "clerk", isMember: true),
            Person(age: nil, size: 2, job: "smith", isMember: false),
        ]
        #expect(try Table(rows: rows) == expected)
        let first = "{\"age\": 38, \"size\": 1, \"job\": \"clerk\", \"isMember\": true}"
        let second = "{\"job\": \"smith\", \"size\": 2.0, \"isMember\": false, \"age\": null}"
        for text in ["[\(first), \(second)]", "\(first)\n\(second)\n", " \(first) \(second)"] {
            #expect(try Table(json: text) == expected)
        }
        let mixed = try Table(json: "[{\"a\": 1}, {\"a\": \"x\", \"b\": 12345678901234567890}, {}]")
        #expect(
            try mixed == Table(["a": .strings(["1", "x", nil]), "b": .strings([nil, "12345678901234567890", nil])]))
        for bad in ["[{\"a\": [1]}]", "{\"a\": 1, \"a\": 2}", "[{\"a\": 1}", "{\"a\"\n: }", "[1]", "{} x"] {
            #expect(thrown(TableError.self) { _ = try Table(json: bad) } != nil, "\(bad)")
        }
        #expect(throws: EstimatorError.self) { try Table(rows: [(list: [1], text: "")]) }
    }
}
