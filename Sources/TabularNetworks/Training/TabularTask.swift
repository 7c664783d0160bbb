import CKernels
import LinearAlgebra
import NeuralNetwork

/// What the outputs of a network for tables mean.
package enum TabularTask: Equatable, Sendable, Codable {
    /// One output per class, whose softmax is the probability.
    case classes(Int)
    /// One output per target, standardized.
    case numbers(Int)

    package var isClassification: Bool { if case .classes = self { true } else { false } }

    package var outputs: Int {
        switch self {
        case .classes(let count), .numbers(let count): count
        }
    }

    /// delta ← the derivative of the batch's mean loss by the outputs; `outputs` become predictions. Returns the sum of
    /// the samples' losses, each times its weight.
    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func differentiate<Scalar: MatrixScalar>(
        _ outputs: UnsafeMutablePointer<Scalar>, targets: UnsafePointer<Scalar>, weights: UnsafePointer<Scalar>?,
        rows: Int, weightSum: Double, to delta: UnsafeMutablePointer<Scalar>
    ) -> Double {
        let count = self.outputs
        // Biases of 0, and column sums that are not used: on the stack, because a step allocates nothing.
        return withUnsafeTemporaryAllocation(of: Scalar.self, capacity: count) { unused in
            unused.initialize(repeating: 0)
            if isClassification {
                kernel_activate(
                    Scalar.kernelPrecision, KERNEL_SOFTMAX, outputs, count, unused.baseAddress, rows, count)
            }
            let sum = kernel_loss_sum(
                Scalar.kernelPrecision, isClassification ? KERNEL_LOG_LOSS : KERNEL_SQUARED_ERROR, outputs, targets,
                weights, rows, count, Double(Scalar.ulpOfOne))
            delta.update(from: outputs, count: rows * count)
            kernel_output_delta(
                Scalar.kernelPrecision, delta, count, targets, weights, rows, count, 1, unused.baseAddress)
            kernel_scale(Scalar.kernelPrecision, delta, rows * count, 1 / weightSum, 0)
            return sum
        }
    }

    /// How bad the outputs are for the targets: the weighted mean log loss or the rate of wrong classes; the mean
    /// squared error.
    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func error<Scalar: MatrixScalar>(
        of outputs: [Scalar], targets: [Scalar], weights: [Scalar]?, byAccuracy: Bool
    ) -> Double {
        let count = self.outputs
        let rows = outputs.count / count
        var (sum, total) = (0.0, 0.0)
        for row in 0..<rows {
            let weight = weights.map { Double($0[row]) } ?? 1
            let (z, y) = (outputs[row * count..<(row + 1) * count], targets[row * count..<(row + 1) * count])
            total += weight
            switch self {
            case .numbers:
                for (z, y) in zip(z, y) {
                    let distance = Double(z) - Double(y)
                    sum += weight * distance * distance / Double(count)
                }
            case .classes:
                let highest = z.max() ?? 0
                if byAccuracy {
                    let best = z.firstIndex(of: highest) ?? z.startIndex
                    sum += weight * (1 - Double(y[y.startIndex + (best - z.startIndex)]))
                } else {
                    var exponentials = 0.0
                    for value in z { exponentials += Double.exp(Double(value) - Double(highest)) }
                    let normalizer = Double(highest) + .log(exponentials)
                    for (z, y) in zip(z, y) where y != 0 { sum += weight * Double(y) * (normalizer - Double(z)) }
                }
            }
        }
        return total > 0 ? sum / total : 0
    }
}
