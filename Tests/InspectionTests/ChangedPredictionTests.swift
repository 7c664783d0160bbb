import Estimators
import Inspection
import LinearAlgebra
import Metrics
import NeuralNetwork
import NumPyRandom
import Testing

/// A network predicts samples with one changed column from the known sums of its first layer.
@Suite("Predictions of changed columns")
struct ChangedPredictionTests {
    private static let x = {
        var random = RandomState(seed: 4)
        return Matrix(rows: 300, columns: 5, elements: (0..<1500).map { _ in random.standardNormal() })
    }()
    private static let y = (0..<300).map { x[$0, 0] * x[$0, 1] + 2 * x[$0, 2] - x[$0, 3] }
    private static let classes = y.map { $0 < -1 ? "low" : $0 < 1 ? "middle" : "high" }

    @Test(arguments: [[], [6], [9, 70], [8, 5, 3]], Activation.allCases)
    func theyEqualThoseOfWholeSamples(hidden: [Int], activation: Activation) throws {
        let network = try MLPRegressor(
            hiddenLayerSizes: hidden, activation: activation, maxIter: 20, randomState: 0
        ).fitted(Self.x, Self.y)
        for jobs in [1, 2] {
            let fast = try permutationImportance(
                network, Self.x, Self.y, nRepeats: 3, randomState: 1, nJobs: jobs, maxSamples: 200)
            let slow = try permutationImportance(
                Opaque(model: network), Self.x, Self.y, nRepeats: 3, randomState: 1, maxSamples: 200)
            #expect(close(fast.importances.flat, slow.importances.flat, 1e-12))
        }
        let fast = try partialDependence(network, Self.x, features: [1], gridResolution: 9, kind: .both)
        let slow = try partialDependence(
            Opaque(model: network), Self.x, features: [1], gridResolution: 9, kind: .both)
        #expect(close(fast.average.flat, slow.average.flat, 1e-12))
        #expect(close(fast.individual[0].flat, slow.individual[0].flat, 1e-12))
    }

    @Test func classesEqualThoseOfWholeSamples() throws {
        let network = try MLPClassifier(hiddenLayerSizes: [7], maxIter: 30, randomState: 0).fitted(Self.x, Self.classes)
        let fast = try permutationImportance(network, Self.x, Self.classes, nRepeats: 3, randomState: 1)
        let slow = try permutationImportance(
            Opaque(model: network), Self.x, Self.classes, nRepeats: 3, randomState: 1)
        #expect(fast.importances == slow.importances)
    }

    /// A scorer may look at other samples than it is given: the network then predicts them as usual.
    @Test func aScorerMayPredictOtherSamples() throws {
        let network = try MLPRegressor(hiddenLayerSizes: [7], maxIter: 20, randomState: 0).fitted(Self.x, Self.y)
        let half = Array(0..<150)
        func ofHalf<Model: MatrixEstimator>(_: Model.Type) -> Scorer<Model>
        where Model.Scalar == Double, Model.Target == Double {
            Scorer("half") { model, x, y in
                try r2Score(half.map { y[$0] }, model.predict(x.selectingRows(half)))
                    + r2Score(y, model.predict(x.map { $0 * 0.5 }))
            }
        }
        let fast = try permutationImportance(
            network, Self.x, Self.y, scoring: ofHalf(MLPRegressor<Double, Double>.self), randomState: 1)
        let slow = try permutationImportance(
            Opaque(model: network), Self.x, Self.y, scoring: ofHalf(Opaque<MLPRegressor<Double, Double>>.self),
            randomState: 1)
        #expect(close(fast.importances.flat, slow.importances.flat, 1e-12))
    }

    @Test func valuesThatAreNotFiniteAreErrors() throws {
        let network = try MLPRegressor(hiddenLayerSizes: [7], maxIter: 5, randomState: 0).fitted(Self.x, Self.y)
        for value in [Double.nan, .infinity] {
            #expect(throws: EstimatorError.self) {
                try partialDependence(network, Self.x, features: [1], customValues: [1: [0, value]])
            }
        }
    }

    /// Sums that cancel would lose their digits; differences of great numbers overflow.
    @Test(arguments: [1e12, 1.7e308]) func greatChangesLoseNoDigits(great: Double) throws {
        let network = try MLPRegressor(hiddenLayerSizes: [7], maxIter: 5, randomState: 0).fitted(Self.x, Self.y)
        var x = Self.x
        x[3, 1] = -great
        let fast = try partialDependence(
            network, x, features: [1], customValues: [1: [0, 1, great]], kind: .individual)
        let slow = try partialDependence(
            Opaque(model: network), x, features: [1], customValues: [1: [0, 1, great]], kind: .individual)
        #expect(close(fast.individual[0].flat, slow.individual[0].flat, 1e-12))
    }
}
