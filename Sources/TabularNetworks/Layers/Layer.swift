import LinearAlgebra
import NumPyRandom

/// Adjacent parameters that the optimizer treats alike.
package struct ParameterGroup: Equatable, Sendable {
    /// Their indices in the network's parameters.
    package let range: Range<Int>

    /// The factor of the learning rate.
    package var rateFactor = 1.0

    /// The factor of the decay, which is this times learning rate times weight decay.
    package var decayFactor = 1.0

    /// The factor of Adam's epsilon.
    package var epsilonFactor = 1.0
}

/// A step from the rows of a matrix to those of another one: the position of its parameters, its value and its derivative.
///
/// Matrices are row-major without gaps and have one row per sample.
protocol Layer: Sendable {
    /// The number of columns of the input.
    var inputs: Int { get }

    /// The number of columns of the output.
    var outputs: Int { get }

    /// The layer's parameters.
    var groups: [ParameterGroup] { get }

    /// How many numbers `forward` keeps for `backward`, for a batch of `rows` samples.
    func keptCount(rows: Int) -> Int

    /// Computes the outputs of a batch.
    ///
    /// - Parameters:
    ///   - kept: receives what `backward` needs, in training.
    ///   - noise: which values to drop; nil for none.
    func forward<Scalar: MatrixScalar>(
        _ input: UnsafePointer<Scalar>, to output: UnsafeMutablePointer<Scalar>, kept: UnsafeMutablePointer<Scalar>,
        noise: Noise?, in pass: Pass<Scalar>)

    /// Computes the derivatives of the loss by the parameters and by the inputs.
    ///
    /// - Parameters:
    ///   - delta: the derivative by the outputs; overwritten.
    ///   - inputDelta: receives the derivative by the inputs.
    func backward<Scalar: MatrixScalar>(
        _ delta: UnsafeMutablePointer<Scalar>, input: UnsafePointer<Scalar>, kept: UnsafeMutablePointer<Scalar>,
        gradient: UnsafeMutablePointer<Scalar>, to inputDelta: UnsafeMutablePointer<Scalar>, in pass: Pass<Scalar>)

    /// Sets the initial parameters, given the inputs of some samples.
    func initialize<Scalar: MatrixScalar>(
        _ parameters: UnsafeMutablePointer<Scalar>, inputs: UnsafePointer<Scalar>, rows: Int,
        random: inout RandomState, workspace: UnsafeMutablePointer<Scalar>)
}

/// What all layers share in a pass over a batch.
struct Pass<Scalar: MatrixScalar> {
    let rows: Int
    /// All parameters of the network.
    let parameters: UnsafePointer<Scalar>
    /// The workspace of products.
    let workspace: UnsafeMutablePointer<Scalar>
    /// Whether `forward` keeps what `backward` needs. Layers whose derivative needs nothing but input and output ignore it.
    var isTraining = true
}

/// Which values of a layer are dropped.
package struct Noise {
    /// The probability that a value is dropped.
    package let rate: Double
    /// Determines the draws.
    package let key: UInt64
}
