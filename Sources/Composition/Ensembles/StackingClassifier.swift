public import Estimators
public import LinearAlgebra
import Metrics
public import ModelFiles
public import ModelSelection

/// Several classifiers of one type whose probabilities are the features of a last classifier.
///
/// The last classifier learns from probabilities of samples that the others were not fitted on, which a
/// cross-validation makes. A network without hidden layers, which is a logistic regression, is a good last classifier.
///
/// ```swift
/// let networks = [20, 50].map { MLPClassifier(hiddenLayerSizes: [$0], randomState: 0) }
/// let last = MLPClassifier(hiddenLayerSizes: [], solver: .lbfgs)
/// let model = try StackingClassifier(networks, finalEstimator: last).fitted(x, y)
/// ```
public struct StackingClassifier<Model: ProbabilisticClassifier, Final: MatrixEstimator>: Estimator, Stacking
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
    /// The splits: a cross-validator that tests each sample once, a number of folds, or `.prefit` for classifiers that
    /// are already fitted. Default 5.
    public var cv: any CrossValidator {
        get { _cv.rule }
        set { _cv.rule = newValue }
    }
    var _cv: StoredCrossValidator
    /// The number of fits that run at the same time; nil for one, -1 for as many as there are cores. Results do not
    /// depend on it.
    public var nJobs: Int?
    /// Whether the last classifier also gets the features, which must then be a `Matrix<Double>`. Default `false`.
    public var passthrough: Bool

    private(set) var fitted: Fitted?

    private enum CodingKeys: String, CodingKey {
        case estimators, finalEstimator, _cv = "cv", nJobs, passthrough, fitted
    }

    /// Creates stacked classifiers with scikit-learn's defaults. `finalEstimator` has no default, because
    /// scikit-learn's default is not a network.
    public init(
        _ estimators: [Model], finalEstimator: Final, cv: any CrossValidator = 5, nJobs: Int? = nil,
        passthrough: Bool = false
    ) {
        (self.estimators, self.finalEstimator, _cv) = (estimators, finalEstimator, StoredCrossValidator(cv))
        (self.nJobs, self.passthrough) = (nJobs, passthrough)
    }

    package var standard: Self { Self(estimators, finalEstimator: finalEstimator) }

    /// The name of `cv`. It is listed here because the key path of a computed property does not contain the name.
    public static var parameterNames: [PartialKeyPath<Self>: String] { [\Self.cv: "cv"] }

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
    /// - Throws: `EstimatorError` for inconsistent data, an empty list of classifiers, and a `cv` that does not test
    ///   each sample once; what the classifiers throw.
    /// - Complexity: for each classifier one fit per split and one on all samples, and one fit of the last classifier.
    public mutating func fit(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws {
        let classes = try Target.classes(in: y, argument: "y")
        let stack = try fittedStack(x, y, sampleWeight: sampleWeight)
        fitted = Fitted(estimators: stack.estimators, final: stack.final, classes: classes)
    }

    static func columns(of model: Model, _ x: Model.Features) throws -> Matrix<Double> {
        ofPositiveClass(try model.predictProba(x))
    }

    static func heldOutColumns(
        of model: Model, _ x: Model.Features, _ y: [Model.Target], cv: GivenSplits, nJobs: Int?,
        sampleWeight: [Double]?
    ) throws -> Matrix<Double> {
        ofPositiveClass(try crossValPredictProba(model, x, y, cv: cv, nJobs: nJobs, sampleWeight: sampleWeight))
    }

    /// All probabilities, but of two classes only that of the second.
    private static func ofPositiveClass(_ probabilities: Matrix<Model.Scalar>) -> Matrix<Double> {
        let table = probabilities.inDoublePrecision
        return table.columns == 2 ? table.selectingColumns([1]) : table
    }

    /// Returns the probabilities of the classifiers side by side, which are the features of the last classifier.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`, and what the classifiers throw.
    public func transform(_ x: Model.Features) throws -> Matrix<Double> { try stack(x).features }
}

extension StackingClassifier: ProbabilisticClassifier where Final: ProbabilisticClassifier {
    /// The precision of the probabilities.
    public typealias Scalar = Double

    /// Returns the probabilities by the last classifier: samples × classes.
    ///
    /// - Throws: what ``transform(_:)`` and the last classifier throw.
    public func predictProba(_ x: Model.Features) throws -> Matrix<Double> {
        let stack = try stack(x)
        return try stack.final.predictProba(stack.features)
    }
}

// MARK: - Files

extension StackingClassifier.Fitted: Encodable where Model: Encodable, Final: Encodable {}
extension StackingClassifier.Fitted: Decodable where Model: Decodable, Final: Decodable {}

extension StackingClassifier: Encodable where Model: Encodable, Final: Encodable {}
extension StackingClassifier: Decodable where Model: Decodable, Final: Decodable {}

extension StackingClassifier: Storable where Model: Storable, Final: Storable {
    /// `StackingClassifier` with the names of both types.
    public static var storedTypeName: String { ModelFiles.storedTypeName("StackingClassifier", Model.self, Final.self) }
}
