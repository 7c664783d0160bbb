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

    /// Vectors and blocks of variants are whole and partial; some outputs are computed together, others are not.
    @Test(arguments: 1...6, [1, 48, 83]) func anyNumberOfOutputsAndVariants(outputs: Int, rows: Int) throws {
        let x = Self.x.selectingRows(Array(0..<rows))
        let y = (0..<300).map { row in (0..<outputs).map { Double($0 + 1) * Self.y[row] + Self.x[row, 4] } }
        let network = try MLPRegressor<[Double], Double>(hiddenLayerSizes: [13], maxIter: 20, randomState: 0).fitted(
            Self.x, y)
        for points in 1...11 {
            let values = [2: (0..<points).map { 0.3 * Double($0) - 1 }]
            let fast = try partialDependence(network, x, features: [2], customValues: values, kind: .both)
            let slow = try partialDependence(
                Opaque(model: network), x, features: [2], customValues: values, kind: .both)
            #expect(close(fast.average.flat, slow.average.flat, 1e-12))
            #expect(close(fast.individual.flatMap(\.self).flat, slow.individual.flatMap(\.self).flat, 1e-12))
        }
    }

    @Test(arguments: [[], [6], [7, 5]]) func floatsEqualThoseOfWholeSamples(hidden: [Int]) throws {
        let (x, y) = (Self.x.map { Float($0) }, Self.y.map { Float($0) })
        let network = try MLPRegressor<Float, Float>(hiddenLayerSizes: hidden, maxIter: 20, randomState: 0).fitted(x, y)
        let fast = try permutationImportance(network, x, y, nRepeats: 6, randomState: 1)
        let slow = try permutationImportance(Opaque(model: network), x, y, nRepeats: 6, randomState: 1)
        #expect(close(fast.importances.flat, slow.importances.flat, 1e-5))
        let curve = try partialDependence(network, x, features: [1], gridResolution: 9)
        let same = try partialDependence(Opaque(model: network), x, features: [1], gridResolution: 9)
        #expect(close(curve.average.flat, same.average.flat, 1e-5))
    }

    @Test(arguments: 2...7) func classesEqualThoseOfWholeSamples(count: Int) throws {
        let classes = Self.y.map { min(max(Int(($0 + 3) * Double(count) / 6), 0), count - 1) }
        let network = try MLPClassifier(hiddenLayerSizes: [7], maxIter: 30, randomState: 0).fitted(Self.x, classes)
        let fast = try permutationImportance(network, Self.x, classes, nRepeats: 3, randomState: 1)
        let slow = try permutationImportance(Opaque(model: network), Self.x, classes, nRepeats: 3, randomState: 1)
        #expect(fast.importances == slow.importances)
    }

    /// Scorers that are known to read predictions only need no shuffled samples; others receive them.
    @Test func knownScorersAreLikeOthers() throws {
        func unknown<Model>(_ scorer: Scorer<Model>) -> Scorer<Model> {
            Scorer(scorer.name) { try scorer($0, $1, $2, sampleWeight: $3) }
        }
        func check<Model: MatrixEstimator>(
            _ network: Model, _ y: [Model.Target], _ scorers: [Scorer<Model>]
        ) throws where Model.Scalar == Double {
            let weights = (0..<300).map { Double($0 % 4) }
            let known = try permutationImportance(
                network, Self.x, y, scoring: scorers, nRepeats: 3, randomState: 1, sampleWeight: weights)
            let others = try permutationImportance(
                network, Self.x, y, scoring: scorers.map(unknown), nRepeats: 3, randomState: 1, sampleWeight: weights)
            #expect(known == others && known.count == scorers.count)
        }
        let regressor = try MLPRegressor(hiddenLayerSizes: [7], maxIter: 20, randomState: 0).fitted(Self.x, Self.y)
        try check(regressor, Self.y, [.score, .r2, .negMeanSquaredError, .explainedVariance, .negMedianAbsoluteError])
        let classifier = try MLPClassifier(hiddenLayerSizes: [7], maxIter: 20, randomState: 0).fitted(
            Self.x, Self.classes)
        try check(classifier, Self.classes, [.score, .accuracy, .f1Macro, .negLogLoss, .rocAUCOvr])
    }

    @Test func aScorerMayReadTheSamples() throws {
        let network = try MLPRegressor(hiddenLayerSizes: [7], maxIter: 20, randomState: 0).fitted(Self.x, Self.y)
        func ofSamples<Model: MatrixEstimator>(_: Model.Type) -> Scorer<Model>
        where Model.Scalar == Double, Model.Target == Double {
            Scorer("samples") { model, x, y in try x[7, 1] + r2Score(y, model.predict(x)) }
        }
        let fast = try permutationImportance(
            network, Self.x, Self.y, scoring: ofSamples(MLPRegressor<Double, Double>.self), randomState: 1)
        let slow = try permutationImportance(
            Opaque(model: network), Self.x, Self.y, scoring: ofSamples(Opaque<MLPRegressor<Double, Double>>.self),
            randomState: 1)
        #expect(close(fast.importances.flat, slow.importances.flat, 1e-12))
        #expect(Set(fast.importances[1]).count > 1)
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
