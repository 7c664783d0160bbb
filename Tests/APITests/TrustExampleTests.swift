import Datasets
import Foundation
import Inspection
import ModelSelection
import NeuralNetwork
import Plotting
import TestSupport
import Testing

/// Calibration, thresholds, explanations and intervals, written as users write them.
@Suite struct TrustExampleTests {
    @Test func outputsOneCanTrust() throws {
        let (x, y) = try makeClassification(nSamples: 60, nFeatures: 5, randomState: 0)
        let model = try MLPClassifier(hiddenLayerSizes: [4], maxIter: 5, randomState: 0).fitted(x, y)

        let calibrated = try CalibratedClassifierCV(MLPClassifier(randomState: 0), method: .isotonic, cv: 5).fitted(
            x, y)
        let p = try calibrated.predictProba(x)
        let (probTrue, probPred) = try calibrationCurve(y, p.column(1), nBins: 10)
        let tuned = try TunedThresholdClassifierCV(MLPClassifier(randomState: 0), scoring: .f1).fitted(x, y)
        let importance = try permutationImportance(model, x, y, nRepeats: 10, randomState: 0, nJobs: -1)
        let curve = try partialDependence(model, x, features: [0])

        #expect(probTrue.count == probPred.count && tuned.bestThreshold != nil)
        #expect(importance.importances.count == 5 && importance.importances[0].count == 10)
        #expect(importance.importancesMean.count == 5 && importance.importancesStd.count == 5)
        #expect(curve.gridValues[0].count == curve.average[0].count && curve.individual.isEmpty)
        try withFolder { folder in
            let url = folder.appendingPathComponent("calibration.svg")
            try CalibrationDisplay(calibrated, x, y, nBins: 10, name: "calibrated").write(to: url)
            #expect(try String(contentsOf: url, encoding: .utf8).contains("Mean predicted probability of class 1"))
        }
    }

    @Test func intervals() throws {
        let (x, y) = try makeFriedman1(nSamples: 60, randomState: 0)
        let xNew = x

        let intervals = try ConformalRegressor(MLPRegressor(randomState: 0), confidenceLevel: 0.9, cv: 5).fitted(x, y)
            .predictInterval(xNew)

        #expect(intervals.lower.count == 60 && intervals.upper.count == 60)
    }
}
