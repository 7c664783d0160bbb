import Estimators
import LinearAlgebra
import ModelFiles

/// The last steps of a quasi-Newton method and how the gradient changed over them: what L-BFGS knows of the curvature.
struct CurvatureMemory: Equatable, Sendable, Codable {
    private struct Pair: Equatable, Sendable, Codable {
        /// s, the change of the parameters.
        @CodedAsTensor var step: [Double]
        /// y, the change of the gradient.
        @CodedAsTensor var change: [Double]
        /// sᵀy.
        let curvature: Double
    }

    /// How many steps are kept.
    let capacity: Int
    private var pairs: [Pair] = []
    /// The inverse curvature along the last step, sᵀy / yᵀy, with which the recursion begins.
    private var scale = 1.0

    init(capacity: Int) {
        self.capacity = capacity
    }

    var isEmpty: Bool { pairs.isEmpty }

    /// Whether it can be the memory of a search over `count` parameters.
    func isValid(count: Int) -> Bool {
        pairs.count <= capacity && pairs.allSatisfy { $0.step.count == count && $0.change.count == count }
    }

    /// Forgets everything.
    mutating func removeAll() {
        pairs = []
        scale = 1
    }

    /// Keeps a step, in place of the oldest when there is no more room.
    mutating func append(step: [Double], change: [Double], curvature: Double) {
        if pairs.count == capacity { pairs.removeFirst() }
        pairs.append(Pair(step: step, change: change, curvature: curvature))
        scale = curvature / Double.dot(change, change, count: change.count)
    }

    /// −H·g, H being the approximation of the inverse Hessian that the kept steps make.
    ///
    /// Source: J. Nocedal, "Updating quasi-Newton matrices with limited storage", Mathematics of Computation 35 (1980), the
    /// two-loop recursion.
    ///
    /// - Complexity: O(parameters × kept steps).
    func direction(for gradient: [Double]) -> [Double] {
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
