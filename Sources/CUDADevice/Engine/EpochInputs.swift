import LinearAlgebra
import NeuralNetwork

/// What an epoch uploads besides the order of its samples: a record for each step.
struct EpochInputs {
    private(set) var steps: [StepInput] = []
    /// The number of samples of each step.
    private(set) var samples: [Int] = []
    private(set) var rule = RuleNumber.keepGradient

    init<Scalar: NetworkScalar>(
        over order: SampleOrder, inBatchesOf size: Int, noise: UInt64,
        with optimizer: inout some StochasticOptimizer<Scalar>, weights: [Scalar]?
    ) {
        for batch in order.batches(of: size) {
            let weightSum = weights.map { weights in batch.reduce(0) { $0 + Double(weights[$1]) } }
            var step = StepInput(
                weightSum: weightSum ?? Double(batch.count), dropoutKey: Dropout.key(noise, steps.count))
            rule = step.set(optimizer.nextStep())
            steps.append(step)
            samples.append(batch.count)
        }
    }

    /// Reports the results of the steps in order.
    ///
    /// - Parameter alpha: the strength of the L2 penalty.
    func report(_ results: [StepOutput], alpha: Double, to record: (BatchResult) throws -> Void) throws {
        for (index, result) in results.enumerated() {
            let weightSum = steps[index].weightSum
            try record(
                BatchResult(
                    samples: samples[index], weightSum: weightSum,
                    loss: result.loss(alpha: alpha, weightSum: weightSum)))
        }
    }
}

extension StepOutput {
    /// The mean loss of a batch with its part of the L2 penalty.
    func loss(alpha: Double, weightSum: Double) -> Double { (lossSum + 0.5 * alpha * squaredNorm) / weightSum }
}

extension StepInput {
    /// Sets the rates of an update rule.
    ///
    /// - Returns: the rule's number.
    fileprivate mutating func set<Scalar: NetworkScalar>(_ rule: UpdateRule<Scalar>) -> RuleNumber {
        switch rule {
        case .keepGradient: return .keepGradient
        case .sgd(let rate, let momentum, let nesterov):
            (self.rate, beta1) = (Double(rate), Double(momentum))
            return nesterov ? .nesterov : .sgd
        case .adam(let rate, let beta1, let beta2, let epsilon, let shrinkage):
            (self.rate, self.beta1, self.beta2, self.epsilon, self.shrinkage) = (rate, beta1, beta2, epsilon, shrinkage)
            return .adam
        }
    }
}
