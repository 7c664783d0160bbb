import Foundation
import SwiftMLP
import TestSupport
import Testing

/// A fitted model says how the columns of a file are to be read.
@Suite struct TableModelTests {
    @Test func theColumnsAreWhatTheyWereInTraining() throws {
        let table = try Table([
            "age": .numbers([1, 2, 3, 4]), "trade": .strings(["7", "x", "7", "y"]), "rest": .numbers([0, 1, 0, 1]),
        ])
        var columns = ColumnTransformer([
            .numeric(["age"], StandardScaler()),
            .categorical(["trade"], OneHotEncoder<String?>(handleUnknown: .ignore)),
        ])
        _ = try columns.fitTransform(table)
        #expect(try columns.columnTypes().map(\.name) == ["age", "trade"])
        #expect(try columns.columnTypes().map(\.kind) == [.numbers, .strings])
        try withFolder { folder in
            let file = folder.appendingPathComponent("new.csv")
            try "other;trade;age\n1;7;007\n2;;3\n".write(to: file, atomically: true, encoding: .utf8)
            let read = try readCSV(file, for: columns)
            #expect(try read == Table(["age": .numbers([7, 3]), "trade": .strings(["7", nil])]))
            try "trade,ages\n7,1\n".write(to: file, atomically: true, encoding: .utf8)
            let missing = thrown(TableError.self) { _ = try readCSV(file, for: columns) }
            #expect(missing?.description.contains("\"age\" (did you mean \"ages\"?)") == true)
            try "trade,age\n7,old\n".write(to: file, atomically: true, encoding: .utf8)
            let text = thrown(TableError.self) { _ = try readCSV(file, for: TablePipeline(columns, MLPRegressor())) }
            #expect(text?.description.contains("line 2, column 2: the value \"old\" is not a number") == true)
        }
        let passing = ColumnTransformer([.passthrough(["age"])], remainder: .passthrough)
        #expect(throws: EstimatorError.self) { try passing.columnTypes() }
    }
}
