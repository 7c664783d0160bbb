import CKernels
import LinearAlgebra

/// What one step does to parameters as soon as their gradient is known.
///
/// These are the rules that every ``TrainingEngine`` computes. A rule is a trivial value, which several workers apply to
/// different parameters at the same time.
enum UpdateRule<Scalar: NetworkScalar>: Sendable {
    /// Adds the penalty's derivative to the gradient and leaves the parameters to a solver that wants the whole gradient.
    case keepGradient

    /// Gradient descent with momentum.
    case sgd(rate: Scalar, momentum: Scalar, nesterov: Bool)

    /// Adam; `rate` contains the correction for the bias of both moments.
    case adam(rate: Double, beta1: Double, beta2: Double, epsilon: Double)
}

/// Some adjacent parameters with all that belongs to them, in the buffers of an engine.
struct ParameterSlice<Scalar: NetworkScalar> {
    let parameters: UnsafeMutablePointer<Scalar>
    /// The derivative of the loss, without that of the penalty.
    let gradient: UnsafeMutablePointer<Scalar>
    /// The optimizer's moments: up to two numbers per parameter.
    let moments: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>)
    let count: Int
    /// The penalty's derivative is decay · parameter.
    let decay: Scalar
}

extension UpdateRule {
    /// Updates a slice.
    ///
    /// - Returns: the sum of the squares of the parameters after it.
    func apply(to slice: ParameterSlice<Scalar>) -> Double {
        switch self {
        case .keepGradient:
            kernel_penalize(
                Scalar.precision, slice.parameters, slice.gradient, slice.count, Double(slice.decay))
        case .sgd(let rate, let momentum, let nesterov):
            kernel_sgd(
                Scalar.precision, slice.parameters, slice.gradient, slice.moments.0, slice.count, Double(slice.decay),
                Double(rate), Double(momentum), nesterov)
        case .adam(let rate, let beta1, let beta2, let epsilon):
            kernel_adam(
                Scalar.precision, slice.parameters, slice.gradient, slice.moments.0, slice.moments.1, slice.count,
                Double(slice.decay), rate, beta1, beta2, epsilon)
        }
    }
}
