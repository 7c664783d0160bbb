import Datasets
import Estimators
import Foundation
import LinearAlgebra
import Metrics
import ModelSelection
import NeuralNetwork
import Preprocessing
import Testing

@testable import Plotting

/// Displays without a counterpart in scikit-learn: of fitted attributes, of searches, of more than two features.
@Suite struct DisplayTests {
    private func scaledIris() throws -> (x: Matrix<Double>, y: [Int]) {
        let iris = try loadIris()
        var scaler = StandardScaler()
        return (try scaler.fitTransform(iris.data), iris.target)
    }

    @Test func lossCurvesShowTheNetworksLosses() throws {
        let (x, y) = try scaledIris()
        var mlp = MLPClassifier(hiddenLayerSizes: [5], maxIter: 12, randomState: 1)
        try mlp.fit(x, y)
        let plain = try LossCurveDisplay(mlp)
        #expect(plain.lossCurve == mlp.lossCurve && plain.stopReason == .reachedMaxIter)
        #expect(plain.figure.panels.count == 1)
        let end = try #require(plain.figure.panels[0].marks.compactMap { $0 as? UprightRuleMark }.first)
        #expect(end.x == 12)

        mlp.earlyStopping = true
        try mlp.fit(x, y)
        let stopped = try LossCurveDisplay(mlp)
        #expect(stopped.validationScores == mlp.validationScores)
        #expect(stopped.figure.panels.count == 2)
        let best = try #require(stopped.figure.panels[1].marks.compactMap { $0 as? HighlightMark }.first)
        #expect(best.point.y == mlp.bestValidationScore)

        mlp.monitor = .loss
        try mlp.fit(x, y)
        let watched = try LossCurveDisplay(mlp)
        #expect(watched.validationLossCurve == mlp.validationLossCurve && watched.validationLossCurve.count == 12)
        let least = try #require(watched.figure.panels[0].marks.compactMap { $0 as? HighlightMark }.first)
        #expect(least.point.y == watched.validationLossCurve.min())
    }

    /// L-BFGS has a loss for each iteration instead of each epoch.
    @Test func lbfgsHasALossPerIteration() throws {
        let (x, y) = try scaledIris()
        var mlp = MLPClassifier(hiddenLayerSizes: [5], solver: .lbfgs, maxIter: 9, randomState: 1)
        try mlp.fit(x, y)
        let display = try LossCurveDisplay(mlp)
        #expect(display.lossCurve == mlp.report?.epochs.map(\.loss) && display.lossCurve.count == 9)
        #expect(display.figure.xLabel == "Iteration")
    }

    @Test func heatMapsShowTheMeanScores() throws {
        let (x, y) = try scaledIris()
        var search = GridSearchCV(
            MLPClassifier(maxIter: 15, randomState: 1),
            paramGrid: [
                .init(\.activation, [.relu, .tanh]), .init(\.alpha, [1, 1e-4, 1e-2]),
                .init(\.hiddenLayerSizes, [[3], [30]]),
            ], cv: 3)
        try search.fit(x, y)
        let means = search.cvResults.meanTestScore
        let display = try SearchDisplay(search, paramNames: ["activation", "alpha"])
        #expect(display.meanTestScore == means)
        let panel = display.figure.panels[0]
        #expect(panel.y.scale.names == ["relu", "tanh"] && panel.x.scale.names == ["0.0001", "0.01", "1.0"])
        let cells = try #require(panel.marks.first as? CellsMark)
        // The last parameter changes fastest. Of the two sizes, the better one is shown.
        func best(_ pair: Int) -> Double { max(means[2 * pair], means[2 * pair + 1]) }
        #expect(cells.values == [[best(1), best(2), best(0)], [best(4), best(5), best(3)]])

        let lines = try SearchDisplay(search)
        #expect(lines.kind == .parallelCoordinates && lines.paramNames == ["activation", "alpha", "hiddenLayerSizes"])
        let mark = try #require(lines.figure.panels[0].marks.first as? ParallelMark)
        #expect(mark.candidates.firstIndex { $0.isBest } == search.bestIndex)
    }

    /// Of two parameters with many values, a map would have one cell per candidate and dashes elsewhere.
    @Test func randomSearchesAreScattered() throws {
        let (x, y) = try scaledIris()
        var search = RandomizedSearchCV(
            MLPClassifier(hiddenLayerSizes: [3], maxIter: 5, randomState: 1),
            paramDistributions: [
                .init(\.alpha, .logUniform(1e-6, 1)), .init(\.learningRateInit, .uniform(0.001, 0.01)),
            ], nIter: 12, cv: 2, randomState: 0)
        try search.fit(x, y)
        let display = try SearchDisplay(search, paramNames: ["learningRateInit", "alpha"])
        #expect(display.kind == .scatter)
        let panel = display.figure.panels[0]
        guard case .logarithmic = panel.x.scale, case .linear = panel.y.scale else {
            Issue.record("alpha spans decades, the learning rate does not")
            return
        }
        let points = try #require(panel.marks.first as? ShadedPointsMark)
        #expect(points.points.map(\.x) == search.cvResults.params.map { Double($0["alpha"] ?? "") })
        let best = try #require(panel.marks.last as? HighlightMark)
        let index = try #require(search.bestIndex)
        #expect(best.point == points.points[index])
        #expect(display.figure.subtitle.allSatisfy { $0 != "…" } && display.figure.subtitle.count < 80)
        let one = try SearchDisplay(search, paramNames: ["alpha"])
        #expect(one.kind == .scatter && one.figure.yLabel == "mean test score")
        #expect(try SearchDisplay(search, kind: .parallelCoordinates).kind == .parallelCoordinates)
    }

