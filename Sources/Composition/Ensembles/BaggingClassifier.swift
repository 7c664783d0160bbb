public import Estimators
public import LinearAlgebra
import Metrics
public import ModelFiles
public import ModelSelection

/// Many copies of a classifier, each fitted to samples that it draws at random, whose probabilities are averaged.
///
/// ```swift
/// let model = try BaggingClassifier(MLPClassifier(), nEstimators: 20, nJobs: -1, randomState: 0).fitted(x, y)
/// ```
///
/// Draws and seeds are scikit-learn's. Each copy gets all samples, those that it has drawn k times with weight k. Features
/// are a matrix, or a table for a ``TablePipeline``.
@dynamicMemberLookup
public struct BaggingClassifier<Model: ProbabilisticClassifier>: ProbabilisticClassifier
where Model.Target: ClassLabel, Model.Features: BaggingFeatures {
    /// The type of the features.
    public typealias Features = Model.Features
    /// The type of one sample's label.
    public typealias Target = Model.Target
    /// The precision of the probabilities.
    public typealias Scalar = Model.Scalar

    struct Fitted: Sendable {
        let classes: [Model.Target]
        let bag: Bag<Model>
        let oobScore: Double?
        let oobDecisionFunction: Matrix<Double>?
    }

    /// The classifier; `fit` does not change it.
    public var estimator: Model
    /// The parameters, each of which is a property of this classifier too.
    public var settings: BaggingSettings

    var fitted: Fitted?

    /// A classifier with scikit-learn's defaults; ``BaggingSettings`` explains the parameters.
    public init(
        _ estimator: Model, nEstimators: Int = 10, maxSamples: SplitSize? = nil, maxFeatures: SplitSize = 1.0,
        bootstrap: Bool = true, bootstrapFeatures: Bool = false, oobScore: Bool = false, nJobs: Int? = nil,
        randomState: UInt32? = nil
    ) {
        self.estimator = estimator
        settings = BaggingSettings(
            nEstimators: nEstimators, maxSamples: maxSamples, maxFeatures: maxFeatures, bootstrap: bootstrap,
            bootstrapFeatures: bootstrapFeatures, oobScore: oobScore, nJobs: nJobs, randomState: randomState)
    }

    /// A parameter, by its name in ``BaggingSettings``.
    public subscript<Value>(dynamicMember member: WritableKeyPath<BaggingSettings, Value>) -> Value {
        get { settings[keyPath: member] }
        set { settings[keyPath: member] = newValue }
    }

    /// The fitted classifiers, scikit-learn's `estimators_`; empty before `fit`.
    public var fittedEstimators: [Model] { fitted?.bag.members.map(\.model) ?? [] }
    /// The samples that each classifier has drawn; empty before `fit`.
    public var estimatorsSamples: [[Int]] { fitted?.bag.members.map(\.samples) ?? [] }
    /// The features that each classifier has drawn; empty before `fit`.
    public var estimatorsFeatures: [[Int]] { fitted?.bag.members.map(\.features) ?? [] }
    /// The accuracy on samples that a classifier has not drawn, scikit-learn's `oob_score_`; nil without `oobScore`.
    public var outOfBagScore: Double? { fitted?.oobScore }
    /// The probabilities of each sample by classifiers that have not drawn it, samples × classes; nil without `oobScore`. A
    /// row is NaN where all have.
    public var oobDecisionFunction: Matrix<Double>? { fitted?.oobDecisionFunction }
    /// The classes in ascending order; empty before `fit`.
    public var classes: [Model.Target] { fitted?.classes ?? [] }

    /// Draws samples and fits the classifiers.
    ///
    /// - Parameters:
    ///   - x: the features of all samples.
    ///   - y: one label per sample.
    ///   - sampleWeight: one non-negative weight per sample, by which samples are drawn; nil for 1 each.
    /// - Throws: `EstimatorError` for data that do not fit together and parameters out of range; what the classifier throws.
    /// - Complexity: that of `nEstimators` fits.
    public mutating func fit(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws {
        let classes = try Target.classes(in: y, argument: "y")
        let bag = try Bag(estimator, settings, x, y, sampleWeight: sampleWeight)
        var (score, table): (Double?, Matrix<Double>?)
        if settings.oobScore {
            var sums = Matrix<Double>(rows: y.count, columns: classes.count, repeating: 0)
            _ = try bag.answers(x) { member, features in
                let rows = Bag<Model>.outOfBag(member, count: y.count)
                guard !rows.isEmpty else { return }
                let part = try Self.probabilities(member.model, features.selectingSamples(rows), classes)
                for (index, row) in rows.enumerated() {
                    for column in classes.indices { sums[row, column] += part[index, column] }
                }
            }
            score = try accuracyScore(y, Target.mostProbable(sums, classes: classes))
            let totals = (0..<y.count).map { sums.rowSlice($0).reduce(0, +) }
            warnOfDrawnSamples(totals.count { $0 == 0 })
            table = Matrix(
                rows: y.count, columns: classes.count,
                elements: sums.elements.enumerated().map { $1 / totals[$0 / classes.count] })
        }
        fitted = Fitted(classes: classes, bag: bag, oobScore: score, oobDecisionFunction: table)
    }

    private static func probabilities(
        _ model: Model, _ x: Model.Features, _ classes: [Model.Target]
    ) throws -> Matrix<Double> {
        let given = try model.predictProba(x)
        var all = Matrix<Double>(rows: given.rows, columns: classes.count, repeating: 0)
        for (column, label) in model.classes.enumerated() {
            guard let place = classes.firstIndex(of: label) else { continue }
            for row in 0..<given.rows { all[row, place] = Double(given[row, column]) }
        }
        return all
    }

    private func means(_ x: Model.Features) throws -> Matrix<Double> {
        // A file may have no class.
        guard let fitted, !fitted.classes.isEmpty else {
            throw EstimatorError.notFitted(estimator: "BaggingClassifier")
        }
        return try weightedMean(
            fitted.bag.answers(x) { try Self.probabilities($0.model, $1, fitted.classes) }, weights: nil)
    }

    /// The class with the greatest mean probability for every sample.
    ///
    /// - Throws: what ``predictProba(_:)`` throws.
    public func predict(_ x: Model.Features) throws -> [Model.Target] {
        Target.mostProbable(try means(x), classes: classes)
    }

    /// The mean probability of every class for every sample: samples × classes.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`, and what the classifier throws.
    public func predictProba(_ x: Model.Features) throws -> Matrix<Model.Scalar> { try means(x).map { Scalar($0) } }

    /// The accuracy of the predictions for `x`.
    ///
    /// - Throws: what ``predict(_:)`` throws, and an error when `y` or the weights do not fit `x`.
    public func score(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws -> Double {
        try accuracyScore(y, predict(x), sampleWeight: sampleWeight)
    }

    /// The numbers of the classes.
    public static func classNumbers(of y: [Model.Target]) -> [Int]? { Model.classNumbers(of: y) }
}

extension BaggingClassifier: MatrixEstimator where Model: MatrixEstimator {}

/// Warns of samples that every estimator has drawn.
func warnOfDrawnSamples(_ count: Int) {
    guard count > 0 else { return }
    FitWarnings.warn(
        "\(count) samples were drawn by every estimator and have no out-of-bag prediction: raise nEstimators.",
        kind: "samples were drawn by every estimator")
}

extension BaggingClassifier: NamedParameters {
    /// The parameters of the classifier, as `estimator.alpha`.
    public static var parameterNames: [PartialKeyPath<BaggingClassifier>: String] {
        nestedParameterNames(\BaggingClassifier.estimator, "estimator")
    }
}

extension BaggingClassifier: CustomStringConvertible {
    /// The call of the initializer: `BaggingClassifier(MLPClassifier(), nEstimators: 20)`.
    public var description: String {
        written(Self.self, [literal(estimator)] + changedParameters(settings, from: Self(estimator).settings))
    }
}

extension BaggingClassifier.Fitted: Encodable where Model: Encodable {}
extension BaggingClassifier.Fitted: Decodable where Model: Decodable {}
extension BaggingClassifier: Encodable where Model: Encodable {}
extension BaggingClassifier: Decodable where Model: Decodable {}

extension BaggingClassifier: Storable where Model: Storable {
    /// `BaggingClassifier` with the name of the classifier.
    public static var storedTypeName: String { ModelFiles.storedTypeName("BaggingClassifier", Model.self) }
}
