import Composition
import Datasets
import Estimators
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import Preprocessing
import Testing

/// The test side of a split as the validation set of the fit on the training side.
@Suite struct ValidationSideTests {
    private typealias Model = Pipeline<StandardScaler, MLPClassifier<Int, Double>>

    private let cv = StratifiedKFold(nSplits: 3)
    private let estimator = Pipeline(
        StandardScaler(),
        MLPClassifier(
            hiddenLayerSizes: [6], learningRateInit: 0.02, maxIter: 40, randomState: 1, earlyStopping: true,
            nIterNoChange: 3))

    @Test func aSearchScoresWhatIsStoppedByTheSameSide() throws {
        let iris = try loadIris()
        var search = GridSearchCV(estimator, paramGrid: [.init(\.last.alpha, [1e-4, 1])], nJobs: 2, cv: cv)
        search.validatesOnTestSide = true
        try search.fit(iris.data, iris.target)

        for (candidate, alpha) in [1e-4, 1].enumerated() {
            let scores = try cv.split(iris.target).map { train, test in
                var model = estimator
                model.last.alpha = alpha
                let xTest = iris.data.selectingRows(test)
                let yTest = iris.target.selectingSamples(test)
                try model.fit(
                    iris.data.selectingRows(train), iris.target.selectingSamples(train), validation: (xTest, yTest))
                // The steps of a pipeline, done by hand.
                var scaler = StandardScaler()
                let xTrain = try scaler.fitTransform(iris.data.selectingRows(train))
                var mlp = estimator.last
                mlp.alpha = alpha
                try mlp.fit(
                    xTrain, iris.target.selectingSamples(train), validation: (try scaler.transform(xTest), yTest))
                #expect(model.last == mlp)
                #expect(try model.score(xTest, yTest) == mlp.validationScores.max())
                return try model.score(xTest, yTest)
            }
            let mean = scores.reduce(0, +) / 3
            #expect(abs(search.cvResults.meanTestScore[candidate] - mean) < 1e-15)
        }
    }

    @Test func withoutItNothingOfTheTestSideIsSeen() throws {
        let iris = try loadIris()
        var search = GridSearchCV(estimator, paramGrid: [.init(\.last.alpha, [1e-4])], cv: cv)
        try search.fit(iris.data, iris.target)
        let scores = try crossValScore(estimator, iris.data, iris.target, cv: cv)
        #expect(search.cvResults.meanTestScore == [scores.reduce(0, +) / 3])
    }

    @Test func estimatorsThatTakeNoneAreRefused() throws {
        var search = GridSearchCV(Probe(), paramGrid: [.init(\.level, [0, 1])], cv: 3, errorScore: .raise)
        search.validatesOnTestSide = true
        #expect { try search.fit(Probe.x, Probe.y) } throws: { "\($0)".contains("validatesOnTestSide must be false") }
    }

    @Test func classWeightsAndMonitorsCanBeSearched() throws {
        let iris = try loadIris()
        var search = GridSearchCV(
            MLPClassifier(hiddenLayerSizes: [4], maxIter: 3, randomState: 1),
            paramGrid: [
                .init(\.classWeight, [nil, .balanced, .weights([0: 2])]), .init(\.monitor, [.score, .loss]),
            ], cv: 3)
        try search.fit(iris.data, iris.target)
        #expect(search.cvResults.params.count == 6)
        #expect("\(search.cvResults.params[3])" == "{classWeight: balanced, monitor: loss}")
    }
}
