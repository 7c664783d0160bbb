// The program that tests start with mpirun. Its first argument says what it does.

import Distributed
import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
import NeuralNetwork
import Preprocessing
import Tables

@main
struct MPIProgram {
    static func main() {
        let library = ProcessInfo.processInfo.environment["SWIFT_MLP_TEST_LIBRARY"]
        do {
            try MPI.run(library: library, patience: .seconds(6)) { group in try Program(group: group).run() }
        } catch {
            print("error: \(error)")
            exit(3)
        }
    }
}

private struct Program {
    let group: MPIGroup
    let arguments = Array(CommandLine.arguments.dropFirst())

    private var isFirst: Bool { group.rank == 0 }

    func run() throws {
        switch arguments.first {
        case "law": try Law(group: group).run(isShort: arguments.contains("short"))
        case "checksum": try printChecksum()
        case "train": try train(file: arguments[1])
        case "resume": try resume(file: arguments[1])
        case "csv": try read(arguments[1], to: arguments[2])
        case "throws": try fail { throw Refusal() }
        case "dies": try fail { kill(getpid(), SIGKILL) }
        case "hangs": try fail { kill(getpid(), SIGSTOP) }
        case "computes": try compute()
        case "parameters": try differ { model, _ in model.alpha = 0.5 }
        case "columns": try differ { _, x in x = Matrix(rows: x.rows, columns: x.columns + 1, repeating: 0) }
        case "data": try differ { _, x in x[3, 1] = .nan }
        case "weights":
            try differ { model, x in
                try model.partialFit(x, Array(repeating: 1, count: x.rows))
                model.warmStart = true
            }
        default: throw Refusal()
        }
    }

    struct Refusal: Error, CustomStringConvertible { let description = "the program stops" }

    /// Trains, prints the losses and a checksum of the network.
    private func printChecksum() throws {
        let (x, y) = Law.data
        let rows = Law.part(of: x.rows, group)
        var model = MLPRegressor<Double, Double>(
            MLPHyperparameters(
                hiddenLayerSizes: [150, 140], batchSize: 100, maxIter: 8, randomState: 1, verbose: .lines,
                earlyStopping: true))
        try model.fit(x.selectingRows(rows), rows.map { y[$0] }, across: group)
        var checksum = Checksum()
        for coefficients in model.coefs { coefficients.add(to: &checksum) }
        if isFirst { print(checksum.text) }
    }

    private static let resumed = MLPHyperparameters(
        hiddenLayerSizes: [20], batchSize: 50, maxIter: 6, randomState: 1, earlyStopping: true)

    /// Trains for six epochs with a checkpoint file.
    private func train(file: String) throws {
        let (x, y) = Law.data
        let rows = Law.part(of: x.rows, group)
        var model = MLPRegressor<Double, Double>(Self.resumed)
        try model.fit(
            x.selectingRows(rows), rows.map { y[$0] }, checkpoint: CheckpointFile(file, every: 2), across: group)
    }

    /// Goes on to twelve epochs and compares the model with one that one process has trained without a break.
    private func resume(file: String) throws {
        let (x, y) = Law.data
        let rows = Law.part(of: x.rows, group)
        var model = try MLPRegressor<Double, Double>(contentsOf: file)
        model.maxIter = 12
        if arguments.contains("alone") {
            try model.resume(x, y)
        } else {
            try model.resume(x.selectingRows(rows), rows.map { y[$0] }, across: group)
        }
        var whole = MLPRegressor<Double, Double>(Self.resumed)
        whole.maxIter = 12
        try whole.fit(x, y)
        let difference = Law.difference(model.lossCurve, whole.lossCurve)
        if isFirst {
            print("\(model.lossCurve.count) losses, difference \(difference <= 1e-8 ? "small" : "\(difference)")")
        }
    }

    /// Reads a part of a file and writes it to another.
    private func read(_ file: String, to folder: String) throws {
        let part = try readCSV(file, across: group)
        try part.writeCSV(to: "\(folder)/\(group.rank).csv")
        let rows = try group.rowNumbers(count: part.rowCount)
        print("\(group.rank): \(rows.own), \(rows.total)")
    }

    /// Trains, and fails after a few epochs in the process that the arguments name.
    private func fail(_ body: @escaping @Sendable () throws -> Void) throws {
        let (x, y) = Law.data
        let rows = Law.part(of: x.rows, group)
        var model = MLPRegressor<Double, Double>(
            MLPHyperparameters(
                hiddenLayerSizes: [50], batchSize: 20, maxIter: 1_000_000, randomState: 1, nIterNoChange: .max))
        let rank = Int(arguments[1]) ?? 0
        if isFirst { print("training") }
        fflush(nil)
        if group.rank == rank {
            Thread.detachNewThread {
                usleep(700_000)
                do { try body() } catch { Failure.isRequested.withLock { $0 = true } }
            }
        }
        while true {
            for _ in 0..<2 { try model.partialFit(x.selectingRows(rows), rows.map { y[$0] }, across: group) }
            if Failure.isRequested.withLock({ $0 }) { throw Refusal() }
        }
    }

