public import LinearAlgebra

/// A precision that a network can be trained in: `Double` or `Float`.
public typealias NetworkScalar = MatrixScalar
