public import Estimators
import LinearAlgebra
import Metrics
public import ModelFiles
import NumPyRandom

/// The score by which ``ConformalClassifier`` decides whether a class belongs to a set.
public enum ClassConformityScore: String, Sendable, Codable, CaseIterable {
    /// 1 − the probability of the class. The sets are the smallest, and can be empty.
    case lac
    /// The sum of all probabilities from the greatest one down to that of the class. The sets are larger where the
    /// classifier is uncertain.
    case aps
}

/// Whether a set by ``ClassConformityScore/aps`` contains the class at which the sum of the probabilities exceeds the
/// threshold. It can be a literal: `false`.
public enum IncludeLastLabel: Sendable, Equatable, ExpressibleByBooleanLiteral {
    /// Yes. The sets are never empty, and mostly larger than needed.
    case yes
    /// No, unless the set has no other class.
    case no
    /// At random, with the probability that gives exactly the confidence level. The sets can be empty.
    case randomized

    /// Yes or no.
    public init(booleanLiteral value: Bool) { self = value ? .yes : .no }
}

/// A classifier that predicts sets of classes. A set contains the true class with a chosen probability, whatever the
/// classifier and the distribution of the data.
///
/// ```swift
/// let model = try ConformalClassifier(MLPClassifier(randomState: 0), confidenceLevel: 0.9, cv: 5).fitted(x, y)
/// let (prediction, sets) = try model.predictSet(xNew)   // sets[0] is [0, 2]
/// ```
///
/// `cv` is a number of folds or a rule that tests each sample once; a rule with one split, for split conformal; or
/// `.prefit` for a classifier that is already fitted, with samples that it was not fitted on. The numbers are those of
/// the Python package MAPIE 1.6. The probabilities of the models of several folds are averaged.
public struct ConformalClassifier<Model: ProbabilisticClassifier>: CrossFittedEstimator where Model.Target: ClassLabel {
    /// The type of the features.
    public typealias Features = Model.Features
    /// The type of one sample's label.
    public typealias Target = Model.Target

    package struct Fitted: Sendable {
        let classes: [Model.Target]
        /// The model that predicts.
        let single: Model
        /// The model of each fold; empty for split conformal.
        let members: [Model]
        let scores: [Double]
    }

    /// The classifier; `fit` does not change it.
    public var estimator: Model
    /// The probability with which a set is to contain the true class, in (0, 1). Default 0.9.
    public var confidenceLevel: Double
    /// The score by which a class is judged. Default `.lac`.
    public var conformityScore: ClassConformityScore
    /// The splits: a cross-validator that tests each sample once or has a single split, a number of folds, or
    /// `.prefit`. Default 5.
    public var cv: any CrossValidator {
        get { _cv.rule }
        set { _cv.rule = newValue }
    }
    var _cv: StoredCrossValidator
    /// The number of fits that run at the same time; nil for one, -1 for as many as there are cores. Results do not
    /// depend on it.
    public var nJobs: Int?
    /// The seed of the random draws of `.aps`; nil for different draws each time.
    public var randomState: UInt32?

    package private(set) var fitted: Fitted?

    private enum CodingKeys: String, CodingKey {
        case estimator, confidenceLevel, conformityScore, _cv = "cv", nJobs, randomState, fitted
    }

    /// A fitted model; nil before `fit`.
    package var fittedEstimator: Model? { fitted?.single }

    /// A classifier with MAPIE's defaults.
    public init(
        _ estimator: Model, confidenceLevel: Double = 0.9, conformityScore: ClassConformityScore = .lac,
        cv: any CrossValidator = 5, nJobs: Int? = nil, randomState: UInt32? = nil
    ) {
        (self.estimator, self.confidenceLevel) = (estimator, confidenceLevel)
        (self.conformityScore, _cv, self.nJobs) = (conformityScore, StoredCrossValidator(cv), nJobs)
        self.randomState = randomState
    }

    package var standard: Self { Self(estimator) }

    /// The names of the classifier's parameters, such as `estimator.alpha`.
    public static var parameterNames: [PartialKeyPath<Self>: String] {
        nestedParameterNames(\Self.estimator, "estimator", and: [\Self.cv: "cv"])
    }

