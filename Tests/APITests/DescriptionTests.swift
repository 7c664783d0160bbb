import Composition
import Datasets
import Estimators
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import Preprocessing
import Testing

/// What `print` shows for estimators, transformers, searches and validations.
@Suite struct DescriptionTests {
    /// Defaults and learned state are not shown.
    @Test func estimatorsArePrintedAsTheyAreWritten() throws {
        var mlp = MLPClassifier(
            hiddenLayerSizes: [5], activation: .tanh, alpha: 0.01, batchSize: .count(30), maxIter: 3, randomState: 1)
        let text =
            "MLPClassifier(hiddenLayerSizes: [5], activation: .tanh, alpha: 0.01, batchSize: 30, maxIter: 3, "
            + "randomState: 1)"
        #expect("\(mlp)" == text)
        let iris = try loadIris()
        try mlp.fit(iris.data, iris.target)
        #expect("\(mlp)" == text)
        mlp.hyperparameters = MLPHyperparameters()
        #expect("\(mlp)" == "MLPClassifier()" && "\(mlp.hyperparameters)" == "MLPHyperparameters()")
        mlp.classWeight = .balanced
        #expect("\(mlp)" == "MLPClassifier(classWeight: balanced)")
        #expect("\(MLPRegressor<Double, Float>(loss: .poisson, tol: 0.5))" == "MLPRegressor(tol: 0.5, loss: .poisson)")
    }

    @Test(
        arguments: [
            (StandardScaler(), "StandardScaler()"), (StandardScaler(withStd: false), "StandardScaler(withStd: false)"),
            (MinMaxScaler(featureRange: (-1, 2), clip: true), "MinMaxScaler(featureRange: (-1.0, 2.0), clip: true)"),
            (RobustScaler(quantileRange: (5, 75)), "RobustScaler(quantileRange: (5.0, 75.0))"),
            (MaxAbsScaler(), "MaxAbsScaler()"), (Normalizer(norm: .max), "Normalizer(norm: .max)"),
            (PCA(nComponents: 2, randomState: 7), "PCA(nComponents: .count(2), randomState: 7)"),
            (PolynomialFeatures(includeBias: false), "PolynomialFeatures(includeBias: false)"),
            (SimpleImputer(strategy: .median), "SimpleImputer(strategy: .median)"),
            (KBinsDiscretizer(nBins: 4), "KBinsDiscretizer(nBins: .all(4))"),
            (PowerTransformer(), "PowerTransformer()"),
            (QuantileTransformer(nQuantiles: 20), "QuantileTransformer(nQuantiles: 20)"),
            (FunctionTransformer { $0 }, "FunctionTransformer(…)"),
        ] as [(any Transformer, String)])
    func transformersArePrintedAsTheyAreWritten(transformer: any Transformer, text: String) throws {
        #expect("\(transformer)" == text)
        var fitted = transformer
        _ = try fitted.fitTransform([[1, 2], [2, 4], [3, 7], [5, 1], [2, 2]] as Matrix<Double>)
        #expect("\(fitted)" == text)
    }

    @Test func codingsOfWordsAndLabelsToo() throws {
        var encoder = OneHotEncoder<String?>(categories: [["a", "b"]], handleUnknown: .ignore)
        #expect("\(encoder)" == #"OneHotEncoder(categories: .given([["a", "b"]]), handleUnknown: .ignore)"#)
        try encoder.fit(Matrix(rows: 2, columns: 1, elements: ["a", "b"]))
        #expect("\(encoder)" == #"OneHotEncoder(categories: .given([["a", "b"]]), handleUnknown: .ignore)"#)
        #expect("\(OrdinalEncoder<String?>())" == "OrdinalEncoder()" && "\(LabelEncoder<Int>())" == "LabelEncoder()")
        #expect("\(LabelBinarizer<Int>(posLabel: 2))" == "LabelBinarizer(posLabel: 2)")
        #expect("\(MultiLabelBinarizer<String>(classes: ["x"]))" == #"MultiLabelBinarizer(classes: ["x"])"#)
        #expect("\(CategoryImputer<String?>())" == "CategoryImputer()")
    }

    @Test func wholesShowTheirParts() {
        let columns = ColumnTransformer([
            .numeric(["age"], StandardScaler()),
            .categorical(["job"], CategoryImputer<String?>(), OneHotEncoder<String?>(handleUnknown: .ignore)),
            .passthrough(["id"]),
        ])
        let text =
            #"ColumnTransformer([.numeric(["age"], StandardScaler()), .categorical(["job"], ImputedEncoder("#
            + #"CategoryImputer(), OneHotEncoder(handleUnknown: .ignore))), .passthrough(["id"])])"#
        #expect("\(columns)" == text)
        #expect("\(TablePipeline(columns, MLPClassifier()))" == "TablePipeline(\(text), MLPClassifier())")
        let pipeline = Pipeline(SimpleImputer(), StandardScaler(), MLPClassifier(alpha: 1))
        #expect("\(pipeline)" == "Pipeline(Chain(SimpleImputer(), StandardScaler()), MLPClassifier(alpha: 1.0))")
        let regressor = TransformedTargetRegressor(MLPRegressor(), transformer: StandardScaler())
        #expect("\(regressor)" == "TransformedTargetRegressor(MLPRegressor(), transformer: StandardScaler())")
    }

    @Test func searchesShowWhatTheyVary() {
        let model = MLPClassifier(randomState: 1)
        let grid = GridSearchCV(model, paramGrid: [.init(\.alpha, [0.1, 1]), .init(\.activation, [.relu, .tanh])])
        #expect(
            "\(grid)" == "GridSearchCV(MLPClassifier(randomState: 1), paramGrid: [alpha: [0.1, 1.0], "
                + "activation: [.relu, .tanh]])")
        let random = RandomizedSearchCV(model, paramDistributions: [.init(\.alpha, .uniform(0, 1))], nIter: 5)
        #expect(
            "\(random)" == "RandomizedSearchCV(MLPClassifier(randomState: 1), paramDistributions: [alpha], nIter: 5)")
    }

    @Test func aValidationIsATable() throws {
        let iris = try loadIris()
        let result = try crossValidate(
            MLPClassifier(hiddenLayerSizes: [5], maxIter: 3, randomState: 1), iris.data, iris.target,
            scoring: [.accuracy, .f1Macro], cv: 3, returnTrainScore: true)
        let lines = "\(result)".split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
        #expect(
            lines.first == [
                "split", "testAccuracy", "trainAccuracy", "testF1Macro", "trainF1Macro", "fitTime", "scoreTime",
            ])
        #expect(lines.map(\.first) == ["split", "0", "1", "2", "mean"] && Set(lines.map(\.count)) == [7])
        let scores = try #require(result.testScores["accuracy"])
        #expect(Double(lines[2][1]).map { abs($0 - scores[1]) < 1e-6 } == true)
        #expect(Double(lines[4][1]).map { abs($0 - scores.reduce(0, +) / 3) < 1e-6 } == true)
    }
}
