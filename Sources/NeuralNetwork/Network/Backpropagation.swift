import LinearAlgebra

/// The memory of training: parameters, their gradient, and one mini-batch on its way through the network and back.
///
/// Everything is allocated once, in one block, when training begins; a step allocates nothing. A step is `load`,
/// ``forward()``, ``loss(alpha:)``, ``backward(alpha:)``, after which an optimizer moves ``parameters`` along ``gradient``.
struct Backpropagation<Scalar: NetworkScalar>: ~Copyable {
    let shape: NetworkShape
    let activation: Activation
    let lossFunction: Loss

    /// All parameters, in the layout of ``NetworkShape``.
    let parameters: UnsafeMutableBufferPointer<Scalar>
    /// The derivative of the loss with respect to each of the parameters.
    let gradient: UnsafeMutableBufferPointer<Scalar>

    /// The batch's values at every layer of units: the features first (none where they are sparse), the predictions last.
    let values: [UnsafeMutablePointer<Scalar>]
    /// Sparse features, of which the batch is the rows in ``samples``; nil where features are dense.
    let sparse: SparseMatrix<Scalar>?
    /// The numbers of the batch's samples.
    let samples: UnsafeMutableBufferPointer<Int>
    let targets: UnsafeMutablePointer<Scalar>
    let weights: UnsafeMutablePointer<Scalar>?
    /// The errors of two neighbouring hidden layers, which take turns.
    let deltas: (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>)

    /// How far the loss keeps probabilities from 0 and 1, so that their logarithms stay finite.
    var probabilityMargin = Double(Scalar.ulpOfOne)

    /// How many samples the loaded batch has.
    private(set) var rows = 0
    /// The sum of their weights.
    private(set) var weightSum = 0.0

    private let block: UnsafeMutablePointer<Scalar>

    /// Room for batches of up to `batchSize` samples, and a copy of the network's parameters.
    init(_ network: Network<Scalar>, loss: Loss, batchSize: Int, for data: TrainingData<Scalar>) {
        let shape = network.shape
        let weighted = data.weights != nil
        let sparse: SparseMatrix<Scalar>? = if case .sparse(let features) = data.features { features } else { nil }
        let unitsAtLayers = [sparse == nil ? batchSize * shape.inputs : 0] + shape.layers.map { $0.fanOut * batchSize }
        let sizes =
            [shape.parameterCount, shape.parameterCount] + unitsAtLayers
            + [batchSize * shape.outputs, weighted ? batchSize : 0]
            + [batchSize * shape.widestLayer, batchSize * shape.widestLayer]
        // Every part begins on a cache line of its own.
        let line = 64 / MemoryLayout<Scalar>.stride
        let starts = sizes.reduce(into: [0]) { starts, size in
            starts.append(starts[starts.count - 1] + (size + line - 1) / line * line)
        }
        let memory = UnsafeMutableRawPointer.allocate(
            byteCount: starts[sizes.count] * MemoryLayout<Scalar>.stride, alignment: 64)
        let block = memory.bindMemory(to: Scalar.self, capacity: starts[sizes.count])
        block.initialize(repeating: 0, count: starts[sizes.count])
        let parts = starts.map { block + $0 }

        self.shape = shape
        self.activation = network.activation
        self.lossFunction = loss
        self.block = block
        self.sparse = sparse
        self.samples = UnsafeMutableBufferPointer.allocate(capacity: batchSize)
        self.samples.initialize(repeating: 0)
        self.parameters = UnsafeMutableBufferPointer(start: parts[0], count: shape.parameterCount)
        self.gradient = UnsafeMutableBufferPointer(start: parts[1], count: shape.parameterCount)
        let afterValues = 2 + unitsAtLayers.count
        self.values = Array(parts[2..<afterValues])
        self.targets = parts[afterValues]
        self.weights = weighted ? parts[afterValues + 1] : nil
        self.deltas = (parts[afterValues + 2], parts[afterValues + 3])
        _ = parameters.update(fromContentsOf: network.parameters)
    }

    deinit {
        block.deallocate()
        samples.deallocate()
    }

    /// Writes the parameters back to the network that they are of, into the memory that it has.
    func copyParameters(to network: inout Network<Scalar>) {
        network.parameters.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: parameters) }
    }

    /// Takes the samples with the given numbers in, as the batch of the next step.
    mutating func load(_ batch: ArraySlice<Int>, of data: TrainingData<Scalar>) {
        rows = samples.update(fromContentsOf: batch)
        let batch = UnsafeBufferPointer(rebasing: samples[..<rows])
        if case .dense(let features) = data.features { features.gatherRows(batch, into: values[0]) }
        data.targets.gatherRows(batch, into: targets)
        weightSum = Double(rows)
        if let weights, let source = data.weights {
            weightSum = 0
            for (position, sample) in batch.enumerated() {
                weights[position] = source[sample]
                weightSum += Double(source[sample])
            }
        }
    }
}

extension Matrix where Scalar: NetworkScalar {
    /// Copies the rows with the given numbers to `target`.
    fileprivate func gatherRows(_ indices: UnsafeBufferPointer<Int>, into target: UnsafeMutablePointer<Scalar>) {
        withUnsafeElements { source in
            guard let source = source.baseAddress, let start = indices.baseAddress else { return }
            Scalar.gatherRows(target, from: source, start, count: indices.count, columns: columns)
        }
    }
}
