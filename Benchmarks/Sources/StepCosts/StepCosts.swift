// What a training step costs, in numbers that noise does not change.
//
//     StepCosts              fails if a training step allocates memory: the median of five counts must be 0
//     StepCosts NAME EPOCHS  trains the network with this name, for a program that counts instructions

import CAllocationCounter
import Foundation
import NeuralNetwork
import TrainingTable

@main
struct StepCosts {
    static let networks = [
        "housing": [8, 100, 1], "iris": [4, 100, 3], "mid": [784, 256, 128, 10],
    ]

    static func main() throws {
        let arguments = CommandLine.arguments.dropFirst()
        if let name = arguments.first, let epochs = arguments.last.flatMap(Int.init) {
            let parts = name.split(separator: "-")
            guard let layers = networks[String(parts[0])] else { return print("no network \(name)") }
            return try parts.last == "f32"
                ? train(layers, epochs: epochs, Float.self) : train(layers, epochs: epochs, Double.self)
        }
        guard allocations_are_counted() else { return print("this system does not let us count allocations") }
        let counts = try ["housing", "mid"].flatMap { name in
            let layers = networks[name] ?? []
            return [try count("\(name), f64", layers, Double.self), try count("\(name), f32", layers, Float.self)]
        }
        exit(counts.allSatisfy { $0 == 0 } ? 0 : 1)
    }

    /// Trains for some epochs of ten steps.
    static func train<Scalar: NetworkScalar>(_ layers: [Int], epochs: Int, _: Scalar.Type) throws {
        _ = try TrainingTable<Scalar>(rows: 2000, features: layers[0]).train(
            layers: layers, epochs: epochs, batchSize: 200)
    }

    /// Prints and returns the median number of allocations per 1000 further steps.
    static func count<Scalar: NetworkScalar>(_ name: String, _ layers: [Int], _: Scalar.Type) throws -> Int {
        let table = try TrainingTable<Scalar>(rows: 2000, features: layers[0])
        let counts = try (0..<5).map { _ in
            let further = try table.allocations(layers: layers, epochs: 2)
            return further.ofSteps * 1000 / further.steps
        }
        let median = counts.sorted()[2]
        print("\(name): \(median) allocations per 1000 further steps \(counts)")
        return median
    }
}
