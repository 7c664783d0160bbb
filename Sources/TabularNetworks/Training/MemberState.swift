import LinearAlgebra
import NumPyRandom

/// Everything that one network's training resumes from.
struct MemberState<Scalar: MatrixScalar & Codable>: Equatable, Sendable {
    var parameters: [Scalar]
    /// Adam's moments.
    var means: [Scalar]
    var squares: [Scalar]
    /// The parameters after the best epoch.
    var best: [Scalar]
    var bestError: Double?
    var bestEpoch = 0
    /// The number of epochs and of steps so far.
    var epoch = 0
    var step = 0
    /// The mean loss of the last epoch, and its validation error.
    var loss = 0.0
    var error: Double?
    /// The samples to learn from, in the order of the last epoch.
    var order: [Int]
    var random: RandomState
    /// The generator before the first draw.
    let start: RandomState
    /// How often the network has begun anew.
    var restarts = 0
    /// Determines what dropout drops.
    let noiseKey: UInt64

    /// The state before the first epoch.
    ///
    /// - Parameters:
    ///   - order: the samples to learn from.
    ///   - random: the network's own generator.
    init(_ network: TabularNetwork, samples: TabularSamples<Scalar>, order: [Int], random: RandomState) {
        self.order = order
        self.random = random
        start = random
        noiseKey = self.random.next()
        // The data decide where the initial weights lie.
        let sampled = Array(self.random.permutation(order).prefix(4_096))
        let batch = EncodedBatch<Scalar>(
            shape: samples.table.shape, capacity: sampled.count, outputs: network.outputs)
        batch.gather(samples, sampled[...])
        parameters = network.initialParameters(for: batch.rows, rows: sampled.count, random: &self.random)
        best = parameters
        means = [Scalar](repeating: 0, count: parameters.count)
        squares = means
    }

    /// The factor of the learning rate: each start has half the rate of the one before.
    var rateFactor: Double { 1 / Double(1 << min(restarts, 60)) }
}
