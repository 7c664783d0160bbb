import Composition
import Datasets
import Foundation
import Inspection
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import NumPyRandom
import Preprocessing
import Tables

@testable import Plotting

/// One picture of each kind, and difficult cases: long and foreign names, one class, many classes, thousands of
/// points, extreme values.
enum Gallery {
    static let longNames = [
        "a class with a name that is far too long for any axis, legend or cell", "<b>&\"bold\"</b>", "it's",
        "مرحبا بالعالم", "שלום עולם", "日本語のとても長いラベル",
    ]

    static func pictures() throws -> [(name: String, figure: Figure)] {
        var random = RandomState(seed: 5)
        return try confusions(&random) + errors(&random) + curves(&random) + boundaries(&random) + losses() + searches()
            + inspections(&random)
    }

    private static func inspections(_ random: inout RandomState) throws -> [(String, Figure)] {
        let x = try Matrix(rows: 80, columns: 3, elements: random.standardNormal(size: 240))
        let y = (0..<80).map { 2 * x[$0, 0] + x[$0, 1] * x[$0, 1] }
        let model = try MLPRegressor(hiddenLayerSizes: [8], solver: .lbfgs, maxIter: 50, randomState: 0).fitted(x, y)
        let one = try partialDependence(model, x, features: [1], gridResolution: 20, kind: .both)
        let two = try partialDependence(model, x, features: [0, 1], gridResolution: 8)
        let table = try Table(["job": .strings((0..<80).map { longNames[$0 % 6] }), "x": .numbers(x.column(0))])
        let columns = ColumnTransformer([.categorical(["job"], OneHotEncoder()), .passthrough(["x"])])
        let ofTable = try TablePipeline(
            columns, MLPRegressor(hiddenLayerSizes: [4], solver: .lbfgs, maxIter: 50, randomState: 0)
        ).fitted(table, y)
        return [
            ("dependence", try PartialDependenceDisplay(one).figure),
            ("dependence-two", try PartialDependenceDisplay(two).figure),
            (
                "dependence-categories",
                try PartialDependenceDisplay(partialDependence(ofTable, table, features: ["job"])).figure
            ),
            (
                "importance",
                try PermutationImportanceDisplay(permutationImportance(model, x, y, randomState: 0)).figure
            ),
        ]
    }

    private static func confusions(_ random: inout RandomState) throws -> [(String, Figure)] {
        func pair(_ classes: Int, _ count: Int) throws -> ([Int], [Int]) {
            let truth = (0..<count).map { $0 % classes }
            let shift = try random.randint(low: 0, high: 4, size: count)
            return (truth, zip(truth, shift).map { $1 == 0 ? ($0 + 1) % classes : $0 })
        }
        let (truth, guesses) = try pair(3, 150)
        let (longTruth, longGuesses) = try pair(6, 3000)
        let (manyTruth, manyGuesses) = try pair(60, 20000)
        return [
            (
                "confusion",
                try ConfusionMatrixDisplay(truth, guesses, displayLabels: ["setosa", "versicolor", "virginica"]).figure
            ),
            ("confusion-shares", try ConfusionMatrixDisplay(truth, guesses, normalize: .true).figure),
            ("confusion-long", try ConfusionMatrixDisplay(longTruth, longGuesses, displayLabels: longNames).figure),
            ("confusion-many", try ConfusionMatrixDisplay(manyTruth, manyGuesses).figure),
            ("confusion-one", try ConfusionMatrixDisplay(["only"], ["only"]).figure),
            (
                "confusion-large",
                try ConfusionMatrixDisplay(confusionMatrix: [[123_456_789, 12], [1, 98_765]]).figure
            ),
        ]
    }

