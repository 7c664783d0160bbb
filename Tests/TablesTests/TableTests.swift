import Estimators
import LinearAlgebra
import Tables
import TestSupport
import Testing

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
