import LinearAlgebra
import NeuralNetwork
import TabularNetworks

/// Trains a network for tables on a GPU.
///
/// The table, the parameters and the moments stay on the card. Up to 64 steps together upload the order of their
/// samples and their rates, and download their losses.
final class TabularCUDAEngine<Scalar: NetworkScalar>: TabularEngine {
    let task: TabularEngineTask<Scalar>
    let card: Card
    let stream: Stream
    let kernels: TabularKernels
    let memory: TabularMemory<Scalar>
    private let block: DeviceMemory
    /// Graphs of a step, by the number of its samples.
    private var graphs = Graphs<Int>()

    /// Creates an engine with the parameters and moments of the task.
    ///
    /// - Throws: `DeviceError` if the card fails or has too little memory.
    init(_ task: TabularEngineTask<Scalar>, on card: Card) throws {
        (self.task, self.card) = (task, card)
        var sizes = DeviceMemoryDivider()
        _ = TabularMemory(task, in: &sizes)
        (stream, kernels, block, memory) = try card.use {
            let stream = try Stream(on: card)
            let kernels = try TabularKernels(Scalar.self, on: card)
            try card.requireMemory(sizes.byteCount)
            let block = try DeviceMemory(byteCount: sizes.byteCount, on: card)
            var divider = DeviceMemoryDivider(from: block.address)
            return (stream, kernels, block, TabularMemory(task, in: &divider))
        }
        let record = [TableRecord(task.network.input, in: memory)]
        let ranges = ParameterRange.all(of: task.network)
        let rows = task.samples.table.rows
        let validation = (0..<memory.validationOrder.count).map { Int32(rows + $0) }
        try withExtendedLifetime((record, ranges, validation)) {
            try complete {
                try upload(task.samples.table, from: 0)
                if let validation = task.validation { try upload(validation.table, from: rows) }
                try upload(record, to: memory.table)
                try upload(task.network.input.tables, to: memory.embeddings)
                try upload(task.samples.targets, to: memory.targets)
                if let weights = memory.weights { try upload(task.samples.weights ?? [], to: weights) }
                try upload(task.parameters, to: memory.parameters)
                try upload(task.means, to: memory.means)
                try upload(task.squares, to: memory.squares)
                try upload(ranges, to: memory.ranges)
                try upload(validation, to: memory.validationOrder)
            }
        }
    }

    // MARK: Copies

    /// Does what `body` puts into the queue.
    private func complete(_ body: () throws -> Void) throws { try card.use { try stream.complete(body) } }

    /// Uploads an array, which must live until the queue is complete.
    private func upload<Element>(_ source: [Element], to target: DeviceArray<Element>) throws {
        try source.withUnsafeBufferPointer { try stream.upload($0, to: target) }
    }

    /// Uploads a table to the rows from `first` on.
    private func upload(_ table: EncodedTable<Scalar>, from first: Int) throws {
        let shape = table.shape
        try upload(table.numbers, to: memory.numbers.advanced(by: first * shape.numbers))
        if !table.positions.isEmpty {
            try upload(table.positions, to: memory.positions.advanced(by: first * shape.numbers))
        }
        try upload(table.indicators, to: memory.indicators.advanced(by: first * shape.indicators))
        try upload(table.codes, to: memory.codes.advanced(by: first * shape.categories.count))
    }

    private func downloaded<Element>(
        _ source: DeviceArray<Element>, repeating zero: Element, count: Int, after body: () throws -> Void = {}
    ) throws -> [Element] {
        var target = [Element](repeating: zero, count: count)
        try target.withUnsafeMutableBufferPointer { target in
            try complete {
                try body()
                try stream.download(source, to: target)
            }
        }
        return target
    }

    // MARK: Engine

    func parameters() throws -> [Scalar] {
        try downloaded(memory.parameters, repeating: 0, count: memory.parameters.count)
    }

    func moments() throws -> (means: [Scalar], squares: [Scalar]) {
        let count = memory.parameters.count
        return (
            try downloaded(memory.means, repeating: 0, count: count),
            try downloaded(memory.squares, repeating: 0, count: count)
        )
    }

    func restart(with parameters: [Scalar]) throws {
        try withExtendedLifetime(parameters) {
            try complete {
                try upload(parameters, to: memory.parameters)
                for moments in [memory.means, memory.squares] {
                    try stream.clear(moments, byteCount: moments.count * MemoryLayout<Scalar>.stride)
                }
            }
        }
    }

    func train(over order: [Int], next: () -> TabularStep?) throws -> (loss: Double, weight: Double) {
        var (loss, weight) = (0.0, 0.0)
        var steps: [TabularStep] = []
        repeat {
            steps = []
            while steps.count < memory.steps.count, let step = next() { steps.append(step) }
            let inputs = steps.map {
                StepInput($0, of: task, weightSum: task.samples.weightSum(order[$0.batch]))
            }
            for result in try take(steps, inputs, over: order) { loss += result.lossSum }
            for input in inputs { weight += input.weightSum }
        } while steps.count == memory.steps.count
        return (loss, weight)
    }

    /// Takes some steps.
    private func take(_ steps: [TabularStep], _ inputs: [StepInput], over order: [Int]) throws -> [StepOutput] {
        guard !steps.isEmpty else { return [] }
        var samples = [Int32](repeating: 0, count: steps.count * task.batchSize)
        for (index, step) in steps.enumerated() {
            let start = index * task.batchSize
            for (row, sample) in order[step.batch].enumerated() { samples[start + row] = Int32(sample) }
        }
        return try withExtendedLifetime((samples, inputs)) {
            try downloaded(memory.results, repeating: StepOutput(), count: steps.count) {
                try upload(samples, to: memory.order)
                try upload(inputs, to: memory.steps)
                try stream.clear(memory.progress, byteCount: MemoryLayout<Int32>.size)
                for step in steps {
                    let rows = step.batch.count
                    try graphs.launch(rows, on: stream) { try launchStep(rows: rows) }
                }
            }
        }
    }

    func validationOutputs() throws -> [Scalar] {
        let rows = memory.validationOrder.count
        return try downloaded(memory.validationOutputs, repeating: 0, count: rows * task.network.outputs) {
            for first in stride(from: 0, to: rows, by: max(1, memory.validationChunk)) {
                try validate(first..<min(first + memory.validationChunk, rows))
            }
        }
    }
}
