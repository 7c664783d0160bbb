// The examples of Documentation/YourOwnTable.md, one program.

import Composition
import Estimators
import Foundation
import Metrics
import ModelFiles
import ModelSelection
import NeuralNetwork
import Plotting
import Preprocessing
import Tables
import Testing

@Suite struct YourOwnTablePage {
    @Test func fromATableToAModel() throws {
        let checkout = URL(filePath: #filePath).appending(path: "../../../..").standardized
        try PageSupport.inFolder { folder in
            let newFile = folder.appending(path: "new.csv")
            let text = "region,age,trade,hours,schooling\n,30,nurse,,12\n"
            try text.write(to: newFile, atomically: true, encoding: .utf8)
            try program(checkout.appending(path: "Examples/AdultStyleTable/people.csv"), newFile, folder)
        }
    }

    private func program(_ file: URL, _ newFile: URL, _ folder: URL) throws {
        let people = try readCSV(file)
        print(people.describe())
        let y = try people.strings("income").map { $0 ?? "unknown" }
        let x = try people.droppingColumns(["income"])
        let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(x, y, testSize: 0.25, randomState: 0, stratify: y)

        var wider = try people.addingColumn("family", .numbers(people.numbers("age").map { $0 / 10 }))
        wider = try wider.renamingColumns(["hours": "hoursPerWeek"])
        print(wider.missingCounts, try wider.valueCounts("trade").prefix(3))
        try wider.writeCSV(to: folder.appending(path: "wider.csv"))

        let columns = ColumnTransformer([
            .numeric(["age", "schooling", "hours"], SimpleImputer(strategy: .median), StandardScaler()),
            .categorical(["trade"], CategoryImputer(), OneHotEncoder<String?>(handleUnknown: .ignore)),
            .categorical(["region"], OneHotEncoder<String?>(handleUnknown: .ignore)),
        ])
        typealias Model = TablePipeline<MLPClassifier<String, Double>>
        let model = Model(columns, MLPClassifier(hiddenLayerSizes: [8], solver: .lbfgs, maxIter: 300, randomState: 1))

        let scores = try crossValScore(model, xTrain, yTrain, cv: 5)
        print("before:", scores)

        var search = GridSearchCV(model, paramGrid: [.init(\.last.alpha, [0.01, 0.1, 1, 10])], nJobs: -1, cv: 5)
        try search.fit(xTrain, yTrain)
        print(search.cvResults)
        print("best:", search.bestParams.map(\.description) ?? "none", search.bestScore ?? 0)

        let yPred = try search.predict(xTest)
        print(try classificationReport(yTest, yPred))
        try ConfusionMatrixDisplay(yTest, yPred).write(to: folder.appending(path: "confusion-matrix.svg"))

        try LossCurveDisplay(search).write(to: folder.appending(path: "loss.svg"))
        try search.writeReport(to: folder.appending(path: "report.html"), test: (xTest, yTest), title: "Income")

        let url = folder.appending(path: "income.safetensors")
        if let best = search.bestEstimator {
            try best.save(to: url)
        }

        let loaded = try Model(contentsOf: url)
        print(try loaded.predict(xTest) == yPred)

        #expect(try loaded.predict(xTest) == yPred)
        #expect(try accuracyScore(yTest, yPred) > 0.7)
        try predictNewRows(newFile, loaded)
        try learnYears(people, folder)

        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(
            files == [
                "confusion-matrix.svg", "income.safetensors", "loss.svg", "new.csv", "report.html", "wider.csv",
                "years.safetensors",
            ])
    }

    private func predictNewRows(_ newFile: URL, _ loaded: TablePipeline<MLPClassifier<String, Double>>) throws {
        let newRows = try readCSV(newFile, for: loaded)
        print(try loaded.predict(newRows))

        let row = try Table([
            "age": .numbers([41]), "schooling": .numbers([.nan]), "hours": .numbers([38]),
            "trade": .strings(["nurse"]), "region": .strings([nil]),
        ])
        let probabilities = try loaded.predictProba(row)
        print(loaded.classes, probabilities.row(0), probabilities[0, 1])

        #expect(try loaded.predict(newRows).count == 1)
        #expect(loaded.classes.count == probabilities.columns)
    }

    @Test func largerThanMemory() throws {
        try PageSupport.inFolder { folder in
            let houses = folder.appending(path: "houses.csv")
            let lines = (0..<250).map { "\($0 % 7),\($0 % 50),\(Double($0 % 7) - 0.02 * Double($0 % 50))" }
            let text = (["rooms,age,price"] + lines).joined(separator: "\n")
            try text.write(to: houses, atomically: true, encoding: .utf8)

            var mlp = MLPRegressor(hiddenLayerSizes: [5], learningRateInit: 0.01, randomState: 1)
            for _ in 1...20 {
                for batch in try CSVBatches(contentsOf: houses, batchSize: 100) {
                    let rows = try batch.get()
                    try mlp.partialFit(rows.matrix(of: ["rooms", "age"]), rows.numbers("price"))
                }
            }

            #expect(mlp.t == 20 * 250)
            #expect(mlp.lossCurve[57] < mlp.lossCurve[0])
        }
    }

    private func learnYears(_ people: Table, _ folder: URL) throws {
        let years = try people.numbers("schooling")
        let known = people.selectingRows(years.indices.filter { !years[$0].isNaN })

        let yearColumns = ColumnTransformer([
            .numeric(["age", "hours"], SimpleImputer(strategy: .median), StandardScaler()),
            .categorical(["trade", "region", "income"], OneHotEncoder<String?>(handleUnknown: .ignore)),
        ])
        typealias Years = TransformedTargetRegressor<TablePipeline<MLPRegressor<Double, Double>>, StandardScaler>
        let network = MLPRegressor(hiddenLayerSizes: [5], solver: .lbfgs, maxIter: 300, randomState: 1)
        var yearSearch = GridSearchCV(
            Years(TablePipeline(yearColumns, network), transformer: StandardScaler()),
            paramGrid: [.init(\.regressor.last.alpha, [0.1, 1, 10])], nJobs: -1, cv: 5)
        try yearSearch.fit(known, known.numbers("schooling"))
        print("R²:", yearSearch.bestScore ?? 0, try yearSearch.predict(known.selectingRows([0, 1])))
        try yearSearch.bestEstimator?.save(to: folder.appending(path: "years.safetensors"))

        #expect(yearSearch.bestScore ?? 0 > 0.1)
        let loaded = try Years(contentsOf: folder.appending(path: "years.safetensors"))
        #expect(try loaded.predict(known) == yearSearch.predict(known))
    }
}
