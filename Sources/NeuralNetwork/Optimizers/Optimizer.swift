/// A stochastic optimizer and its state.
enum Optimizer<Scalar: NetworkScalar>: Equatable, Sendable {
    case sgd(SGD<Scalar>)
    case adam(Adam<Scalar>)
}

extension SGD {
    var stored: Optimizer<Scalar> { .sgd(self) }
}

extension Adam {
    var stored: Optimizer<Scalar> { .adam(self) }
}
