import Estimators
import LinearAlgebra
import Optimization
import RealModule

/// How ``CalibratedClassifierCV`` corrects probabilities.
public enum CalibrationMethod: String, Sendable, Codable, CaseIterable {
    /// Platt's logistic function of the probability of each class. It has two parameters, and suits few samples.
    case sigmoid
    /// A function of the probability of each class that never decreases. It suits a thousand samples or more.
    case isotonic
    /// The logarithms of the probabilities of all classes, divided by one temperature. The most probable class does not
    /// change.
    case temperature
}

/// A function that corrects probabilities: of one class, or by temperature of all classes together.
public enum Calibrator: Sendable, Equatable {
    /// 1 / (1 + exp(a·p + b)).
    case sigmoid(a: Double, b: Double)
    /// A function that never decreases.
    case isotonic(IsotonicRegression)
    /// softmax(beta·log p), beta being the inverse of the temperature.
    case temperature(beta: Double)

    /// The calibrator of one class, learned from its probabilities.
    ///
    /// - Throws: `EstimatorError` if the fit fails.
    init(
        _ method: CalibrationMethod, of probabilities: [Double], isPositive: [Bool], sampleWeight: [Double]?
    ) throws {
        switch method {
        case .isotonic:
            self = .isotonic(
                try IsotonicRegression(outOfBounds: .clip)
                    .fitted(probabilities, isPositive.map { $0 ? 1 : 0 }, sampleWeight: sampleWeight))
        case .sigmoid, .temperature:
            let (a, b) = try plattScaling(probabilities, isPositive, sampleWeight: sampleWeight)
            self = .sigmoid(a: a, b: b)
        }
    }

    /// The corrected probabilities of one class.
    func correct(_ probabilities: [Double]) throws -> [Double] {
        switch self {
        case .sigmoid(let a, let b): probabilities.map { 1 / (1 + Double.exp(a * $0 + b)) }
        case .isotonic(let regression): try regression.predict(probabilities)
        case .temperature: probabilities
        }
    }
}

// MARK: - Sigmoid

/// The slope and intercept of Platt's logistic function, fitted as scikit-learn does it.
///
/// Source: J. Platt, "Probabilistic outputs for support vector machines and comparisons to regularized likelihood
/// methods" (1999).
private func plattScaling(
    _ probabilities: [Double], _ isPositive: [Bool], sampleWeight: [Double]?
) throws -> (a: Double, b: Double) {
    let weights = sampleWeight ?? Array(repeating: 1, count: probabilities.count)
    let positive = pairwiseSum(zip(weights, isPositive).filter { $0.1 }.map { $0.0 })
    let negative = pairwiseSum(zip(weights, isPositive).filter { !$0.1 }.map { $0.0 })
    let targets = isPositive.map { $0 ? (positive + 1) / (positive + 2) : 1 / (negative + 2) }

    func lossAndGradient(_ parameters: [Double], _ gradient: inout [Double]) -> Double {
        var losses = [Double](repeating: 0, count: targets.count)
        var slopes = losses
        for sample in targets.indices {
            let (loss, slope) = halfBinomialLoss(
                targets[sample], -(parameters[0] * probabilities[sample] + parameters[1]))
            losses[sample] = loss * weights[sample]
            slopes[sample] = -slope * weights[sample]
        }
        gradient = [Double.dot(slopes, probabilities, count: slopes.count), pairwiseSum(slopes)]
        return pairwiseSum(losses)
    }

    let minimizer = LBFGS(
        maxIter: 15_000, maxFun: 15_000, gradientTolerance: 1e-6, valueTolerance: 64 * Double.ulpOfOne)
    var point = try minimizer.begin(at: [0, Double.log((negative + 1) / (positive + 1))], lossAndGradient)
    _ = try minimizer.minimize(from: &point, lossAndGradient)
    return (point.state.parameters[0], point.state.parameters[1])
}

