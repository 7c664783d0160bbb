import LinearAlgebra

/// Trains on several processes, each of which computes the gradient of its samples.
///
/// The processes hold the same parameters. In each step they add up their gradients, those of a layer while the layers below
/// are computed, and take the same step. Losses are added up once in an epoch.
final class GroupEngine<Scalar: NetworkScalar>: TrainingEngine {
    private let host: HostEngine<Scalar>
    private let group: any ProcessGroup
    private let share: SampleShare
    private let data: TrainingData<Scalar>
    private let shape: NetworkShape
    private let gradients: GradientSum<Scalar>
    /// The total weight of all samples; 0 before it is needed.
    private var totalWeight = 0.0

    /// - Parameter task: the task of the whole group, with the data of this process.
    init(_ task: EngineTask<Scalar>, _ membership: Membership, pool: WorkerPool) {
        let size = task.batchSize.map { min($0, task.data.count) }
        host = HostEngine(
            task.network, loss: task.loss, alpha: task.alpha, data: task.data, batchSize: size, options: task.options,
            moments: task.moments, pool: pool, probabilityMargin: task.probabilityMargin)
        (shape, data) = (task.network.shape, task.data)
        (share, group) = (membership.share, membership.group)
        gradients = GradientSum(
            of: shape, group, gradient: host.buffers.gradient, parameters: host.buffers.parameters,
            needsWhole: size == nil || task.options.maxGradientNorm != nil)
        host.ownership = gradients.ownership
    }

    // MARK: Engine

    func train<Optimizer: StochasticOptimizer<Scalar>>(
        over order: SampleOrder, inBatchesOf size: Int, noise: UInt64, with optimizer: inout Optimizer,
        record: (BatchResult) throws -> Void
    ) throws {
        let batches = Array(order.batches(of: size))
        let weightSums = try weightSums(of: batches)
        var lossSums: [Double] = []
        for (number, batch) in batches.enumerated() {
            host.dropoutKey = Dropout.key(noise, number)
            let (samples, positions) = share.own(batch)
            host.load(samples[...], at: positions, weightSum: weightSums[number])
            try gradients.waitForParameters()
            host.forward()
            lossSums.append(host.lossSum + ownPenalty)
            try host.differentiate { try gradients.start(for: $0) }
            try host.step(along: gradients.total, then: optimizer.nextStep()) { layer in
                try gradients.wait(for: layer)
            } updated: { layer in
                try gradients.startSharingParameters(of: layer)
            }
        }
        try gradients.waitForParameters()
        lossSums = try group.sum(lossSums)
        for (number, batch) in batches.enumerated() {
            try record(
                BatchResult(
                    samples: batch.count, weightSum: weightSums[number], loss: lossSums[number] / weightSums[number]))
        }
    }

    func objective(at parameters: [Scalar], gradient: inout [Scalar]) throws -> Double {
        if totalWeight == 0 {
            totalWeight = try group.sum([data.weightSum])[0]
            host.load(Array(0..<data.count)[...], at: nil, weightSum: totalWeight)
        }
        host.setParameters(parameters)
        host.forward()
        let lossSum = host.lossSum + ownPenalty
        try host.differentiate { try gradients.start(for: $0) }
        try host.step(along: gradients.total, then: .keepGradient) {
            try gradients.wait(for: $0)
        } updated: { _ in
        }
        gradient.withUnsafeMutableBufferPointer {
            _ = $0.update(fromContentsOf: UnsafeBufferPointer(start: gradients.total, count: shape.parameterCount))
        }
        return try group.sum([lossSum])[0] / totalWeight
    }

    func outputs(of network: Network<Scalar>, for features: NetworkInput<Scalar>) throws -> Matrix<Scalar> {
        network.outputs(features)
    }

    func copyParameters(to target: inout [Scalar]) { host.copyParameters(to: &target) }

    func moments() throws -> [[Scalar]] { try host.moments().map { try gradients.whole($0) } }

    // MARK: Step

    /// Returns the sum of the weights of each batch.
    private func weightSums(of batches: [ArraySlice<Int>]) throws -> [Double] {
        guard let weights = data.weights else { return batches.map { Double($0.count) } }
        return try group.sum(batches.map { share.own($0).samples.reduce(0) { $0 + Double(weights[$1]) } })
    }

    /// This process's part of the penalty.
    private var ownPenalty: Double { gradients.ownership != nil || group.rank == 0 ? host.penalty : 0 }
}

extension TrainingData {
    /// The sum of the weights, which are 1 each without weights.
    var weightSum: Double { weights.map { $0.reduce(0) { $0 + Double($1) } } ?? Double(count) }
}
