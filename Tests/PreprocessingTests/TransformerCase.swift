import Estimators
import LinearAlgebra
import Preprocessing

/// The results of scikit-learn's transformers for a numeric table, from `Scripts/fixtures/preprocessing.py`.
struct TransformerCase: Decodable {
    let transformer: String
    let parameters: Parameters
    let x: [[Double]]
    let probe: [[Double]]
    let cut: Int?
    let sampleWeight: [Double]?
    let refused: String?
    let attributes: [String: [Double]]?
    let transformed: [[Double]]?
    let inverse: [[Double]]?
    let names: [String]?

    /// The parameters of all transformers.
    struct Parameters: Decodable {
        let featureRange: [Double]?
        let clip: Bool?
        let withCentering: Bool?
        let withScaling: Bool?
        let quantileRange: [Double]?
        let unitVariance: Bool?
        let norm: Normalizer.Norm?
        let degree: [Int]?
        let interactionOnly: Bool?
        let includeBias: Bool?
        let missingValues: Double?
        let fillValue: Double?
        let addIndicator: Bool?
        let keepEmptyFeatures: Bool?
        /// For PCA: a fraction below 1, −1 for `.mle`, otherwise a count.
        let components: Double?
        let whiten: Bool?
        let svdSolver: PCA.SVDSolver?
        let iteratedPower: Int?
        let nOversamples: Int?
        let randomState: UInt32?
        let nBins: Int?
        let encode: KBinsDiscretizer.Encode?
        let strategy: String?
        let quantileMethod: QuantileMethod?
        let subsample: Int?
        let nQuantiles: Int?
        let outputDistribution: QuantileTransformer.OutputDistribution?
        let method: PowerTransformer.Method?
        let standardize: Bool?
    }
}

/// A fitted transformer whose parts are compared by name.
struct FittedTransformer {
    let attributes: [String: [Double]]
    let transform: (Matrix<Double>) throws -> Matrix<Double>
    let inverseTransform: ((Matrix<Double>) throws -> Matrix<Double>)?
    let names: [String]
}

extension TransformerCase {
    /// The transformer with the case's parameters, fitted with the case's table in the precision of `Scalar`.
    func fitted<Scalar: MatrixScalar>(in _: Scalar.Type) throws -> FittedTransformer {
        let table = try Matrix(x).map { Scalar($0) }
        func inScalar(
            _ body: @escaping (Matrix<Scalar>) throws -> Matrix<Scalar>
        ) -> (Matrix<Double>) throws -> Matrix<Double> {
            { try body($0.map { Scalar($0) }).map { Double($0) } }
        }
        switch transformer {
        case "MinMaxScaler":
            var scaler = MinMaxScaler(featureRange: pair(parameters.featureRange), clip: parameters.clip ?? false)
            for part in parts(of: table) { try scaler.partialFit(part) }
            return FittedTransformer(
                attributes: [
                    "dataMin": scaler.dataMin, "dataMax": scaler.dataMax, "dataRange": scaler.dataRange,
                    "scale": scaler.scale, "min": scaler.min, "nSamplesSeen": [Double(scaler.nSamplesSeen)],
                ],
                transform: inScalar(scaler.transform), inverseTransform: inScalar(scaler.inverseTransform),
                names: try scaler.getFeatureNamesOut())
        case "MaxAbsScaler":
            var scaler = MaxAbsScaler(clip: parameters.clip ?? false)
            for part in parts(of: table) { try scaler.partialFit(part) }
            return FittedTransformer(
                attributes: [
                    "maxAbs": scaler.maxAbs, "scale": scaler.scale, "nSamplesSeen": [Double(scaler.nSamplesSeen)],
                ],
                transform: inScalar(scaler.transform), inverseTransform: inScalar(scaler.inverseTransform),
                names: try scaler.getFeatureNamesOut())
        case "RobustScaler":
            var scaler = RobustScaler(
                withCentering: parameters.withCentering ?? true, withScaling: parameters.withScaling ?? true,
                quantileRange: pair(parameters.quantileRange), unitVariance: parameters.unitVariance ?? false)
            try scaler.fit(table)
            return FittedTransformer(
                attributes: ["center": scaler.center, "scale": scaler.scale], transform: inScalar(scaler.transform),
                inverseTransform: inScalar(scaler.inverseTransform), names: try scaler.getFeatureNamesOut())
        case "Normalizer":
            var normalizer = Normalizer(norm: parameters.norm ?? .l2)
            try normalizer.fit(table)
            return FittedTransformer(
                attributes: [:], transform: inScalar(normalizer.transform), inverseTransform: nil,
                names: try normalizer.getFeatureNamesOut())
        case "PolynomialFeatures":
            let degree = parameters.degree ?? [0, 2]
            var polynomial = PolynomialFeatures(
                degree: .between(degree[0], degree[1]), interactionOnly: parameters.interactionOnly ?? false,
                includeBias: parameters.includeBias ?? true)
            try polynomial.fit(table)
            return FittedTransformer(
                attributes: [
                    "powers": polynomial.powers.joined().map(Double.init),
                    "nOutputFeatures": [Double(polynomial.nOutputFeatures ?? -1)],
                ],
                transform: inScalar(polynomial.transform), inverseTransform: nil,
                names: try polynomial.getFeatureNamesOut())
        case "SimpleImputer":
            var imputer = SimpleImputer(
                missingValues: number(parameters.missingValues),
                strategy: parameters.strategy.flatMap(SimpleImputer.Strategy.init) ?? .mean,
                fillValue: parameters.fillValue, addIndicator: parameters.addIndicator ?? false,
                keepEmptyFeatures: parameters.keepEmptyFeatures ?? false)
            try imputer.fit(table)
            return FittedTransformer(
                attributes: ["statistics": imputer.statistics], transform: inScalar(imputer.transform),
                inverseTransform: inScalar(imputer.inverseTransform), names: try imputer.getFeatureNamesOut())
        default:
            return try fittedToDistributions(table, inScalar)
        }
    }

