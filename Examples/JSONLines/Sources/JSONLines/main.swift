// Predicts rows of JSON: one object a line from standard input, one prediction a line to standard output.
//
//     JSONLines train people.csv income people.model
//     JSONLines predict people.model < rows.jsonl
//     JSONLines time people.model rows.jsonl

import Composition
import FoundationEssentials
import NeuralNetwork
import Preprocessing
import Tables

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

typealias Model = TablePipeline<MLPClassifier<String, Double>>

/// Learns one column of a file from the others.
func train(_ file: String, target: String, to modelFile: String) throws {
    let table = try readCSV(file, stringColumns: [target])
    let x = try table.droppingColumns([target])
    let columns = ColumnTransformer([
        .numeric(x.numericColumnNames, SimpleImputer(strategy: .median), StandardScaler()),
        .categorical(x.stringColumnNames, OneHotEncoder(handleUnknown: .ignore)),
    ])
    let model = try Model(columns, MLPClassifier(maxIter: 50, randomState: 1)).fitted(x, table.labels(target))
    try model.save(to: URL(filePath: modelFile))
}

/// Predicts the lines that have arrived, all at once: one for a person who types, thousands for a file.
func predict(with modelFile: String) throws {
    let model = try Model(contentsOf: URL(filePath: modelFile))
    var text: [UInt8] = []
    var hasEnded = false
    while !hasEnded {
        let more = [UInt8](unsafeUninitializedCapacity: 1 << 20) { buffer, count in
            count = max(0, read(STDIN_FILENO, buffer.baseAddress, buffer.count))
        }
        hasEnded = more.isEmpty
        text += more
        guard let end = hasEnded ? text.count : text.lastIndex(of: UInt8(ascii: "\n")).map({ $0 + 1 }),
            text[..<end].contains(UInt8(ascii: "{"))
        else { continue }
        let rows = try Table(json: String(decoding: text[..<end], as: UTF8.self), for: model)
        text.removeFirst(end)
        let probabilities = try model.predictProba(rows)
        var lines = ""
        for row in 0..<rows.rowCount {
            let values = (0..<model.classes.count).map { "\"\(model.classes[$0])\": \(probabilities[row, $0])" }
            lines += "{" + values.joined(separator: ", ") + "}\n"
        }
        print(lines, terminator: "")
        fflush(nil)
    }
}

let arguments = CommandLine.arguments
do {
    switch (arguments.dropFirst().first, arguments.count) {
    case ("train", 5): try train(arguments[2], target: arguments[3], to: arguments[4])
    case ("predict", 3): try predict(with: arguments[2])
    case ("time", 4): try measure(arguments[2], rows: arguments[3])
    default:
        print("usage: JSONLines train TABLE.csv TARGET MODEL")
        print("       JSONLines predict MODEL < ROWS.jsonl")
        print("       JSONLines time MODEL ROWS.jsonl")
        exit(2)
    }
} catch {
    // Standard error, since standard output has predictions.
    "error: \(error)\n".withCString { _ = write(STDERR_FILENO, $0, strlen($0)) }
    exit(1)
}
