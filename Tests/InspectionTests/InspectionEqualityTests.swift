import Estimators
import Inspection
import LinearAlgebra
import Metrics
import ModelSelection
import NeuralNetwork
import TestSupport
import Testing

@Suite("Inspection equals scikit-learn's")
struct InspectionEqualityTests {
    private struct Importance: Decodable {
        var importances: [[Double]]
        var mean: [Double]
        var std: [Double]

        func expectEqual(_ result: FeatureImportances, _ tolerance: Double, _ comment: Comment) {
            #expect(close(result.importances.flat, importances.flat, tolerance), comment)
            #expect(close(result.importancesMean, mean, tolerance), comment)
            #expect(close(result.importancesStd, std, tolerance), comment)
        }
    }

    private struct ImportanceCase: Decodable {
        var model: String
        var x: [[Double]]
        var y: [Double]
        var weights: [Double]?
        var maxSamples: Double
        var repeats: Int
        var seed: UInt32
        var own: Importance
        var scorers: [String: Importance]
    }

    @Test func permutationImportances() throws {
        for test in try fixture("permutation_importance", in: .module, of: [ImportanceCase].self) {
            let x = try Matrix(test.x)
            let maxSamples: SplitSize =
                test.maxSamples > 1 ? .count(Int(test.maxSamples)) : .fraction(test.maxSamples)
            func check<Model: MatrixEstimator<Target, Double>, Target>(
                _ model: Model, _ y: [Target], _ tolerance: Double
            ) throws {
                for jobs in [nil, 3] {
                    let result = try permutationImportance(
                        model.fitted(x, y), x, y, nRepeats: test.repeats, randomState: test.seed, nJobs: jobs,
                        sampleWeight: test.weights, maxSamples: maxSamples)
                    test.own.expectEqual(result, tolerance, "\(test.model) \(test.seed)")
                }
            }
            switch test.model {
            case "formula":
                try check(Formula(), test.y, 1e-10)
                let all = try permutationImportance(
                    Formula(), x, test.y, scoring: [.r2, .negMeanSquaredError, .negMeanAbsoluteError],
                    nRepeats: test.repeats, randomState: test.seed, sampleWeight: test.weights, maxSamples: maxSamples)
                for (name, expected) in test.scorers {
                    expected.expectEqual(try #require(all[name]), 1e-10, "\(name) \(test.seed)")
                }
            case "three": try check(Shares(), test.y.map { Int($0) }, 1e-10)
            case "network":
                try check(
                    MLPRegressor(hiddenLayerSizes: [5], solver: .lbfgs, maxIter: 30, randomState: 1), test.y, 1e-8)
            default:
                try check(
                    MLPClassifier(hiddenLayerSizes: [5], solver: .lbfgs, maxIter: 30, randomState: 1),
                    test.y.map { Int($0) }, 1e-8)
            }
        }
    }

    private struct DependenceCase: Decodable {
        var model: String
        var x: [[Double]]
        var y: [Double]
        var features: [Int]
        var weights: [Double]?
        var percentiles: [Double]
        var resolution: Int
        var categorical: [Int]
        var isCustom: Bool
        var gridValues: [[Double]]
        var average: [[Double]]
        var individual: [[[Double]]]
    }

    @Test func partialDependences() throws {
        for test in try fixture("partial_dependence", in: .module, of: [DependenceCase].self) {
            let x = try Matrix(test.x)
            let comment: Comment = "\(test.model) \(test.features)"
            func check<Model: MatrixEstimator<Target, Double>, Target>(
                _ model: Model, _ y: [Target], _ tolerance: Double
            ) throws {
                let result = try partialDependence(
                    model.fitted(x, y), x, features: test.features, sampleWeight: test.weights,
                    categoricalFeatures: test.categorical, percentiles: (test.percentiles[0], test.percentiles[1]),
                    gridResolution: test.resolution,
                    customValues: test.isCustom ? [test.features[0]: [-1, 0.5, 2]] : [:], kind: .both)
                #expect(result.gridValues.map(\.count) == test.gridValues.map(\.count), comment)
                #expect(close(result.gridValues.flat, test.gridValues.flat, 1e-10), comment)
                #expect(result.average.count == test.average.count, comment)
                #expect(close(result.average.flat, test.average.flat, tolerance), comment)
                #expect(result.individual.map(\.count) == test.average.map { _ in x.rows }, comment)
                let individual = result.individual.flatMap { $0.prefix(3) }.flat
                #expect(close(individual, test.individual.joined().flat, tolerance), comment)
            }
            let labels = test.y.map { Int($0) }
            switch test.model {
            case "formula": try check(Formula(), test.y, 1e-10)
            case "three", "two": try check(Shares(), labels, 1e-10)
            case "network":
                try check(
                    MLPRegressor(hiddenLayerSizes: [5], solver: .lbfgs, maxIter: 30, randomState: 1), test.y, 1e-8)
            default:
                try check(
                    MLPClassifier(hiddenLayerSizes: [5], solver: .lbfgs, maxIter: 30, randomState: 1), labels, 1e-8)
            }
        }
    }
}
