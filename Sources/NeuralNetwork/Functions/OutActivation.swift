import CKernels

/// The function that the output layer applies; the task decides which.
///
/// A regressor has `.identity`, or `.exp` for Poisson targets; a classifier `.softmax` for several classes, and
/// `.logistic` for two or for independent indicators.
public enum OutActivation: String, Sendable, Codable, CaseIterable {
    /// f(z) = z.
    case identity

    /// f(z) = 1 / (1 + exp(−z)).
    case logistic

    /// f(z) = tanh(z).
    case tanh

    /// f(z) = max(0, z).
    case relu

    /// f(z)ᵢ = exp(zᵢ) / Σⱼ exp(zⱼ), over the outputs of a sample.
    case softmax

    /// f(z) = exp(z).
    case exp

    var kernel: kernel_activation {
        switch self {
        case .identity: KERNEL_IDENTITY
        case .logistic: KERNEL_LOGISTIC
        case .tanh: KERNEL_TANH
        case .relu: KERNEL_RELU
        case .softmax: KERNEL_SOFTMAX
        case .exp: KERNEL_EXP
        }
    }
}
