import Composition
import Estimators
import LinearAlgebra
import Metrics
import ModelSelection
import NeuralNetwork
import Preprocessing
import TestSupport
import Testing

@Suite struct ValidationEqualityTests {
    let expected: Expected
    let x: Matrix<Double>
    let classes: [Int]
    let features: Matrix<Double>
    let widths: [Double]

    struct Expected: Decodable, Sendable {
        let stratified, folds, drawn, pipeline, nested: [Double]
        let regressionScores, poissonScores, classScores, pairScores: [String: [[Double]]]
        let predictedClasses: [Int]
        let predictedWidths, transformedTarget: [Double]
        let probabilities: [[Double]]
        let learningCurve, learningCurveOfCounts: Curve
        let validationCurve: [[[Double]]]
        let permutation, groupedPermutation: Permutation
    }

    struct Curve: Decodable, Sendable {
        let sizes: [Int]
        let train, test: [[Double]]

        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            sizes = try parts.decode([Int].self)
            train = try parts.decode([[Double]].self)
            test = try parts.decode([[Double]].self)
        }
    }

    struct Permutation: Decodable, Sendable {
        let score: Double
        let permuted: [Double]
        let pvalue: Double

        init(from decoder: any Decoder) throws {
            var parts = try decoder.unkeyedContainer()
            score = try parts.decode(Double.self)
            permuted = try parts.decode([Double].self)
            pvalue = try parts.decode(Double.self)
        }
    }

    init() throws {
        expected = try fixture("validation", in: .module)
        (x, classes) = (try Iris.x(), try Iris.classes())
        (features, widths) = (try Iris.features(), try Iris.widths())
    }

    @Test func scoresOfSplits() throws {
        expectEqual(try crossValScore(classifier(), x, classes, cv: 5), expected.stratified)
        expectEqual(try crossValScore(regressor(), features, widths), expected.folds)
        let draws = ShuffleSplit(nSplits: 3, testSize: 0.25, randomState: 6)
        expectEqual(try crossValScore(classifier(), x, classes, cv: draws), expected.drawn)
    }

    @Test func regressionScorers() throws {
        let scorers: [Scorer<MLPRegressor<Double, Double>>] = [
            .r2, .explainedVariance, .negMeanSquaredError, .negRootMeanSquaredError, .negMeanAbsoluteError,
            .negMedianAbsoluteError, .negMeanAbsolutePercentageError, .negMaxError,
        ]
        let result = try crossValidate(
            regressor(), features, widths, scoring: scorers, cv: shuffled, returnTrainScore: true)
        expectEqual(result, expected.regressionScores)
        let poisson = try crossValidate(
            regressor(loss: .poisson), features, widths, scoring: [.negMeanPoissonDeviance], cv: shuffled,
            returnTrainScore: true)
        expectEqual(poisson, expected.poissonScores)
    }

    @Test func classificationScorers() throws {
        let scorers: [Scorer<MLPClassifier<Int, Double>>] = [
            .accuracy, .balancedAccuracy, .f1Macro, .f1Micro, .f1Weighted, .precisionMacro, .precisionMicro,
            .precisionWeighted, .recallMacro, .recallMicro, .recallWeighted, .matthewsCorrcoef, .negLogLoss, .rocAUCOvr,
            .rocAUCOvo,
        ]
        let result = try crossValidate(classifier(), x, classes, scoring: scorers, cv: 5, returnTrainScore: true)
        expectEqual(result, expected.classScores)
    }

    @Test func scorersOfTwoClasses() throws {
        let pair = classes.indices.filter { classes[$0] > 0 }
        let result = try crossValidate(
            classifier(), x.selectingRows(pair), pair.map { classes[$0] - 1 },
            scoring: [.f1, .precision, .recall, .rocAUC, .averagePrecision, .negLogLoss], cv: 4, returnTrainScore: true)
        expectEqual(result, expected.pairScores)
    }

    @Test func furtherScorers() throws {
        let expected: [String: [String: [[Double]]]] = try fixture("scorers", in: .module)
        let all = try crossValidate(
            classifier(), x, classes,
            scoring: [
                .rocAUCOvrWeighted, .rocAUCOvoWeighted, .topKAccuracy, .negBrierScore, .jaccardMacro, .jaccardMicro,
                .jaccardWeighted,
            ], cv: 5, returnTrainScore: true)
        expectEqual(all, try #require(expected["classes"]))

        let pair = classes.indices.filter { classes[$0] > 0 }
        let two = try crossValidate(
            classifier(), x.selectingRows(pair), pair.map { classes[$0] - 1 },
            scoring: [.jaccard, .negBrierScore, .topKAccuracy], cv: 4, returnTrainScore: true)
        expectEqual(two, try #require(expected["pair"]))

        let rows = classes.indices.map { [classes[$0] > 0, x[$0, 0] > 5.8, x[$0, 1] > 3].map { $0 ? 1 : 0 } }
        let network = MLPClassifier<[Int], Double>(
            hiddenLayerSizes: [5], learningRateInit: 0.02, maxIter: 30, randomState: 1)
        let multilabel = try crossValidate(
            network, x, rows, scoring: [.f1Samples, .precisionSamples, .recallSamples, .jaccardSamples], cv: shuffled,
            returnTrainScore: true)
        expectEqual(multilabel, try #require(expected["rows"]))

        let rates = try crossValidate(
            regressor(loss: .poisson), features, widths,
            scoring: [.negMeanGammaDeviance, .negMeanSquaredLogError, .negRootMeanSquaredLogError], cv: shuffled,
            returnTrainScore: true)
        expectEqual(rates, try #require(expected["rates"]))
    }

    private func expectEqual<Model>(
        _ result: CrossValidationResult<Model>, _ expected: [String: [[Double]]],
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(Set(result.testScores.keys) == Set(expected.keys), sourceLocation: sourceLocation)
        #expect(result.errors.isEmpty, sourceLocation: sourceLocation)
        for (name, scores) in expected {
            SearchTests.expectEqual(
                [result.testScores[name] ?? [], result.trainScores[name] ?? []], scores, name,
                sourceLocation: sourceLocation)
        }
    }

    private func expectEqual(
        _ actual: [Double], _ expected: [Double], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        SearchTests.expectEqual(actual, expected, sourceLocation: sourceLocation)
    }

    @Test func predictions() throws {
        #expect(try crossValPredict(classifier(), x, classes, cv: 5) == expected.predictedClasses)
        expectEqual(try crossValPredict(regressor(), features, widths, cv: shuffled), expected.predictedWidths)
    }

    @Test func probabilitiesOfMissingClassesAreZero() throws {
        let probabilities = try crossValPredictProba(classifier(), x, classes, cv: KFold(nSplits: 3))
        let shown = stride(from: 0, to: 150, by: 10).map { Array(probabilities.row($0)) }
        SearchTests.expectEqual(shown, expected.probabilities)
        #expect(shown[0][0] == 0 && shown[14][2] == 0)
    }

    @Test func curves() throws {
        func check(_ curve: LearningCurve, _ expected: Curve) {
            #expect(curve.trainSizes == expected.sizes)
            SearchTests.expectEqual(curve.trainScores, expected.train)
            SearchTests.expectEqual(curve.testScores, expected.test)
        }
        check(try learningCurve(classifier(), x, classes, cv: 5, shuffle: true, randomState: 2), expected.learningCurve)
        check(
            try learningCurve(regressor(), features, widths, trainSizes: [100, 30, 30], cv: shuffled),
            expected.learningCurveOfCounts)
        let curve = try validationCurve(
            regressor(), features, widths, param: \.alpha, range: [1e-4, 1, 100], cv: shuffled)
        SearchTests.expectEqual(curve.trainScores, expected.validationCurve[0])
        SearchTests.expectEqual(curve.testScores, expected.validationCurve[1])
    }

    @Test func permutations() throws {
        let all = try permutationTestScore(classifier(), x, classes, cv: 3, nPermutations: 12, randomState: 5)
        expectEqual([all.score, all.pvalue] + all.permutationScores, expected.permutation)
        let groups = (0..<150).map { $0 / 40 }
        let grouped = try permutationTestScore(classifier(), x, classes, groups: groups, cv: 3, nPermutations: 4)
        expectEqual([grouped.score, grouped.pvalue] + grouped.permutationScores, expected.groupedPermutation)
    }

    private func expectEqual(_ actual: [Double], _ expected: Permutation) {
        expectEqual(actual, [expected.score, expected.pvalue] + expected.permuted)
    }

    @Test func compositions() throws {
        expectEqual(
            try crossValScore(Pipeline(StandardScaler(), classifier()), x, classes, cv: 5), expected.pipeline)
        let transformed = TransformedTargetRegressor(regressor(), transformer: StandardScaler())
        expectEqual(
            try crossValPredict(transformed, features, widths.map { 100 * $0 - 30 }, cv: shuffled),
            expected.transformedTarget)
    }

    @Test func searchesAreEstimators() throws {
        let search = GridSearchCV(
            classifier(), paramGrid: [.init(\.alpha, [1e-4, 10])], scoring: .negLogLoss, cv: 3)
        expectEqual(try crossValScore(search, x, classes, cv: 3), expected.nested)
    }
}
