public import Estimators
public import LinearAlgebra
import Metrics
public import ModelFiles

/// A regressor that ignores the features and predicts one number: the baseline that a model must beat.
///
/// ```swift
/// let baseline = try DummyRegressor().fitted(xTrain, yTrain).score(xTest, yTest)
/// ```
///
/// Without type arguments, `DummyRegressor(…)` is a `DummyRegressor<Double, Double>`. In a `TablePipeline`, it is a
/// baseline for tables.
public struct DummyRegressor<Target: RegressionTarget, Scalar: MatrixScalar>: MatrixEstimator, Equatable {
    /// What is predicted.
    public enum Strategy: String, CaseIterable, Codable, Sendable {
        /// The mean of the targets.
        case mean
        /// The median of the targets.
        case median
        /// The quantile ``DummyRegressor/quantile`` of the targets.
        case quantile
        /// The number ``DummyRegressor/constant``.
        case constant
    }

    /// What is predicted. Default `.mean`.
    public var strategy: Strategy

    /// The target that `.constant` predicts. Default nil.
    public var constant: Target?

    /// The quantile that `.quantile` predicts, in [0, 1]. Default nil.
    public var quantile: Double?

    private var fitted: [Double]?

    /// Creates an unfitted regressor.
    ///
    /// - Parameters:
    ///   - strategy: what is predicted.
    ///   - constant: the target that `.constant` predicts.
    ///   - quantile: the quantile that `.quantile` predicts.
    public init(strategy: Strategy = .mean, constant: Target? = nil, quantile: Double? = nil) {
        (self.strategy, self.constant, self.quantile) = (strategy, constant, quantile)
    }

    /// The prediction, one number per output; empty before `fit`.
    public var prediction: [Double] { fitted ?? [] }

    /// The number of outputs; nil before `fit`.
    public var nOutputs: Int? { fitted?.count }

    /// Learns what to predict.
    ///
    /// - Parameters:
    ///   - x: samples × features. Only the number of samples is used.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    /// - Throws: `EstimatorError` for targets that are not finite, if the number of targets or weights is not the number
    ///   of samples, and for a missing or invalid quantile or constant. In these cases, the regressor does not change.
    public mutating func fit(_ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]?) throws {
        try Check.shape(rows: x.rows, columns: x.columns)
        try Check.sameCount(y.count, argument: "y", as: x.rows, of: "x")
        try Check.sampleWeight(sampleWeight, count: x.rows)
        let outputs = try Target._outputs(of: y, argument: "y")
        let columns = (0..<outputs.columns).map { outputs.column($0) as [Double] }
        switch strategy {
        case .mean: fitted = columns.map { mean(of: $0, weights: sampleWeight) }
        case .median: fitted = columns.map { percentile(of: $0, weights: sampleWeight, 0.5) }
        case .quantile:
            try Check.require(
                quantile.map((0...1).contains) ?? false, parameter: "quantile", plain(quantile as Any),
                allowed: "a number in [0, 1] where strategy is .quantile")
            fitted = columns.map { percentile(of: $0, weights: sampleWeight, quantile ?? 0.5) }
        case .constant:
            guard let constant else {
                throw EstimatorError.invalidParameter(
                    name: "constant", value: "nil", allowed: "a target where strategy is .constant")
            }
            let values = try Target._outputs(of: [constant], argument: "constant").elements
            try Check.require(
                values.count == columns.count, parameter: "constant", constant,
                allowed: "a target with \(columns.count) outputs, as y has")
            fitted = values
        }
    }

    /// Returns the same target for each row of `x`.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`.
    public func predict(_ x: Matrix<Scalar>) throws -> [Target] {
        guard let fitted else { throw EstimatorError.notFitted(estimator: "DummyRegressor") }
        let one = Target._targets(from: Matrix(rows: 1, columns: fitted.count, elements: fitted))
        return (0..<x.rows).flatMap { _ in one }
    }

    private func mean(of values: [Double], weights: [Double]?) -> Double {
        guard let weights else { return values.reduce(0, +) / Double(values.count) }
        return zip(values, weights).reduce(0) { $0 + $1.0 * $1.1 } / weights.reduce(0, +)
    }

    /// The quantile of the values: interpolated, or with weights the least value that reaches its share of the weight.
    private func percentile(of values: [Double], weights: [Double]?, _ share: Double) -> Double {
        let order = values.indices.sorted { values[$0] < values[$1] }
        guard let weights else {
            let position = share * Double(values.count - 1)
            let (below, above) = (Int(position), min(Int(position) + 1, values.count - 1))
            let (lower, upper) = (values[order[below]], values[order[above]])
            return lower + (upper - lower) * (position - Double(below))
        }
        var reached: [Double] = []
        for index in order { reached.append((reached.last ?? 0) + weights[index]) }
        let wanted = share == 0 ? Double.leastNonzeroMagnitude : share * (reached.last ?? 0)
        let first = reached.firstIndex { $0 >= wanted } ?? values.count - 1
        return values[order[first]]
    }
}

extension DummyRegressor where Target == Double, Scalar == Double {
    /// Creates a regressor of numbers. The parameters are those of the general initializer.
    public init(strategy: Strategy = .mean, constant: Double? = nil, quantile: Double? = nil) {
        (self.strategy, self.constant, self.quantile) = (strategy, constant, quantile)
    }
}

extension DummyRegressor: PrintedAsInitializer {
    /// A regressor with every parameter at its default.
    public static var defaults: DummyRegressor { DummyRegressor<Target, Scalar>() }
}

extension DummyRegressor: Storable {
    private enum CodingKeys: String, CodingKey { case strategy, constant, quantile, fitted }

    /// `DummyRegressor` with the names of its type parameters.
    public static var storedTypeName: String { ModelFiles.storedTypeName("DummyRegressor", Target.self, Scalar.self) }

    /// Decodes a regressor.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        strategy = try container.decode(Strategy.self, forKey: .strategy)
        quantile = try container.decodeIfPresent(Double.self, forKey: .quantile)
        let constant = try container.decodeIfPresent([Double].self, forKey: .constant)
        fitted = try container.decodeIfPresent([Double].self, forKey: .fitted)
        try container.require(constant.map { !$0.isEmpty } ?? true, .constant, "must have an output, but is empty")
        try container.require(
            fitted.map { !$0.isEmpty && $0.allSatisfy(\.isFinite) } ?? true, .fitted, "must be finite numbers")
        self.constant = constant.flatMap {
            Target._targets(from: Matrix(rows: 1, columns: $0.count, elements: $0)).first
        }
    }

    /// Encodes the regressor.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(strategy, forKey: .strategy)
        try container.encodeIfPresent(quantile, forKey: .quantile)
        try container.encodeIfPresent(
            constant.flatMap { try? Target._outputs(of: [$0], argument: "constant").elements }, forKey: .constant)
        try container.encodeIfPresent(fitted, forKey: .fitted)
    }
}
