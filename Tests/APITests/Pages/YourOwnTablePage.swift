// The examples of Documentation/YourOwnTable.md, one program.

import Datasets
import Estimators
import Foundation
import Metrics
import ModelSelection
import NeuralNetwork
import Plotting
import Preprocessing
import Testing

@Suite struct YourOwnTablePage {
    @Test func fromATableToAModel() throws {
        let checkout = URL(filePath: #filePath).appending(path: "../../../..").standardized
        try PageSupport.inFolder { folder in
            try program(checkout.appending(path: "Examples/AdultStyleTable/people.csv"), folder)
        }
    }

    private func program(_ file: URL, _ folder: URL) throws {
        let people = try readCSV(file)
        let y = try people.strings("income").map { $0 ?? "unknown" }
        let x = try people.droppingColumns(["income"])
        let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(x, y, testSize: 0.25, randomState: 0, stratify: y)

        let columns = ColumnTransformer([
            .numbers(["age", "schooling", "hours"], Chain(SimpleImputer(strategy: .median), StandardScaler())),
            .words(["trade", "region"], OneHotEncoder<String?>(handleUnknown: .ignore)),
        ])
        typealias Model = TablePipeline<MLPClassifier<String, Double>>
        let model = Model(columns, MLPClassifier(hiddenLayerSizes: [8], solver: .lbfgs, maxIter: 300, randomState: 1))

        let scores = try crossValScore(model, xTrain, yTrain, cv: 5)
        print("before:", scores)

        var search = GridSearchCV(model, paramGrid: [.init(\.last.alpha, [0.01, 0.1, 1, 10])], nJobs: -1, cv: 5)
        try search.fit(xTrain, yTrain)
        print("best:", search.bestParams.map(\.description) ?? "none", search.bestScore ?? 0)

        let yPred = try search.predict(xTest)
        print(try classificationReport(yTest, yPred))
        try ConfusionMatrixDisplay(yTest, yPred).write(to: folder.appending(path: "confusion-matrix.svg"))

        let url = folder.appending(path: "income.safetensors")
        if let best = search.bestEstimator {
            try best.save(to: url)
        }

        let loaded = try Model(contentsOf: url)
        print(try loaded.predict(xTest) == yPred)

        #expect(try loaded.predict(xTest) == yPred)
        #expect(FileManager.default.fileExists(atPath: folder.appending(path: "confusion-matrix.svg").path))
        #expect(try accuracyScore(yTest, yPred) > 0.7)
    }
}
