import Composition
import Datasets
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import Plotting
import Preprocessing
import Tables
import TabularNetworks

/// One report of each kind.
enum Reports {
    static func pages() throws -> [(name: String, text: String)] {
        [
            ("report-iris", try iris()), ("report-binary", try binary()), ("report-multilabel", try multilabel()),
            ("report-housing", try regression()), ("report-outputs", try severalOutputs()),
            ("report-untested", try untested()), ("report-table", try table()), ("report-target", try target()),
            ("report-long-names", try longNames()), ("report-tabular", try tabular()),
            ("report-tabular-target", try tabularTarget()), ("report-ensemble", try ensemble()),
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

    /// A table with numbers, categories and gaps.
    static func people(_ count: Int) throws -> Table {
        let rows = Array(0..<count)
        let ages = rows.map { $0 % 11 == 3 ? Double.nan : Double(18 + $0 * 7 % 60) }
        let hours = rows.map { Double(20 + $0 * 13 % 41) }
        let classes = ["private", "public", "self-employed", nil]
        return try Table([
            "age": .numbers(ages), "hours per week": .numbers(hours),
            "workclass": .strings(rows.map { classes[$0 * 5 % 4] }),
            "town": .strings(rows.map { "a town with a rather long name, number \($0 * 3 % 17)" }),
            "shoe size": .numbers(rows.map { Double(36 + $0 * 11 % 9) }),
        ])
    }

    /// Returns a report of networks for a raw table, with the targets of the training.
    static func tabular() throws -> String {
        let count = 500
        let table = try people(count)
        let y = (0..<count).map { number -> String in
            let (age, hours, place) = (18 + number * 7 % 60, number * 13 % 41, number % 4)
            return age + hours + place * 10 > 80 ? "more" : "less"
        }
        var settings = TabularSettings.strong
        (settings.hiddenLayerSizes, settings.maxIter, settings.nEnsemble) = ([24, 24], 12, 2)
        var model = TabularMLPClassifier<String>(settings, randomState: 1)
        try model.fit(table.selectingRows(Array(0..<200)), Array(y.prefix(200)))
        return try model.htmlReport(
            test: (table.selectingRows(Array(200..<count)), Array(y.suffix(300))), title: "Income of people",
            yTrain: Array(y.prefix(200)))
    }

    static func tabularTarget() throws -> String {
        let count = 300
        let table = try people(count)
        let y = (0..<count).map { number -> Double in
            let (age, hours, place) = (18 + number * 7 % 60, number * 13 % 41, number % 4)
            return Double(age * (place + 1) + hours)
        }
        var settings = TabularSettings.strong
        (settings.hiddenLayerSizes, settings.maxIter, settings.nEnsemble) = ([16], 10, 1)
        var model = TabularMLPRegressor(settings, randomState: 1)
        try model.fit(table, y)
        return try model.htmlReport(test: (table, y), displayLabels: ["income"])
    }

    /// Returns a report of an ensemble whose members have networks.
    static func ensemble() throws -> String {
        let iris = try loadIris()
        let members = (0..<3).map {
            Pipeline(
                StandardScaler(), MLPClassifier(hiddenLayerSizes: [4 + $0], maxIter: 40, randomState: UInt32($0)))
        }
        let model = try VotingClassifier(members, voting: .soft).fitted(iris.data, iris.target)
        return try model.htmlReport(
            test: (iris.data, iris.target), displayLabels: iris.targetNames, featureNames: iris.featureNames)
    }

    static func untested() throws -> String {
        let iris = try loadIris()
        var mlp = MLPClassifier(hiddenLayerSizes: [], maxIter: 3, randomState: 42)
        try mlp.fit(iris.data, iris.target)
        return try mlp.htmlReport()
    }
}
