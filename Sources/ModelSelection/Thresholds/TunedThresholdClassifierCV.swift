public import Estimators
public import LinearAlgebra
public import Metrics
public import ModelFiles

/// The thresholds that ``TunedThresholdClassifierCV`` tries. They can be a literal: `100`, or `[0.1, 0.5]`.
public enum ThresholdCandidates: Sendable, Codable, Equatable {
    /// The given number of thresholds, at equal distances from the least to the greatest probability.
    case count(Int)
    /// The given thresholds.
    case at([Double])
}

extension ThresholdCandidates: ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
    /// The given number of thresholds, at equal distances.
    public init(integerLiteral count: Int) { self = .count(count) }
    /// The given thresholds.
    public init(arrayLiteral thresholds: Double...) { self = .at(thresholds) }
}

extension ThresholdCandidates: CustomStringConvertible {
    /// The literal: `100`, or `[0.1, 0.5]`.
    public var description: String {
        switch self {
        case .count(let count): "\(count)"
        case .at(let thresholds): "\(thresholds)"
        }
    }
}

/// A classifier of two classes that predicts the positive class if its probability is at least a threshold. It chooses
/// the threshold with the best score in a cross-validation.
///
/// ```swift
/// let tuned = try TunedThresholdClassifierCV(MLPClassifier(randomState: 0), scoring: .f1).fitted(x, y)
/// tuned.bestThreshold   // in place of 0.5
/// ```
///
/// A scorer is a `ThresholdScorer`, which judges predicted labels: `.balancedAccuracy`, `.f1`, `.recall(posLabel:
/// "yes")`, `.negCost(falsePositive: 1, falseNegative: 20)` and others, or your own. If the scorer has a positive
/// class, this is the positive class; otherwise it is the second class.
///
/// To tune a classifier that is already fitted, use `cv: .prefit, refit: false` and samples that it was not fitted on.
public struct TunedThresholdClassifierCV<Model: ProbabilisticClassifier>: ProbabilisticClassifier, CrossFittedEstimator
where Model.Target: ClassLabel {
    /// The type of the features.
    public typealias Features = Model.Features
    /// The type of one sample's label.
    public typealias Target = Model.Target
    /// The precision of the probabilities.
    public typealias Scalar = Model.Scalar

    /// The mean score at each threshold.
    public struct CVResults: Sendable, Equatable, Codable {
        /// The thresholds that were tried.
        public let thresholds: [Double]
        /// The mean score over the splits at each threshold.
        public let scores: [Double]
    }

    package struct Fitted: Sendable {
        let model: Model
        let posLabel: Model.Target?
        let bestThreshold: Double
        let bestScore: Double
        let results: CVResults?
    }

    /// The classifier; `fit` does not change it.
    public var estimator: Model
    /// The score of the predicted labels. Default `.balancedAccuracy`.
    public var scoring: ThresholdScorer<Model.Target>
    /// The thresholds that are tried. Default 100.
    public var thresholds: ThresholdCandidates
    /// The splits: a cross-validator, a number of folds, or `.prefit`. Default 5.
    public var cv: any CrossValidator
    /// Whether to fit the classifier that predicts on all samples. If `false`, the classifier of the split predicts,
    /// and `cv` must have a single split. Default `true`.
    public var refit: Bool
    /// The number of fits that run at the same time; nil for one, -1 for as many as there are cores. Results do not
    /// depend on it.
    public var nJobs: Int?
    /// Whether to keep the scores at all thresholds in ``cvResults``. Default `false`.
    public var storeCVResults: Bool

    package private(set) var fitted: Fitted?

    /// A classifier with scikit-learn's defaults.
    public init(
        _ estimator: Model, scoring: ThresholdScorer<Model.Target> = .balancedAccuracy,
        thresholds: ThresholdCandidates = 100, cv: any CrossValidator = 5, refit: Bool = true, nJobs: Int? = nil,
        storeCVResults: Bool = false
    ) {
        (self.estimator, self.scoring, self.thresholds, self.cv) = (estimator, scoring, thresholds, cv)
        (self.refit, self.nJobs, self.storeCVResults) = (refit, nJobs, storeCVResults)
    }

    /// The threshold with the best mean score; nil before `fit`.
    public var bestThreshold: Double? { fitted?.bestThreshold }
    /// The mean score at the best threshold; nil before `fit`.
    public var bestScore: Double? { fitted?.bestScore }
    /// The scores at all thresholds; nil before `fit` and without `storeCVResults`.
    public var cvResults: CVResults? { fitted?.results }
    /// The classifier that predicts; nil before `fit`.
    public var fittedEstimator: Model? { fitted?.model }
    /// The classes in ascending order; empty before `fit`.
    public var classes: [Model.Target] { fitted?.model.classes ?? [] }

    /// Fits the classifier and finds its threshold.
    ///
    /// - Parameters:
    ///   - x: the features of all samples.
    ///   - y: one label per sample, of two classes.
    ///   - sampleWeight: one non-negative weight per sample, for fitting and scoring; nil for 1 each.
    /// - Throws: `EstimatorError` unless there are exactly two classes, for invalid thresholds, for a `refit` that `cv`
    ///   does not allow, and if all samples have the same probability; what the classifier and the scorer throw.
    /// - Complexity: that of one fit per split, and one score per split and threshold.
    public mutating func fit(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws {
        try fit(x, y, groups: [Int]?.none, sampleWeight: sampleWeight)
    }

    /// Fits with a cross-validator that uses the group of each sample.
    ///
    /// - Throws: what `fit` without groups throws, and `EstimatorError` unless there is one group per sample.
    public mutating func fit<Group: ClassLabel>(
        _ x: Model.Features, _ y: [Model.Target], groups: [Group]?, sampleWeight: [Double]? = nil
    ) throws {
        try Check.sameCount(y.count, argument: "y", as: x.sampleCount, of: "x")
        try Check.sampleWeight(sampleWeight, count: x.sampleCount)
        try checkThresholds()
        _ = try twoClasses(of: y)
        let posLabel = scoring.posLabel as? Model.Target
        let all = Array(0..<x.sampleCount)
        let isPrefit = cv is Prefit
        try Check.require(
            !isPrefit || !refit, parameter: "refit", "true", allowed: "false where cv is .prefit")
        let splits: [SplitIndices] =
            isPrefit
            ? [(train: [], test: all)] : try splits(cv, for: Model.self, rows: x.sampleCount, y, groups: groups)
        try Check.require(
            refit || splits.count == 1, parameter: "refit", "false",
            allowed: "true where cv has several splits, of which none has the classifier to keep")

        let estimator = estimator
        @Sendable func fitted(on samples: [Int]) throws -> Model {
            try estimator.fitted(x, y, sampleWeight: sampleWeight, on: samples)
        }
        let (scoring, candidates) = (scoring, thresholds)
        let fits = try parallelFits(count: splits.count, jobs: jobs(nJobs)) { number in
            let model = isPrefit ? estimator : try fitted(on: splits[number].train)
            let test = splits[number].test
            let curve = try ThresholdCurve(
                model, x.selectingSamples(test), y.selectingSamples(test), posLabel: posLabel, candidates, scoring,
                sampleWeight: sampleWeight?.selectingSamples(test))
            return (model, curve)
        }
        let curves = fits.map(\.1)
        let tried =
            switch thresholds {
            case .at(let thresholds): thresholds
            case .count(let count):
                linearlySpaced(
                    curves.map { $0.thresholds.min() ?? 0 }.min() ?? 0,
                    curves.map { $0.thresholds.max() ?? 1 }.max() ?? 1, count: count)
            }
        let scores = tried.map { threshold in mean(of: curves.map { $0.score(at: threshold) }) }
        let best = scores.indices.reduce(0) { scores[$1] > scores[$0] ? $1 : $0 }
        self.fitted = Fitted(
            model: refit ? try fitted(on: all) : fits[0].0, posLabel: posLabel, bestThreshold: tried[best],
            bestScore: scores[best], results: storeCVResults ? CVResults(thresholds: tried, scores: scores) : nil)
    }

    private func checkThresholds() throws {
        switch thresholds {
        case .count(let count):
            try Check.require(
                (2...mostTrials).contains(count), parameter: "thresholds", count,
                allowed: "an integer in 2 ... \(mostTrials), or a list of numbers")
        case .at(let thresholds):
            try Check.require(
                thresholds.count > 1 && zip(thresholds, thresholds.dropFirst()).allSatisfy { $0 < $1 }
                    && thresholds.allSatisfy(\.isFinite), parameter: "thresholds", "[\(listed(thresholds))]",
                allowed: "at least two finite numbers in ascending order")
        }
    }

    /// Returns the positive class for each sample whose probability is at least the best threshold, otherwise the other
    /// class.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`, and what the classifier throws.
    public func predict(_ x: Model.Features) throws -> [Model.Target] {
        let fitted = try learned
        return try labels(of: fitted.model, x, threshold: fitted.bestThreshold, posLabel: fitted.posLabel)
    }

    /// Returns the classifier's probabilities: samples × classes.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`, and what the classifier throws.
    public func predictProba(_ x: Model.Features) throws -> Matrix<Model.Scalar> { try learned.model.predictProba(x) }
}

/// The scores of one split at its thresholds.
private struct ThresholdCurve: Sendable {
    let thresholds: [Double]
    let scores: [Double]

    init<Model: ProbabilisticClassifier>(
        _ model: Model, _ x: Model.Features, _ y: [Model.Target], posLabel: Model.Target?,
        _ candidates: ThresholdCandidates, _ scoring: ThresholdScorer<Model.Target>, sampleWeight: [Double]?
    ) throws where Model.Target: ClassLabel {
        let probabilities = try positiveScores(of: model, x, posLabel: posLabel)
        switch candidates {
        case .at(let given): thresholds = given
        case .count(let count):
            let (least, greatest) = (probabilities.min() ?? 0, probabilities.max() ?? 0)
            try Check.require(
                abs(greatest - least) > 1e-8 + 1e-5 * abs(greatest), "estimator",
                "must predict different probabilities for different samples, but predicts \(least) for all of a split: "
                    + "no threshold separates them")
            thresholds = linearlySpaced(least, greatest, count: count)
        }
        scores = try thresholds.map { threshold in
            try scoring(
                PredictedLabels(),
                labels(probabilities, threshold: threshold, classes: model.classes, posLabel: posLabel), y,
                sampleWeight: sampleWeight)
        }
    }

    /// The score at a threshold, between two of the split's by linear interpolation.
    func score(at threshold: Double) -> Double { interpolated(at: threshold, thresholds, scores) }
}

extension TunedThresholdClassifierCV: MatrixEstimator where Model: MatrixEstimator {}

extension TunedThresholdClassifierCV {
    package var requiredArguments: [String] {
        [literal(estimator)] + (scoring.name == "balancedAccuracy" ? [] : ["scoring: .\(scoring.name)"])
    }
    package var standard: Self { Self(estimator, scoring: scoring) }

    /// The names of the classifier's parameters, such as `estimator.alpha`.
    public static var parameterNames: [PartialKeyPath<Self>: String] {
        nestedParameterNames(\Self.estimator, "estimator")
    }
}

// MARK: - Files

extension TunedThresholdClassifierCV.Fitted: Encodable where Model: Encodable {}
extension TunedThresholdClassifierCV.Fitted: Decodable where Model: Decodable {}

private enum ThresholdKeys: String, CodingKey {
    case estimator, scoring, thresholds, cv, refit, nJobs, storeCVResults, fitted
}

extension TunedThresholdClassifierCV: Encodable where Model: Encodable {
    /// Encodes the classifier. Only the name of the scorer is encoded.
    ///
    /// - Throws: `EncodingError`, also if `cv` is not a cross-validator of this package.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: ThresholdKeys.self)
        try container.encode(estimator, forKey: .estimator)
        try container.encode(scoring.name, forKey: .scoring)
        try container.encode(thresholds, forKey: .thresholds)
        try container.encode(StoredCrossValidator(cv), forKey: .cv)
        try container.encode(refit, forKey: .refit)
        try container.encodeIfPresent(nJobs, forKey: .nJobs)
        try container.encode(storeCVResults, forKey: .storeCVResults)
        try container.encodeIfPresent(fitted, forKey: .fitted)
    }
}

