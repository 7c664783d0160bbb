public import Estimators
public import LinearAlgebra
import Metrics
public import ModelFiles
public import ModelSelection

/// Several classifiers of one type whose probabilities are the features of a last classifier.
///
/// The last one learns from probabilities for samples that the others were not fitted on, by cross-validation. A network
/// without hidden layers is a good one: it is a logistic regression.
///
/// ```swift
/// let networks = [20, 50].map { MLPClassifier(hiddenLayerSizes: [$0], randomState: 0) }
/// let last = MLPClassifier(hiddenLayerSizes: [], solver: .lbfgs)
/// let model = try StackingClassifier(networks, finalEstimator: last).fitted(x, y)
/// ```
public struct StackingClassifier<Model: ProbabilisticClassifier, Final: MatrixEstimator>: Estimator
where Model.Target: ClassLabel, Final.Target == Model.Target, Final.Scalar == Double {
    /// The type of the features.
    public typealias Features = Model.Features
    /// The type of one sample's label.
    public typealias Target = Model.Target

    struct Fitted: Sendable {
        let estimators: [Model]
        let final: Final
        let classes: [Model.Target]
    }

    /// The classifiers; `fit` does not change them.
    public var estimators: [Model]
    /// The classifier of their probabilities; `fit` does not change it.
    public var finalEstimator: Final
    /// The splits: a cross-validator that tests every sample once, a number of folds, or `.prefit` for classifiers that are
    /// fitted already. Default 5.
    public var cv: any CrossValidator
    /// How many fits run at the same time; nil for one, -1 for as many as there are cores. Results do not depend on it.
    public var nJobs: Int?
    /// Whether the last classifier also gets the features, which must be a `Matrix<Double>` then. Default `false`.
    public var passthrough: Bool

    var fitted: Fitted?

    /// Stacked classifiers, with scikit-learn's defaults. scikit-learn's `final_estimator` has a default, which is no network.
    public init(
        _ estimators: [Model], finalEstimator: Final, cv: any CrossValidator = 5, nJobs: Int? = nil,
        passthrough: Bool = false
    ) {
        (self.estimators, self.finalEstimator, self.cv) = (estimators, finalEstimator, cv)
        (self.nJobs, self.passthrough) = (nJobs, passthrough)
    }

    /// The classifiers fitted on all samples, scikit-learn's `estimators_`; empty before `fit`.
    public var fittedEstimators: [Model] { fitted?.estimators ?? [] }
    /// The fitted last classifier, scikit-learn's `final_estimator_`; nil before `fit`.
    public var fittedFinalEstimator: Final? { fitted?.final }
    /// The classes in ascending order; empty before `fit`.
    public var classes: [Model.Target] { fitted?.classes ?? [] }

    /// Fits all classifiers.
    ///
    /// - Parameters:
    ///   - x: the features of all samples.
    ///   - y: one label per sample.
    ///   - sampleWeight: one non-negative weight per sample, for all classifiers; nil for 1 each.
    /// - Throws: `EstimatorError` for data that do not fit together, no classifier, and a `cv` that does not test every sample
    ///   once; what the classifiers throw.
    /// - Complexity: that of one fit per split and classifier, one more of each, and one of the last.
    public mutating func fit(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws {
        try Check.require(!estimators.isEmpty, "estimators", "must have at least one estimator, but is empty")
        try Check.sameCount(y.count, argument: "y", as: x.sampleCount, of: "x")
        try Check.sampleWeight(sampleWeight, count: x.sampleCount)
        let classes = try Target.classes(in: y, argument: "y")
        let isPrefit = cv is Prefit
        let models =
            isPrefit
            ? estimators : try fits(estimators, x, y, sampleWeight: sampleWeight, weights: nil, nJobs: nJobs)
        let tables: [Matrix<Double>]
        if isPrefit {
            tables = try models.map { try $0.predictProba(x).map { Double($0) } }
        } else {
            let splits = GivenSplits(try cv.split(y))
            tables = try estimators.map { model in
                try crossValPredictProba(model, x, y, cv: splits, nJobs: nJobs, sampleWeight: sampleWeight)
                    .map { Double($0) }
            }
        }
        let features = try features(tables, x)
        let final = try finalEstimator.fitted(features, y, sampleWeight: sampleWeight)
        fitted = Fitted(estimators: models, final: final, classes: classes)
    }

    /// What the last classifier learns from: of two classes only the probability of the second.
    private func features(_ tables: [Matrix<Double>], _ x: Model.Features) throws -> Matrix<Double> {
        try stacked(tables.map { $0.columns == 2 ? $0.selectingColumns([1]) : $0 }, passthrough ? x : nil)
    }

    /// The probabilities of the classifiers side by side, which the last one gets.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`, and what the classifiers throw.
    public func transform(_ x: Model.Features) throws -> Matrix<Double> {
        guard let fitted else { throw EstimatorError.notFitted(estimator: "StackingClassifier") }
        return try features(fitted.estimators.map { try $0.predictProba(x).map { Double($0) } }, x)
    }

    /// The last classifier's predictions.
    ///
    /// - Throws: what ``transform(_:)`` and the last classifier throw.
    public func predict(_ x: Model.Features) throws -> [Model.Target] {
        let features = try transform(x)
        return try fitted?.final.predict(features) ?? []
    }

    /// The accuracy of the predictions for `x`.
    ///
    /// - Throws: what ``predict(_:)`` throws, and an error when `y` or the weights do not fit `x`.
    public func score(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws -> Double {
        try accuracyScore(y, predict(x), sampleWeight: sampleWeight)
    }

    /// The numbers of the classes.
    public static func classNumbers(of y: [Model.Target]) -> [Int]? { Model.classNumbers(of: y) }
}

extension StackingClassifier: ProbabilisticClassifier where Final: ProbabilisticClassifier {
    /// The precision of the probabilities.
    public typealias Scalar = Double

    /// The last classifier's probabilities: samples × classes.
    ///
    /// - Throws: what ``transform(_:)`` and the last classifier throw.
    public func predictProba(_ x: Model.Features) throws -> Matrix<Double> {
        let features = try transform(x)
        guard let fitted else { throw EstimatorError.notFitted(estimator: "StackingClassifier") }
        return try fitted.final.predictProba(features)
    }
}

/// Tables side by side, the features behind them.
func stacked<Features: Samples>(_ tables: [Matrix<Double>], _ passed: Features?) throws -> Matrix<Double> {
    var parts = tables
    if let passed {
        guard let x = passed as? Matrix<Double> else {
            throw EstimatorError.invalidParameter(
                name: "passthrough", value: "true", allowed: "false for features that are no Matrix<Double>")
        }
        parts.append(x)
    }
    return Matrix(
        rows: parts[0].rows, columns: parts.reduce(0) { $0 + $1.columns },
        elements: (0..<parts[0].rows).flatMap { row in parts.flatMap { $0.rowSlice(row) } })
}

extension StackingClassifier: CustomStringConvertible {
    /// The call of the initializer: `StackingClassifier([MLPClassifier()], finalEstimator: MLPClassifier())`.
    public var description: String {
        written(
            Self.self,
            [literal(estimators), "finalEstimator: \(literal(finalEstimator))"]
                + changedParameters(
                    self, from: Self(estimators, finalEstimator: finalEstimator),
                    omitting: ["estimators", "finalEstimator", "fitted"]))
    }
}

// MARK: - Files

extension StackingClassifier.Fitted: Encodable where Model: Encodable, Final: Encodable {}
extension StackingClassifier.Fitted: Decodable where Model: Decodable, Final: Decodable {}

private enum StackingKeys: String, CodingKey { case estimators, finalEstimator, cv, nJobs, passthrough, fitted }

extension StackingClassifier: Encodable where Model: Encodable, Final: Encodable {
    /// Encodes the classifier.
    ///
    /// - Throws: `EncodingError`, also for a `cv` that is not of this package.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: StackingKeys.self)
        try container.encode(estimators, forKey: .estimators)
        try container.encode(finalEstimator, forKey: .finalEstimator)
        try container.encode(StoredCrossValidator(cv), forKey: .cv)
        try container.encodeIfPresent(nJobs, forKey: .nJobs)
        try container.encode(passthrough, forKey: .passthrough)
        try container.encodeIfPresent(fitted, forKey: .fitted)
    }
}

extension StackingClassifier: Decodable where Model: Decodable, Final: Decodable {
    /// Decodes a classifier.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: StackingKeys.self)
        self.init(
            try container.decode([Model].self, forKey: .estimators),
            finalEstimator: try container.decode(Final.self, forKey: .finalEstimator),
            cv: try container.decode(StoredCrossValidator.self, forKey: .cv).rule,
            nJobs: try container.decodeIfPresent(Int.self, forKey: .nJobs),
            passthrough: try container.decode(Bool.self, forKey: .passthrough))
        fitted = try container.decodeIfPresent(Fitted.self, forKey: .fitted)
        try container.require(fitted?.estimators.isEmpty != true, .fitted, "must have at least one estimator")
    }
}

extension StackingClassifier: Storable where Model: Storable, Final: Storable {
    /// `StackingClassifier` with the names of both types.
    public static var storedTypeName: String { ModelFiles.storedTypeName("StackingClassifier", Model.self, Final.self) }
}