    /// A candidate that was dropped in an earlier round may have a better score, on fewer samples.
    @Test func bestCandidateOfAHalvingSearchIsItsChoice() throws {
        let (x, y) = try makeClassification(nSamples: 200, nFeatures: 6, flipY: 0.2, randomState: 1)
        var search = HalvingGridSearchCV(
            MLPClassifier(hiddenLayerSizes: [3], maxIter: 5, randomState: 1),
            paramGrid: [.init(\.alpha, (0..<9).map { 0.1 + 1.2 * Double($0) })], cv: 3, randomState: 1)
        try search.fit(x, y)
        let scores = search.cvResults.meanTestScore
        let best = try #require(search.bestIndex)
        #expect(scores.max() ?? 0 > scores[best], "else there is nothing to confuse")
        let display = try SearchDisplay(search)
        let mark = try #require(display.figure.panels[0].marks.first as? ParallelMark)
        #expect(mark.candidates.firstIndex { $0.isBest } == best)
    }

    /// Sums inside of a network with finite weights can overflow: an error instead of NaN.
    @Test func rejectsProbabilitiesOfNaN() throws {
        let mlp = try MLPClassifier<Int, Double>(
            coefs: [[[1e200, -1e200], [1e200, 1e200]], [[1e200, 1, -1e200], [1e200, 1e200, 1]]],
            intercepts: [[0, 0], [0, 0, 0]], classes: [0, 1, 2])
        let x: Matrix<Double> = [[-1, 2], [3, 1], [2, 2]]
        #expect(throws: EstimatorError.self) { try mlp.predictProba(x) }
        #expect(throws: EstimatorError.self) { try DecisionBoundaryDisplay(mlp, x, [0, 1, 2], gridResolution: 5) }
    }

    @Test func logarithmicAxesCanSpanAllNumbers() throws {
        let scores = [[1.0], [2], [3]]
        let display = try ValidationCurveDisplay(
            (trainScores: scores, testScores: scores), paramName: "alpha", paramRange: [1e-200, 1, 1e200])
        #expect(try display.svg().contains("</svg>"))
        for range in [[1e-289, 1e299], [1e-300, 1e308], [.leastNonzeroMagnitude, 1]] {
            let scale = Scale.logarithmic(covering: range)
            #expect(range.allSatisfy { !scale.fraction($0).isNaN } && !scale.ticks(atMost: 8).values.isEmpty)
        }
    }

    @Test func mapsOfManyFeaturesShowTwoPrincipalComponents() throws {
        let (x, y) = try scaledIris()
        var mlp = MLPClassifier(hiddenLayerSizes: [5], maxIter: 20, randomState: 1)
        try mlp.fit(x, y)
        let display = try DecisionBoundaryDisplay(mlp, x, y, gridResolution: 5)
        var components = PCA(nComponents: 2)
        try components.fit(x)
        let places = Matrix(
            rows: 25, columns: 2,
            elements: zip(display.xx0.elements, display.xx1.elements).flatMap { [$0, $1] })
        let expected = try mlp.predictProba(components.inverseTransform(places))
        for column in 0..<3 { #expect(display.response[column].elements == expected.column(column)) }
        #expect(display.xLabel.contains("73 %"))
    }

    @Test func eachClassHasACurve() throws {
        let (x, y) = try scaledIris()
        var mlp = MLPClassifier(hiddenLayerSizes: [5], maxIter: 20, randomState: 1)
        try mlp.fit(x, y)
        let probabilities = try mlp.predictProba(x)
        let roc = try RocCurveDisplay(mlp, x, y)
        let recall = try PrecisionRecallDisplay(mlp, x, y)
        for label in 0..<3 {
            let (fpr, tpr, _) = try rocCurve(y, probabilities.column(label), posLabel: label)
            #expect(roc.curves[label].fpr == fpr && roc.curves[label].tpr == tpr)
            let area = try averagePrecisionScore(y.map { $0 == label ? 1 : 0 }, probabilities.column(label))
            #expect(abs(recall.curves[label].averagePrecision - area) < 1e-12)
        }
        #expect(try RocCurveDisplay(mlp, x, y, posLabel: 2).curves.count == 1)
    }

    /// Contrast with the background: at least 4.5 to 1 for text and 3 to 1 for lines, as the WCAG require.
    @Test(arguments: [\Theme.Pair.light, \Theme.Pair.dark])
    func colorsHaveEnoughContrast(scheme: KeyPath<Theme.Pair, String> & Sendable) {
        func contrast(_ pair: Theme.Pair) -> Double {
            let (one, other) = (luminance(pair[keyPath: scheme]), luminance(Theme.ground[keyPath: scheme]))
            return (max(one, other) + 0.05) / (min(one, other) + 0.05)
        }
        for pair in [Theme.ink, Theme.muted] { #expect(contrast(pair) > 4.5) }
        for pair in Theme.series + [Theme.axis] { #expect(contrast(pair) > 3, "\(pair)") }
    }

    private func luminance(_ hex: String) -> Double {
        let number = Int(hex.dropFirst(), radix: 16) ?? 0
        let parts = [16, 8, 0].map { shift -> Double in
            let part = Double(number >> shift & 255) / 255
            return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4)
        }
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
    }
}
