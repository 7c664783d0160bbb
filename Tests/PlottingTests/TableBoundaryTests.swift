import Composition
import Estimators
import LinearAlgebra
import NeuralNetwork
import Plotting
import Preprocessing
import Tables
import Testing

/// The map of a classifier of tables over two of its columns.
@Suite struct TableBoundaryTests {
    private let table: Table
    private let y = ["a", "b", "a", "b", "b"]
    private let model: TablePipeline<MLPClassifier<String, Double>>

    init() throws {
        table = try Table([
            "age": .numbers([1, 5, .nan, 3, 2]), "job": .strings(["x", "z", "z", nil, "z"]),
            "hours": .numbers([7, 8, 9, 10, 8.5]), "rest": .numbers([4, .nan, 1, 2, 9]),
        ])
        model = try TablePipeline(
            ColumnTransformer([
                .numeric(["hours", "age", "rest"], SimpleImputer(), StandardScaler()),
                .categorical(["job"], OneHotEncoder(handleUnknown: .ignore)),
            ]), MLPClassifier<String, Double>(hiddenLayerSizes: [3], maxIter: 5, randomState: 0, verbose: .silent)
        ).fitted(table, y)
    }

    @Test func otherColumnsHaveTypicalValues() throws {
        let display = try DecisionBoundaryDisplay(
            model, table, y, features: ("hours", "age"), gridResolution: 4, eps: 0.5)
        #expect(display.xLabel == "hours")
        #expect(display.yLabel == "age")
        // The row without an age is not drawn.
        #expect(display.xx0.elements.min() == 6.5)
        #expect(display.xx1.elements.max() == 5.5)
        let count = display.xx0.count
        let grid = try Table([
            "age": .numbers(display.xx1.elements), "hours": .numbers(display.xx0.elements),
            "job": .strings([String?](repeating: "z", count: count)),
            "rest": .numbers([Double](repeating: 4, count: count)),
        ])
        #expect(display.response[0].elements == (try model.predictProba(grid).column(1)))
        #expect(try display.svg().contains("4 samples"))
    }

    @Test func namesOfColumnsAreChecked() throws {
        #expect(throws: (any Error).self) {
            try DecisionBoundaryDisplay(model, table, features: ("hours", "job"))
        }
        #expect(throws: (any Error).self) { try DecisionBoundaryDisplay(model, table, features: ("hours", "ages")) }
        #expect(throws: EstimatorError.self) {
            try DecisionBoundaryDisplay(model, table.selectingRows([2]), features: ("hours", "age"))
        }
        #expect(throws: EstimatorError.self) {
            try DecisionBoundaryDisplay(model, table, ["a"], features: ("hours", "age"))
        }
    }
}
