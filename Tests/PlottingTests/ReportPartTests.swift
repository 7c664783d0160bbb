import Composition
import Datasets
import LinearAlgebra
import NeuralNetwork
import Preprocessing
import Testing

@testable import Plotting

/// The parts of a report: steps, importance, calibration.
@Suite struct ReportPartTests {
    @Test func stepsAreThoseOfTheModel() {
        let model = TransformedTargetRegressor(
            Pipeline(
                SimpleImputer(), StandardScaler(withMean: false), MLPRegressor(hiddenLayerSizes: [10, 5], alpha: 0.5)),
            transformer: StandardScaler())
        let all = steps(of: model)
        #expect(
            all.map(\.name) == ["TransformedTargetRegressor", "SimpleImputer", "StandardScaler", "MLPRegressor"])
        #expect(all[2].parameters == ["withMean: false"])
        #expect(all[3].parameters == ["hiddenLayerSizes: [10, 5]", "alpha: 0.5"])
        #expect(learnsTransformedTarget(model) && !learnsTransformedTarget(model.regressor))
    }

    /// Shuffling a column that decides the target costs much, shuffling a constant or unused one nothing.
    @Test func importanceFindsTheFeatureThatMatters() throws {
        let rows: [[Double]] = (0..<200).map { [Double($0 % 2), Double($0 % 5) / 5, 1] }
        let x = Matrix(rows: 200, columns: 3, elements: Array(rows.joined()))
        let y = (0..<200).map { $0 % 2 }
        var mlp = MLPClassifier(hiddenLayerSizes: [5], solver: .lbfgs, maxIter: 50, randomState: 1)
        try mlp.fit(x, y)
        let importance = try #require(try PermutationImportance(mlp, x, y, featureNames: nil))
        #expect(importance.display.featureNames == ["feature 0", "feature 1", "feature 2"])
        #expect(importance.display.importancesMean[0] > 0.3 && importance.display.importancesMean[2] == 0)
        #expect(importance.display.importancesMean[0] > importance.display.importancesMean[1])
        // The shuffles are those of a fixed seed.
        let again = try PermutationImportance(mlp, x, y, featureNames: ["a", "b", "c"])
        #expect(again?.display.importancesMean == importance.display.importancesMean)
        #expect(importance.figure.subtitle.contains("5 shuffles of 200 test samples"))
    }

    @Test func importanceIsOfAPartOfManySamples() throws {
        let x = Matrix(rows: 3000, columns: 2, elements: (0..<6000).map { Double($0 % 7) })
        let y = (0..<3000).map { $0 % 2 }
        var mlp = MLPClassifier(hiddenLayerSizes: [2], maxIter: 1, randomState: 1)
        try mlp.fit(x, y)
        let importance = try #require(try PermutationImportance(mlp, x, y, featureNames: nil))
        #expect(importance.samples == 1000)
        #expect(importance.figure.subtitle.contains("of 1000 test samples"))
    }

    @Test func calibrationCountsEverySample() throws {
        let probabilities = Matrix(rows: 4, columns: 2, elements: [0.95, 0.05, 0.93, 0.07, 0, 1, 0.25, 0.75])
        let calibration = try CalibrationDisplay(
            [0, 1, 1, 0], probabilities, classes: [0, 1], names: ["a", "b"], nBins: 10)
        #expect(calibration.bins.map(\.count) == [2, 1, 1])
        #expect(calibration.probTrue == [0.5, 0, 1])
        #expect(abs(calibration.probPred[0] - 0.06) < 1e-12)
        #expect(calibration.subject == "class b")
        let three = Matrix(rows: 2, columns: 3, elements: [0.2, 0.3, 0.5, 0.1, 0.8, 0.1])
        let top = try CalibrationDisplay([2, 0], three, classes: [0, 1, 2], names: ["a", "b", "c"], nBins: 10)
        #expect(top.probTrue == [1, 0] && top.probPred == [0.5, 0.8])
    }

    @Test func calibrationIsDrawnAsGiven() throws {
        let (y, prob) = ([0, 0, 0, 0, 1, 1, 1, 1, 1], [0.1, 0.2, 0.3, 0.4, 0.65, 0.7, 0.8, 0.9, 1.0])
        var display = try CalibrationDisplay(y, prob, nBins: 3, name: "network")
        #expect(display.probTrue == [0, 0.5, 1])
        #expect(try display.svg().contains("network") && display.svg().contains("perfectly calibrated"))
        display.refLine = false
        #expect(try !display.svg().contains("perfectly calibrated"))
        let quantile = try CalibrationDisplay(y, prob, nBins: 2, strategy: .quantile, posLabel: 1)
        #expect(quantile.bins.map(\.count) == [5, 4])
    }

    /// Without its exponent, a number would be another number.
    @Test func numbersThatDoNotFitAreRounded() {
        for number in [1.2345678e-05, 123456.789, -4.5678e+20, 0.000123456] {
            for width in stride(from: 44.0, through: 120, by: 3) {
                let text = TextWidth.elided("\(number)", size: 11.5, to: width)
                #expect(TextWidth.of(text, size: 11.5) <= width)
                if text == "…" {
                    #expect(TextWidth.of(general(number, digits: 1), size: 11.5) > width)
                    continue
                }
                guard let shown = Double(text.replacing("−", with: "-")) else {
                    Issue.record("\(number) is drawn as \(text)")
                    continue
                }
                #expect(abs(shown / number - 1) < 0.5, "\(number) is drawn as \(text)")
            }
        }
    }

    @Test func countsAreIntegers() throws {
        let display = try ConfusionMatrixDisplay(confusionMatrix: [[123_456_789, 12], [1, 98_765]])
        let cells = try #require(display.figure.panels[0].marks.first as? CellsMark)
        #expect(cells.texts == [["123456789", "12"], ["1", "98765"]])
    }

    /// A loss that falls by orders of magnitude is flat on a linear axis for most of the training.
    @Test func flatLossesHaveALogarithmicAxis() throws {
        func scale(_ losses: [Double]) throws -> Scale {
            try LossCurveDisplay(lossCurve: losses).figure.panels[0].y.scale
        }
        guard case .logarithmic = try scale((1...500).map { 1 / Double($0) }) else {
            Issue.record("1/n is not drawn on a logarithmic axis")
            return
        }
        guard case .linear = try scale((1...50).map { 1 - Double($0) / 100 }),
            case .linear = try scale([1, 0.1, 0, 0, 0, 0])
        else {
            Issue.record("a steady or vanishing loss is not drawn on a linear axis")
            return
        }
    }
}
