import Estimators

// A stored model may come from anywhere: whatever would make training read beyond an array, count beyond an `Int` or go on
// from NaN is refused here.
extension TrainedModel: Codable {
    private enum CodingKeys: String, CodingKey {
        case history, optimizer, bestParameters, resumePoint, inputs
    }

    /// Reads a stored model.
    ///
    /// - Throws: `DecodingError` when a part is missing, or when no training can have left it.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            // Its coefficients are not nested any deeper: they are what other programs look for.
            network: try Network(from: decoder),
            history: try container.decode(TrainingHistory.self, forKey: .history),
            optimizer: try container.decodeIfPresent(Optimizer<Scalar>.self, forKey: .optimizer),
            bestParameters: try container.decodeVectorIfPresent(forKey: .bestParameters),
            resumePoint: try container.decodeIfPresent(ResumePoint<Scalar>.self, forKey: .resumePoint),
            inputs: try container.decodeIfPresent(TrainingInputs.self, forKey: .inputs))
        if let defect {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "\(defect)."))
        }
    }

    /// Writes the model.
    ///
    /// - Throws: `EncodingError` for a model that could not be read back.
    func encode(to encoder: any Encoder) throws {
        if let defect {
            throw EncodingError.invalidValue(
                self, EncodingError.Context(codingPath: encoder.codingPath, debugDescription: defect))
        }
        try network.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(history, forKey: .history)
        try container.encodeIfPresent(optimizer, forKey: .optimizer)
        try container.encodeIfPresent(bestParameters.map { Tensor($0) }, forKey: .bestParameters)
        try container.encodeIfPresent(resumePoint, forKey: .resumePoint)
        try container.encodeIfPresent(inputs, forKey: .inputs)
    }

    /// What no training leaves behind, in words; nil for nothing. For every model that was stored elsewhere.
    ///
    /// Of numbers beside the network's own only the count matters: moments may overflow, and training from NaN ends with the
    /// error of a divergence.
    var defect: String? {
        let count = network.shape.parameterCount
        guard network.isFinite else { return "the parameters of the network must be finite" }
        if let defect = history.defect { return defect }
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
                : point.defect(samples: inputs.data.samples)
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
    fileprivate func defect(samples: Int) -> String? {
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
