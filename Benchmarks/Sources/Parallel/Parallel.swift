import Distributed
import Foundation
import LinearAlgebra
import NeuralNetwork
import NumPyRandom

/// Measures training across processes. The program of parallel.sh.
///
///     mpirun -n 2 Parallel LAYERS f32|f64 BATCH STEPS    prints the milliseconds of a training step
///     mpirun -n 2 Parallel sum                           prints the microseconds of sums of 1 to 4 million numbers
@main
struct Parallel {
    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        try MPI.run { group in
            if arguments.first == "sum" { return try measureSums(across: group) }
            guard arguments.count == 4, let batch = Int(arguments[3]), let steps = Int(arguments[4]) else {
                throw UsageError()
            }
            let layers = arguments[1].split(separator: "-").compactMap { Int($0) }
            let (median, least) =
                arguments[2] == "f32"
                ? try measure(Float.self, layers, batch, steps, across: group)
                : try measure(Double.self, layers, batch, steps, across: group)
            if group.rank == 0 { print(median, least) }
        }
    }

    struct UsageError: Error {}

    /// Returns the duration of a step in milliseconds: the median and the least of seven epochs, after one that does not
    /// count.
    private static func measure<Scalar: NetworkScalar>(
        _: Scalar.Type, _ layers: [Int], _ batch: Int, _ steps: Int, across group: MPIGroup
    ) throws -> (median: Double, least: Double) {
        let rows = batch * steps
        let own = rows * group.rank / group.count..<rows * (group.rank + 1) / group.count
        var generator = RandomState(seed: UInt32(group.rank))
        let x = Matrix<Scalar>(
            rows: own.count, columns: layers[0],
            elements: try generator.standardNormal(size: own.count * layers[0]).map { Scalar($0) })
        var mlp = MLPClassifier<Int, Scalar>(
            MLPHyperparameters(
                hiddenLayerSizes: Array(layers.dropFirst().dropLast()), batchSize: .count(batch), maxIter: 8,
                randomState: 1, tol: 0, verbose: .silent, nIterNoChange: .max))
        var seconds: [Double] = []
        func note(_ epoch: TrainingEpoch) -> TrainingDecision {
            seconds.append(epoch.seconds)
            return .continue
        }
        let y = own.map { $0 % (layers.last ?? 2) }
        if group.count == 1 {
            try mlp.fit(x, y, onEpoch: note)
        } else {
            try mlp.fit(x, y, across: group, onEpoch: note)
        }
        // Other processes than the first note none.
        let sorted = seconds.dropFirst().sorted().map { $0 / Double(steps) * 1000 }
        return sorted.isEmpty ? (.nan, .nan) : (sorted[sorted.count / 2], sorted[0])
    }

    private static func measureSums(across group: MPIGroup) throws {
        var count = 1
        while count <= 1 << 22 {
            let numbers = [Double](repeating: 1, count: count)
            let calls = max(10, 1_000_000 / count / 10)
            _ = try group.sum(numbers)
            let elapsed = try ContinuousClock().measure { for _ in 0..<calls { _ = try group.sum(numbers) } }
            if group.rank == 0 { print(count, elapsed / .microseconds(calls)) }
            count *= 8
        }
    }
}