    private static func errors(_ random: inout RandomState) throws -> [(String, Figure)] {
        let truth = try random.standardNormal(size: 20000).map { 2 + $0 }
        let guesses = zip(truth, try random.standardNormal(size: 20000)).map { $0 + 0.3 * $1 }
        var outlying = guesses
        outlying[7] = 14
        let few = (Array(truth.prefix(300)), Array(guesses.prefix(300)))
        return [
            ("actual", try PredictionErrorDisplay(few.0, few.1, kind: .actualVsPredicted).figure),
            ("residual", try PredictionErrorDisplay(few.0, few.1).figure),
            (
                "residual-1000",
                try PredictionErrorDisplay(Array(truth.prefix(1000)), Array(guesses.prefix(1000))).figure
            ),
            (
                "residual-2000",
                try PredictionErrorDisplay(Array(truth.prefix(2000)), Array(guesses.prefix(2000))).figure
            ),
            ("actual-20000", try PredictionErrorDisplay(truth, outlying, kind: .actualVsPredicted).figure),
            ("residual-20000", try PredictionErrorDisplay(truth, outlying).figure),
            ("residual-same", try PredictionErrorDisplay([5.0, 5], [5.0, 5]).figure),
            ("residual-tiny", try PredictionErrorDisplay([1e-9, 3e-9], [2e-9, 2.5e-9]).figure),
            ("residual-huge", try PredictionErrorDisplay([1e308, -1e308], [-1e308, 1e308]).figure),
        ]
    }

    private static func curves(_ random: inout RandomState) throws -> [(String, Figure)] {
        let truth = try random.randint(low: 0, high: 2, size: 20000)
        let noise = try random.randomSample(size: 20000)
        let scores = zip(truth, noise).map { 0.4 * Double($0) + $1 }
        let sizes = [12, 39, 66, 93, 120]
        let train = sizes.map { size in [1.0, 0.99, 0.98].map { $0 - 0.3 / Double(size) } }
        let test = sizes.map { size in [0.95, 0.9, 0.85].map { $0 - 3 / Double(size) } }
        return [
            (
                "roc",
                try RocCurveDisplay(Array(truth.prefix(200)), Array(scores.prefix(200)), plotChanceLevel: true).figure
            ),
            ("roc-20000", try RocCurveDisplay(truth, scores, name: longNames[0]).figure),
            (
                "precision-recall",
                try PrecisionRecallDisplay(Array(truth.prefix(200)), Array(scores.prefix(200)), plotChanceLevel: true)
                    .figure
            ),
            ("precision-recall-20000", try PrecisionRecallDisplay(truth, scores).figure),
            (
                "learning-curve",
                try LearningCurveDisplay(trainSizes: sizes, trainScores: train, testScores: test, scoreName: "Accuracy")
                    .figure
            ),
            (
                "validation-curve",
                try ValidationCurveDisplay(
                    (train, test), paramName: "alpha", paramRange: [1e-5, 1e-4, 1e-3, 1e-2, 1e-1]
                ).figure
            ),
            (
                "validation-names",
                try ValidationCurveDisplay(
                    (train, test), paramName: longNames[1], paramRange: Array(longNames.prefix(5))
                )
                .figure
            ),
            (
                "validation-one",
                try ValidationCurveDisplay(([[0.9, 0.8]], [[0.7, .nan]]), paramName: "alpha", paramRange: [0.1]).figure
            ),
        ]
    }

    private static func boundaries(_ random: inout RandomState) throws -> [(String, Figure)] {
        let iris = try loadIris()
        var scaler = StandardScaler()
        let x = try scaler.fitTransform(iris.data)
        var mlp = MLPClassifier(hiddenLayerSizes: [20], maxIter: 300, randomState: 1)
        try mlp.fit(x, iris.target)
        let petals = Matrix(rows: 150, columns: 2, elements: (0..<150).flatMap { [x[$0, 2], x[$0, 3]] })
        var flat = mlp
        try flat.fit(petals, iris.target)
        let many = Matrix(rows: 20000, columns: 2, elements: try random.standardNormal(size: 40000))
        let manyLabels = (0..<20000).map { many[$0, 0] > 0 ? (many[$0, 1] > 0 ? 2 : 1) : 0 }
        var crowd = MLPClassifier(hiddenLayerSizes: [8], maxIter: 3, randomState: 1)
        try crowd.fit(many, manyLabels)
        return [
            (
                "boundary",
                try DecisionBoundaryDisplay(
                    flat, petals, iris.target, featureNames: ["petal length", "petal width"],
                    displayLabels: iris.targetNames
                ).figure
            ),
            (
                "boundary-predict",
                try DecisionBoundaryDisplay(flat, petals, responseMethod: .predict, displayLabels: iris.targetNames)
                    .figure
            ),
            (
                "boundary-components",
                try DecisionBoundaryDisplay(mlp, x, iris.target, displayLabels: Array(longNames.prefix(3))).figure
            ),
            ("boundary-20000", try DecisionBoundaryDisplay(crowd, many, manyLabels).figure),
        ]
    }

