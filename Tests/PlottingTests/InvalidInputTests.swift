import Datasets
import Estimators
import Foundation
import Inspection
import LinearAlgebra
import ModelFiles
import ModelSelection
import NeuralNetwork
import Plotting
import TestSupport
import Testing

/// Input that cannot be drawn throws an error that names the argument and the problem.
@Suite struct InvalidInputTests {
    static let refusals = [
        Refusal("a picture without room", mentions: "width", "10", "240") {
            _ = try LossCurveDisplay(lossCurve: [1]).svg(width: 10)
        },
        Refusal("a picture beyond all screens", mentions: "height", "8001", "8000") {
            _ = try LossCurveDisplay(lossCurve: [1]).svg(height: 8001)
        },
        Refusal("a matrix that is not square", mentions: "confusionMatrix", "1 × 2") {
            _ = try ConfusionMatrixDisplay(confusionMatrix: [[1, 2]])
        },
        Refusal("a matrix with NaN", mentions: "confusionMatrix", "nan") {
            _ = try ConfusionMatrixDisplay(confusionMatrix: [[.nan]])
        },
        Refusal("a matrix of nothing", mentions: "confusionMatrix", "0 × 0") {
            _ = try ConfusionMatrixDisplay(confusionMatrix: Matrix(rows: 0, columns: 0, elements: []))
        },
        Refusal("too few names of classes", mentions: "displayLabels", "2", "1") {
            _ = try ConfusionMatrixDisplay([0, 1], [0, 1], displayLabels: ["a"])
        },
        Refusal("labels that do not pair up", mentions: "yPred", "1", "2") {
            _ = try ConfusionMatrixDisplay([0, 1], [0])
        },
        Refusal("no values", mentions: "yTrue", "empty") { _ = try PredictionErrorDisplay([Double](), []) },
        Refusal("values that do not pair up", mentions: "yPred", "2", "1") {
            _ = try PredictionErrorDisplay([1.0], [1, 2])
        },
        Refusal("values that are not finite", mentions: "yPred[1]", "inf") {
            _ = try PredictionErrorDisplay([1.0, 2], [1, .infinity])
        },
        Refusal("several outputs", mentions: "yTrue", "2") { _ = try PredictionErrorDisplay([[1.0, 2]], [[1, 2]]) },
        Refusal("rates beyond 1", mentions: "tpr[0]", "1.5") { _ = try RocCurveDisplay(fpr: [0], tpr: [1.5]) },
        Refusal("rates that do not pair up", mentions: "recall", "2", "1") {
            _ = try PrecisionRecallDisplay(precision: [1], recall: [0, 1])
        },
        Refusal("scores of one class", mentions: "yTrue", "one class") {
            _ = try RocCurveDisplay([1, 1], [0.1, 0.2])
        },
        Refusal("no epochs", mentions: "lossCurve", "empty") { _ = try LossCurveDisplay(lossCurve: []) },
        Refusal("a loss that is not finite", mentions: "lossCurve[1]", "nan") {
            _ = try LossCurveDisplay(lossCurve: [1, .nan])
        },
        Refusal("a network that is not fitted", mentions: "MLPRegressor", "not fitted") {
            _ = try LossCurveDisplay(MLPRegressor())
        },
        Refusal("no sizes", mentions: "trainSizes", "empty") {
            _ = try LearningCurveDisplay(trainSizes: [], trainScores: [], testScores: [])
        },
        Refusal("scores of another number", mentions: "testScores", "2", "1") {
            _ = try LearningCurveDisplay(trainSizes: [1], trainScores: [[1]], testScores: [[1], [1]])
        },
        Refusal("a row without scores", mentions: "trainScores[0]", "empty") {
            _ = try ValidationCurveDisplay(([[]], [[1]]), paramName: "alpha", paramRange: [1])
        },
        Refusal("values of a parameter that are not finite", mentions: "paramRange[0]", "inf") {
            _ = try ValidationCurveDisplay(([[1]], [[1]]), paramName: "alpha", paramRange: [Double.infinity])
        },
        Refusal("a search before fit", mentions: "search", "not fitted") {
            _ = try SearchDisplay(GridSearchCV(MLPClassifier(), paramGrid: [.init(\.alpha, [1])]))
        },
        Refusal("a parameter that was not searched", mentions: "paramNames", "beta1", "alpha") {
            _ = try SearchDisplay(try search(), paramNames: ["beta1"])
        },
        Refusal("a heat map of one parameter", mentions: "paramNames", "two") {
            _ = try SearchDisplay(try search(), kind: .heatMap)
        },
        Refusal("another scorer", mentions: "scoring", "f1") { _ = try SearchDisplay(try search(), scoring: "f1") },
        Refusal("a map of one feature", mentions: "x", "2 columns", "1") {
            _ = try DecisionBoundaryDisplay(try classifier(), [[1]])
        },
        Refusal("a grid of one place", mentions: "gridResolution", "1") {
            _ = try DecisionBoundaryDisplay(try classifier(), [[1, 2]], gridResolution: 1)
        },
        Refusal("a grid beyond memory", mentions: "gridResolution", "2001") {
            _ = try DecisionBoundaryDisplay(try classifier(), [[1, 2]], gridResolution: 2001)
        },
        Refusal("a margin below 0", mentions: "eps", "-1") {
            _ = try DecisionBoundaryDisplay(try classifier(), [[1, 2]], eps: -1)
        },
        Refusal("labels beyond the classes", mentions: "y[0]", "7") {
            _ = try DecisionBoundaryDisplay(try classifier(), [[1, 2]], [7])
        },
        Refusal("names of other features", mentions: "featureNames", "2", "1") {
            _ = try DecisionBoundaryDisplay(try classifier(), [[1, 2]], featureNames: ["a"])
        },
        Refusal("importances of other features", mentions: "featureNames", "3", "1") {
            let (x, y) = ([[1, 2, 3], [3, 2, 1]] as Matrix<Double>, [0, 1])
            _ = try PermutationImportanceDisplay(
                permutationImportance(MLPClassifier(maxIter: 2, randomState: 1).fitted(x, y), x, y),
                featureNames: ["a"])
        },
        Refusal("an output that is none", mentions: "target", "1") {
            let x: Matrix<Double> = [[0, 1], [1, 0]]
            _ = try PartialDependenceDisplay(partialDependence(classifier(), x, features: [0]), target: 1)
        },
        Refusal("a surface without mean", mentions: "dependence", "2 features") {
            let x: Matrix<Double> = [[0, 1], [1, 0]]
            _ = try PartialDependenceDisplay(
                partialDependence(classifier(), x, features: [0, 1], kind: .individual))
        },
        Refusal("a class that never occurs", mentions: "y", "class 2") {
            let iris = try loadIris()
            var mlp = MLPClassifier(maxIter: 2, randomState: 1)
            try mlp.fit(iris.data, iris.target)
            _ = try RocCurveDisplay(mlp, iris.data.selectingRows([0, 60]), [0, 1])
        },
    ]

    private static func search() throws -> GridSearchCV<MLPClassifier<Int, Double>> {
        let iris = try loadIris()
        var search = GridSearchCV(
            MLPClassifier(maxIter: 2, randomState: 1), paramGrid: [.init(\.alpha, [0.1, 1])], cv: 2)
        try search.fit(iris.data, iris.target)
        return search
    }

    private static func classifier() throws -> MLPClassifier<Int, Double> {
        var mlp = MLPClassifier(maxIter: 2, randomState: 1)
        try mlp.fit([[0, 1], [1, 0], [1, 1], [0, 0]], [0, 1, 1, 0])
        return mlp
    }

    @Test(arguments: refusals) func rejectsInvalidInput(refusal: Refusal) { refusal.check() }

    @Test func errorNamesAMissingFolder() throws {
        let file = URL(filePath: "/no/such/folder/loss.svg")
        #expect(
            throws: ModelFileError.unwritable(path: file.path, reason: "its folder /no/such/folder does not exist")
        ) {
            try LossCurveDisplay(lossCurve: [1]).write(to: file)
        }
    }
}
