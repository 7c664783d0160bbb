package import CKernels
import LinearAlgebra

/// A loss with its output activation.
///
/// For squared error, Poisson and both log losses, the output activation is canonical: the derivative of the loss with
/// respect to the output layer's weighted sum z is f(z) − y. One kernel therefore computes the output delta for all of
/// them. The others have a kernel that switches between them, and a number per output.
package enum Loss: Equatable, Sendable, Codable {
    /// The loss of a regressor.
    case regression(RegressionLoss)

    /// −Σ y·log(ŷ) over the classes, with ŷ = softmax(z).
    case logLoss

    /// −y·log(ŷ) − (1 − y)·log(1 − ŷ) for every output, with ŷ = logistic(z).
    case binaryLogLoss

    package var outActivation: OutActivation {
        switch self {
        case .regression(.poisson), .regression(.gamma): .exp
        case .regression: .identity
        case .logLoss: .softmax
        case .binaryLogLoss: .logistic
        }
    }

    package var kernel: kernel_loss {
        switch self {
        case .regression(.squaredError): KERNEL_SQUARED_ERROR
        case .regression(.poisson): KERNEL_POISSON
        case .regression(.absoluteError): KERNEL_ABSOLUTE_ERROR
        case .regression(.huber): KERNEL_HUBER
        case .regression(.quantile), .regression(.quantiles): KERNEL_QUANTILE
        case .regression(.gamma): KERNEL_GAMMA
        case .logLoss: KERNEL_LOG_LOSS
        case .binaryLogLoss: KERNEL_BINARY_LOG_LOSS
        }
    }

    /// A number for each output, for the losses that are not canonical; nil for the others.
    package func levels<Scalar: NetworkScalar>(outputs: Int) -> [Scalar]? {
        switch self {
        case .regression(.huber(let level)), .regression(.quantile(let level)):
            Array(repeating: Scalar(level), count: outputs)
        case .regression(.quantiles(let quantiles)): Scalar.rounding(quantiles)
        case .regression(.absoluteError), .regression(.gamma): Array(repeating: 0, count: outputs)
        default: nil
        }
    }
}

extension Loss: RawRepresentable {
    /// The name by which files and reports know the loss.
    package var rawValue: String {
        switch self {
        case .regression(let loss): loss.rawValue
        case .logLoss: "logLoss"
        case .binaryLogLoss: "binaryLogLoss"
        }
    }

    package init?(rawValue: String) {
        switch rawValue {
        case "logLoss": self = .logLoss
        case "binaryLogLoss": self = .binaryLogLoss
        default:
            guard let loss = RegressionLoss(rawValue: rawValue) else { return nil }
            self = .regression(loss)
        }
    }
}

// MARK: - Value and derivative

/// A batch of predictions and what they are compared with, samples × outputs.
struct LossBatch<Scalar: NetworkScalar> {
    let predictions: UnsafeMutablePointer<Scalar>
    let targets: UnsafePointer<Scalar>
    /// One weight per sample; nil for 1 each.
    let weights: UnsafePointer<Scalar>?
    let rows: Int
    let outputs: Int
    /// A number per output for a loss that is not canonical; nil for the others.
    let levels: UnsafePointer<Scalar>?
}

extension Loss {
    /// Returns the weighted sum of the samples' losses.
    ///
    /// - Parameter margin: the minimum distance of probabilities from 0 and 1.
    func sum<Scalar: NetworkScalar>(over batch: LossBatch<Scalar>, margin: Double) -> Double {
        batch.levels == nil
            ? kernel_loss_sum(
                Scalar.kernelPrecision, kernel, batch.predictions, batch.targets, batch.weights, batch.rows,
                batch.outputs, margin)
            : kernel_loss_with_levels(
                Scalar.kernelPrecision, kernel, batch.predictions, batch.targets, batch.weights, batch.levels,
                batch.rows, batch.outputs)
    }

    /// predictions ← ∂loss/∂z for a range of outputs; sums ← scale · (column sums of the result).
    func differentiate<Scalar: NetworkScalar>(
        _ batch: LossBatch<Scalar>, outputs: Range<Int>, scale: Scalar, sums: UnsafeMutablePointer<Scalar>
    ) {
        let first = outputs.lowerBound
        if let levels = batch.levels {
            kernel_output_delta_with_levels(
                Scalar.kernelPrecision, kernel, batch.predictions + first, batch.outputs, batch.targets + first,
                batch.weights, levels + first, batch.rows, outputs.count, 1 / Double(batch.outputs), Double(scale),
                sums + first)
        } else {
            kernel_output_delta(
                Scalar.kernelPrecision, batch.predictions + first, batch.outputs, batch.targets + first, batch.weights,
                batch.rows, outputs.count, Double(scale), sums + first)
        }
    }
}
