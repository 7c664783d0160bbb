import Estimators
import LinearAlgebra
import NeuralNetwork
import Preprocessing
import Testing

/// `fitted`, which fits a copy and leaves the original as it is.
@Suite struct FittedCopyTests {
    private let x: Matrix<Double> = [[1, 2], [3, 5], [8, 4], [2, 2]]

    @Test func transformers() throws {
        let scaler = StandardScaler()
        let fitted = try scaler.fitted(x)
        var mutated = scaler
        try mutated.fit(x)
        #expect(fitted == mutated && scaler == StandardScaler())
        #expect(try PCA(nComponents: 1).fitted(x).transform(x).columns == 1)
        #expect(throws: EstimatorError.self) { try scaler.fitted(Matrix<Double>(rows: 0, columns: 0, elements: [])) }
    }

    @Test func encoders() throws {
        let words: Matrix<String> = Matrix(rows: 3, columns: 1, elements: ["b", "a", "b"])
        #expect(try OneHotEncoder().fitted(words).categories == [["a", "b"]])
        #expect(try OrdinalEncoder().fitted(words).transform(words).elements == [1, 0, 1])
        #expect(try CategoryImputer(missingValues: "a").fitted(words).statistics == ["b"])
        #expect(try OneHotEncoder<Double>().fitted(x).categories.map(\.count) == [4, 3])
        #expect(try LabelEncoder().fitted(["b", "a"]).classes == ["a", "b"])
        #expect(try LabelBinarizer().fitted(["b", "a"]).classes == ["a", "b"])
        #expect(try MultiLabelBinarizer().fitted([["b"], ["a"]]).classes == ["a", "b"])
    }

    @Test func estimators() throws {
        let network = MLPClassifier(hiddenLayerSizes: [2], maxIter: 3, randomState: 1)
        var mutated = network
        try mutated.fit(x, [0, 1, 1, 0])
        #expect(try network.fitted(x, [0, 1, 1, 0]).coefs == mutated.coefs)
        #expect(network.coefs.isEmpty)
        let weights = [1.0, 2, 3, 4]
        try mutated.fit(x, [0, 1, 1, 0], sampleWeight: weights)
        #expect(try network.fitted(x, [0, 1, 1, 0], sampleWeight: weights).coefs == mutated.coefs)
    }
}
