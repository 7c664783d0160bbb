public import LinearAlgebra

/// The precision of a network: `Double` or `Float`.
public typealias NetworkScalar = MatrixScalar
