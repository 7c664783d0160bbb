import CKernels

/// The loss that a regressor minimizes.
public enum RegressionLoss: String, Sendable, Codable, CaseIterable {
    /// Half the squared error, ½ (y − ŷ)², averaged over samples and outputs.
    case squaredError

    /// Half the Poisson deviance, y·log(y/ŷ) − y + ŷ, for counts and rates y ≥ 0; the prediction ŷ = exp(z) is
    /// positive.
    case poisson
}

/// A loss with its canonical output activation.
///
/// In each of these four pairs, the derivative of the loss with respect to the output layer's weighted sum z is f(z) −
/// y. One kernel therefore computes the output delta for all of them.
enum Loss: String, Sendable, Codable {
    /// ½ (y − ŷ)² with ŷ = z.
    case squaredError

    /// y·log(y/ŷ) − y + ŷ with ŷ = exp(z).
    case poisson

    /// −Σ y·log(ŷ) over the classes, with ŷ = softmax(z).
    case logLoss

    /// −y·log(ŷ) − (1 − y)·log(1 − ŷ) for every output, with ŷ = logistic(z).
    case binaryLogLoss

    init(_ loss: RegressionLoss) {
        switch loss {
        case .squaredError: self = .squaredError
        case .poisson: self = .poisson
        }
    }

    var outActivation: OutActivation {
        switch self {
        case .squaredError: .identity
        case .poisson: .exp
        case .logLoss: .softmax
        case .binaryLogLoss: .logistic
        }
    }

    var kernel: kernel_loss {
        switch self {
        case .squaredError: KERNEL_SQUARED_ERROR
        case .poisson: KERNEL_POISSON
        case .logLoss: KERNEL_LOG_LOSS
        case .binaryLogLoss: KERNEL_BINARY_LOG_LOSS
        }
    }
}
