public import Estimators
public import LinearAlgebra
import Metrics
public import ModelFiles

/// A classifier with corrected probabilities: about 80% of the samples with a probability of 0.8 belong to the class.
///
/// The correction is learned by cross-validation, from samples that the classifier has not seen:
///
/// ```swift
/// let calibrated = try CalibratedClassifierCV(MLPClassifier(randomState: 0), method: .isotonic, cv: 5).fitted(x, y)
/// let probabilities = try calibrated.predictProba(xNew)
/// ```
///
/// Wrap a classifier that is already fitted in a ``FrozenEstimator``. `x` and `y` are then samples that it was not
/// fitted on. Features are a matrix, or a table for a `TablePipeline`.
public struct CalibratedClassifierCV<Model: ProbabilisticClassifier>: ProbabilisticClassifier, CrossFittedEstimator
where Model.Target: ClassLabel {
    /// The type of the features.
    public typealias Features = Model.Features
    /// The type of one sample's label.
    public typealias Target = Model.Target
    /// The precision of the probabilities.
    public typealias Scalar = Model.Scalar

    package struct Fitted: Sendable {
        let classes: [Model.Target]
        let members: [CalibratedClassifier<Model>]
    }

    /// The classifier whose probabilities are corrected; `fit` does not change it.
    public var estimator: Model
    /// How probabilities are corrected. Default `.sigmoid`.
    public var method: CalibrationMethod
    /// The splits: a cross-validator, or a number of folds. Default 5.
    public var cv: any CrossValidator {
        get { _cv.rule }
        set { _cv.rule = newValue }
    }
    var _cv: StoredCrossValidator
    /// The number of fits that run at the same time; nil for one, -1 for as many as there are cores. Results do not
    /// depend on it.
    public var nJobs: Int?
    /// If `true`, a classifier and its correction are fitted for each split, and the probabilities are averaged. If
    /// `false`, one classifier is fitted on all samples, and its correction is learned from the predictions of a
    /// cross-validation. `.auto` is `false` for a ``FrozenEstimator``, otherwise `true`. Default `.auto`.
    public var ensemble: BoolOrAuto

    package private(set) var fitted: Fitted?

    private enum CodingKeys: String, CodingKey { case estimator, method, _cv = "cv", nJobs, ensemble, fitted }

    package var fittedEstimator: Model? { fitted?.members.first?.estimator }

    /// A classifier with scikit-learn's defaults.
    public init(
        _ estimator: Model, method: CalibrationMethod = .sigmoid, cv: any CrossValidator = 5, nJobs: Int? = nil,
        ensemble: BoolOrAuto = .auto
    ) {
        (self.estimator, self.method, _cv) = (estimator, method, StoredCrossValidator(cv))
        (self.nJobs, self.ensemble) = (nJobs, ensemble)
    }

    package var standard: Self { Self(estimator) }

    /// The names of the classifier's parameters, such as `estimator.alpha`.
    public static var parameterNames: [PartialKeyPath<Self>: String] {
        nestedParameterNames(\Self.estimator, "estimator", and: [\Self.cv: "cv"])
    }

    /// The classes in ascending order; empty before `fit`.
    public var classes: [Model.Target] { fitted?.classes ?? [] }

    /// The fitted classifiers with their corrections: one for each split, or a single one if `ensemble` is `false`;
    /// empty before `fit`.
    public var calibratedClassifiers: [CalibratedClassifier<Model>] { fitted?.members ?? [] }

    /// Fits the classifier and learns how to correct its probabilities.
    ///
    /// - Parameters:
    ///   - x: the features of all samples.
    ///   - y: one label per sample, of at least two classes.
    ///   - sampleWeight: one non-negative weight per sample, for the classifier and for the correction; nil for 1 each.
    /// - Throws: `EstimatorError` for inconsistent data, for a class with fewer samples than there are folds, and what
    ///   the classifier throws. In these cases, this classifier does not change.
    /// - Complexity: that of one fit per split.
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
        let classes = try Target.classes(in: y, argument: "y")
        try Check.require(
            classes.count > 1, "y", "must contain at least two classes, but contains \(listed(classes)) only")
        let numbers = Target.numbers(of: y)
        try checkClasses(numbers, names: classes)
        let (estimator, method) = (estimator, method)

        if ensemble.value(automatic: !(Model.self is any Frozen.Type)) {
            let splits = try splits(cv, for: Model.self, rows: x.sampleCount, y, groups: groups)
            let members = try parallelFits(count: splits.count, jobs: jobs(nJobs)) { number in
                let (train, test) = splits[number]
                let model = try estimator.fitted(x, y, sampleWeight: sampleWeight, on: train)
                return try CalibratedClassifier(
                    model, method, model.predictProba(x.selectingSamples(test)).inDoublePrecision,
                    classNumbers: numbers.selectingSamples(test), classes: classes,
                    sampleWeight: sampleWeight?.selectingSamples(test))
            }
            fitted = Fitted(classes: classes, members: members)
        } else {
            let predictions = try crossValPredictProba(
                estimator, x, y, groups: groups, cv: cv, nJobs: nJobs, sampleWeight: sampleWeight)
            let model = try estimator.fitted(x, y, sampleWeight: sampleWeight)
            let member = try CalibratedClassifier(
                model, method, predictions.inDoublePrecision, classNumbers: numbers, classes: classes,
                sampleWeight: sampleWeight)
            fitted = Fitted(classes: classes, members: [member])
        }
    }

    private func checkClasses(_ numbers: [Int], names: [Model.Target]) throws {
        try Check.require(
            !(cv is LeaveOneOut), parameter: "cv", "LeaveOneOut()",
            allowed: "a rule with every class on every side, such as StratifiedKFold")
        guard let folds = cv as? Int ?? (cv as? any CountedSplits)?.nSplits else { return }
        var counts = [Int](repeating: 0, count: names.count)
        for number in numbers { counts[number] += 1 }
        let least = counts.indices.min { (counts[$0], $0) < (counts[$1], $1) } ?? 0
        try Check.require(
            counts[least] >= folds, "y",
            "must have at least \(folds) samples of each class, one per fold of cv, but has \(counts[least]) of "
                + "\(names[least]); choose a smaller cv or leave the class out")
    }

    /// Returns the corrected probability of each class for each sample: samples × classes. With `ensemble`, this is the
    /// mean over the splits.
    ///
    /// - Throws: `EstimatorError.notFitted` before `fit`, and what the classifier throws.
    public func predictProba(_ x: Model.Features) throws -> Matrix<Model.Scalar> {
        try probabilities(x).rounded(to: Scalar.self)
    }

    /// Returns the class with the greatest corrected probability for each sample. It can differ from the classifier's
    /// own prediction.
    ///
    /// - Throws: what ``predictProba(_:)`` throws.
    public func predict(_ x: Model.Features) throws -> [Model.Target] {
        Target.mostProbable(try probabilities(x), classes: classes)
    }

    private func probabilities(_ x: Model.Features) throws -> Matrix<Double> {
        let fitted = try learned
        return try weightedMean(fitted.members.map { try $0.probabilities(x, classes: fitted.classes) })
    }
}