    private func fittedToDistributions<Scalar: MatrixScalar>(
        _ table: Matrix<Scalar>,
        _ inScalar: (@escaping (Matrix<Scalar>) throws -> Matrix<Scalar>) -> (Matrix<Double>) throws -> Matrix<Double>
    ) throws -> FittedTransformer {
        switch transformer {
        case "PCA":
            var pca = PCA(
                nComponents: components, whiten: parameters.whiten ?? false, svdSolver: parameters.svdSolver ?? .auto,
                iteratedPower: parameters.iteratedPower, nOversamples: parameters.nOversamples ?? 10,
                randomState: parameters.randomState)
            try pca.fit(table)
            return FittedTransformer(
                attributes: [
                    "components": pca.components.elements, "explainedVariance": pca.explainedVariance,
                    "explainedVarianceRatio": pca.explainedVarianceRatio, "singularValues": pca.singularValues,
                    "mean": pca.mean, "noiseVariance": [pca.noiseVariance ?? .nan],
                    "covariance": try pca.getCovariance().elements,
                    "scores": (try? pca.scoreSamples(table)) ?? [],
                ],
                transform: inScalar(pca.transform), inverseTransform: inScalar(pca.inverseTransform),
                names: try pca.getFeatureNamesOut())
        case "KBinsDiscretizer":
            var bins = KBinsDiscretizer(
                nBins: .all(parameters.nBins ?? 5), encode: parameters.encode ?? .onehotDense,
                strategy: parameters.strategy.flatMap(KBinsDiscretizer.Strategy.init) ?? .quantile,
                quantileMethod: parameters.quantileMethod ?? .averagedInvertedCDF, subsample: parameters.subsample,
                randomState: parameters.randomState)
            try bins.fit(table, sampleWeight: sampleWeight)
            return FittedTransformer(
                attributes: ["binEdges": Array(bins.binEdges.joined()), "binCounts": bins.binCounts.map(Double.init)],
                transform: inScalar(bins.transform), inverseTransform: inScalar(bins.inverseTransform),
                names: try bins.getFeatureNamesOut())
        case "QuantileTransformer":
            var quantiles = QuantileTransformer(
                nQuantiles: parameters.nQuantiles ?? 1000,
                outputDistribution: parameters.outputDistribution ?? .uniform, subsample: parameters.subsample,
                randomState: parameters.randomState)
            try quantiles.fit(table)
            return FittedTransformer(
                attributes: ["references": quantiles.references, "quantiles": quantiles.quantiles.elements],
                transform: inScalar(quantiles.transform), inverseTransform: inScalar(quantiles.inverseTransform),
                names: try quantiles.getFeatureNamesOut())
        case "PowerTransformer":
            var power = PowerTransformer(
                method: parameters.method ?? .yeoJohnson, standardize: parameters.standardize ?? true)
            try power.fit(table)
            return FittedTransformer(
                attributes: ["lambdas": power.lambdas], transform: inScalar(power.transform),
                inverseTransform: inScalar(power.inverseTransform), names: try power.getFeatureNamesOut())
        default:
            throw EstimatorError.notSupported(transformer)
        }
    }

    private func parts<Scalar>(of table: Matrix<Scalar>) -> [Matrix<Scalar>] {
        guard let cut else { return [table] }
        return [Array(0..<cut), Array(cut..<table.rows)].map(table.selectingRows)
    }

    private func pair(_ numbers: [Double]?) -> (Double, Double) { numbers.map { ($0[0], $0[1]) } ?? (0, 1) }

    private func number(_ value: Double?) -> NumberOrNaN {
        value.map { $0.isNaN ? .nan : .number($0) } ?? .nan
    }

    private var components: PCA.Components? {
        parameters.components.map { $0 < 0 ? .mle : $0 > 0 && $0 < 1 ? .share($0) : .count(Int($0)) }
    }
}
