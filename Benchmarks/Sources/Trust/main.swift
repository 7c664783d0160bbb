// Measures on real tables how right the probabilities and the intervals of a network are, for each way to correct them.
//
//     Trust FOLDER [TABLE …]
//
// FOLDER is that of tabular.sh: tables.tsv has the name, the task (reg or cls) and the target of each table, whose rows are in
// NAME.train.csv and NAME.test.csv. For a classification it prints the log losses on the test rows, for a regression the
// percentages of their targets that lie inside of intervals of 90 %.
//
// The model is what Documentation/YourOwnTable.md shows: missing values filled in, numbers scaled, categories encoded, and a
// network with default parameters, `default`, or with early stopping, `stopped`.

import Composition
import Foundation
import Metrics
import ModelSelection
import NeuralNetwork
import Preprocessing
import Tables

/// The training and test rows of a table, without and with the target.
struct Split {
    let train: Table
    let test: Table
    let x: Table
    let xTest: Table

    init(_ name: String, in folder: URL, target: String, isClassified: Bool) throws {
        train = try readCSV(
            folder.appending(path: "\(name).train.csv"), stringColumns: isClassified ? [target] : [])
        test = try readCSV(
            folder.appending(path: "\(name).test.csv"), stringColumns: Set(train.stringColumnNames),
            numericColumns: Set(train.numericColumnNames))
        x = try train.droppingColumns([target])
        xTest = try test.droppingColumns([target])
    }

    /// What makes features of the columns.
    var columns: ColumnTransformer {
        var parts: [ColumnTransformer.Part] = []
        if !x.numericColumnNames.isEmpty {
            parts.append(.numeric(x.numericColumnNames, SimpleImputer(strategy: .median), StandardScaler()))
        }
        if !x.stringColumnNames.isEmpty {
            parts.append(
                .categorical(x.stringColumnNames, CategoryImputer(), OneHotEncoder<String?>(handleUnknown: .ignore)))
        }
        return ColumnTransformer(parts)
    }
}

/// The log loss of the test rows, as it is and after each correction.
func logLosses(_ split: Split, target: String, earlyStopping: Bool) throws -> [Double] {
    let network = TablePipeline(
        split.columns, MLPClassifier<String, Double>(randomState: 0, earlyStopping: earlyStopping))
    let model = Remembering(network)
    let (y, yTest) = (try split.train.labels(target), try split.test.labels(target))
    let plain = try model.fitted(split.x, y)
    let loss = try logLoss(yTest, plain.predictProba(split.xTest), labels: plain.classes)
    return try [loss]
        + corrections.map { method, ensemble in
            let calibrated = try CalibratedClassifierCV(
                model, method: method, cv: StratifiedKFold(nSplits: 5, shuffle: true, randomState: 0), nJobs: -1,
                ensemble: BoolOrAuto(ensemble)
            ).fitted(split.x, y)
            return try logLoss(yTest, calibrated.predictProba(split.xTest), labels: calibrated.classes)
        }
}

let corrections = [true, false].flatMap { ensemble in CalibrationMethod.allCases.map { ($0, ensemble) } }

/// The percentage of the test rows whose target lies in an interval, for each way to make intervals.
func coverages(_ split: Split, target: String, earlyStopping: Bool) throws -> [Double] {
    let network = TablePipeline(
        split.columns, MLPRegressor<Double, Double>(randomState: 0, earlyStopping: earlyStopping))
    let model = Remembering(TransformedTargetRegressor(network, transformer: StandardScaler()))
    let (y, yTest) = (try split.train.numbers(target), try split.test.numbers(target))
    return try rules.map { rule in
        let (_, lower, upper) = try ConformalRegressor(
            model, confidenceLevel: 0.9, method: rule.method, cv: rule.cv, nJobs: -1
        ).fitted(split.x, y).predictInterval(split.xTest)
        let inside = yTest.indices.count { lower[$0] <= yTest[$0] && yTest[$0] <= upper[$0] }
        return 100 * Double(inside) / Double(yTest.count)
    }
}

let folds = KFold(nSplits: 5, shuffle: true, randomState: 0)
let rules: [(name: String, method: ConformalMethod, cv: any CrossValidator)] = [
    ("split", .plus, ShuffleSplit(nSplits: 1, testSize: 0.2, randomState: 0)),
    ("base", .base, folds), ("plus", .plus, folds), ("minmax", .minmax, folds),
]

/// Prints a line of a table.
func printLine(_ name: String, _ cells: [String]) {
    func padded(_ text: String, to width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
    print(name + String(repeating: " ", count: max(0, 24 - name.count)), cells.map { padded($0, to: 11) }.joined())
    fflush(nil)
}

let arguments = CommandLine.arguments
guard arguments.count > 1 else {
    print("usage: Trust FOLDER [TABLE …]")
    exit(2)
}
let folder = URL(filePath: arguments[1])
let tables = try String(contentsOf: folder.appending(path: "tables.tsv"), encoding: .utf8).split(separator: "\n")
    .map { $0.split(separator: "\t").map(String.init) }
    .filter { arguments.count == 2 || arguments[2...].contains($0[0]) }

for isClassified in [true, false] {
    let names = corrections.map { "\($0.0.rawValue)\($0.1 ? "+" : "")" }
    printLine(
        isClassified ? "log loss (+: ensemble)" : "coverage in %",
        ["test rows"] + (isClassified ? ["none"] + names : rules.map(\.name)))
    for table in tables where (table[1] == "cls") == isClassified {
        let (name, target) = (table[0], table[2])
        let split = try Split(name, in: folder, target: target, isClassified: isClassified)
        for earlyStopping in [false, true] {
            let values =
                isClassified
                ? try logLosses(split, target: target, earlyStopping: earlyStopping)
                : try coverages(split, target: target, earlyStopping: earlyStopping)
            printLine(
                "\(name) \(earlyStopping ? "stopped" : "default")",
                ["\(split.test.rowCount)"] + values.map { String(format: isClassified ? "%.4f" : "%.1f", $0) })
        }
    }
}
