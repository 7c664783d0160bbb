/// Some neighbouring parameters and all that belongs to them, in the memory of training.
public struct ParameterSlice<Scalar> {
    let parameters: UnsafeMutablePointer<Scalar>
    /// The derivative of the loss, to which the penalty's is not yet added.
    let gradient: UnsafeMutablePointer<Scalar>
    /// What an optimizer keeps for every parameter: up to two numbers.
    let moments: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>)
    let count: Int
    /// The penalty's derivative is decay · parameter.
    let decay: Scalar
}

/// What becomes of parameters as soon as their gradient is known: one step of an optimizer, as a trivial value that several
/// threads apply to slices of their own.
protocol UpdateRule<Scalar>: Sendable {
    associatedtype Scalar: NetworkScalar

    /// Whether somebody reads the gradient when the step is over.
    static var keepsGradient: Bool { get }

    /// Takes the slice's step.
    ///
    /// - Returns: the sum of the parameters' squares after it.
    func apply(to slice: ParameterSlice<Scalar>) -> Double
}

extension UpdateRule {
    static var keepsGradient: Bool { false }
}

/// The rule of a solver that wants the whole gradient and moves the parameters itself: the penalty's part is added to it.
struct PenalizedGradient<Scalar: NetworkScalar>: UpdateRule {
    static var keepsGradient: Bool { true }

    func apply(to slice: ParameterSlice<Scalar>) -> Double { Scalar.penalize(slice) }
}
