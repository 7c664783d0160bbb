import LinearAlgebra
import NeuralNetwork

/// The kernels of a training step in one precision.
struct TrainingKernels {
    private let forward: Tiled
    let outputLayer: Kernel
    let outputRows: Kernel
    private let backward: Tiled
    private let gradient: Tiled
    let collect: Kernel
    let apply: Kernel
    let squares: Kernel
    let finish: Kernel

    /// A kernel for small and one for large tiles.
    private struct Tiled {
        let small: Kernel
        let large: Kernel

        subscript(tiles: Tiles) -> Kernel { tiles == .large ? large : small }
    }

    /// Loads the kernels. Needs the card's context.
    init<Scalar: NetworkScalar>(_: Scalar.Type, on card: Card) throws {
        let image = KernelImage(Scalar.self)
        func kernel(_ name: String) throws -> Kernel { try card.kernel("\(name)_\(image.rawValue)", of: image) }
        func tiled(_ name: String) throws -> Tiled {
            Tiled(small: try kernel("\(name)_small"), large: try kernel("\(name)_large"))
        }
        forward = try tiled("forward")
        outputLayer = try kernel("output_layer")
        outputRows = try kernel("output_rows")
        backward = try tiled("backward")
        gradient = try tiled("gradient")
        collect = try kernel("collect")
        apply = try kernel("apply")
        squares = try kernel("squares")
        finish = try kernel("finish")
    }

    func forward(_ tiles: Tiles) -> Kernel { forward[tiles] }
    func backward(_ tiles: Tiles) -> Kernel { backward[tiles] }
    func gradient(_ tiles: Tiles) -> Kernel { gradient[tiles] }
}
