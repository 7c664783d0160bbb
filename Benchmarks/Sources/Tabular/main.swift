import Foundation
import Metrics
import NeuralNetwork
import Tables
import TabularNetworks

let arguments = CommandLine.arguments
let (folder, name, task, target) = (arguments[1], arguments[2], arguments[3], arguments[4])
var settings = TabularSettings.strong
var (ensemble, jobs, seed): (Int?, Int, UInt32) = (nil, -1, 0)
for pair in arguments.dropFirst(5) {
    let parts = pair.split(separator: "=").map(String.init)
    let (key, value) = (parts[0], parts[1])
    switch key {
    case "preset": settings = value == "realMLP" ? .realMLP : .strong
    case "ens": ensemble = Int(value)!
    case "jobs": jobs = Int(value)!
    case "seed": seed = UInt32(value)!
    case "epochs": settings.maxIter = Int(value)!
    case "patience": settings.nIterNoChange = Int(value)!
    case "lr": settings.learningRateInit = Double(value)!
    case "drop": settings.dropout = Double(value)!
    case "wd": settings.weightDecay = Double(value)!
    case "ls": settings.labelSmoothing = Double(value)!
    case "batch": settings.batchSize = Int(value)!
    case "act": settings.activation = Activation(rawValue: value)!
    case "beta2": settings.beta2 = Double(value)!
    case "scale": settings.scaleRateFactor = Double(value)!
    case "embrate": settings.embeddingRateFactor = Double(value)!
    case "onehot": settings.oneHotAtMost = Int(value)!
    case "embsize": settings.embeddingSize = Int(value)!
    case "least": settings.leastCategoryCount = Int(value)!
    case "clip": settings.clip = Double(value)!
    case "hidden": settings.hiddenLayerSizes = value.split(separator: ",").map { Int($0)! }
    case "acc": settings.selectsByAccuracy = value == "1"
    case "sched": settings.schedule = value == "cosine" ? .cosine : value == "flat" ? .flatCosine() : .cosineLog(cycles: Int(value)!)
    case "none": settings.numericEmbedding = .none
    case "pbld":
        let v = value.split(separator: ",").map { Double($0)! }
        settings.numericEmbedding = .periodic(frequencies: Int(v[0]), size: Int(v[1]), sigma: v[2])
    case "ple":
        let v = value.split(separator: ",").map { Int($0)! }
        settings.numericEmbedding = .piecewiseLinear(bins: v[0], size: v[1])
    default: fatalError("unknown \(key)")
    }
}
let train = try readCSV("\(folder)/\(name).train.csv"), test = try readCSV("\(folder)/\(name).test.csv")
let start = Date()
var error = 0.0
if task == "reg" {
    let y = try train.numbers(target), yTest = try test.numbers(target)
    var model = TabularMLPRegressor(settings, nEnsemble: ensemble, nJobs: jobs, randomState: seed)
    try model.fit(train.droppingColumns([target]), y)
    let p = try model.predict(test.droppingColumns([target]))
    let mean = yTest.reduce(0, +) / Double(yTest.count)
    let v = yTest.map { ($0 - mean) * ($0 - mean) }.reduce(0, +), e = zip(p, yTest).map { ($0 - $1) * ($0 - $1) }.reduce(0, +)
    error = (e / v).squareRoot()
} else {
    func labels(_ table: Table) throws -> [String] {
        if let numbers = try? table.numbers(target) { return numbers.map { "\($0)" } }
        return try table.labels(target)
    }
    let y = try labels(train), yTest = try labels(test)
    var model = TabularMLPClassifier<String>(settings, nEnsemble: ensemble, nJobs: jobs, randomState: seed)
    try model.fit(train.droppingColumns([target]), y)
    let p = try model.predictProba(test.droppingColumns([target]))
    for (row, label) in yTest.enumerated() {
        let k = model.classes.firstIndex(of: label)!
        error -= log(max(p[row, k], 1e-15)) / Double(yTest.count)
    }
}
print(name, String(format: "%.4f %.1f", error, Date().timeIntervalSince(start)), arguments.dropFirst(5).joined(separator: " "))
