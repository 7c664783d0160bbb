import CKernels
import LinearAlgebra

/// What one step does to the parameters once their gradient is known.
///
/// Every ``TrainingEngine`` implements these rules. A rule is a trivial value, so several workers can apply it to
/// different parameters at the same time.
package enum UpdateRule<Scalar: NetworkScalar>: Sendable {
    /// Adds the penalty's derivative to the gradient but keeps the parameters, for a solver that needs the whole
    /// gradient.
    case keepGradient

    /// Gradient descent with momentum.
    case sgd(rate: Scalar, momentum: Scalar, nesterov: Bool)

    /// Adam; `rate` includes the bias correction of both moments. Before the step, coefficients lose `shrinkage` times
    /// their value.
    case adam(rate: Double, beta1: Double, beta2: Double, epsilon: Double, shrinkage: Double = 0)

    /// Returns the rule at `factor` times its learning rate.
    func scaled(by factor: Double) -> UpdateRule {
        switch self {
        case .keepGradient: self
        case .sgd(let rate, let momentum, let nesterov):
            .sgd(rate: Scalar(Double(rate) * factor), momentum: momentum, nesterov: nesterov)
        case .adam(let rate, let beta1, let beta2, let epsilon, let shrinkage):
            .adam(
                rate: rate * factor, beta1: beta1, beta2: beta2, epsilon: epsilon, shrinkage: shrinkage * factor)
        }
    }
}

/// A range of parameters with their gradient and moments, in the buffers of an engine.
struct ParameterSlice<Scalar: NetworkScalar> {
    let parameters: UnsafeMutablePointer<Scalar>
    /// The derivative of the loss, without the penalty's.
    let gradient: UnsafeMutablePointer<Scalar>
    /// The optimizer's moments: up to two numbers per parameter.
    let moments: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>)
    let count: Int
    /// The penalty's derivative is decay · parameter.
    let decay: Scalar
    /// Whether the parameters are coefficients; intercepts do not shrink.
    let isCoefficients: Bool
}

extension UpdateRule {
    /// Updates a slice.
    ///
    /// - Returns: the sum of the squares of the updated parameters.
    func apply(to slice: ParameterSlice<Scalar>) -> Double {
        switch self {
        case .keepGradient:
            return kernel_penalize(
                Scalar.kernelPrecision, slice.parameters, slice.gradient, slice.count, Double(slice.decay))
        case .sgd(let rate, let momentum, let nesterov):
            return kernel_sgd(
                Scalar.kernelPrecision, slice.parameters, slice.gradient, slice.moments.0, slice.count,
                Double(slice.decay),
                Double(rate), Double(momentum), nesterov)
        case .adam(let rate, let beta1, let beta2, let epsilon, let shrinkage):
            if shrinkage > 0, slice.isCoefficients {
                kernel_scale(Scalar.kernelPrecision, slice.parameters, slice.count, 1 - shrinkage, 0)
            }
            return kernel_adam(
                Scalar.kernelPrecision, slice.parameters, slice.gradient, slice.moments.0, slice.moments.1, slice.count,
                Double(slice.decay), rate, beta1, beta2, epsilon)
        }
    }
}
