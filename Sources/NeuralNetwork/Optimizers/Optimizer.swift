/// A stochastic optimizer and its state.
package enum Optimizer<Scalar: NetworkScalar>: Equatable, Sendable {
    case sgd(SGD<Scalar>)
    case adam(Adam<Scalar>)
}

extension SGD {
    package var stored: Optimizer<Scalar> { .sgd(self) }
}

extension Adam {
    package var stored: Optimizer<Scalar> { .adam(self) }
}
