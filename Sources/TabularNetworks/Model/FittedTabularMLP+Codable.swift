import Estimators
import ModelFiles
import NeuralNetwork
import NumPyRandom

// A file can hold anything: whatever is read is checked against the rest.

extension FittedTabularMLP: Codable {
    private enum CodingKeys: String, CodingKey { case model, run }

    /// Reads a model and its run.
    ///
    /// - Throws: `DecodingError` if its parts do not match each other.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let model = try container.decode(TabularModel.self, forKey: .model)
        run = try container.decodeIfPresent(TabularRun.self, forKey: .run)
        let count = model.network.parameterCount
        let fits = (run?.states ?? []).allSatisfy { $0.counts.allSatisfy { $0 == count } }
        try container.require(fits, .run, "must have as many parameters as the model")
        try container.require(
            run.map { $0.states.isEmpty || $0.states.count == model.members.count } ?? true, .run,
            "must have a state for each network")
        self.model = model
    }

    /// Writes the model and its run.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encodeIfPresent(model, forKey: .model)
        try container.encodeIfPresent(run, forKey: .run)
    }
}

extension TabularModel: Codable {
    private enum CodingKeys: String, CodingKey { case columns, task, settings, scales, networks }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        encoder = try container.decode(TableEncoder.self, forKey: .columns)
        task = try container.decode(TabularTask.self, forKey: .task)
        let settings = try container.decode(TabularSettings.self, forKey: .settings)
        do { try settings.check() } catch {
            throw DecodingError.dataCorruptedError(forKey: .settings, in: container, debugDescription: "\(error)")
        }
        try container.require((1...65_536).contains(task.outputs), .task, "must have from 1 to 65536 outputs")
        try container.require(
            encoder.columns.allSatisfy { $0.fits(settings) }, .columns, "must be encoded as the settings say")
        let scales = try container.decode([TargetScale].self, forKey: .scales)
        try container.requireCount(scales.count, task.isClassification ? 0 : task.outputs, .scales)
        try container.require(scales.allSatisfy(\.isFinite), .scales, "must be finite numbers")
        (self.settings, self.scales) = (settings, scales)
        members = try container.decode([CodedAsTensor<Float>].self, forKey: .networks).map(\.wrappedValue)
        try container.require(!members.isEmpty, .networks, "must be at least one")
        let count = TabularNetwork(encoder.shape, task: task, settings: settings).parameterCount
        for parameters in members {
            try container.requireCount(parameters.count, count, .networks)
            try container.require(parameters.allSatisfy(\.isFinite), .networks, "must be finite numbers")
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(self.encoder, forKey: .columns)
        try container.encode(task, forKey: .task)
        try container.encode(settings, forKey: .settings)
        try container.encode(scales, forKey: .scales)
        try container.encode(members.map { Tensor($0) }, forKey: .networks)
    }
}

extension TargetScale {
    fileprivate var isFinite: Bool {
        mean.isFinite && deviation.isFinite && deviation >= 0 && least.isFinite && greatest.isFinite
            && least <= greatest
    }
}

extension TabularRun: Codable {
    private enum CodingKeys: String, CodingKey { case fingerprint, epochs, stopReason, states }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            fingerprint: try container.decode(TabularFingerprint.self, forKey: .fingerprint),
            epochs: try container.decode([TrainingEpoch].self, forKey: .epochs))
        stopReason = try container.decodeIfPresent(StopReason.self, forKey: .stopReason)
        states = try container.decodeIfPresent([MemberState<Float>].self, forKey: .states) ?? []
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(fingerprint, forKey: .fingerprint)
        try container.encode(epochs, forKey: .epochs)
        try container.encodeIfPresent(stopReason, forKey: .stopReason)
        if !states.isEmpty { try container.encode(states, forKey: .states) }
    }
}