/// log(1 + exp(raw)) − target·raw and its derivative in `raw`, each by the form that is exact where it is used.
private func halfBinomialLoss(_ target: Double, _ raw: Double) -> (loss: Double, slope: Double) {
    if raw <= -2 {
        let e = Double.exp(raw)
        let loss = (raw <= -37 ? e : Double.log(onePlus: e)) - target * raw
        return (loss, ((1 - target) * e - target) / (1 + e))
    }
    let e = Double.exp(-raw)
    let loss = (raw <= 18 ? Double.log(onePlus: e) : e) + (1 - target) * raw
    return (loss, ((1 - target) - target * e) / (1 + e))
}

// MARK: - Temperature

extension Calibrator {
    /// The temperature with which the probabilities have the least logarithmic loss.
    ///
    /// - Parameters:
    ///   - probabilities: samples × classes.
    ///   - classes: the number of each sample's class.
    /// - Throws: `EstimatorError` if no temperature is found.
    init(temperatureOf probabilities: Matrix<Double>, classes: [Int], sampleWeight: [Double]?) throws {
        let logits = logits(of: probabilities)
        func loss(_ logBeta: Double) -> Double {
            let beta = Double.exp(logBeta)
            let losses = classes.indices.map { sample in
                let scaled = logits.rowSlice(sample).map { beta * $0 }
                let greatest = scaled.max() ?? 0
                return Double.log(scaled.reduce(0) { $0 + Double.exp($1 - greatest) }) + greatest
                    - scaled[classes[sample]]
            }
            guard let sampleWeight else { return mean(of: losses) }
            return pairwiseSum(zip(losses, sampleWeight).map { $0 * $1 }) / pairwiseSum(sampleWeight)
        }
        guard let logBeta = minimizeScalar(in: -10...10, tolerance: 64 * Double.ulpOfOne, loss) else {
            throw EstimatorError.invalidInput(
                argument: "x",
                problem:
                    "must give probabilities that a temperature can scale, but the search for it did not converge; "
                    + "use method: .sigmoid")
        }
        self = .temperature(beta: Double.exp(logBeta))
    }

    /// softmax(beta·log p) of every row.
    static func scaled(_ probabilities: Matrix<Double>, beta: Double) -> Matrix<Double> {
        var scaled = logits(of: probabilities).map { beta * $0 }
        let classes = scaled.columns
        scaled.withUnsafeMutableElements { values in
            for start in stride(from: 0, to: values.count, by: classes) {
                var greatest = values[start]
                for index in start..<start + classes { greatest = max(greatest, values[index]) }
                var sum = 0.0
                for index in start..<start + classes {
                    values[index] = Double.exp(values[index] - greatest)
                    sum += values[index]
                }
                for index in start..<start + classes { values[index] /= sum }
            }
        }
        return scaled
    }
}

/// The logarithms of probabilities, of which none is −∞.
private func logits(of probabilities: Matrix<Double>) -> Matrix<Double> {
    probabilities.map { Double.log($0 + 1e-12) }
}

// MARK: - Files

extension Calibrator: Codable {
    private enum CodingKeys: String, CodingKey { case a, b, isotonic, beta }

    /// Decodes a calibrator.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        if let a = try container.decodeIfPresent(Double.self, forKey: .a) {
            self = .sigmoid(a: a, b: try container.decode(Double.self, forKey: .b))
        } else if let beta = try container.decodeIfPresent(Double.self, forKey: .beta) {
            self = .temperature(beta: beta)
        } else {
            self = .isotonic(try container.decode(IsotonicRegression.self, forKey: .isotonic))
        }
    }

    /// Encodes the calibrator.
    ///
    /// - Throws: `EncodingError`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        switch self {
        case .sigmoid(let a, let b):
            try container.encode(a, forKey: .a)
            try container.encode(b, forKey: .b)
        case .isotonic(let regression): try container.encode(regression, forKey: .isotonic)
        case .temperature(let beta): try container.encode(beta, forKey: .beta)
        }
    }
}
