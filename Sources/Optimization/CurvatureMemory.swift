import Estimators
import LinearAlgebra
import ModelFiles

/// The curvature information of L-BFGS: its last steps, and the change of the gradient over each of them.
package struct CurvatureMemory: Equatable, Sendable, Codable {
    private struct Pair: Equatable, Sendable, Codable {
        /// s, the change of the parameters.
        @CodedAsTensor var step: [Double]
        /// y, the change of the gradient.
        @CodedAsTensor var change: [Double]
        /// sᵀy.
        let curvature: Double
    }

    /// The maximum number of steps that are kept.
    package let capacity: Int
    private var pairs: [Pair] = []
    /// The initial inverse curvature of the recursion: sᵀy / yᵀy along the last step.
    private var scale = 1.0

    package init(capacity: Int) {
        self.capacity = capacity
    }

    package var isEmpty: Bool { pairs.isEmpty }

    /// Whether every stored array has `count` numbers, as a search over `count` parameters needs.
    package func isValid(count: Int) -> Bool {
        pairs.count <= capacity && pairs.allSatisfy { $0.step.count == count && $0.change.count == count }
    }

    /// Removes all steps.
    package mutating func removeAll() {
        pairs = []
        scale = 1
    }

    /// Adds a step. If the memory is full, the oldest step is removed.
    package mutating func append(step: [Double], change: [Double], curvature: Double) {
        if pairs.count == capacity { pairs.removeFirst() }
        pairs.append(Pair(step: step, change: change, curvature: curvature))
        scale = curvature / Double.dot(change, change, count: change.count)
    }

    /// Returns −H·g, where H is the approximation of the inverse Hessian by the stored steps.
    ///
    /// Source: J. Nocedal, "Updating quasi-Newton matrices with limited storage", Mathematics of Computation 35 (1980),
    /// the two-loop recursion.
    ///
    /// - Complexity: O(parameters × stored steps).
    package func direction(for gradient: [Double]) -> [Double] {
        let count = gradient.count
        var direction = gradient.map { -$0 }
        var factors: [Double] = []
        for pair in pairs.reversed() {
            let factor = Double.dot(pair.step, direction, count: count) / pair.curvature
            Double.axpy(-factor, pair.change, &direction, count: count)
            factors.append(factor)
        }
        for index in direction.indices { direction[index] *= scale }
        for (pair, factor) in zip(pairs, factors.reversed()) {
            let correction = Double.dot(pair.change, direction, count: count) / pair.curvature
            Double.axpy(factor - correction, pair.step, &direction, count: count)
        }
        return direction
    }
}