extension CalibratedClassifierCV: MatrixEstimator where Model: MatrixEstimator {}

extension ClassLabel {
    /// Returns the class with the greatest number in each row; in a tie, the first of the tied classes.
    package static func mostProbable<Scalar: MatrixScalar>(_ table: Matrix<Scalar>, classes: [Self]) -> [Self] {
        (0..<table.rows).map { row in
            let values = table.rowSlice(row)
            let best = values.indices.reduce(values.startIndex) { values[$1] > values[$0] ? $1 : $0 }
            return classes[best - values.startIndex]
        }
    }
}

// MARK: - Files

extension CalibratedClassifierCV.Fitted: Encodable where Model: Encodable {}
extension CalibratedClassifierCV.Fitted: Decodable where Model: Decodable {}

extension CalibratedClassifierCV.Fitted: CheckedPart {
    package var fault: String? {
        let isValid =
            classes.count > 1 && !members.isEmpty
            && members.allSatisfy { member in
                let known = member.estimator.classes
                if case .temperature? = member.calibrators.first { return known.count == classes.count }
                return known.allSatisfy(classes.contains)
                    && member.calibrators.count == (classes.count == 2 ? 1 : known.count)
            }
        return isValid ? nil : "has calibrators that do not fit the classes"
    }
}

extension CalibratedClassifierCV: Encodable where Model: Encodable {}
extension CalibratedClassifierCV: Decodable where Model: Decodable {}

extension CalibratedClassifierCV: Storable where Model: Storable {
    /// `CalibratedClassifierCV` with the name of the classifier.
    public static var storedTypeName: String { ModelFiles.storedTypeName("CalibratedClassifierCV", Model.self) }
}
