import Estimators
import LinearAlgebra
public import ModelFiles

extension PCA: Storable {
    /// `PCA`.
    public static var storedTypeName: String { "PCA" }

    /// What `fit` learns.
    struct Fitted: Equatable {
        var nSamples: Int
        var mean: [Double]
        var components: Matrix<Double>
        var singularValues: [Double]
        var explainedVariance: [Double]
        var totalVariance: Double
        var noiseVariance: Double
    }
}

extension PCA.Fitted: Codable {
    private enum CodingKeys: String, CodingKey {
        case nSamples, mean, components, singularValues, explainedVariance, totalVariance, noiseVariance
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        let mean = try container.decodeVector(of: Double.self, forKey: .mean)
        let components = try container.decodeMatrix(of: Double.self, forKey: .components)
        try container.require(!mean.isEmpty, .mean, "must have a number for every feature, but is empty")
        try container.require(
            components.columns == mean.count && components.rows <= mean.count, .components,
            "must have \(mean.count) columns, as mean has numbers, and no more rows, but is \(components.rows) × "
                + "\(components.columns)")
        self.init(
            nSamples: try container.decodeCount(forKey: .nSamples), mean: mean, components: components,
            singularValues: try container.decodeVector(forKey: .singularValues, count: components.rows),
            explainedVariance: try container.decodeVector(forKey: .explainedVariance, count: components.rows),
            totalVariance: try container.decode(Double.self, forKey: .totalVariance),
            noiseVariance: try container.decode(Double.self, forKey: .noiseVariance))
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(nSamples, forKey: .nSamples)
        try container.encode(Tensor(mean), forKey: .mean)
        try container.encode(Tensor(components), forKey: .components)
        try container.encode(Tensor(singularValues), forKey: .singularValues)
        try container.encode(Tensor(explainedVariance), forKey: .explainedVariance)
        try container.encode(totalVariance, forKey: .totalVariance)
        try container.encode(noiseVariance, forKey: .noiseVariance)
    }
}