    private static func losses() throws -> [(String, Figure)] {
        let falling = (1...80).map { 1.2 / Double($0) + 0.3 }
        let rising = (1...80).map { (epoch: Int) -> Double in
            let decline = epoch > 60 ? 0.002 * Double(epoch - 60) : 0
            return 0.95 - 0.45 / Double(epoch) - decline
        }
        return [
            ("loss", try LossCurveDisplay(lossCurve: falling, stopReason: .reachedMaxIter).figure),
            (
                "loss-validation",
                try LossCurveDisplay(
                    lossCurve: falling, validationLossCurve: falling.map { $0 + 0.1 }, validationScores: rising,
                    scoreName: "Validation accuracy", stopReason: .validationStoppedImproving
                ).figure
            ),
            (
                "loss-decades",
                try LossCurveDisplay(
                    lossCurve: (1...200).map { pow(0.96, Double($0)) },
                    validationLossCurve: (1...200).map { 0.01 + pow(0.97, Double($0)) }
                ).figure
            ),
            ("loss-one", try LossCurveDisplay(lossCurve: [0.7]).figure),
            ("loss-20000", try LossCurveDisplay(lossCurve: (1...20000).map { 1 / Double($0) }).figure),
            ("loss-constant", try LossCurveDisplay(lossCurve: [0.25, 0.25, 0.25], stopReason: .converged).figure),
        ]
    }

    private static func searches() throws -> [(String, Figure)] {
        let iris = try loadIris()
        var scaler = StandardScaler()
        let x = try scaler.fitTransform(iris.data)
        var grid = GridSearchCV(
            MLPClassifier(maxIter: 25, randomState: 1),
            paramGrid: [.init(\.hiddenLayerSizes, [[5], [20], [20, 20]]), .init(\.alpha, [1e-4, 1e-2, 1])], cv: 3)
        try grid.fit(x, iris.target)
        var random = RandomizedSearchCV(
            MLPClassifier(maxIter: 20, randomState: 1),
            paramDistributions: [
                .init(\.alpha, .logUniform(1e-5, 1e-1)), .init(\.hiddenLayerSizes, .choice([[5], [20], [20, 20]])),
                .init(\.activation, .choice([.relu, .tanh])),
            ],
            nIter: 20, cv: 3, randomState: 0)
        try random.fit(x, iris.target)
        var wide = RandomizedSearchCV(
            MLPClassifier(hiddenLayerSizes: [5], maxIter: 10, randomState: 1),
            paramDistributions: [
                .init(\.alpha, .logUniform(1e-7, 1)), .init(\.learningRateInit, .logUniform(1e-4, 0.1)),
            ],
            nIter: 40, cv: 2, randomState: 0)
        try wide.fit(x, iris.target)
        return [
            ("search", try SearchDisplay(grid).figure),
            ("search-scatter", try SearchDisplay(wide).figure),
            ("search-scatter-one", try SearchDisplay(wide, paramNames: ["alpha"]).figure),

            ("search-parallel", try SearchDisplay(random).figure),
            ("search-pair", try SearchDisplay(random, paramNames: ["activation", "hiddenLayerSizes"]).figure),
            ("search-single", try SearchDisplay(grid, paramNames: ["alpha"]).figure),
        ]
    }
}
