// Statements as a client of the package writes them, with plain imports. Compiling this file is half of the test.

import Composition
import Datasets
import Estimators
import LinearAlgebra
import Metrics
import ModelSelection
import NeuralNetwork
import NumPyRandom
import Preprocessing
import Testing

@Suite struct APIExampleTests {
    @Test func theIrisWalkthrough() throws {
        let iris = try loadIris()
        let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(iris.data, iris.target, testSize: 0.2, randomState: 42)

        var scaler = StandardScaler()
        let xTrainScaled = try scaler.fitTransform(xTrain)
        let xTestScaled = try scaler.transform(xTest)

        var mlp = MLPClassifier(
            hiddenLayerSizes: [100], activation: .relu, solver: .adam, maxIter: 100, randomState: 42, verbose: false)
        try mlp.fit(xTrainScaled, yTrain)

        let yPred = try mlp.predict(xTestScaled)
        #expect(try accuracyScore(yTest, yPred) == 14.0 / 15.0)
    }

    @Test func matrices() {
        let m: Matrix<Double> = [[1, 2], [3, 4]]
        let z = Matrix<Double>(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6])
        #expect((m.rows, m.columns) == (2, 2))
        #expect(m.elements == [1, 2, 3, 4])
        #expect(m[0, 1] == 2)
        let part = z.selectingRows([1, 0, 1])
        #expect(part == [[4, 5, 6], [1, 2, 3], [4, 5, 6]])
    }

    @Test func everyParameter() throws {
        var mlp = MLPClassifier(
            hiddenLayerSizes: [100], activation: .relu, solver: .adam, alpha: 0.0001, batchSize: .auto,
            learningRate: .constant, learningRateInit: 0.001, powerT: 0.5, maxIter: 200, shuffle: true,
            randomState: nil,
            tol: 1e-4, verbose: false, warmStart: false, momentum: 0.9, nesterovsMomentum: true, earlyStopping: false,
            validationFraction: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, nIterNoChange: 10, maxFun: 15000)
        #expect(mlp == MLPClassifier())
        mlp = MLPClassifier(batchSize: 64, nIterNoChange: .max)
        mlp.alpha = 0.01
        mlp.hiddenLayerSizes = [5]
        mlp.randomState = 1
        #expect(mlp.alpha == 0.01)
        let regressor = MLPRegressor(loss: .squaredError, hiddenLayerSizes: [50, 50], solver: .lbfgs)
        #expect(regressor.solver == .lbfgs)
        #expect(MLPRegressor(loss: .poisson).loss == .poisson)
    }

    @Test func fittingAndAsking() throws {
        let iris = try loadIris()
        let (x, y) = (iris.data, iris.target)
        var mlp = MLPClassifier(hiddenLayerSizes: [10], maxIter: 20, randomState: 1)
        #expect(mlp.coefs.isEmpty && mlp.lossCurve.isEmpty && mlp.classes.isEmpty)
        #expect(mlp.finalLoss == nil && mlp.nIter == nil && mlp.outActivation == nil)
        let weights = [Double](repeating: 1, count: 150)
        try mlp.fit(x, y)
        try mlp.fit(x, y, sampleWeight: weights)
        try mlp.partialFit(x, y, classes: [0, 1, 2])
        let p: Matrix<Double> = try mlp.predictProba(x)
        let logP = try mlp.predictLogProba(x)
        let accuracy: Double = try mlp.score(x, y)
        #expect(p.columns == 3 && logP.rows == 150 && accuracy > 0.3)
        #expect(mlp.classes == [0, 1, 2])
        let coefs: [Matrix<Double>] = mlp.coefs
        let intercepts: [[Double]] = mlp.intercepts
        #expect(coefs.map(\.rows) == [4, 10] && intercepts.map(\.count) == [10, 3])
        let curve: [Double] = mlp.lossCurve
        #expect(curve.count == 21 && mlp.finalLoss == curve.last && mlp.bestLoss == curve.min())
        #expect(mlp.validationScores.isEmpty && mlp.bestValidationScore == nil)
        #expect((mlp.nIter, mlp.nLayers, mlp.nOutputs, mlp.nFeaturesIn, mlp.t) == (1, 3, 3, 4, 21 * 150))
        #expect(mlp.outActivation == .softmax && mlp.stopReason == .partialFit)
    }

    @Test func otherTargetsAndPrecisions() throws {
        let x: Matrix<Float> = [[0, 0], [0, 1], [1, 0], [1, 1]]
        var words = MLPClassifier<String, Float>(hiddenLayerSizes: [4], maxIter: 5, randomState: 0)
        try words.fit(x, ["no", "yes", "yes", "no"])
        #expect(words.classes == ["no", "yes"])

        var labels = MLPClassifier<[Int], Double>(hiddenLayerSizes: [4], maxIter: 5, randomState: 0)
        try labels.fit([[0, 0], [0, 1], [1, 0]], [[0, 1], [1, 1], [1, 0]])
        #expect(try labels.predict([[0, 1]])[0].count == 2)

        var several = MLPRegressor<[Double], Double>(hiddenLayerSizes: [4], maxIter: 5, randomState: 0)
        try several.fit([[0, 0], [0, 1], [1, 0]], [[0, 1], [1, 1], [1, 0]])
        #expect(several.nOutputs == 2)

        var single = MLPRegressor<Float, Float>(hiddenLayerSizes: [4], maxIter: 5, randomState: 0)
        try single.fit(x, [0, 1, 1, 0])
        let predicted: [Float] = try single.predict(x)
        #expect(predicted.count == 4)
    }

    @Test func splits() throws {
        let x = Matrix<Double>(rows: 100, columns: 2, repeating: 0)
        let y = (0..<100).map { $0 % 3 }
        let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(x, y, testSize: 30, randomState: 0, stratify: y)
        #expect((xTrain.rows, xTest.rows, yTrain.count, yTest.count) == (70, 30, 70, 30))
        let (train, test) = try trainTestSplit(y, trainSize: 0.5, shuffle: false)
        #expect(train + test == y)
        let parts = try trainTestSplit(x, y, y.map(Double.init), randomState: 0)
        #expect(parts.zTrain.count == 75)
    }

    @Test func randomNumbers() throws {
        var generator = RandomState(seed: 42)
        #expect(try generator.randint(low: 0, high: 100, size: 3) == [51, 92, 14])
        #expect([1, 2, 3].shuffled(using: &generator).count == 3)
    }

    @Test func dataSets() throws {
        let wine = try loadWine()
        let cancer = try loadBreastCancer()
        let digits = try loadDigits()
        let diabetes = try loadDiabetes()
        #expect((wine.data.rows, cancer.data.rows, digits.data.rows, diabetes.data.rows) == (178, 569, 1797, 442))
        let (x, y) = try makeClassification(nSamples: 200, nFeatures: 8, randomState: 0)
        #expect(x.rows == 200 && x.columns == 8 && Set(y) == [0, 1])
    }

    @Test func modelSelection() throws {
        let (x, y) = try makeClassification(nSamples: 80, nFeatures: 6, randomState: 0)
        let numbers = y.map(Double.init)
        let folds = try KFold(nSplits: 5, shuffle: true, randomState: 7).split(nSamples: 150)
        let strata = try StratifiedKFold(nSplits: 5).split(y)
        let draws = try ShuffleSplit(nSplits: 3, testSize: 0.25, randomState: 6).split(nSamples: 40)
        #expect((folds.count, strata.count, draws.count) == (5, 5, 3))
        #expect(folds[0].train.count == 120 && folds[0].test.count == 30)
        let scores: [Double] = try crossValScore(MLPRegressor(maxIter: 6, randomState: 1), x, numbers, cv: 5)
        let losses = try crossValScore(
            MLPRegressor(maxIter: 6, randomState: 1), x, numbers, scoring: .negMeanSquaredError,
            cv: KFold(nSplits: 4, shuffle: true, randomState: 3))
        #expect(scores.count == 5 && losses.allSatisfy { $0 < 0 })

        var search = GridSearchCV(
            MLPClassifier(maxIter: 4, randomState: 1),
            paramGrid: [
                .init(\.activation, [.relu, .tanh]),
                .init(\.alpha, [1e-4, 1.0]),
                .init(\.hiddenLayerSizes, [[5], [20]]),
            ],
            scoring: .accuracy, nJobs: 2, cv: 4)
        try search.fit(x, y)
        #expect(search.bestIndex != nil && search.bestScore != nil && search.bestEstimator != nil)
        #expect(search.bestParams?[\.alpha] != nil)
        #expect(search.cvResults.meanTestScore.count == 8 && search.cvResults.stdTestScore.count == 8)
        #expect(search.cvResults.rankTestScore.contains(1) && search.cvResults.params.count == 8)
        #expect(try search.predict(x).count == 80)

        var random = RandomizedSearchCV(
            MLPClassifier(maxIter: 4, randomState: 1),
            paramDistributions: [
                .init(\.alpha, .logUniform(1e-5, 1e-1)), .init(\.hiddenLayerSizes, .choice([[5], [20], [20, 20]])),
            ],
            nIter: 3, randomState: 0)
        try random.fit(x, y)
        #expect(random.cvResults.params.count == 3)

        var pipeline = Pipeline(StandardScaler(), MLPClassifier(maxIter: 4, randomState: 1))
        try pipeline.fit(x, y)
        #expect(try pipeline.predict(x).count == 80)
    }

    @Test func metrics() throws {
        let yTrue = [0, 1, 1, 0, 1]
        let yPred = [0, 1, 0, 0, 1]
        let yScore = [0.1, 0.9, 0.4, 0.2, 0.8]
        let classScores = [
            try balancedAccuracyScore(yTrue, yPred), try precisionScore(yTrue, yPred), try recallScore(yTrue, yPred),
            try f1Score(yTrue, yPred, average: .macro), try fbetaScore(yTrue, yPred, beta: 2, average: .weighted),
            try rocAUCScore(yTrue, yScore), try averagePrecisionScore(yTrue, yScore),
            try matthewsCorrcoef(yTrue, yPred), try cohenKappaScore(yTrue, yPred),
        ]
        #expect(classScores.allSatisfy { $0 > 0.5 && $0 <= 1 })
        #expect(try logLoss(yTrue, yScore) < 1)
        #expect(try confusionMatrix(yTrue, yPred) == [[2, 0], [1, 2]])
        #expect(try classificationReport(yTrue, yPred).description.contains("macro avg"))
        #expect(try rocCurve(yTrue, yScore).fpr.first == 0)
        #expect(try precisionRecallCurve(yTrue, yScore).recall.last == 0)

        let (a, b) = ([1.0, 2, 3], [1.0, 2.5, 3.5])
        let errors = [
            try meanSquaredError(a, b), try rootMeanSquaredError(a, b), try meanAbsoluteError(a, b),
            try medianAbsoluteError(a, b), try meanAbsolutePercentageError(a, b), try maxError(a, b),
            try meanPoissonDeviance(a, b),
        ]
        #expect(errors.allSatisfy { $0 > 0 && $0 <= 0.5 })
        #expect(try r2Score(a, b) < explainedVarianceScore(a, b))
    }
}
