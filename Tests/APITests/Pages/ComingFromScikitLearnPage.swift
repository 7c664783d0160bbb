// The examples of Documentation/ComingFromScikitLearn.md.

import Composition
import Datasets
import Estimators
import LinearAlgebra
import NeuralNetwork
import Preprocessing
import Testing

@Suite struct ComingFromScikitLearnPage {
    @Test func theSameProgram() throws {
        let (x, y) = (try loadIris().data, try loadIris().target)
        var model = Pipeline(StandardScaler(), MLPClassifier(hiddenLayerSizes: [20], maxIter: 1000, randomState: 1))
        try model.fit(x, y)
        print(try model.score(x, y), model.last.nIter ?? 0)

        #expect(try model.score(x, y) == 0.98)
        #expect(model.last.nIter == 938)
    }

    @Test func types() throws {
        var words = MLPClassifier<String, Float>(randomState: 1)
        var indicators = MLPClassifier<[Int], Double>(randomState: 1)
        var several = MLPRegressor<[Double], Double>(randomState: 1)
        (words.maxIter, indicators.maxIter, several.maxIter) = (5, 5, 5)
        try words.fit([[0, 0], [0, 1], [1, 0]], ["a", "b", "c"])
        try indicators.fit([[0, 0], [0, 1], [1, 0]], [[0, 1], [1, 1], [1, 0]])
        try several.fit([[0, 0], [0, 1], [1, 0]], [[0, 1], [1, 1], [1, 0]])

        enum Species: String, ClassLabel { case setosa, versicolor, virginica }
        var species = MLPClassifier<Species, Double>(randomState: 1)
        species.maxIter = 5
        try species.fit([[0, 0], [0, 1], [1, 0]], [.setosa, .virginica, .versicolor])
        #expect(species.classes == [.setosa, .versicolor, .virginica])
    }

    @Test func matrices() {
        let m: Matrix<Double> = [[1, 2], [3, 4]]
        let z = Matrix<Double>(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6])
        print(m.rows, m.columns, m[0, 1], z.selectingRows([1, 0, 1]), z.selectingColumns([2, 0]))
    }
}
