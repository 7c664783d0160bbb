import Composition
import Datasets
import Estimators
import Foundation
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import Preprocessing
import Tables
import Testing

@Suite struct CompositionTests {
    @Test func aFunctionOfTheTargetsIsLearnedAndUndone() throws {
        let (x, numbers) = try makeRegression(nSamples: 60, nFeatures: 4, randomState: 1)
        let y = numbers.map { exp($0 / 200) }
        let network = MLPRegressor(hiddenLayerSizes: [6], solver: .lbfgs, maxIter: 40, randomState: 0)
        var model = TransformedTargetRegressor(network, func: { log($0) }, inverseFunc: { exp($0) })
        try model.fit(x, y)
        var plain = network
        try plain.fit(x, y.map { log($0) })
        #expect(try model.predict(x) == plain.predict(x).map { exp($0) })
        #expect(model.regressor.coefs == plain.coefs)
    }

    /// The targets of the validation set are transformed as those of the training set, by a transformer that has
    /// learned from the training set only.
    @Test func targetsOfTheValidationSetAreTransformedToo() throws {
        let (x, y) = try makeRegression(nSamples: 80, nFeatures: 4, randomState: 1)
        let (train, test) = (Array(0..<60), Array(60..<80))
        let (xTrain, yTrain) = (x.selectingRows(train), y.selectingSamples(train))
        let (xTest, yTest) = (x.selectingRows(test), y.selectingSamples(test))
        let network = MLPRegressor(hiddenLayerSizes: [6], maxIter: 20, randomState: 0, earlyStopping: true)

        var model = TransformedTargetRegressor(Pipeline(MinMaxScaler(), network), transformer: StandardScaler())
        try model.fit(xTrain, yTrain, validation: (xTest, yTest))

        var (scaler, targets, plain) = (MinMaxScaler(), StandardScaler(), network)
        let column = { (y: [Double]) in Matrix(rows: y.count, columns: 1, elements: y) }
        let scaled = try targets.fitTransform(column(yTrain)).elements
        let scaledTest = try targets.transform(column(yTest)).elements
        try plain.fit(
            scaler.fitTransform(xTrain), scaled, validation: (scaler.transform(xTest), scaledTest))
        #expect(model.regressor.last == plain)
        #expect(model.regressor.last.validationLossCurve == plain.validationLossCurve)
        #expect(model.transformer == targets)

        var untouched = model
        #expect(throws: EstimatorError.self) { try untouched.fit(xTrain, yTrain, validation: (xTest, [.nan])) }
        #expect(untouched == model)
    }

    /// A table with categorical columns and missing values gives the same results inside a fold as outside.
    @Test func tablesAreCrossValidatedWithTheirColumns() throws {
        let table = try Table([
            "size": .numbers((0..<40).map { $0 % 9 == 0 ? .nan : Double($0 % 7) }),
            "color": .strings((0..<40).map { $0 % 11 == 0 ? nil : ["red", "green", "blue"][$0 % 3] }),
        ])
        let y = (0..<40).map { ($0 % 7) + ($0 % 3) > 4 ? "yes" : "no" }
        let columns = ColumnTransformer([
            .numeric(["size"], Chain(SimpleImputer(), StandardScaler())),
            .categorical(["color"], OneHotEncoder<String?>(handleUnknown: .ignore)),
        ])
        let pipeline = TablePipeline(
            columns, MLPClassifier<String, Double>(hiddenLayerSizes: [4], solver: .lbfgs, maxIter: 30, randomState: 0))
        let scores = try crossValScore(pipeline, table, y, cv: 4)

        for (score, split) in zip(scores, try StratifiedKFold(nSplits: 4).split(y)) {
            var (columns, network) = (columns, pipeline.last)
            let xTrain = try columns.fitTransform(table.selectingRows(split.train))
            try network.fit(xTrain, y.selectingSamples(split.train))
            let xTest = try columns.transform(table.selectingRows(split.test))
            #expect(try network.score(xTest, y.selectingSamples(split.test)) == score)
        }

        var search = GridSearchCV(pipeline, paramGrid: [.init(\.last.alpha, [0.01, 1])], nJobs: 2, cv: 4)
        try search.fit(table, y)
        #expect(search.cvResults.params.map(\.names) == [["last.alpha"], ["last.alpha"]])
        #expect(try search.predictProba(table).columns == 2)
    }
}
