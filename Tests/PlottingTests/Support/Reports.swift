import Composition
import Datasets
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import Plotting
import Preprocessing
import Tables

/// One report of each kind.
enum Reports {
    static func pages() throws -> [(name: String, text: String)] {
        [
            ("report-iris", try iris()), ("report-binary", try binary()), ("report-multilabel", try multilabel()),
            ("report-housing", try regression()), ("report-outputs", try severalOutputs()),
            ("report-untested", try untested()), ("report-table", try table()), ("report-target", try target()),
            ("report-long-names", try longNames()),
        ]
    }

    static func iris() throws -> String {
        let iris = try loadIris()
        let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(
            iris.data, iris.target, testSize: 0.2, randomState: 42)
        var scaler = StandardScaler()
        var mlp = MLPClassifier(
            hiddenLayerSizes: [20], learningRateInit: 0.01, maxIter: 60, randomState: 42, earlyStopping: true,
            nIterNoChange: 60)
        try mlp.fit(scaler.fitTransform(xTrain), yTrain)
        return try mlp.htmlReport(
            test: (scaler.transform(xTest), yTest), displayLabels: iris.targetNames, title: "Iris & <friends>")
    }

    static func binary() throws -> String {
        let cancer = try loadBreastCancer()
        var scaler = StandardScaler()
        let x = try scaler.fitTransform(cancer.data)
        var mlp = MLPClassifier(hiddenLayerSizes: [5], maxIter: 20, randomState: 0)
        try mlp.fit(x, cancer.target)
        return try mlp.htmlReport(test: (x, cancer.target))
    }

    static func multilabel() throws -> String {
        let (x, y) = try makeMultilabelClassification(nSamples: 60, nClasses: 3, randomState: 1)
        var mlp = MLPClassifier<[Int], Double>(hiddenLayerSizes: [5], maxIter: 20, randomState: 0)
        try mlp.fit(x, y)
        return try mlp.htmlReport(test: (x, y))
    }

    static func regression() throws -> String {
        let housing = try makeCaliforniaHousing(randomState: 1)
        var scaler = StandardScaler()
        let x = try scaler.fitTransform(housing.data)
        var mlp = MLPRegressor(hiddenLayerSizes: [10], maxIter: 4, randomState: 0)
        try mlp.fit(x, housing.target)
        return try mlp.htmlReport(test: (x, housing.target), displayLabels: ["price"])
    }

    static func severalOutputs() throws -> String {
        let diabetes = try loadDiabetes()
        let y = diabetes.target.map { [$0, -$0] }
        var mlp = MLPRegressor<[Double], Double>(hiddenLayerSizes: [5], solver: .lbfgs, maxIter: 5, randomState: 0)
        try mlp.fit(diabetes.data, y)
        return try mlp.htmlReport(test: (diabetes.data, y))
    }

    /// Returns a report of twelve classes with very long names, with and without spaces.
    static func longNames() throws -> String {
        let (x, y) = try makeBlobs(nSamples: 120, centers: 12, randomState: 1)
        var mlp = MLPClassifier(hiddenLayerSizes: [5], maxIter: 20, randomState: 0)
        try mlp.fit(x, y)
        let names = (0..<12).map { number in
            "\(number)" + String(repeating: number % 2 == 0 ? " many words" : "withoutspace", count: number + 1)
        }
        return try mlp.htmlReport(test: (x, y), displayLabels: names, title: "A title of \(names[11])")
    }

    /// Returns a report of a search over a pipeline of a table's columns.
    static func table() throws -> String {
        let count = 400
        let table = try Table([
            "age": .numbers((0..<count).map { Double(18 + $0 * 7 % 60) }),
            "hours per week": .numbers((0..<count).map { Double(20 + $0 * 13 % 41) }),
            "workclass": .strings((0..<count).map { ["private", "public", "self-employed"][$0 * 5 % 3] }),
            "shoe size": .numbers((0..<count).map { Double(36 + $0 * 11 % 9) }),
        ])
        let y = (0..<count).map { (18 + $0 * 7 % 60) + $0 * 13 % 41 + ($0 % 3) * 10 > 75 ? "more" : "less" }
        var model = GridSearchCV(
            TablePipeline(
                ColumnTransformer([
                    .numeric(["age", "hours per week", "shoe size"], SimpleImputer(), StandardScaler()),
                    .categorical(["workclass"], OneHotEncoder<String?>(handleUnknown: .ignore)),
                ]), MLPClassifier<String, Double>(hiddenLayerSizes: [10], maxIter: 80, randomState: 1)),
            paramGrid: [.init(\.last.alpha, [1e-4, 1])], cv: 3)
        try model.fit(table.selectingRows(Array(0..<300)), Array(y.prefix(300)))
        return try model.htmlReport(
            test: (table.selectingRows(Array(300..<count)), Array(y.suffix(100))), title: "Income")
    }

    /// Returns a report of a transformed target.
    static func target() throws -> String {
        let diabetes = try loadDiabetes()
        let model = try TransformedTargetRegressor(
            Pipeline(
                StandardScaler(),
                MLPRegressor(hiddenLayerSizes: [20], alpha: 0.01, maxIter: 300, randomState: 1, earlyStopping: true)),
            transformer: StandardScaler()
        ).fitted(diabetes.data, diabetes.target)
        return try model.htmlReport(
            test: (diabetes.data, diabetes.target), displayLabels: ["progression"], featureNames: diabetes.featureNames)
    }

    static func untested() throws -> String {
        let iris = try loadIris()
        var mlp = MLPClassifier(hiddenLayerSizes: [], maxIter: 3, randomState: 42)
        try mlp.fit(iris.data, iris.target)
        return try mlp.htmlReport()
    }
}
