public import Estimators
public import LinearAlgebra
import Metrics
public import ModelFiles

/// How ``VotingClassifier`` combines its classifiers.
public enum Voting: String, Sendable, Codable, CaseIterable {
    /// The class that most of them predict; of equal ones the first.
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
public struct VotingClassifier<Model: ProbabilisticClassifier>: ProbabilisticClassifier
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
    /// How many fits run at the same time; nil for one, -1 for as many as there are cores. Results do not depend on it.
    public var nJobs: Int?

    var fitted: [Model] = []

    /// Classifiers that vote, with scikit-learn's defaults.
    public init(_ estimators: [Model], voting: Voting = .hard, weights: [Double]? = nil, nJobs: Int? = nil) {
        (self.estimators, self.voting, self.weights, self.nJobs) = (estimators, voting, weights, nJobs)
    }

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
    /// - Throws: `EstimatorError` for no classifier and for weights that do not fit them; what the classifiers throw.
    public mutating func fit(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws {
        fitted = try fits(estimators, x, y, sampleWeight: sampleWeight, weights: weights, nJobs: nJobs)
    }

    /// The class that the vote is for.
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

    /// The mean probability of every class for every sample: samples × classes.
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
        return try weightedMean(fitted.map { try $0.predictProba(x).map { Double($0) } }, weights: weights)
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

extension VotingClassifier: MatrixEstimator where Model: MatrixEstimator {}
extension VotingClassifier: Encodable where Model: Encodable {}
extension VotingClassifier: Decodable where Model: Decodable {}

extension VotingClassifier: Storable where Model: Storable {
    /// `VotingClassifier` with the name of the classifiers.
    public static var storedTypeName: String { ModelFiles.storedTypeName("VotingClassifier", Model.self) }
}

extension VotingClassifier: CustomStringConvertible {
    /// The call of the initializer: `VotingClassifier([MLPClassifier()], voting: .soft)`.
    public var description: String {
        written(
            Self.self,
            [literal(estimators)]
                + changedParameters(self, from: Self(estimators), omitting: ["estimators", "fitted"]))
    }
}

// MARK: - Several estimators

/// Fitted copies of several estimators.
func fits<Model: Estimator>(
    _ estimators: [Model], _ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?, weights: [Double]?,
    nJobs: Int?
) throws -> [Model] {
    try Check.require(!estimators.isEmpty, "estimators", "must have at least one estimator, but is empty")
    try checkWeights(weights, count: estimators.count)
    return try parallelFits(count: estimators.count, jobs: jobs(nJobs)) {
        try estimators[$0].fitted(x, y, sampleWeight: sampleWeight)
    }
}

/// Rejects weights that are not one for each estimator, not finite or negative, or sum to 0.
func checkWeights(_ weights: [Double]?, count: Int) throws {
    guard let weights else { return }
    try Check.require(
        weights.count == count && weights.allSatisfy { $0 >= 0 && $0.isFinite } && weights.reduce(0, +) > 0,
        parameter: "weights", "[\(listed(weights))]",
        allowed: "\(count) finite numbers of at least 0, one for each estimator, with a positive sum")
}

/// The weighted mean of tables.
///
/// - Throws: `EstimatorError.invalidInput` for tables of different shapes, as models from a file may have.
func weightedMean(_ tables: [Matrix<Double>], weights: [Double]?) throws -> Matrix<Double> {
    try Check.require(
        tables.allSatisfy { $0.rows == tables[0].rows && $0.columns == tables[0].columns }, "estimators",
        "must have the same outputs, but have \(listed(tables.map(\.columns)))")
    let total = weights?.reduce(0, +) ?? Double(tables.count)
    var sum = Matrix<Double>(rows: tables[0].rows, columns: tables[0].columns, repeating: 0)
    sum.withUnsafeMutableElements { sum in
        for (index, table) in tables.enumerated() {
            let weight = weights?[index] ?? 1
            table.withUnsafeElements { table in
                for position in sum.indices { sum[position] += weight * table[position] }
            }
        }
        for position in sum.indices { sum[position] /= total }
    }
    return sum
}
