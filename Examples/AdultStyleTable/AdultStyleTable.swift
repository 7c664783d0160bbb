// Learn from a table with numbers, words and gaps, as tables are: read, split, encode, cross-validate, tune, report.
//
// The people in it do not exist.

import Foundation
import SwiftMLP

@main
struct AdultStyleTable {
    static func main() throws {
        guard let file = Bundle.module.url(forResource: "people", withExtension: "csv") else { return }
        let people = try readCSV(file)
        print(people)

        // What is to be learned is who earns more than most, from all that is known of them.
        let y = try people.strings("income").map { $0 ?? "unknown" }
        let x = try people.droppingColumns(["income"])
        let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(x, y, testSize: 0.25, randomState: 0, stratify: y)

        // Gaps among the numbers get the median, then all are scaled; each word gets a column of its own, a gap too.
        let columns = ColumnTransformer([
            .numeric(["age", "schooling", "hours"], SimpleImputer(strategy: .median), StandardScaler()),
            .categorical(["trade", "region"], OneHotEncoder<String?>(handleUnknown: .ignore)),
        ])
        let pipeline = TablePipeline(
            columns, MLPClassifier<String, Double>(hiddenLayerSizes: [8], solver: .lbfgs, maxIter: 300, randomState: 1))

        // Medians, scales and words are learned anew from each training side: nothing of the test side leaks in.
        let scores = try crossValScore(pipeline, xTrain, yTrain, cv: 5)
        print("Accuracy before tuning:", scores.map { ($0 * 1000).rounded() / 1000 })

        var search = GridSearchCV(
            pipeline, paramGrid: [.init(\.last.alpha, [0.01, 0.1, 1, 10])], scoring: .accuracy, nJobs: -1, cv: 5)
        try search.fit(xTrain, yTrain)
        print(search.cvResults)
        print(try classificationReport(yTest, search.predict(xTest)))
    }
}
