// Learns from a table with numeric columns, categorical columns and gaps: read, split, encode, cross-validate, tune, report.
//
// The people in the table do not exist.

import ExampleSupport
import Foundation
import SwiftMLP

@main
struct AdultStyleTable {
    static func main() throws {
        _ = Options("Learns from a table with numeric columns, categorical columns and gaps.")
        guard let file = Bundle.module.url(forResource: "people", withExtension: "csv") else { return }
        let people = try readCSV(file)
        print(people)

        // The target is the income; the features are all other columns.
        let y = try people.strings("income").map { $0 ?? "unknown" }
        let x = try people.droppingColumns(["income"])
        let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(x, y, testSize: 0.25, randomState: 0, stratify: y)

        // Numeric columns: replace gaps by the median, then scale. Categorical columns: one-hot encode, a gap as a category.
        let columns = ColumnTransformer([
            .numeric(["age", "schooling", "hours"], SimpleImputer(strategy: .median), StandardScaler()),
            .categorical(["trade", "region"], OneHotEncoder<String?>(handleUnknown: .ignore)),
        ])
        let pipeline = TablePipeline(
            columns, MLPClassifier<String, Double>(hiddenLayerSizes: [8], solver: .lbfgs, maxIter: 300, randomState: 1))

        // In each fold, medians, scales and categories come from the training samples alone: no test data leak in.
        let scores = try crossValScore(pipeline, xTrain, yTrain, cv: 5)
        print("Accuracy before tuning:", scores.map { ($0 * 1000).rounded() / 1000 })

        var search = GridSearchCV(
            pipeline, paramGrid: [.init(\.last.alpha, [0.01, 0.1, 1, 10])], scoring: .accuracy, nJobs: -1, cv: 5)
        try search.fit(xTrain, yTrain)
        print(search.cvResults)
        print(try classificationReport(yTest, search.predict(xTest)))
    }
}
