// Exits with status 1 if a training step allocates memory: the median of five counts must be 0.

import CAllocationCounter
import Foundation
import NeuralNetwork
import TrainingTable

@main
struct Allocations {
    static func main() throws {
        guard allocations_are_counted() else { return print("this system does not let us count allocations") }
        let counts = [
            try count("housing 8-100-1, f64", [8, 100, 1], Double.self),
            try count("housing 8-100-1, f32", [8, 100, 1], Float.self),
            try count("mid 784-256-128-10, f64", [784, 256, 128, 10], Double.self),
            try count("mid 784-256-128-10, f32", [784, 256, 128, 10], Float.self),
        ]
        exit(counts.allSatisfy { $0 == 0 } ? 0 : 1)
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
