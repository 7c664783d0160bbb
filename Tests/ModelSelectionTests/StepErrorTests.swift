import Composition
import Estimators
import LinearAlgebra
import NeuralNetwork
import Preprocessing
import Tables
import Testing

/// A later step rejects features that the user has never seen; the error says who made them.
@Suite struct StepErrorTests {
    private let x: Matrix<Double> = [[1, 2], [0, 3], [4, 5], [6, 7]]
    private let y = [0, 1, 0, 1]
    private let network = MLPClassifier(hiddenLayerSizes: [2], maxIter: 2, randomState: 0, verbose: .silent)

    private func text(_ body: () throws -> Void) -> String {
        (#expect(throws: EstimatorError.self) { try body() })?.description ?? ""
    }

    @Test func aStepRejectsWhatAnEarlierOneMade() {
        let logarithm = FunctionTransformer { $0 == 0 ? -.infinity : $0 }
        let expected = "x, as FunctionTransformer makes it for StandardScaler, must contain no infinite value"
        #expect(text { _ = try Chain(logarithm, StandardScaler()).fitted(x) }.hasPrefix(expected))
        #expect(text { _ = try Chain(logarithm, Chain(StandardScaler(), PCA())).fitted(x) }.hasPrefix(expected))
        #expect(text { _ = try Pipeline(logarithm, StandardScaler(), network).fitted(x, y) }.hasPrefix(expected))
        #expect(
            text { _ = try Pipeline(StandardScaler(), logarithm, network).fitted([[0, 1], [0, 2]], [0, 1]) }
                .hasPrefix("x, as FunctionTransformer makes it for MLPClassifier<Int, Double>, must contain finite"))
        var chain = Chain(logarithm, StandardScaler())
        #expect(text { try chain.fit([[1, 2], [0, 1]] as Matrix<Double>, [0, 1]) }.hasPrefix(expected))
    }

    @Test func predictionsRejectItToo() throws {
        let model = try Pipeline(FunctionTransformer { $0 == 9 ? .infinity : $0 }, network).fitted(x, y)
        for body in [
            { _ = try model.predict([[1, 9]]) }, { _ = try model.predictProba([[1, 9]]) },
            { _ = try model.score([[1, 9]], [0]) },
        ] as [() throws -> Void] {
            #expect(text(body).hasPrefix("x, as FunctionTransformer makes it for MLPClassifier"))
        }
    }

    /// Training with options takes another way.
    @Test func aFaultOfTheUsersOwnFeaturesKeepsItsPlace() {
        let gap: Matrix<Double> = [[1, 2], [.nan, 3], [4, 5], [6, 7]]
        var model = Pipeline(StandardScaler(), network)
        #expect(text { try model.fit(gap, y) } == "x must contain finite numbers only, but x[1, 0] is nan.")
        #expect(
            text { try model.fit(gap, y) { _ in .continue } }
                == "x must contain finite numbers only, but x[1, 0] is nan.")
    }

    @Test func tablesNameTheColumnInEveryWayOfTraining() throws {
        let table = try Table(["a": .numbers([1, 0, 4, 6]), "b": .numbers([1, .nan, 4, 6])])
        var gaps = TablePipeline(ColumnTransformer([.numeric(["a", "b"], StandardScaler())]), network)
        let gap = "x must contain no missing values, but \"b\" has one in row 1"
        #expect(text { try gaps.fit(table, y) }.hasPrefix(gap))
        #expect(text { try gaps.fit(table, y) { _ in .continue } }.hasPrefix(gap))
        #expect(text { try gaps.partialFit(table, y, classes: [0, 1]) }.hasPrefix(gap))
        var infinite = TablePipeline(
            ColumnTransformer([.numeric(["a"], FunctionTransformer { $0 == 0 ? -.infinity : $0 })]), network)
        #expect(text { try infinite.fit(table, y) }.contains("makes -inf of \"a\" in row 1"))
    }
}
