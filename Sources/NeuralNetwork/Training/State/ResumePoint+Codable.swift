import Estimators
import ModelFiles
import NumPyRandom
import Optimization

extension ResumePoint: Codable {
    private enum CodingKeys: String, CodingKey { case stochastic, fullBatch }

    /// Reads the resume point that the file contains.
    ///
    /// - Throws: `DecodingError` if there is none.
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if container.contains(.stochastic) {
            self = .stochastic(try container.decode(StochasticPoint<Scalar>.self, forKey: .stochastic))
        } else {
            self = .fullBatch(try container.decode(LBFGS.Point.self, forKey: .fullBatch))
        }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .stochastic(let point): try container.encode(point, forKey: .stochastic)
        case .fullBatch(let point): try container.encode(point, forKey: .fullBatch)
        }
    }
}

extension StochasticPoint: Codable {
    private enum CodingKeys: String, CodingKey { case generator, order, split, lastParameters }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            generator: try container.decode(RandomState.self, forKey: .generator),
            order: SampleOrder(try container.decodeVector(forKey: .order)),
            split: try container.decodeIfPresent(ValidationSplit.self, forKey: .split),
            lastParameters: try container.decodeVectorIfPresent(forKey: .lastParameters))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(generator, forKey: .generator)
        try container.encode(Tensor(order.samples), forKey: .order)
        try container.encodeIfPresent(split, forKey: .split)
        try container.encodeIfPresent(lastParameters.map { Tensor($0) }, forKey: .lastParameters)
    }
}
