import LinearAlgebra
import NeuralNetwork

/// Trains a small network on a GPU at the same time as others: see ``FitGroup``.
final class GroupEngine<Scalar: NetworkScalar>: TrainingEngine {
    private let shape: NetworkShape
    private let momentCount: Int
    private let weights: [Scalar]?
    private let alpha: Double
    private let fits: SideBySide
    private let group: FitGroup<Scalar>
    private let block: DeviceMemory
    private let run: NetworkRun
    private let sharedBytes: Int
    /// The parameters and both moments after the last epoch.
    private var state: [Scalar]

    /// Creates an engine with the parameters and moments of the task.
    init(
        _ task: EngineTask<Scalar>, features: Matrix<Scalar>, network: SmallNetwork, among fits: SideBySide,
        group: FitGroup<Scalar>, on card: Card
    ) throws {
        let numbers = TaskNumbers(task)
        shape = task.network.shape
        momentCount = task.moments.count
        (weights, alpha) = (task.data.weights, task.alpha)
        (self.fits, self.group) = (fits, group)
        sharedBytes = SmallNetwork.sharedBytes(
            shape, storesSlopes: numbers.storesSlopes, rowsTogether: network.rowsTogether, Scalar.self)
        let zeros = [Scalar](repeating: 0, count: shape.parameterCount)
        state = task.network.parameters + (task.moments + [zeros, zeros]).prefix(2).joined()
        (block, run) = try card.use { [shape] in
            func layout(_ memory: inout DeviceMemoryDivider) -> [DeviceArray<Scalar>?] {
                [
                    memory.array(features.elements.count), memory.array(task.data.targets.elements.count),
                    task.data.weights.map { memory.array($0.count) }, numbers.levels.map { memory.array($0.count) },
                    memory.array(shape.parameterCount), task.moments.first.map { memory.array($0.count) },
                    task.moments.dropFirst().first.map { memory.array($0.count) },
                ]
            }
            var size = DeviceMemoryDivider()
            _ = layout(&size)
            try card.requireMemory(size.byteCount)
            let block = try DeviceMemory(byteCount: size.byteCount, on: card)
            var memory = DeviceMemoryDivider(from: block.address)
            let places = layout(&memory)
            let sources: [[Scalar]?] =
                [
                    features.elements, task.data.targets.elements, task.data.weights, numbers.levels,
                    task.network.parameters,
                ] + task.moments.map { $0 }
            let stream = try Stream(on: card)
            try stream.complete {
                for case (let source?, let place?) in zip(sources, places) {
                    try source.withUnsafeBufferPointer { try stream.upload($0, to: place) }
                }
            }
            func address(_ index: Int) -> Driver.Address { places[index]?.address ?? 0 }
            func unit(_ index: Int) -> Int32 { index < shape.layerUnits.count ? Int32(shape.layerUnits[index]) : 0 }
            return (
                block,
                NetworkRun(
                    features: address(0), targets: address(1), weights: address(2), levels: address(3), order: 0,
                    steps: 0,
                    results: 0, parameters: address(4), moment1: address(5), moment2: address(6), snapshots: 0,
                    alpha: numbers.alpha, dropoutRate: numbers.dropout, targetFactor: numbers.targetFactor,
                    targetOffset: numbers.targetOffset, margin: numbers.probabilityMargin,
                    maximumNorm: numbers.maxGradientNorm ?? 0, samples: Int32(task.data.count),
                    batch: Int32(task.batchSize ?? task.data.count), epochs: 1,
                    layers: Int32(shape.layers.count), activation: Int32(numbers.activation),
                    derivative: Int32(numbers.derivative), outActivation: Int32(numbers.outActivation),
                    loss: Int32(numbers.loss), rule: 0, unused: 0,
                    units: (unit(0), unit(1), unit(2), unit(3), unit(4), unit(5), unit(6), unit(7), unit(8)))
            )
        }
    }

    func train<Optimizer: StochasticOptimizer<Scalar>>(
        over order: SampleOrder, inBatchesOf size: Int, noise: UInt64, with optimizer: inout Optimizer,
        record: (BatchResult) throws -> Void
    ) throws {
        let inputs = EpochInputs(over: order, inBatchesOf: size, noise: noise, with: &optimizer, weights: weights)
        var run = run
        (run.samples, run.rule) = (Int32(order.samples.count), Int32(inputs.rule.rawValue))
        let epoch = Epoch<Scalar>(
            run, order: order.samples.map { Int32(truncatingIfNeeded: $0) }, steps: inputs.steps,
            parameterCount: shape.parameterCount, sharedBytes: sharedBytes)
        try group.compute(epoch, among: fits, fitBytes: block.byteCount)
        state = epoch.state
        try inputs.report(epoch.results, alpha: alpha, to: record)
    }

    func copyParameters(to target: inout [Scalar]) {
        target.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: state.prefix($0.count)) }
    }

    func moments() -> [[Scalar]] {
        (1..<1 + momentCount).map { Array(state[$0 * shape.parameterCount..<($0 + 1) * shape.parameterCount]) }
    }

    /// The network is small, so that the processor computes its outputs.
    func outputs(of network: Network<Scalar>, for features: _NetworkInput<Scalar>) -> Matrix<Scalar> {
        network.outputs(features)
    }

    func objective(at parameters: [Scalar], gradient: inout [Scalar]) throws -> Double {
        throw DeviceError("an engine for mini-batches has no objective.")
    }
}
