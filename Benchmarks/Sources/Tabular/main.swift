// Fits the default for raw tables to one table, and prints the error on the test rows and the seconds of fit and prediction.
//
//     Tabular TRAIN.csv TEST.csv reg|cls TARGET [NETWORKS [realMLP]]
//
// The error is the root mean squared error divided by the standard deviation of the target, or the log loss. Columns of numbers
// that are the target of a classification are read as texts.

import Foundation
import Tables
import TabularNetworks

let arguments = CommandLine.arguments
guard arguments.count >= 5 else {
    print("usage: Tabular TRAIN.csv TEST.csv reg|cls TARGET [NETWORKS [realMLP]]")
    exit(2)
}
let (train, test, target) = (try readCSV(arguments[1]), try readCSV(arguments[2]), arguments[4])
let networks = arguments.count > 5 ? Int(arguments[5]) : nil
let settings: TabularSettings = arguments.count > 6 && arguments[6] == "realMLP" ? .realMLP : .strong
let (x, xTest) = (try train.droppingColumns([target]), try test.droppingColumns([target]))

func labels(_ table: Table) throws -> [String] {
    switch try table.column(target) {
    case .numbers(let values): values.map { "\($0)" }
    case .strings: try table.labels(target)
    }
}

let start = Date()
let error: Double
if arguments[3] == "reg" {
    let (y, yTest) = (try train.numbers(target), try test.numbers(target))
    let model = try TabularMLPRegressor(settings, nEnsemble: networks, randomState: 0).fitted(x, y)
    let predictions = try model.predict(xTest)
    let mean = yTest.reduce(0, +) / Double(yTest.count)
    let variance = yTest.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    error = (zip(yTest, predictions).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / variance).squareRoot()
} else {
    let (y, yTest) = (try labels(train), try labels(test))
    let model = try TabularMLPClassifier<String>(settings, nEnsemble: networks, randomState: 0).fitted(x, y)
    let probabilities = try model.predictProba(xTest)
    let losses = yTest.enumerated().map { row, label in
        -log(max(1e-15, model.classes.firstIndex(of: label).map { probabilities[row, $0] } ?? 0))
    }
    error = losses.reduce(0, +) / Double(losses.count)
}
print(String(format: "%.6f %.2f", error, Date().timeIntervalSince(start)))
