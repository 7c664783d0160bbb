import CKernels

/// The activation function of the hidden layers. Each unit applies it to its weighted sum z.
public enum Activation: String, Sendable, Codable, CaseIterable {
    /// f(z) = z: the network is a linear model.
    case identity

    /// f(z) = 1 / (1 + exp(−z)), between 0 and 1.
    case logistic

    /// f(z) = tanh(z), between −1 and 1.
    case tanh

    /// f(z) = max(0, z), the rectified linear unit.
    case relu

    /// The kernels that compute value and derivative. Both are in `activation.inc`.
    var kernel: kernel_activation {
        switch self {
        case .identity: KERNEL_IDENTITY
        case .logistic: KERNEL_LOGISTIC
        case .tanh: KERNEL_TANH
        case .relu: KERNEL_RELU
        }
    }
}
