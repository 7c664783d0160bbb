import CKernels
import LinearAlgebra
import NeuralNetwork

/// A task in the numbers by which the kernels know functions.
struct TaskNumbers<Scalar: NetworkScalar> {
    let activation: Int
    /// How a layer's error becomes a derivative: by its values or by stored slopes.
    let derivative: Int
    let outActivation: Int
    let loss: Int
    /// A number per output for some losses; nil for the others.
    let levels: [Scalar]?
    let alpha: Double
    let dropout: Double
    let maxGradientNorm: Double?
    /// Label smoothing: targets ← factor · targets + offset.
    let targetFactor: Double
    let targetOffset: Double
    let probabilityMargin: Double

    static var identity: Int { Int(KERNEL_IDENTITY.rawValue) }

    var storesSlopes: Bool { derivative == Int(KERNEL_STORED_SLOPE.rawValue) }

    init(_ task: EngineTask<Scalar>) {
        let (network, options) = (task.network, task.options)
        activation = Int(network.activation.kernel.rawValue)
        let storesSlopes = !network.activation.isScikitLearns || options.dropout != nil
        derivative = storesSlopes ? Int(KERNEL_STORED_SLOPE.rawValue) : activation
        outActivation = Int(task.loss.outActivation.kernel.rawValue)
        loss = Int(task.loss.kernel.rawValue)
        levels = task.loss.levels(outputs: network.shape.outputs)
        alpha = task.alpha
        dropout = options.dropout?.rate ?? 0
        maxGradientNorm = options.maxGradientNorm
        let classes = task.loss == .logLoss ? network.shape.outputs : 2
        targetFactor = 1 - options.labelSmoothing
        targetOffset = options.labelSmoothing / Double(classes)
        probabilityMargin = task.probabilityMargin
    }
}
