import Optimization

// Validates stored models, which may come from untrusted sources. An invalid model could make training read beyond an
// array, overflow an `Int` or continue from NaN.

extension TrainedModel {
    /// A description of what is invalid in the model; nil if it is valid.
    ///
    /// Except for the network's parameters, only the counts of numbers are checked. Other values may be infinite or
    /// NaN: moments can overflow, and training from NaN throws `EstimatorError.diverged`.
    var validationError: String? {
        let count = network.shape.parameterCount
        guard network.isFinite else { return "the parameters of the network must be finite" }
        if let validationError = history.validationError { return validationError }
        guard optimizer?.isValid(count: count) ?? true else {
            return "the optimizer must have \(count) numbers in each of its moments, and finite parameters"
        }
        guard [bestParameters, resumePoint?.lastParameters].allSatisfy({ $0.map { $0.count == count } ?? true }) else {
            return "the best and the last parameters must be \(count) numbers"
        }
        guard let resumePoint else { return nil }
        guard let inputs else { return "a run that can be resumed must have inputs" }
        switch resumePoint {
        case .stochastic(let point):
            return optimizer == nil
                ? "a run of sgd, adam or adamW that can be resumed must have an optimizer"
                : point.validationError(samples: inputs.data.samples)
        case .fullBatch(let point):
            return LBFGS.isValid(point, count: count)
                ? nil : "the point of lbfgs must have \(count) numbers in each of its arrays"
        }
    }
}

extension ResumePoint {
    fileprivate var lastParameters: [Scalar]? {
        if case .stochastic(let point) = self { point.lastParameters } else { nil }
    }
}

extension Optimizer {
    /// Whether the optimizer's arrays have `count` numbers and its settings are valid.
    fileprivate func isValid(count: Int) -> Bool {
        switch self {
        case .sgd(let sgd):
            sgd.velocity.count == count && sgd.momentum.isFinite && sgd.schedule.isFinite
        case .adam(let adam):
            adam.firstMoment.count == count && adam.secondMoment.count == count && (0...(1 << 60)).contains(adam.step)
                && [
                    adam.learningRateInit, adam.learningRate, adam.beta1, adam.beta2, adam.epsilon,
                    adam.weightDecay ?? 0,
                ]
                .allSatisfy(\.isFinite)
        }
    }
}

extension LearningRateSchedule {
    fileprivate var isFinite: Bool { initial.isFinite && powerT.isFinite && rate.isFinite }
}

extension StochasticPoint {
    /// Returns what is invalid in the state of a run over `samples` samples; nil if it is valid.
    fileprivate func validationError(samples: Int) -> String? {
        let test = split?.test ?? []
        if let split {
            guard !test.isEmpty, (split.train + test).isPermutation(of: samples) else {
                return "the validation split must have each of the \(samples) samples on one side"
            }
        }
        guard test.count < samples, (order.samples + test).isPermutation(of: samples) else {
            return "the order must have each of the \(samples - test.count) training samples once"
        }
        return nil
    }
}

extension [Int] {
    /// Whether the array has each of the numbers 0 ..< `count` once.
    fileprivate func isPermutation(of count: Int) -> Bool {
        guard self.count == count else { return false }
        var seen = [Bool](repeating: false, count: count)
        for number in self {
            guard (0..<count).contains(number), !seen[number] else { return false }
            seen[number] = true
        }
        return true
    }
}
