import LinearAlgebra
import NeuralNetwork

/// Trains on a GPU.
///
/// Data, parameters and moments stay on the card. An epoch uploads the order of the samples and the rates of the steps, and
/// downloads the losses. Its steps are launched as graphs, so that the card does not wait for the host.
final class CUDAEngine<Scalar: NetworkScalar>: TrainingEngine {
    let card: Card
    let stream: Stream
    let kernels: TrainingKernels
    let memory: TrainingMemory<Scalar>
    private let block: DeviceMemory
    private let plan: TrainingPlan
    private let data: TrainingData<Scalar>
    /// Graphs of steps, by their sizes.
    private var graphs = Graphs<GraphKey>()
    /// The validation features that are on the card.
    private var evaluated: Matrix<Scalar>?

    let numbers: TaskNumbers<Scalar>

    private struct GraphKey: Hashable {
        let rows: Int
        let steps: Int
        let rule: RuleNumber
    }

    /// Creates an engine with the parameters of the task's network.
    ///
    /// - Throws: `DeviceError` if the card fails or has too little memory.
    init(_ task: EngineTask<Scalar>, features: Matrix<Scalar>, on card: Card) throws {
        numbers = TaskNumbers(task)
        let plan = TrainingPlan(
            shape: task.network.shape, samples: task.data.count, batchSize: task.batchSize ?? task.data.count,
            isFullBatch: task.batchSize == nil, isWeighted: task.data.weights != nil, hasLevels: numbers.levels != nil,
            momentCount: task.moments.count, storesSlopes: numbers.storesSlopes, clips: numbers.maxGradientNorm != nil,
            evaluatedSamples: task.validationSamples)
        self.plan = plan
        data = task.data
        self.card = card

        (stream, kernels, block, memory) = try card.use {
            let stream = try Stream(on: card)
            let kernels = try TrainingKernels(Scalar.self, on: card)
            try card.requireMemory(plan.byteCount(Scalar.self))
            let block = try DeviceMemory(byteCount: plan.byteCount(Scalar.self), on: card)
            var divider = DeviceMemoryDivider(from: block.address)
            return (stream, kernels, block, TrainingMemory(plan, in: &divider))
        }
        try card.use {
            try stream.complete {
                try features.withUnsafeElements { try stream.upload($0, to: memory.features) }
                try data.targets.withUnsafeElements { try stream.upload($0, to: memory.targets) }
                try upload(data.weights, to: memory.weights)
                try upload(numbers.levels, to: memory.levels)
                try upload(task.network.parameters, to: memory.parameters)
                for (moment, target) in zip(task.moments, memory.moments) { try upload(moment, to: target) }
                try beginRun()
            }
        }
    }

    var shape: NetworkShape { plan.shape }

    /// The samples of the epoch; nil if each step uses all samples in order.
    var order: DeviceArray<Int32>? { plan.isFullBatch ? nil : memory.order }

    /// How far apart the batches of an epoch begin.
    var batchStride: Int { plan.isFullBatch ? 0 : plan.batchSize }

    private func upload(_ source: [Scalar]?, to target: DeviceArray<Scalar>?) throws {
        guard let source, let target else { return }
        try source.withUnsafeBufferPointer { try stream.upload($0, to: target) }
    }

    /// Uploads validation features, unless they are those of the last call.
    func uploadOnce(_ features: Matrix<Scalar>, to evaluation: EvaluationMemory<Scalar>) throws {
        func start(_ matrix: Matrix<Scalar>?) -> UnsafePointer<Scalar>? {
            matrix.flatMap { $0.withUnsafeElements { $0.baseAddress } }
        }
        // The engine keeps the matrix, so that no other can have its address.
        guard evaluated == nil || start(evaluated) != start(features) else { return }
        try features.withUnsafeElements { try stream.upload($0, to: evaluation.features) }
        evaluated = features
    }

    // MARK: Engine

    func train<Optimizer: StochasticOptimizer<Scalar>>(
        over order: SampleOrder, inBatchesOf size: Int, noise: UInt64, with optimizer: inout Optimizer,
        record: (BatchResult) throws -> Void
    ) throws {
        let inputs = EpochInputs(over: order, inBatchesOf: size, noise: noise, with: &optimizer, weights: data.weights)
        let order = order.samples.map { Int32(truncatingIfNeeded: $0) }
        var results = [StepOutput](repeating: StepOutput(), count: inputs.steps.count)
        try card.use {
            try order.withUnsafeBufferPointer { order in
                try inputs.steps.withUnsafeBufferPointer { steps in
                    try results.withUnsafeMutableBufferPointer { results in
                        try stream.complete {
                            try stream.upload(order, to: memory.order)
                            try stream.upload(steps, to: memory.steps)
                            try stream.clear(memory.progress, byteCount: MemoryLayout<Int32>.size)
                            try launchSteps(of: inputs.samples, inputs.rule)
                            try stream.download(memory.results, to: results)
                        }
                    }
                }
            }
        }
        try inputs.report(results, alpha: numbers.alpha, to: record)
    }

    func objective(at parameters: [Scalar], gradient: inout [Scalar]) throws -> Double {
        let weightSum = data.weights.map { $0.reduce(0) { $0 + Double($1) } } ?? Double(data.count)
        let step = [StepInput(weightSum: weightSum)]
        var result = [StepOutput()]
        try card.use {
            try parameters.withUnsafeBufferPointer { parameters in
                try step.withUnsafeBufferPointer { step in
                    try result.withUnsafeMutableBufferPointer { result in
                        try gradient.withUnsafeMutableBufferPointer { gradient in
                            try stream.complete {
                                try stream.upload(parameters, to: memory.parameters)
                                try stream.upload(step, to: memory.steps)
                                try beginRun()
                                try launch(rows: data.count, steps: 1, .keepGradient)
                                if let source = memory.gradient { try stream.download(source, to: gradient) }
                                try stream.download(memory.results, to: result)
                            }
                        }
                    }
                }
            }
        }
        return result[0].loss(alpha: numbers.alpha, weightSum: weightSum)
    }

    func copyParameters(to target: inout [Scalar]) throws {
        try card.use {
            try target.withUnsafeMutableBufferPointer { target in
                try stream.complete { try stream.download(memory.parameters, to: target) }
            }
        }
    }

    func moments() throws -> [[Scalar]] {
        try card.use {
            try memory.moments.map { moment in
                var copy = [Scalar](repeating: 0, count: moment.count)
                try copy.withUnsafeMutableBufferPointer { copy in
                    try stream.complete { try stream.download(moment, to: copy) }
                }
                return copy
            }
        }
    }

    // MARK: Steps

    /// Launches a step for each batch: as many as possible in one graph, then the rest.
    private func launchSteps(of samples: [Int], _ rule: RuleNumber) throws {
        var rest = samples[...]
        while let rows = rest.first {
            let equal = rest.prefix { $0 == rows }.count
            let steps = equal >= stepsInGraph ? stepsInGraph : 1
            try launch(rows: rows, steps: steps, rule)
            rest = rest.dropFirst(steps)
        }
    }

    /// Launches some steps of equal size.
    private func launch(rows: Int, steps: Int, _ rule: RuleNumber) throws {
        try graphs.launch(GraphKey(rows: rows, steps: steps, rule: rule), on: stream) {
            for _ in 0..<steps { try step(rows: rows, rule: rule) }
        }
    }
}

/// The number of steps of equal size that are one graph: launching a graph takes the host about as long as a small step
/// takes the card.
private let stepsInGraph = 16
