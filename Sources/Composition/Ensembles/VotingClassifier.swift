public import Estimators
public import LinearAlgebra
import Metrics
public import ModelFiles
import ModelSelection

/// How ``VotingClassifier`` combines its classifiers.
public enum Voting: String, Sendable, Codable, CaseIterable {
    /// The class that most classifiers predict; in a tie, the first of the tied classes.
    case hard
    /// The class with the greatest mean probability.
    case soft
}

/// Several classifiers of one type that vote.
///
/// ```swift
/// let networks = [20, 50, 100].map { MLPClassifier(hiddenLayerSizes: [$0], randomState: 0) }
/// let model = try VotingClassifier(networks, voting: .soft).fitted(x, y)
/// ```
public struct VotingClassifier<Model: ProbabilisticClassifier>: ProbabilisticClassifier, Ensemble
where Model.Target: ClassLabel {
    /// The type of the features.
    public typealias Features = Model.Features
    /// The type of one sample's label.
    public typealias Target = Model.Target
    /// The precision of the probabilities.
    public typealias Scalar = Model.Scalar

    /// The classifiers; `fit` does not change them.
    public var estimators: [Model]
    /// How they are combined. Default `.hard`.
    public var voting: Voting
    /// The weight of each classifier; nil for 1 each. Default nil.
    public var weights: [Double]?
    /// The number of fits that run at the same time; nil for one, -1 for as many as there are cores. Results do not
    /// depend on it.
    public var nJobs: Int?

    private(set) var fitted: [Model] = []

    /// Creates a voting classifier with scikit-learn's defaults.
    public init(_ estimators: [Model], voting: Voting = .hard, weights: [Double]? = nil, nJobs: Int? = nil) {
        (self.estimators, self.voting, self.weights, self.nJobs) = (estimators, voting, weights, nJobs)
    }

    package var standard: Self { Self(estimators) }

    /// The fitted classifiers, scikit-learn's `estimators_`; empty before `fit`.
    public var fittedEstimators: [Model] { fitted }

    /// The classes in ascending order; empty before `fit`.
    public var classes: [Model.Target] { fitted.first?.classes ?? [] }

    /// Fits every classifier.
    ///
    /// - Parameters:
    ///   - x: the features of all samples.
    ///   - y: one label per sample.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    /// - Throws: `EstimatorError` for an empty list of classifiers, and for weights that are invalid or not one per
    ///   classifier; what the classifiers throw.
    public mutating func fit(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws {
        fitted = try fittedCopies(x, y, sampleWeight: sampleWeight, weights: weights, nJobs: nJobs)
    }

    /// Returns the class that wins the vote, for each sample.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`, and what the classifiers throw.
    public func predict(_ x: Model.Features) throws -> [Model.Target] {
        if voting == .soft { return Target.mostProbable(try means(x), classes: classes) }
        try checkFitted()
        let number = Dictionary(zip(classes, 0...), uniquingKeysWith: { first, _ in first })
        var votes = Matrix<Double>(rows: x.sampleCount, columns: classes.count, repeating: 0)
        for (index, model) in fitted.enumerated() {
            for (row, label) in try model.predict(x).enumerated() {
                if let column = number[label] { votes[row, column] += weights?[index] ?? 1 }
            }
        }
        return Target.mostProbable(votes, classes: classes)
    }

    /// Returns the mean probability of each class for each sample: samples × classes.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`; `EstimatorError.invalidParameter` with `.hard`; what the
    ///   classifiers throw.
    public func predictProba(_ x: Model.Features) throws -> Matrix<Model.Scalar> {
        try Check.require(voting == .soft, parameter: "voting", ".hard", allowed: ".soft for probabilities")
        return try means(x).map { Scalar($0) }
    }

    private func checkFitted() throws {
        if fitted.isEmpty { throw EstimatorError.notFitted(estimator: "VotingClassifier") }
        try checkWeights(weights, count: fitted.count)
    }

    private func means(_ x: Model.Features) throws -> Matrix<Double> {
        try checkFitted()
        return try weightedMean(fitted.map { try $0.predictProba(x).inDoublePrecision }, weights: weights)
    }
}

extension VotingClassifier: MatrixEstimator where Model: MatrixEstimator {}
extension VotingClassifier: Encodable where Model: Encodable {}
extension VotingClassifier: Decodable where Model: Decodable {}

extension VotingClassifier: Storable where Model: Storable {
    /// `VotingClassifier` with the name of the classifiers.
    public static var storedTypeName: String { ModelFiles.storedTypeName("VotingClassifier", Model.self) }
}
