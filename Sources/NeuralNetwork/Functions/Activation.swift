package import CKernels

/// The activation function of the hidden layers. Each unit applies it to its weighted sum z.
///
/// scikit-learn has the first four. The others are PyTorch's, with its constants.
public enum Activation: String, Sendable, Codable, CaseIterable {
    /// f(z) = z: the network is a linear model.
    case identity

    /// f(z) = 1 / (1 + exp(−z)), between 0 and 1.
    case logistic

    /// f(z) = tanh(z), between −1 and 1.
    case tanh

    /// f(z) = max(0, z), the rectified linear unit.
    case relu

    /// f(z) = z for z > 0, otherwise 0.01·z. The derivative is never 0, so no unit stops learning.
    case leakyReLU

    /// f(z) = z for z > 0, otherwise exp(z) − 1, the exponential linear unit.
    case elu

    /// f(z) = 1.0507·z for z > 0, otherwise 1.0507·1.6733·(exp(z) − 1), the scaled exponential linear unit. It keeps
    /// the mean of a layer's outputs near 0 and their variance near 1, even in deep networks.
    case selu

    /// f(z) = z·Φ(z), where Φ is the distribution function of the standard normal distribution.
    case gelu

    /// f(z) = z / (1 + exp(−z)), also called swish.
    case silu

    /// f(z) = z·tanh(log(1 + exp(z))).
    case mish

    /// f(z) = log(1 + exp(z)), a smooth relu.
    case softplus

    /// The kernel that computes the value, and for the first four functions also the derivative.
    package var kernel: kernel_activation {
        switch self {
        case .identity: KERNEL_IDENTITY
        case .logistic: KERNEL_LOGISTIC
        case .tanh: KERNEL_TANH
        case .relu: KERNEL_RELU
        case .leakyReLU: KERNEL_LEAKY_RELU
        case .elu: KERNEL_ELU
        case .selu: KERNEL_SELU
        case .gelu: KERNEL_GELU
        case .silu: KERNEL_SILU
        case .mish: KERNEL_MISH
        case .softplus: KERNEL_SOFTPLUS
        }
    }

    /// Whether scikit-learn has the function. Its derivative then is a function of its value, and training stores only
    /// the value.
    package var isScikitLearns: Bool {
        switch self {
        case .identity, .logistic, .tanh, .relu: true
        default: false
        }
    }
}
