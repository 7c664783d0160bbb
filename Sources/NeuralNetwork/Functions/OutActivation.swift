package import CKernels

/// The activation function of the output layer, which the task determines.
///
/// A regressor has `.identity`, or `.exp` for the losses `.poisson` and `.gamma`. A classifier has `.logistic` for two
/// classes or for independent indicators, and `.softmax` for three or more classes.
public enum OutActivation: String, Sendable, Codable, CaseIterable {
    /// f(z) = z.
    case identity

    /// f(z) = 1 / (1 + exp(−z)).
    case logistic

    /// f(z) = tanh(z).
    case tanh

    /// f(z) = max(0, z).
    case relu

    /// f(z)ᵢ = exp(zᵢ) / Σⱼ exp(zⱼ), where the sum is over the outputs of one sample.
    case softmax

    /// f(z) = exp(z).
    case exp

    package var kernel: kernel_activation {
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
