import Composition
import Estimators
import Inspection
import LinearAlgebra
import Metrics
import ModelSelection
import NeuralNetwork
import NumPyRandom
import Preprocessing
import Tables
import TestSupport
import Testing

@Suite("Laws of inspection")
struct InspectionLawTests {
    private static let x = {
        var random = RandomState(seed: 4)
        return Matrix(rows: 60, columns: 4, elements: (0..<240).map { _ in random.standardNormal() })
    }()
    private static let y = Formula().predict(x)

    /// What is shuffled, a column of strings or its codes, makes no difference.
    @Test func tablesAreLikeMatrices() throws {
        let jobs = (0..<60).map { ["a", "b", "c"][$0 * 7 % 3] }
        let ages = (0..<60).map { Double($0 * 13 % 29) }
        let table = try Table(["age": .numbers(ages), "job": .strings(jobs)])
        let matrix = try Matrix(zip(ages, jobs).map { [$0, Double(["a", "b", "c"].firstIndex(of: $1) ?? 0)] })
        let y = (0..<60).map { ages[$0] * (jobs[$0] == "b" ? 2 : 1) }
        let network = MLPRegressor(hiddenLayerSizes: [4], solver: .lbfgs, maxIter: 20, randomState: 0)
        let columns = ColumnTransformer([.passthrough(["age"]), .categorical(["job"], OrdinalEncoder())])
        let ofTable = try TablePipeline(columns, network).fitted(table, y)
        let ofMatrix = try network.fitted(matrix, y)

        let one = try permutationImportance(ofTable, table, y, nRepeats: 3, randomState: 1, nJobs: 2, maxSamples: 40)
        let other = try permutationImportance(ofMatrix, matrix, y, nRepeats: 3, randomState: 1, maxSamples: 40)
        #expect(one.importances == other.importances)
        #expect(one.featureNames == ["age", "job"] && other.featureNames == nil)

        let curve = try partialDependence(ofTable, table, features: ["job", "age"], gridResolution: 5)
        let same = try partialDependence(
            ofMatrix, matrix, features: [1, 0], categoricalFeatures: [1], gridResolution: 5, nJobs: nil)
        #expect(curve.average == same.average && curve.gridValues == same.gridValues)
        #expect(curve.categories == [["a", "b", "c"], nil] && curve.featureNames == ["job", "age"])
    }

    @Test func aFeatureThatIsNotUsedHasNoImportance() throws {
        var wide = try Matrix((0..<60).map { Self.x.row($0) + [Double($0)] })
        let result = try permutationImportance(Formula(), wide, Self.y, randomState: 0)
        #expect(result.importancesMean[4] == 0 && result.importancesStd[4] == 0)
        #expect(result.importancesMean[2] > 0.1)
        let curve = try partialDependence(Formula(), wide, features: [4], gridResolution: 7, kind: .both)
        #expect(Set(curve.average[0]).count == 1)
        #expect(curve.individual[0].map { $0[0] } == Self.y)
        wide.setFeature(4, to: .number(3))
        #expect(wide.column(4) == [Double](repeating: 3, count: 60))
    }

    /// Weights that are integers count samples.
    @Test func weightsAreRepetitions() throws {
        let weights = (0..<60).map { Double($0 % 3) }
        let repeated = (0..<60).flatMap { [Int](repeating: $0, count: $0 % 3) }
        let values = [0: [-1.0, 0, 2]]
        let one = try partialDependence(Formula(), Self.x, features: [0], sampleWeight: weights, customValues: values)
        let other = try partialDependence(
            Formula(), Self.x.selectingRows(repeated), features: [0], customValues: values)
        #expect(close(one.average.flat, other.average.flat, 1e-12))
    }

    @Test func kindsAreAParts() throws {
        let average = try partialDependence(Formula(), Self.x, features: [0])
        let individual = try partialDependence(Formula(), Self.x, features: [0], kind: .individual)
        #expect(average.individual.isEmpty && individual.average.isEmpty)
        let both = try partialDependence(Formula(), Self.x, features: [0], kind: .both)
        #expect(both.average == average.average && both.individual == individual.individual)
        #expect(average.gridValues[0].count == 60, "fewer different values than the resolution")
    }

    @Test func documentedExample() throws {
        let (xTest, yTest, model) = (Self.x, Self.y, Formula())
        let importance = try permutationImportance(model, xTest, yTest, nRepeats: 10, randomState: 0, nJobs: -1)
        let curve = try partialDependence(model, xTest, features: [0])
        #expect(importance.importances.map(\.count) == [10, 10, 10, 10] && curve.average[0].count == 60)
    }

