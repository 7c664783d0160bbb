import CKernels
import LinearAlgebra
import NeuralNetwork

/// Trains a network on the processor, on the thread that calls.
final class HostTabularEngine<Scalar: MatrixScalar>: TabularEngine {
    private let task: TabularEngineTask<Scalar>
    private let current: UnsafeMutablePointer<Scalar>
    private let gradient: UnsafeMutablePointer<Scalar>
    private let means: UnsafeMutablePointer<Scalar>
    private let squares: UnsafeMutablePointer<Scalar>
    private let buffers: PassBuffers<Scalar>
    /// The memory of validations; nil without any.
    private let validationBuffers: PassBuffers<Scalar>?
    private let batch: EncodedBatch<Scalar>

    init(_ task: TabularEngineTask<Scalar>) {
        self.task = task
        let network = task.network
        buffers = PassBuffers(network, capacity: task.batchSize)
        validationBuffers = task.validation.map { network.predictionBuffers(rows: $0.table.rows) }
        batch = EncodedBatch(
            shape: task.samples.table.shape, capacity: task.batchSize, outputs: network.outputs)
        func memory(_ values: [Scalar]) -> UnsafeMutablePointer<Scalar> {
            let memory = UnsafeMutablePointer<Scalar>.allocate(capacity: max(1, network.parameterCount))
            memory.initialize(from: values, count: values.count)
            return memory
        }
        current = memory(task.parameters)
        gradient = memory([Scalar](repeating: 0, count: network.parameterCount))
        (means, squares) = (memory(task.means), memory(task.squares))
    }

    deinit { for memory in [current, gradient, means, squares] { memory.deallocate() } }

    private var network: TabularNetwork { task.network }

    private func copy(_ memory: UnsafeMutablePointer<Scalar>) -> [Scalar] {
        Array(UnsafeBufferPointer(start: memory, count: network.parameterCount))
    }

    func parameters() -> [Scalar] { copy(current) }

    func moments() -> (means: [Scalar], squares: [Scalar]) { (copy(means), copy(squares)) }

    func restart(with parameters: [Scalar]) {
        current.update(from: parameters, count: parameters.count)
        for moments in [means, squares] { moments.update(repeating: 0, count: network.parameterCount) }
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func validationOutputs() -> [Scalar] {
        guard let validation = task.validation else { return [] }
        return network.outputs(
            of: validation.table, parameters: UnsafePointer(current), buffers: validationBuffers)
    }

    @_specialize(where Scalar == Float)
    @_specialize(where Scalar == Double)
    func train(over order: [Int], next: () -> TabularStep?) -> (loss: Double, weight: Double) {
        var (loss, weight) = (0.0, 0.0)
        while let step = next() {
            batch.gather(task.samples, order[step.batch], smoothing: task.labelSmoothing)
            loss += take(step)
            weight += batch.weightSum
        }
        return (loss, weight)
    }

    /// Returns the sum of the losses of the batch.
    private func take(_ step: TabularStep) -> Double {
        network.forward(batch.rows, rows: batch.count, parameters: current, noise: step.noise, buffers: buffers)
        let loss = network.task.differentiate(
            buffers.outputs, targets: batch.targets, weights: task.samples.weights == nil ? nil : batch.weights,
            rows: batch.count, weightSum: batch.weightSum, to: buffers.deltas[0])
        network.backward(batch.rows, rows: batch.count, parameters: current, gradient: gradient, buffers: buffers) {
            for group in $0 { apply(step, to: group) }
        }
        return loss
    }

    /// Updates adjacent parameters, with the factors of their group.
    private func apply(_ step: TabularStep, to group: ParameterGroup) {
        let (start, count, settings) = (group.range.lowerBound, group.range.count, task.settings)
        let kept = 1 - step.rate * step.decay * group.decayFactor
        guard group.rateFactor > 0 else {
            if kept < 1 { kernel_scale(Scalar.kernelPrecision, current + start, count, kept, 0) }
            return
        }
        kernel_adamw(
            Scalar.kernelPrecision, current + start, gradient + start, means + start, squares + start, count, kept,
            step.rate * group.rateFactor * step.correction2 / step.correction1, settings.beta1, settings.beta2,
            settings.epsilon * group.epsilonFactor * step.correction2)
    }
}
