import Composition
import Estimators
import Foundation
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import NumPyRandom
import Preprocessing
import Tables
import Testing

@testable import Interchange

/// Models of tables with numbers, strings, gaps and unknown categories.
///
/// They are left for ONNX's checker and ONNX Runtime as those of `ExchangeONNXTests` are.
@Suite struct ExchangeTableONNXTests {
    @Test(arguments: 0..<40) func writesRandomCompositions(_ seed: Int) throws {
        var composition = try RandomComposition(seed: seed)
        try composition.leave()
    }

    @Test func writesSearches() throws {
        let data = try TableData(seed: 3)
        var search = GridSearchCV(
            TablePipeline(data.plainColumns, MLPRegressor<Double, Double>(.small)),
            paramGrid: [.init(\.last.alpha, [1e-4, 1])], cv: 2)
        try search.fit(data.train, data.numbers)
        try Exported(
            name: "table-search", model: search.onnxModel(), table: data.test,
            inputs: data.plainColumns.columnTypes().map(\.name),
            outputs: ["variable": .numbers(search.predict(data.test))]
        ).leave()
    }

    @Test func writesTargetEncodingsAndSelections() throws {
        let data = try TableData(seed: 5)
        let columns = try ColumnTransformer([
            .categorical(["job", "état"], TargetEncoder(cv: 3, randomState: 0)),
            .numeric(["day"], TargetEncoder<Double>(smooth: 2, cv: 3, randomState: 0)),
            .numeric(["age", "income"], SimpleImputer(), SelectKBest(k: 1)),
        ]).fitted(data.train, data.numbers.map { Int($0 / 34) })
        try Exported(
            name: "table-targets", model: columns.onnxModel(), table: data.test,
            inputs: columns.columnTypes().map(\.name),
            outputs: ["variable": .numbers(columns.transform(data.test).elements)]
        ).leave()
    }

    @Test func writesTransformersOfTables() throws {
        let data = try TableData(seed: 4)
        let columns = try data.plainColumns.fitted(data.train)
        try Exported(
            name: "table-columns", model: columns.onnxModel(), table: data.test,
            inputs: columns.columnTypes().map(\.name),
            outputs: ["variable": .numbers(columns.transform(data.test).elements)]
        ).leave()
    }

    /// Columns may have the names of outputs and of values in the graph.
    @Test func keepsNamesApart() throws {
        let table = try Table([
            "label": .numbers([1, 2, 3, 4]), "probabilities": .strings(["a", "b", "a", nil]),
            "v3": .numbers([4, 3, 2, 1]),
            "c1": .numbers([1, 0, 1, 0]), "X": .numbers([1, 1, 2, 2]),
        ])
        var model = TablePipeline(
            ColumnTransformer(
                [
                    .numeric(["label"], StandardScaler()),
                    .categorical(["probabilities"], OneHotEncoder(handleUnknown: .ignore)),
                ], remainder: .passthrough), MLPClassifier<Int, Double>(.small))
        try model.fit(table, [0, 1, 0, 1])
        try Exported(
            name: "table-names", model: model.onnxModel(), table: table,
            inputs: ["label", "probabilities", "v3", "c1", "X"],
            outputs: [
                "label1": .integers(model.predict(table)),
                "probabilities1": .numbers(model.predictProba(table).elements),
            ]
        ).leave()
    }

    /// Composed and decomposed letters are the same category.
    @Test func readsEveryFormOfALetter() throws {
        let train = try Table(["w": .strings(["\u{E9}lan", "ant", "bee", "ant"])])
        let test = try Table(["w": .strings(["\u{E9}lan", "e\u{301}lan", "bee", nil, "wasp"])])
        let columns = try ColumnTransformer([.categorical(["w"], OneHotEncoder(handleUnknown: .ignore))]).fitted(train)
        let encoded = try columns.transform(test)
        #expect(Array(encoded.row(0)) == Array(encoded.row(1)))
        try Exported(
            name: "table-letters", model: columns.onnxModel(), table: test, inputs: ["w"],
            outputs: ["variable": .numbers(encoded.elements)]
        ).leave()
    }

    /// An unknown category that Swift rejects is an error of the runtime, which names the column.
    @Test func leavesUnknownCategoriesToTheRuntime() throws {
        let train = try Table(["job": .strings(["smith", "clerk", "clerk"])])
        let test = try Table(["job": .strings(["smith", "zebra"])])
        let encoders: [any WordEncoder] = [OneHotEncoder<String?>(), OrdinalEncoder<String?>()]
        for (number, encoder) in encoders.enumerated() {
            func export(_ encoder: some WordEncoder) throws {
                let columns = try ColumnTransformer([.categorical(["job"], encoder)]).fitted(train)
                #expect(throws: EstimatorError.self) { try columns.transform(test) }
                try Exported(
                    name: "table-unknown-\(number)", model: columns.onnxModel(), table: test, inputs: ["job"],
                    outputs: ["variable": .numbers([])], error: "known category of job"
                ).leave()
            }
            try export(encoder)
        }
    }

    // MARK: Errors

    @Test func rejectsFunctionsWithoutAName() throws {
        let x: Matrix<Double> = [[1], [2], [3]]
        var model = Pipeline(FunctionTransformer { $0 > 2 ? 1 : $0 }, MLPRegressor<Double, Double>(.small))
        try model.fit(x, [1, 2, 3])
        #expect {
            try model.onnxModel()
        } throws: {
            "\($0)".hasPrefix("ONNX cannot represent the function of a FunctionTransformer: it is a Swift closure")
        }
        let target = TransformedTargetRegressor(
            MLPRegressor<Double, Double>(.small), function: { log1p($0) }, inverse: { min(50, expm1($0)) })
        let fitted = try target.fitted(x, [1, 2, 3])
        #expect {
            try fitted.onnxModel()
        } throws: {
            "\($0)".hasPrefix("ONNX cannot represent the inverse of a FunctionTransformer")
        }
    }

    @Test func rejectsForeignParts() throws {
        struct Mine: Transformer {
            mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {}
            func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> { x }
        }
        let table = try Table(["a": .numbers([1, 2])])
        let columns = try ColumnTransformer([.numeric(["a"], StandardScaler(), Mine())]).fitted(table)
        #expect {
            try columns.onnxModel()
        } throws: {
            "\($0)"
                == "ONNX cannot represent Chain<StandardScaler, Mine>: it is not of this package; it transforms a."
        }
    }

    @Test func rejectsColumnsThatAModelCannotHave() throws {
        let empty = try Table(["w": .strings(["", nil, "a"])])
        let columns = try ColumnTransformer([.categorical(["w"], OneHotEncoder())]).fitted(empty)
        #expect {
            try columns.onnxModel()
        } throws: {
            "\($0)".hasPrefix("column \"w\" has an empty string as a category")
        }
        let nameless = try Table(["": .numbers([1, 2])])
        let numbers = try ColumnTransformer([.numeric([""], StandardScaler())]).fitted(nameless)
        #expect(throws: InterchangeError.self) { try numbers.onnxModel() }
        #expect(throws: EstimatorError.notFitted(estimator: "ColumnTransformer")) {
            try ColumnTransformer([.numeric(["a"], StandardScaler())]).onnxModel()
        }
    }
}