extension TunedThresholdClassifierCV: Decodable where Model: Decodable {
    /// Decodes a classifier. Files cannot contain functions. Therefore ``scoring`` must be set again before `fit`,
    /// which otherwise throws, unless the scorer is `.balancedAccuracy` or `.accuracy`.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: ThresholdKeys.self)
        let name = try container.decode(String.self, forKey: .scoring)
        let scorer: ThresholdScorer<Model.Target> =
            switch name {
            case "balancedAccuracy": .balancedAccuracy
            case "accuracy": .accuracy
            default:
                ThresholdScorer(name) { _, _, _ in
                    throw EstimatorError.invalidParameter(
                        name: "scoring", value: name,
                        allowed: "set again before fit, since a model file has no scorer but only its name")
                }
            }
        self.init(
            try container.decode(Model.self, forKey: .estimator), scoring: scorer,
            thresholds: try container.decode(ThresholdCandidates.self, forKey: .thresholds),
            cv: try container.decode(StoredCrossValidator.self, forKey: .cv).rule,
            refit: try container.decode(Bool.self, forKey: .refit),
            nJobs: try container.decodeIfPresent(Int.self, forKey: .nJobs),
            storeCVResults: try container.decode(Bool.self, forKey: .storeCVResults))
        fitted = try container.decodeIfPresent(Fitted.self, forKey: .fitted)
    }
}

extension TunedThresholdClassifierCV: Storable where Model: Storable {
    /// `TunedThresholdClassifierCV` with the name of the classifier.
    public static var storedTypeName: String { ModelFiles.storedTypeName("TunedThresholdClassifierCV", Model.self) }
}
