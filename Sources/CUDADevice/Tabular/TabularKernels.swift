import LinearAlgebra
import NeuralNetwork

/// The kernels of networks for tables in one precision.
struct TabularKernels {
    /// Those that other networks have too.
    let shared: TrainingKernels
    let inputs: Kernel
    let parametric: Kernel
    let multiplyDelta: Kernel
    let numberGradient: Kernel
    let categoryGradient: Kernel
    let update: Kernel

    /// Loads the kernels. Needs the card's context.
    init<Scalar: NetworkScalar>(_: Scalar.Type, on card: Card) throws {
        let image = KernelImage(Scalar.self)
        func kernel(_ name: String) throws -> Kernel { try card.kernel("\(name)_\(image.rawValue)", of: image) }
        shared = try TrainingKernels(Scalar.self, on: card)
        inputs = try kernel("table_inputs")
        parametric = try kernel("parametric")
        multiplyDelta = try kernel("multiply_delta")
        numberGradient = try kernel("number_gradient")
        categoryGradient = try kernel("category_gradient")
        update = try kernel("update_ranges")
    }
}