    @Test func aSelectionKeepsWhatTheModelNeeds() throws {
        let wide = try Matrix((0..<60).map { Self.x.row($0) + [Double($0), 1] })
        let selection = try SelectFromModel(Formula(), threshold: 1e-9, nRepeats: 3, randomState: 0).fitted(
            wide, Self.y)
        #expect(selection.supportIndices == [0, 1, 2, 3])
        let importance = try permutationImportance(Formula(), wide, Self.y, nRepeats: 3, randomState: 0)
        #expect(selection.importances == importance.importancesMean)
        #expect(try selection.transform(wide) == Self.x)

        var best = selection
        (best.threshold, best.maxFeatures) = (.value(-.infinity), 1)
        let greatest = importance.importancesMean.max() ?? 0
        #expect(best.supportIndices.first == importance.importancesMean.firstIndex(of: greatest))
        #expect(best.supportIndices.count == 1)
        (best.threshold, best.maxFeatures) = (.median, nil)
        #expect(best.supportIndices.count == 3)
        best.threshold = .mean(times: 0)
        #expect(best.supportIndices.count == 6)

        let pipeline = Pipeline(SelectFromModel(Formula(), threshold: 1e-9, randomState: 0), Formula())
        #expect(try pipeline.fitted(wide, Self.y).predict(wide) == Self.y)
    }

    private static let refusals = [
        Refusal("fewer than no features", mentions: "maxFeatures", "-1") {
            _ = try SelectFromModel(Formula(), maxFeatures: -1).fitted(x, y)
        },
        Refusal("targets of another type", mentions: "String", "Formula") {
            _ = try SelectFromModel(Formula()).fitted(x, y.map { "\($0)" })
        },
        Refusal("a selection before fit", mentions: "SelectFromModel", "not fitted") {
            _ = try SelectFromModel(Formula()).transform(x)
        },
        Refusal("no repeats", mentions: "nRepeats", "0") {
            _ = try permutationImportance(Formula(), x, y, nRepeats: 0)
        },
        Refusal("too few targets", mentions: "y", "2 where x has 60") {
            _ = try permutationImportance(Formula(), x, [1, 2])
        },
        Refusal("too many samples", mentions: "maxSamples", "61") {
            _ = try permutationImportance(Formula(), x, y, maxSamples: 61)
        },
        Refusal("a fraction of nothing", mentions: "maxSamples", "0.001") {
            _ = try permutationImportance(Formula(), x, y, maxSamples: 0.001)
        },
        Refusal("a scorer twice", mentions: "scoring", "r2") {
            _ = try permutationImportance(Formula(), x, y, scoring: [.r2, .r2])
        },
        Refusal("no jobs", mentions: "nJobs", "0") { _ = try permutationImportance(Formula(), x, y, nJobs: 0) },
        Refusal("weights of another number", mentions: "sampleWeight") {
            _ = try partialDependence(Formula(), x, features: [0], sampleWeight: [1])
        },
        Refusal("no feature", mentions: "features", "empty") { _ = try partialDependence(Formula(), x, features: []) },
        Refusal("a feature that is none", mentions: "features", "from 0 to 3", "contains 4") {
            _ = try partialDependence(Formula(), x, features: [4])
        },
        Refusal("a feature twice", mentions: "features", "[1, 1]") {
            _ = try partialDependence(Formula(), x, features: [1, 1])
        },
        Refusal("percentiles in a row", mentions: "percentiles", "(0.5, 0.5)") {
            _ = try partialDependence(Formula(), x, features: [1], percentiles: (0.5, 0.5))
        },
        Refusal("one point", mentions: "gridResolution", "1") {
            _ = try partialDependence(Formula(), x, features: [1], gridResolution: 1)
        },
        Refusal("values that are none", mentions: "customValues", "nan") {
            _ = try partialDependence(Formula(), x, features: [1], customValues: [1: [.nan]])
        },
        Refusal("percentiles of one value", mentions: "percentiles", "\"x0\" is 1.0") {
            let many = Matrix(rows: 60, columns: 4, elements: (0..<240).map { $0 < 232 ? 1 : Double($0) })
            _ = try partialDependence(Formula(), many, features: [0], percentiles: (0.1, 0.5), gridResolution: 3)
        },
        Refusal("a classifier that is not fitted", mentions: "Shares", "not fitted") {
            _ = try partialDependence(Shares(), x, features: [1])
        },
    ]

    @Test(arguments: refusals) func refused(_ refusal: Refusal) { refusal.check() }
}