extension MemberState: Codable {
    private enum CodingKeys: String, CodingKey {
        case parameters, means, squares, best, bestError, bestEpoch, epoch, step, loss, error, order, random, start
        case restarts, noiseKey
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        parameters = try container.decodeVector(forKey: .parameters)
        means = try container.decodeVector(forKey: .means)
        squares = try container.decodeVector(forKey: .squares)
        best = try container.decodeVector(forKey: .best)
        bestError = try container.decodeIfPresent(Double.self, forKey: .bestError)
        bestEpoch = try container.decodeCount(forKey: .bestEpoch)
        epoch = try container.decodeCount(forKey: .epoch)
        step = try container.decodeCount(forKey: .step)
        loss = try container.decode(Double.self, forKey: .loss)
        error = try container.decodeIfPresent(Double.self, forKey: .error)
        order = try container.decodeVector(forKey: .order)
        random = try container.decode(RandomState.self, forKey: .random)
        // Files of earlier versions do not have these.
        start = try container.decodeIfPresent(RandomState.self, forKey: .start) ?? random
        restarts = container.contains(.restarts) ? try container.decodeCount(forKey: .restarts) : 0
        noiseKey = try container.decode(UInt64.self, forKey: .noiseKey)
        try container.require(bestEpoch <= epoch, .bestEpoch, "must not be after the last epoch, \(epoch)")
        try container.require(
            !order.isEmpty && order.allSatisfy { $0 >= 0 } && Set(order).count == order.count, .order,
            "must be different indices")
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(Tensor(parameters), forKey: .parameters)
        try container.encode(Tensor(means), forKey: .means)
        try container.encode(Tensor(squares), forKey: .squares)
        try container.encode(Tensor(best), forKey: .best)
        try container.encodeIfPresent(bestError, forKey: .bestError)
        try container.encode(bestEpoch, forKey: .bestEpoch)
        try container.encode(epoch, forKey: .epoch)
        try container.encode(step, forKey: .step)
        try container.encode(loss, forKey: .loss)
        try container.encodeIfPresent(error, forKey: .error)
        try container.encode(Tensor(order), forKey: .order)
        try container.encode(random, forKey: .random)
        try container.encode(start, forKey: .start)
        try container.encode(restarts, forKey: .restarts)
        try container.encode(noiseKey, forKey: .noiseKey)
    }

    /// The lengths of the arrays that have a number per parameter.
    fileprivate var counts: [Int] { [parameters.count, means.count, squares.count, best.count] }
}

extension TableEncoder: Codable {
    private enum CodingKeys: String, CodingKey { case names, columns }

    package init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        names = try container.decode([String].self, forKey: .names)
        columns = try container.decode([ColumnEncoding].self, forKey: .columns)
        try container.requireCount(columns.count, names.count, .columns)
        try container.require(Set(names).count == names.count && !names.isEmpty, .names, "must be different names")
        try container.require(columns.allSatisfy(\.isValid), .columns, "must be encodings of columns")
        shape = EncodedShape(columns)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(names, forKey: .names)
        try container.encode(columns, forKey: .columns)
    }
}

extension ColumnEncoding {
    /// Whether the parts of the encoding fit each other.
    fileprivate var isValid: Bool {
        switch self {
        case .ignored: true
        case .number, .dates:
            !numbers.isEmpty && numbers.allSatisfy(\.scale.isValid) && gapMark?.isFinite ?? true
                && Set(numbers.map(\.part)).count == numbers.count
        case .oneHot(let values, let columns, let marksGaps):
            Set(values).count == values.count && columns.allSatisfy(\.isFinite)
                && columns.count == (values.count == 2 && !marksGaps ? 1 : values.count + (marksGaps ? 1 : 0))
        case .embedded(let values, _): Set(values).count == values.count && values.count < Int32.max - 2
        }
    }

    /// Whether a network with these settings can read the encoding.
    fileprivate func fits(_ settings: TabularSettings) -> Bool {
        guard case .piecewiseLinear(let bins, _) = settings.numericEmbedding else {
            return numbers.allSatisfy(\.scale.knots.isEmpty)
        }
        return numbers.allSatisfy { (2...bins + 1).contains($0.scale.knots.count) }
    }
}

extension ScaledNumber {
    fileprivate var isValid: Bool {
        center.isFinite && factor.isFinite && clip > 0 && clip.isFinite && knots.allSatisfy(\.isFinite)
            && zip(knots, knots.dropFirst()).allSatisfy { $0 < $1 }
    }
}

extension Indicator {
    fileprivate var isFinite: Bool { off.isFinite && on.isFinite && unknown.isFinite }
}
