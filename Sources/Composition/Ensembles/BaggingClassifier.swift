public import Estimators
public import LinearAlgebra
import Metrics
public import ModelFiles
public import ModelSelection

/// Averages the probabilities of many copies of a classifier, each fitted to samples that are drawn at random.
///
/// ```swift
/// let model = try BaggingClassifier(MLPClassifier(), nEstimators: 20, nJobs: -1, randomState: 0).fitted(x, y)
/// ```
///
/// The draws and seeds are scikit-learn's. Each copy is fitted to all samples; the weight of a sample is the number of
/// times that the copy has drawn it. Features are a matrix, or a table for a ``TablePipeline``.
@dynamicMemberLookup
public struct BaggingClassifier<Model: ProbabilisticClassifier>: ProbabilisticClassifier, MetaEstimator
where Model.Target: ClassLabel, Model.Features: BaggingFeatures {
    /// The type of the features.
    public typealias Features = Model.Features
    /// The type of one sample's label.
    public typealias Target = Model.Target
    /// The precision of the probabilities.
    public typealias Scalar = Model.Scalar

    package struct Fitted: Sendable {
        let classes: [Model.Target]
        let bag: Bag<Model>
        let oobScore: Double?
        let oobDecisionFunction: Matrix<Double>?
    }

    /// The classifier; `fit` does not change it.
    public var estimator: Model
    /// The parameters. Each is also a property of this classifier.
    public var settings: BaggingSettings

    package private(set) var fitted: Fitted?

    /// Creates a classifier with scikit-learn's defaults. ``BaggingSettings`` explains the parameters.
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

    /// Accesses a parameter by its name in ``BaggingSettings``.
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
    /// The number of features in the call of `fit`; nil before.
    package var featureCount: Int? { fitted?.bag.featureCount }
    /// The accuracy of predictions by classifiers that have not drawn the sample, scikit-learn's `oob_score_`; nil
    /// without `oobScore`.
    public var outOfBagScore: Double? { fitted?.oobScore }
    /// The mean probabilities of each sample by the classifiers that have not drawn it, samples × classes; nil without
    /// `oobScore`. The row of a sample that all classifiers have drawn is NaN.
    public var oobDecisionFunction: Matrix<Double>? { fitted?.oobDecisionFunction }
    /// The classes in ascending order; empty before `fit`.
    public var classes: [Model.Target] { fitted?.classes ?? [] }

    /// Draws samples and fits the classifiers.
    ///
    /// - Parameters:
    ///   - x: the features of all samples.
    ///   - y: one label per sample.
    ///   - sampleWeight: one non-negative weight per sample, which determines how often the sample is drawn; nil for 1
    ///     each.
    /// - Throws: `EstimatorError` for inconsistent data and parameters out of range; what the classifier throws.
    /// - Complexity: that of `nEstimators` fits.
    public mutating func fit(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws {
        let classes = try Target.classes(in: y, argument: "y")
        let bag = try Bag(estimator, settings, x, y, sampleWeight: sampleWeight)
        var (score, table): (Double?, Matrix<Double>?)
        if settings.oobScore {
            let sums = try bag.outOfBagSums(x, outputs: classes.count) { try $0.predictProba($1, of: classes) }.sums
            score = try accuracyScore(y, Target.mostProbable(sums, classes: classes))
            let totals = (0..<y.count).map { sums.rowSlice($0).reduce(0, +) }
            table = Matrix(
                rows: y.count, columns: classes.count,
                elements: sums.elements.enumerated().map { $1 / totals[$0 / classes.count] })
        }
        fitted = Fitted(classes: classes, bag: bag, oobScore: score, oobDecisionFunction: table)
    }

    private func means(_ x: Model.Features) throws -> Matrix<Double> {
        // A file may have no class.
        guard let fitted, !fitted.classes.isEmpty else {
            throw EstimatorError.notFitted(estimator: "BaggingClassifier")
        }
        return try weightedMean(fitted.bag.answers(x) { try $0.model.predictProba($1, of: fitted.classes) })
    }

    /// Returns the class with the greatest mean probability for each sample.
    ///
    /// - Throws: what ``predictProba(_:)`` throws.
    public func predict(_ x: Model.Features) throws -> [Model.Target] {
        Target.mostProbable(try means(x), classes: classes)
    }

    /// Returns the mean probability of each class for each sample: samples × classes.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`, and what the classifier throws.
    public func predictProba(_ x: Model.Features) throws -> Matrix<Model.Scalar> { try means(x).map { Scalar($0) } }
}

extension BaggingClassifier: MatrixEstimator where Model: MatrixEstimator {}

extension BaggingClassifier {
    package var standard: Self { Self(estimator) }

    /// The names of the parameters of the classifier, such as `estimator.alpha`.
    public static var parameterNames: [PartialKeyPath<Self>: String] {
        nestedParameterNames(\Self.estimator, "estimator")
    }

    /// The initializer call: `BaggingClassifier(MLPClassifier(), nEstimators: 20)`.
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
