// A model may come from anywhere. Whatever would make training read beyond an array, count beyond an `Int` or continue from NaN
// is found here.

extension TrainedModel {
    /// What is invalid in a model that was stored elsewhere, in words; nil for nothing.
    ///
    /// Of numbers beside the network's own only the count matters: moments may overflow, and training from NaN ends with the
    /// error of a divergence.
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
                ? "a run of sgd or adam that can be resumed must have an optimizer"
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
    /// Whether it can be an optimizer of `count` parameters.
    fileprivate func isValid(count: Int) -> Bool {
        switch self {
        case .sgd(let sgd):
            sgd.velocity.count == count && sgd.momentum.isFinite && sgd.schedule.isFinite
        case .adam(let adam):
            adam.firstMoment.count == count && adam.secondMoment.count == count && (0...(1 << 60)).contains(adam.step)
                && [adam.learningRateInit, adam.learningRate, adam.beta1, adam.beta2, adam.epsilon]
                    .allSatisfy(\.isFinite)
        }
    }
}

extension LearningRateSchedule {
    fileprivate var isFinite: Bool { initial.isFinite && powerT.isFinite && rate.isFinite }
}

extension StochasticPoint {
    /// Why no run over `samples` samples can have stopped here, in words; nil where one can.
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
    /// Whether it has each of the numbers 0 ..< `count` once.
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