    /// The classes in ascending order; empty before `fit`.
    public var classes: [Model.Target] { fitted?.classes ?? [] }

    /// The score of each sample's true class, by a model that was not fitted on the sample; empty before `fit`.
    public var conformityScores: [Double] { fitted?.scores ?? [] }

    /// Fits the classifier and scores the true classes.
    ///
    /// - Parameters:
    ///   - x: the features of all samples.
    ///   - y: one label per sample.
    ///   - sampleWeight: one non-negative weight per sample, for fitting; nil for 1 each.
    /// - Throws: `EstimatorError` for inconsistent data, and for a `cv` of several splits that does not test each
    ///   sample once; what the classifier throws.
    /// - Complexity: that of one fit per split, and one on all samples.
    public mutating func fit(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws {
        try fit(x, y, groups: [Int]?.none, sampleWeight: sampleWeight)
    }

    /// Fits with a cross-validator that uses the group of each sample.
    ///
    /// - Throws: what `fit` without groups throws, and `EstimatorError` unless there is one group per sample.
    public mutating func fit<Group: ClassLabel>(
        _ x: Model.Features, _ y: [Model.Target], groups: [Group]?, sampleWeight: [Double]? = nil
    ) throws {
        _ = try miscoverage(of: confidenceLevel)
        try Check.sameCount(y.count, argument: "y", as: x.sampleCount, of: "x")
        try Check.sampleWeight(sampleWeight, count: x.sampleCount)
        let heldOut = try heldOutModels(estimator, cv, x, y, groups: groups, sampleWeight: sampleWeight, nJobs: nJobs)
        if heldOut.count == 1 {
            let (model, test) = heldOut[0]
            let probabilities = try model.predictProba(x.selectingSamples(test), of: model.classes)
            fitted = Fitted(
                classes: model.classes, single: model, members: [],
                scores: try scores(of: y.selectingSamples(test), probabilities, classes: model.classes))
            return
        }
        let classes = try Target.classes(in: y, argument: "y")
        var probabilities = Matrix<Double>(rows: x.sampleCount, columns: classes.count, repeating: 0)
        for (model, test) in heldOut {
            let part = try model.predictProba(x.selectingSamples(test), of: classes)
            for (row, sample) in test.enumerated() {
                for column in classes.indices { probabilities[sample, column] = part[row, column] }
            }
        }
        fitted = Fitted(
            classes: classes, single: try estimator.fitted(x, y, sampleWeight: sampleWeight),
            members: heldOut.map(\.model), scores: try scores(of: y, probabilities, classes: classes))
    }

    private func scores(
        of y: [Model.Target], _ probabilities: Matrix<Double>, classes: [Model.Target]
    ) throws -> [Double] {
        let number = Dictionary(zip(classes, 0...), uniquingKeysWith: { first, _ in first })
        let numbers = try y.enumerated().map { sample, label in
            guard let number = number[label] else {
                throw EstimatorError.invalidInput(
                    argument: "y",
                    problem: "must contain classes that the classifier knows (\(listed(classes))), but y[\(sample)] is "
                        + "\(label)")
            }
            return number
        }
        switch conformityScore {
        case .lac: return numbers.enumerated().map { 1 - probabilities[$0, $1] }
        case .aps:
            var random = RandomState(seed: randomState)
            return numbers.enumerated().map { row, number in
                let values = probabilities.row(row)
                return cumulated(values)[number] - random.randomSample() * values[number]
            }
        }
    }

    /// Returns the most probable class for each sample, by the model that is fitted on all samples.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`, and what the classifier throws.
    public func predict(_ x: Model.Features) throws -> [Model.Target] {
        let fitted = try learned
        return Target.mostProbable(try fitted.single.predictProba(x, of: fitted.classes), classes: fitted.classes)
    }

    /// Returns the most probable class and a set of classes for each sample.
    ///
    /// - Parameters:
    ///   - x: the features of the samples.
    ///   - confidenceLevel: the probability with which a set is to contain the true class; nil for the property of the
    ///     same name. A different level does not require another `fit`.
    ///   - includeLastLabel: whether a set by `.aps` contains the class at which the sum exceeds the threshold.
    /// - Returns: one class and one set, in ascending order, per sample.
    /// - Throws: `EstimatorError` for a level outside of (0, 1), or one for which there are too few samples, and what
    ///   ``predict(_:)`` throws.
    public func predictSet(
        _ x: Model.Features, confidenceLevel: Double? = nil, includeLastLabel: IncludeLastLabel = true
    ) throws -> (prediction: [Model.Target], sets: [[Model.Target]]) {
        let fitted = try learned
        let alpha = try miscoverage(of: confidenceLevel ?? self.confidenceLevel)
        let threshold = try conformalQuantile(fitted.scores, level: 1 - alpha, isInfiniteAllowed: false)
        let tables = try (fitted.members.isEmpty ? [fitted.single] : fitted.members).map {
            try $0.predictProba(x, of: fitted.classes)
        }
        var random = RandomState(seed: randomState)
        let sets = (0..<x.sampleCount).map { row in
            let values = fitted.classes.indices.map { column in
                tables.reduce(0) { $0 + $1[row, column] } / Double(tables.count)
            }
            let chosen =
                switch conformityScore {
                case .lac: values.indices.filter { (1 - values[$0]) - threshold <= tolerance }
                case .aps: cumulatedSet(values, threshold, includeLastLabel, &random)
                }
            return chosen.map { fitted.classes[$0] }
        }
        return (try predict(x), sets)
    }
}

/// How far numbers may be apart that count as equal.
private let tolerance = 1e-8

/// For each class the sum of the probabilities from the greatest down to its own; of equal ones the later class is first.
private func cumulated(_ probabilities: [Double]) -> [Double] {
    var (sum, sums) = (0.0, probabilities)
    for index in probabilities.indices.sorted(by: { (probabilities[$0], $0) > (probabilities[$1], $1) }) {
        sum += probabilities[index]
        sums[index] = sum
    }
    return sums
}

/// The classes from the most probable on until the sum of their probabilities reaches the threshold.
private func cumulatedSet(
    _ probabilities: [Double], _ threshold: Double, _ includeLast: IncludeLastLabel, _ random: inout RandomState
) -> [Int] {
    let sums = cumulated(probabilities)
    let last: Int
    if includeLast == .no {
        let limit = max(threshold, sums.min() ?? 0)
        last = sums.indices.filter { sums[$0] - limit <= tolerance }.max { (sums[$0], $1) < (sums[$1], $0) } ?? 0
    } else {
        last = sums.indices.filter { sums[$0] - threshold >= -tolerance }.min { (sums[$0], $0) < (sums[$1], $1) } ?? 0
    }
    var least = probabilities[last]
    if least <= tolerance { least = probabilities.filter { $0 >= tolerance }.min() ?? .infinity }
    var chosen = probabilities.indices.filter { probabilities[$0] - least >= -tolerance }
    if includeLast == .randomized {
        let draw = random.randomSample()
        if (sums[last] - threshold) / least - draw > tolerance {
            chosen.removeAll { $0 == last }
        } else if !chosen.contains(last) {
            chosen = (chosen + [last]).sorted()
        }
    }
    return chosen
}

extension ConformalClassifier: MatrixEstimator where Model: MatrixEstimator {
    /// The precision of the features.
    public typealias Scalar = Model.Scalar
}

// MARK: - Files

extension ConformalClassifier.Fitted: Encodable where Model: Encodable {}
extension ConformalClassifier.Fitted: Decodable where Model: Decodable {}

extension ConformalClassifier.Fitted: CheckedPart {
    package var fault: String? { classes.isEmpty ? "must have at least one class" : nil }
}

extension ConformalClassifier: Encodable where Model: Encodable {}
extension ConformalClassifier: Decodable where Model: Decodable {}

extension ConformalClassifier: Storable where Model: Storable {
    /// `ConformalClassifier` with the name of the classifier.
    public static var storedTypeName: String { ModelFiles.storedTypeName("ConformalClassifier", Model.self) }
}
