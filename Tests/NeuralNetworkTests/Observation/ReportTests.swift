import Estimators
import Foundation
import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// The training report.
@Suite struct ReportTests {
    @Test(arguments: Solver.allCases) func reportDescribesTheTraining(solver: Solver) throws {
        let x = try SmallData.features()
        let y = SmallData.numbers(x)
        var mlp = MLPRegressor(solver: solver, maxIter: 6, randomState: 1)
        #expect(mlp.report == nil)
        try mlp.fit(x, y, validation: (x, y))
        let report = try #require(mlp.report)
        #expect(report.epochs.count == 6 && report.stopReason == .reachedMaxIter)
        #expect(report.epochs.compactMap(\.validationLoss) == mlp.validationLossCurve)
        #expect(report.parameters == mlp.hyperparameters && report.loss == "squaredError" && report.monitor == "score")
        #expect((report.data.samples, report.data.features, report.data.outputs) == (30, 4, 1))
        #expect(report.data.validationSamples == 30 && !report.data.isWeighted)
        #expect(report.versions.scikitLearn == "1.9.1" && report.seconds > 0)
        #expect(try JSONDecoder().decode(TrainingReport.self, from: JSONEncoder().encode(report)) == report)
    }

    @Test func descriptionHasAFewLines() throws {
        let x = try SmallData.features()
        let y = SmallData.numbers(x)
        var mlp = MLPRegressor(maxIter: 2, randomState: 1)
        try mlp.fit(x, y)
        let report = try #require(mlp.report)
        let lines = report.description.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[0].hasPrefix("2 epochs in ") && lines[0].hasSuffix(" s, ended by .reachedMaxIter"))
        #expect(lines[1] == "loss \(String(format: "%.4g", mlp.lossCurve[1]))")
        #expect(lines[2] == "30 × 4, 1 output")
        #expect(lines[3] == "MLPHyperparameters(maxIter: 2, randomState: 1)")

        try mlp.fit(x, y, sampleWeight: Array(repeating: 2, count: 30), validation: (x, y))
        let other = try #require(mlp.report).description.split(separator: "\n")
        #expect(other[1].contains(", validation loss ") && other[1].contains(", validation score "))
        #expect(other[2] == "30 × 4, 1 output, weighted, validated on 30")
    }

    @Test func resumingContinuesTheReportAndItsTime() throws {
        let x = try SmallData.features()
        let y = SmallData.numbers(x)
        var mlp = MLPRegressor(maxIter: 3, randomState: 1)
        try mlp.fit(x, y)
        let before = try #require(mlp.report)
        mlp.maxIter = 5
        try mlp.resume(x, y)
        let after = try #require(mlp.report)
        #expect(Array(after.epochs[..<3]) == before.epochs)
        #expect(after.epochs.map(\.index) == [1, 2, 3, 4, 5] && after.parameters.maxIter == 5)
        #expect(after.seconds > before.seconds)
        let sum = after.epochs.reduce(0) { $0 + $1.seconds }
        #expect(abs(sum - after.seconds) <= 1e-9)
    }

    /// JSON has no numbers for NaN and infinities.
    @Test func storesNaNAndInfinities() throws {
        for number in [Double.nan, .infinity, -.infinity, 0.1] {
            let epoch = TrainingEpoch(
                index: 1, loss: 2, validationLoss: number, validationScore: nil, learningRate: 0.5, seconds: 1,
                elapsed: 2)
            let text = try JSONEncoder().encode(epoch)
            let read = try JSONDecoder().decode(TrainingEpoch.self, from: text)
            #expect(greatestDifference([read.validationLoss ?? 7], [number]) == 0)
            #expect(read.validationScore == nil)
        }
    }

    @Test func verbosityIsStoredAsABooleanOrAName() throws {
        for (verbosity, text) in [
            (Verbosity.warnings, "false"), (.silent, "\"silent\""), (.lines, "true"), (.progressBar, "\"progressBar\""),
        ] {
            #expect(String(decoding: try JSONEncoder().encode([verbosity]), as: UTF8.self) == "[\(text)]")
            #expect(try JSONDecoder().decode([Verbosity].self, from: Data("[\(text)]".utf8)) == [verbosity])
            let literal = text.hasPrefix("\"") ? "." + text.filter { $0 != "\"" } : text
            #expect("\(verbosity)" == literal)
            guard verbosity != .warnings else { continue }
            #expect(MLPClassifier(verbose: verbosity).description == "MLPClassifier(verbose: \(literal))")
        }
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Verbosity].self, from: Data("[\"bar\"]".utf8)) }
        #expect(MLPClassifier(verbose: true).verbose == .lines && MLPClassifier(verbose: .progressBar).verbose != false)
    }
}
