/// The training state of a network that was trained elsewhere, so that `partialFit` and warm starts continue exactly as
/// they would have there.
package struct TrainingRecord<Scalar: NetworkScalar> {
    /// The settings and moments of a stochastic solver.
    ///
    /// A moment has one number per parameter: first the coefficients of all layers, row by row, then the intercepts of
    /// all layers.
    package enum Optimizer {
        case adam(
            learningRateInit: Double, learningRate: Double, beta1: Double, beta2: Double, epsilon: Double, step: Int,
            firstMoment: [Scalar], secondMoment: [Scalar])
        case sgd(
            rule: LearningRate, learningRateInit: Double, learningRate: Double, powerT: Double, momentum: Double,
            nesterovsMomentum: Bool, velocity: [Scalar])
    }

    package var nIter: Int
    package var t: Int
    package var lossCurve: [Double]
    package var finalLoss: Double?
    package var validationScores: [Double]
    /// Whether the best value is a validation score instead of a loss.
    package var watchesScore: Bool
    package var best: Double?
    package var epochsWithoutImprovement: Int
    package var optimizer: Optimizer?

    package init(
        nIter: Int, t: Int, lossCurve: [Double], finalLoss: Double?, validationScores: [Double], watchesScore: Bool,
        best: Double?, epochsWithoutImprovement: Int, optimizer: Optimizer?
    ) {
        self.nIter = nIter
        self.t = t
        self.lossCurve = lossCurve
        self.finalLoss = finalLoss
        self.validationScores = validationScores
        self.watchesScore = watchesScore
        self.best = best
        self.epochsWithoutImprovement = epochsWithoutImprovement
        self.optimizer = optimizer
    }
}

extension TrainingRecord {
    /// The rate of the last step; 0 if it is unknown.
    var learningRate: Double {
        switch optimizer {
        case .adam(_, let rate, _, _, _, _, _, _), .sgd(_, _, let rate, _, _, _, _): rate
        case nil: 0
        }
    }
}

extension Optimizer {
    /// Creates the optimizer in the state of the record.
    init(_ record: TrainingRecord<Scalar>.Optimizer) {
        switch record {
        case .adam(let learningRateInit, let rate, let beta1, let beta2, let epsilon, let step, let first, let second):
            self = .adam(
                Adam(
                    learningRateInit: learningRateInit, beta1: beta1, beta2: beta2, epsilon: epsilon,
                    learningRate: rate, step: step, firstMoment: first, secondMoment: second))
        case .sgd(let rule, let learningRateInit, let rate, let powerT, let momentum, let nesterovs, let velocity):
            self = .sgd(
                SGD(
                    schedule: LearningRateSchedule(rule, initial: learningRateInit, powerT: powerT, rate: rate),
                    momentum: momentum, nesterovsMomentum: nesterovs, velocity: velocity))
        }
    }
}
