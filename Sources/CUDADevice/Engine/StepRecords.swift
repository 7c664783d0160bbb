// What the host and the kernels tell each other about steps. The layouts are those of Kernels/.

/// The state of a run on the card.
struct Progress {
    /// The index of the next step of the epoch.
    var step: Int32 = 0
    var unused: Int32 = 0
    /// The sum of the squared coefficients.
    var squaredNorm = 0.0
}

/// The host's part of a step, one for each batch of an epoch.
struct StepInput {
    var rate = 0.0
    /// β₁ of Adam, or the momentum.
    var beta1 = 0.0
    var beta2 = 0.0
    var epsilon = 0.0
    var shrinkage = 0.0
    /// The sum of the weights of the batch's samples, or their number.
    var weightSum: Double
    var dropoutKey: UInt64 = 0
    /// Of networks for tables, whose rate has a schedule.
    var dropoutRate = 0.0
}

/// The result of a step, one for each batch of an epoch.
struct StepOutput {
    /// The weighted sum of the samples' losses.
    var lossSum = 0.0
    /// The sum of the squared coefficients before the step.
    var squaredNorm = 0.0
}

/// The number by which the kernels know an update rule.
enum RuleNumber: Int {
    case keepGradient
    case sgd
    case nesterov
    case adam
}
