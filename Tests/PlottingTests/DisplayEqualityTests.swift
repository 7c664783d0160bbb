import Datasets
import Foundation
import LinearAlgebra
import Metrics
import ModelSelection
import NeuralNetwork
import TestSupport
import Testing

@testable import Plotting

/// Compares the numbers of the displays with those of scikit-learn's displays of the same data.
@Suite struct DisplayEqualityTests {
    struct Displays: Decodable {
        struct Confusion: Decodable {
            struct Case: Decodable {
                let normalize: ConfusionNormalization?
                let matrix: [[Double]]
                let labels: [String]
                let texts: [[String]]
            }
            let yTrue: [String]
            let yPred: [String]
            let cases: [Case]
        }
        struct Curves: Decodable {
            struct Case: Decodable {
                let sampleWeight: [Double]?
                let fpr: [Double]
                let tpr: [Double]
                let rocAUC: Double
                let precision: [Double]
                let recall: [Double]
                let averagePrecision: Double
                let prevalence: Double
            }
            let yTrue: [Int]
            let yScore: [Double]
            let cases: [Case]
        }
        struct Boundary: Decodable {
            let classes: Int
            let method: DecisionBoundaryDisplay.ResponseMethod
            let xx0: [[Double]]
            let xx1: [[Double]]
            let nClasses: Int
            let response: [[[Double]]]
        }
        struct PredictionError: Decodable {
            let yTrue: [Double]
            let yPred: [Double]
            let actual: [[Double]]
            let residual: [[Double]]
        }
        struct Scores: Decodable {
            struct Case: Decodable {
                let places: [Double]
                let scale: String
                let means: [[Double]]
                let lowest: [Double]
                let highest: [Double]
            }
            let trainScores: [[Double]]
            let testScores: [[Double]]
            let cases: [Case]
        }
        let confusion: Confusion
        let curves: Curves
        let boundaries: [Boundary]
        let predictionError: PredictionError
        let scoreCurves: Scores
    }

    let expected: Displays

    init() throws { expected = try fixture("displays", in: .module) }

    private func areClose(_ one: [Double], _ other: [Double], _ tolerance: Double = 1e-12) -> Bool {
        one.count == other.count && zip(one, other).allSatisfy { abs($0 - $1) <= tolerance }
    }

    @Test func confusionMatrices() throws {
        for expected in expected.confusion.cases {
            let display = try ConfusionMatrixDisplay(
                self.expected.confusion.yTrue, self.expected.confusion.yPred, normalize: expected.normalize)
            #expect(areClose(display.confusionMatrix.elements, Array(expected.matrix.joined())))
            #expect(display.displayLabels == expected.labels)
            let cells = try #require(display.figure.panels[0].marks.first as? CellsMark)
            #expect(cells.texts == expected.texts)
        }
    }

    @Test func rocAndPrecisionRecallCurves() throws {
        let curves = expected.curves
        for expected in curves.cases {
            let roc = try RocCurveDisplay(curves.yTrue, curves.yScore, sampleWeight: expected.sampleWeight)
            #expect(areClose(roc.fpr, expected.fpr) && areClose(roc.tpr, expected.tpr))
            #expect(abs(roc.rocAUC - expected.rocAUC) < 1e-12)
            let recall = try PrecisionRecallDisplay(curves.yTrue, curves.yScore, sampleWeight: expected.sampleWeight)
            #expect(areClose(recall.precision, expected.precision) && areClose(recall.recall, expected.recall))
            #expect(abs(recall.averagePrecision - expected.averagePrecision) < 1e-12)
            #expect(abs((recall.prevalencePosLabel ?? .nan) - expected.prevalence) < 1e-12)
        }
    }

    @Test func decisionBoundaries() throws {
        let iris = try loadIris()
        for expected in expected.boundaries {
            let kept = iris.target.indices.filter { iris.target[$0] < expected.classes }
            let x = Matrix(
                rows: kept.count, columns: 2, elements: kept.flatMap { [iris.data[$0, 2], iris.data[$0, 3]] })
            var mlp = MLPClassifier(hiddenLayerSizes: [6], maxIter: 40, randomState: 3)
            try mlp.fit(x, kept.map { iris.target[$0] })
            let display = try DecisionBoundaryDisplay(
                mlp, x, gridResolution: 9, eps: 0.5, responseMethod: expected.method)
            #expect(areClose(display.xx0.elements, Array(expected.xx0.joined())))
            #expect(areClose(display.xx1.elements, Array(expected.xx1.joined())))
            #expect(display.nClasses == expected.nClasses)
            #expect(display.response.count == expected.response.count)
            for (one, other) in zip(display.response, expected.response) {
                #expect(areClose(one.elements, Array(other.joined()), 1e-8))
            }
        }
    }

    @Test func predictionErrors() throws {
        let data = expected.predictionError
        for (kind, points) in [
            (PredictionErrorDisplay.Kind.actualVsPredicted, data.actual), (.residualVsPredicted, data.residual),
        ] {
            let display = try PredictionErrorDisplay(data.yTrue, data.yPred, kind: kind)
            let scatter = try #require(display.figure.panels[0].marks.compactMap { $0 as? ScatterMark }.first)
            #expect(areClose(scatter.points.map(\.x), points.map { $0[0] }))
            #expect(areClose(scatter.points.map(\.y), points.map { $0[1] }))
        }
    }

    @Test func learningAndValidationCurves() throws {
        let data = expected.scoreCurves
        for expected in data.cases {
            var figures = [
                try ValidationCurveDisplay(
                    (data.trainScores, data.testScores), paramName: "alpha", paramRange: expected.places
                ).figure
            ]
            if expected.places.allSatisfy({ $0 >= 1 }) {
                figures.append(
                    try LearningCurveDisplay(
                        trainSizes: expected.places.map { Int($0) }, trainScores: data.trainScores,
                        testScores: data.testScores
                    ).figure)
            }
            for panel in figures.flatMap(\.panels) {
                let lines = panel.marks.compactMap { $0 as? LineMark }
                let bands = panel.marks.compactMap { $0 as? BandMark }
                #expect(lines.count == 2 && bands.count == 2)
                for (number, (line, band)) in zip(lines, bands).enumerated() {
                    #expect(areClose(line.points.map(\.x), expected.places))
                    #expect(areClose(line.points.map(\.y), expected.means[number]))
                    #expect(abs((band.lower.min() ?? 0) - expected.lowest[number]) < 1e-12)
                    #expect(abs((band.upper.max() ?? 0) - expected.highest[number]) < 1e-12)
                }
                if case .logarithmic = panel.x.scale {
                    #expect(expected.scale == "log")
                } else {
                    #expect(expected.scale == "linear")
                }
            }
        }
    }

    /// The corners of the drawn curve are at the positions of its rates.
    @Test func linesAreDrawnAtTheirValues() throws {
        let display = try RocCurveDisplay(fpr: [0, 0.5, 1], tpr: [0, 1, 1])
        let panel = display.figure.panels[0]
        let line = try #require(panel.marks.last as? LineMark)
        let frame = Frame(x: 10, y: 20, width: 102, height: 51)
        let drawn = line.drawing(Projection(frame: frame, xScale: panel.x.scale, yScale: panel.y.scale))
        #expect(drawn[0].attributes.first { $0.name == "d" }?.value == "M11 70.5L61 20.5L111 20.5")
    }
}