    /// The first process throws while the others compute without waiting for any.
    private func compute() throws {
        if isFirst {
            usleep(300_000)
            throw Refusal()
        }
        sleep(60)
    }

    /// Trains where the second process has something else.
    private func differ(_ change: (inout MLPRegressor<Double, Double>, inout Matrix<Double>) throws -> Void) throws {
        var (x, y) = Law.data
        var model = MLPRegressor<Double, Double>(MLPHyperparameters(hiddenLayerSizes: [5], maxIter: 3, randomState: 1))
        model.warmStart = arguments[0] == "weights"
        if group.rank == 1 { try change(&model, &x) }
        y = Array(y.prefix(x.rows))
        try model.fit(x, y, across: group)
    }
}

private enum Failure { static let isRequested = Locked(false) }

// MARK: - Equality with one process

/// Training across the group equals training in one process with all samples.
private struct Law {
    let group: MPIGroup

    static let data: (x: Matrix<Double>, y: [Double]) = {
        var state: UInt64 = 1
        func number() -> Double {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return Double(state >> 33) / Double(1 << 30) - 1
        }
        let x = Matrix(rows: 403, columns: 6, elements: (0..<403 * 6).map { _ in number() })
        return (x, (0..<403).map { x[$0, 0] - 0.5 * x[$0, 1] + x[$0, 0] * x[$0, 5] + 0.1 * number() })
    }()

    static func part(of count: Int, _ group: MPIGroup) -> [Int] {
        Array(count * group.rank / group.count..<count * (group.rank + 1) / group.count)
    }

    /// The greatest relative difference.
    static func difference(_ first: [Double], _ second: [Double]) -> Double {
        guard first.count == second.count else { return .infinity }
        return zip(first, second).map { $0 == $1 ? 0 : abs($0 - $1) / max(abs($0), abs($1), 1e-300) }.max() ?? 0
    }

    func run(isShort: Bool) throws {
        let (x, y) = Self.data
        let ranks = y.indices.sorted { y[$0] < y[$1] }
        var classes = [Int](repeating: 0, count: y.count)
        for (rank, row) in ranks.enumerated() { classes[row] = rank * 3 / y.count }
        let weights = (0..<y.count).map { Double($0 % 5) / 2 + 0.25 }
        let indicators: [[Int]] = (0..<x.rows).map { row in [x[row, 0] > 0 ? 1 : 0, x[row, 1] > 0 ? 1 : 0] }
        var worst = 0.0
        var cases = 0
        func check<Model: MultilayerPerceptron>(
            _ model: Model, _ y: [Model.Target], _ weights: [Double]?
        ) throws where Model.Scalar == Double {
            var (single, shared) = (model, model)
            try single.fit(x, y, sampleWeight: weights)
            let rows = Self.part(of: y.count, group)
            try shared.fit(
                x.selectingRows(rows), rows.map { y[$0] }, sampleWeight: weights.map { w in rows.map { w[$0] } },
                across: group)
            let losses = max(
                Self.difference(shared.lossCurve, single.lossCurve),
                Self.difference([shared.finalLoss ?? .nan], [single.finalLoss ?? .nan]),
                Self.difference(shared.validationScores, single.validationScores))
            var coefficients = 0.0
            for (own, expected) in zip(shared.coefs, single.coefs) {
                for (a, b) in zip(own.elements, expected.elements) {
                    coefficients = max(coefficients, abs(a - b) / max(1, abs(b)))
                }
            }
            let difference = max(losses, coefficients)
            if !(difference <= 1e-8) || shared.nIter != single.nIter || shared.stopReason != single.stopReason {
                print("rank \(group.rank): \(model) differs: losses \(losses), coefficients \(coefficients)")
            }
            worst = max(worst, difference)
            cases += 1
        }
        for solver in isShort ? [Solver.adam] : [.sgd, .adam, .adamW, .lbfgs] {
            for stops in solver == .lbfgs ? [false] : [false, true] {
                for given in isShort ? [weights] : [nil, weights] {
                    let parameters = MLPHyperparameters(
                        hiddenLayerSizes: [11, 7], activation: .tanh, solver: solver, alpha: 0.01, batchSize: 100,
                        maxIter: 6, randomState: 7, verbose: .silent, earlyStopping: stops)
                    try check(MLPRegressor<Double, Double>(parameters), y, given)
                    try check(MLPRegressor<[Double], Double>(parameters), y.map { [$0, -2 * $0] }, given)
                    var classifier = MLPClassifier<String, Double>(parameters)
                    try check(classifier, classes.map { "\($0)" }, given)
                    classifier.classWeight = .balanced
                    try check(classifier, classes.map { $0 == 0 ? "a" : "b" }, given)
                    try check(MLPClassifier<[Int], Double>(parameters), indicators, given)
                }
            }
        }
        if group.rank == 0 { print("\(cases) cases, \(worst <= 1e-8 ? "all equal" : "difference \(worst)")") }
    }
}
