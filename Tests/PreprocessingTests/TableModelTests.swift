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
        let search = GridSearchCV(TablePipeline(columns, MLPRegressor()), paramGrid: [.init(\.last.alpha, [1])])
        #expect(try search.columnTypes().map(\.name) == ["age", "trade"])
        let passing = ColumnTransformer([.passthrough(["age"])], remainder: .passthrough)
        #expect(throws: EstimatorError.self) { try passing.columnTypes() }
    }

    /// An error about a category or a gap names the table's column, the value, the row and the remedy.
    @Test func errorsNameTheColumnsOfTheTable() throws {
        let table = try Table([
            "age": .numbers([1, 2, 3, 4]), "job": .strings(["baker", "smith", "baker", "smith"]),
            "sex": .strings(["m", "f", "f", "m"]),
        ])
        let y = ["no", "yes", "no", "yes"]
        let network = MLPClassifier<String, Double>(solver: .lbfgs, maxIter: 3, randomState: 1)
        func model(_ encoder: some WordEncoder) -> TablePipeline<MLPClassifier<String, Double>> {
            let parts: [ColumnTransformer.Part] = [
                .numeric(["age"], StandardScaler()), .categorical(["sex", "job"], encoder),
            ]
            return TablePipeline(ColumnTransformer(parts), network)
        }
        func expectError(
            _ model: TablePipeline<MLPClassifier<String, Double>>, _ column: String, _ values: Table.Column,
            _ texts: [String]
        ) throws {
            let x = try table.settingColumn(column, values)
            let uses: [() throws -> Void] = [
                { _ = try model.predict(x) }, { _ = try model.predictProba(x) }, { _ = try model.score(x, y) },
            ]
            for use in uses {
                let error = thrown(EstimatorError.self, by: use)?.description ?? "none"
                for text in texts { #expect(error.contains(text), "\(error)") }
            }
        }
        let jobs = Table.Column.strings(["baker", "smiht", "pilot", "baker"])
        let gaps = Table.Column.strings(["baker", "smith", nil, "baker"])
        let oneHot = try model(OneHotEncoder<String?>()).fitted(table, y)
        try expectError(
            oneHot, "job", jobs, ["\"job\" has \"smiht\" (did you mean \"smith\"?) in row 1", "handleUnknown: .ignore"])
        try expectError(oneHot, "job", gaps, ["\"job\" has a missing value in row 2", "handleUnknown: .ignore"])
        let ordinal = try model(OrdinalEncoder<String?>()).fitted(table, y)
        try expectError(ordinal, "job", jobs, ["\"job\" has \"smiht\"", ".useEncodedValue"])
        let imputed = try model(ImputedEncoder(CategoryImputer(), OneHotEncoder<String?>())).fitted(table, y)
        try expectError(imputed, "job", jobs, ["\"job\" has \"smiht\"", "handleUnknown: .ignore"])
        #expect(try imputed.predict(table.settingColumn("job", gaps)).count == 4)

        let ages = Table.Column.numbers([1, 2, 3, .nan])
        try expectError(oneHot, "age", ages, ["\"age\" has one in row 3", "SimpleImputer()"])
        let inFit = thrown(EstimatorError.self) {
            _ = try model(OneHotEncoder<String?>()).fitted(table.settingColumn("age", ages), y)
        }
        #expect(inFit?.description.contains("\"age\" has one in row 3") == true)
        let coded = try model(OrdinalEncoder<String?>()).fitted(
            table.settingColumn("job", .strings(["a", "b", "c", "d"])), y)
        #expect(try coded.predict(table.settingColumn("job", .strings(["a", "b", "c", "d"]))).count == 4)
        let codedGap = thrown(EstimatorError.self) {
            _ = try model(OrdinalEncoder<String?>()).fitted(table.settingColumn("job", gaps), y)
        }
        #expect(codedGap?.description.contains("\"job\" has one in row 2; CategoryImputer()") == true)
    }

    @Test func allMissingColumnsAreNamedAtOnce() throws {
        let columns = ColumnTransformer([
            .numeric(["age", "hours"], StandardScaler()), .categorical(["job"], OneHotEncoder<String?>()),
        ])
        let table = try Table(["aeg": .numbers([1]), "hours": .numbers([1]), "jobs": .strings(["a"])])
        let error = thrown(EstimatorError.self) { _ = try columns.fitted(table) }
        #expect(
            error?.description.contains(
                "columns \"age\" (did you mean \"aeg\"?), \"job\" (did you mean \"jobs\"?)") == true)
    }

    @Test func rowsOfJSONHaveTheTypesOfTheModel() throws {
        let table = try Table(["age": .numbers([1, 2]), "trade": .strings(["7", "x"])])
        let columns = try ColumnTransformer([
            .numeric(["age"], StandardScaler()), .categorical(["trade"], OneHotEncoder<String?>()),
        ]).fitted(table)
        let rows = try Table(json: "{\"trade\": 7, \"more\": true}\n{\"age\": 3, \"trade\": null}\n", for: columns)
        #expect(try rows == Table(["age": .numbers([.nan, 3]), "trade": .strings(["7", nil])]))
        #expect(try Table(json: "", for: columns).rowCount == 0)
        let text = thrown(EstimatorError.self) { _ = try Table(json: "{\"age\": 1}{\"age\": \"old\"}", for: columns) }
        #expect(text?.description.contains("\"age\" of row 1 is \"old\"") == true)
        let missing = thrown(EstimatorError.self) {
            _ = try Table(json: "[{\"age\": 1, \"trede\": 7}, {\"age\": 1}]", for: columns)
        }
        #expect(
            missing?.description
                == "json must have the names that the model takes, but no row has \"trade\" (did you mean \"trede\"?); a "
                + "missing value is null.")
        // A name without a similar one is a gap, as is `null`.
        let lacking = try Table(json: "{\"age\": 1, \"id\": 7}", for: columns)
        #expect(try lacking == Table(["age": .numbers([1]), "trade": .strings([nil])]))
        let given = try Table(json: "{\"age\": null, \"trade\": null}", for: columns)
        #expect(try given == Table(["age": .numbers([.nan]), "trade": .strings([nil])]))
        let none = thrown(EstimatorError.self) { _ = try Table(json: "{\"aeg\": 1}", for: columns) }
        #expect(none?.description.contains("\"aeg\" (did you mean \"age\"?)") == true)
    }

    @Test func pipelinesThatLearnedTheSameAreEqual() throws {
        let table = try Table(["age": .numbers([1, 2, 4])])
        let columns = ColumnTransformer([.numeric(["age"], StandardScaler())])
        func fitted(seed: UInt32) throws -> TablePipeline<MLPRegressor<Double, Double>> {
            var pipeline = TablePipeline(
                columns, MLPRegressor(hiddenLayerSizes: [2], maxIter: 2, randomState: seed))
            try pipeline.fit(table, [1, 2, 3], sampleWeight: nil)
            return pipeline
        }
        #expect(try fitted(seed: 1) == fitted(seed: 1))
        #expect(try fitted(seed: 1) != fitted(seed: 2))
    }
}
