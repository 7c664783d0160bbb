public import Estimators
public import LinearAlgebra
import Metrics

extension MLPClassifier {
    /// Trains for one pass over the data, continuing from the weights and the optimizer's moments of the last call.
    ///
    /// - Parameters:
    ///   - x: samples × features, dense or sparse.
    ///   - y: one target per sample. Not every class has to occur.
    ///   - sampleWeight: one non-negative weight per sample; nil for 1 each.
    ///   - classes: all classes that can occur in any call. Required in the first call, except for multilabel targets.
    /// - Throws: what `fit` throws. Also throws `EstimatorError` if `classes` is missing in the first call or differs
    ///   later, for `.lbfgs`, with early stopping, with a `schedule`, and for `.balanced` class weights. Balanced
    ///   weights depend on the class frequencies of all data, which a single call does not know; pass `.weights`
    ///   instead.
    /// - Complexity: O(samples × parameters).
    public mutating func partialFit<X: NetworkFeatures<Scalar>>(
        _ x: X, _ y: [Target], sampleWeight: [Double]? = nil, classes: [Target.Label]?
    ) throws {
        try train(TrainingCall(x, y, sampleWeight: sampleWeight, _NetworkOptions(.partialFit, classes: classes)))
    }

    /// Trains for one pass over a matrix, which may be a literal.
    ///
    /// - Throws: what `partialFit` throws for any features.
    public mutating func partialFit(
        _ x: Matrix<Scalar>, _ y: [Target], sampleWeight: [Double]? = nil, classes: [Target.Label]?
    ) throws {
        try train(TrainingCall(x, y, sampleWeight: sampleWeight, _NetworkOptions(.partialFit, classes: classes)))
    }

    /// Turns a call into a training run: encodes its targets as numbers. Not for clients.
    public mutating func _trainingRun(for call: _TrainingCall<MLPClassifier>) throws -> _TrainingRun<Scalar> {
        classes = try classes(of: call)
        let targets: Matrix<Scalar> = try call.together {
            try Target.encode(call.y, classes: classes, argument: "y")
        }
        let weights = try call.weights(sampleWeights(call, targets))
        if hyperparameters.earlyStopping, call.validation == nil, targets.columns == 1 {
            try checkSplit(of: targets, call)
        }
        let validation = try call.together {
            try call.validation.map { x, y in
                TrainingData(
                    features: x, targets: try Target.encode(y, classes: classes, argument: "validation.y"),
                    weights: nil)
            }
        }
        return TrainingRun(
            hyperparameters: hyperparameters,
            loss: targets.columns == 1 || Target.isMultilabel ? .binaryLogLoss : .logLoss,
            data: TrainingData(features: call.x, targets: targets, weights: weights), validation: validation,
            score: try monitoredScore(call) { [classes] _, outputs, data in
                try accuracyScore(
                    Target.decode(data.targets, classes: classes), Target.decode(outputs, classes: classes),
                    sampleWeight: data.weights.map(Scalar.doubles))
            },
            stratifiesValidation: targets.columns == 1, monitor: "\(monitor)", watched: watched,
            classWeight: classWeight?.description, isIncremental: call.options.isIncremental,
            onEpoch: call.options.onEpoch)
    }

    /// Returns the classes that encode the targets of a call.
    private func classes(of call: TrainingCall<MLPClassifier>) throws -> [Target.Label] {
        if call.method == .partialFit {
            return try call.together { try knownClasses(call.y, given: call.options.classes as? [Target.Label]) }
        }
        let found = try call.union(call.together { try Target.classes(in: call.y, argument: "y") })
        let run: String? =
            if call.method == .resume {
                "the run that is resumed"
            } else {
                hyperparameters.warmStart && _fitted.model != nil ? "the last fit" : nil
            }
        if let run, found != classes {
            throw EstimatorError.invalidInput(
                argument: "y",
                problem:
                    "must have the classes of \(run) (\(classes))\(call.method == .fit ? " for a warm start" : ""), but "
                    + "has \(found)")
        }
        try Check.require(
            Target.isMultilabel || found.count >= 2, "y",
            "must contain at least 2 classes, but contains only \(found.first.map { "\($0)" } ?? "none")")
        return found
    }

    /// Returns the known classes; in the first call of `partialFit`, those that the call gives.
    private func knownClasses(_ y: [Target], given: [Target.Label]?) throws -> [Target.Label] {
        try Check.require(
            classWeight != .balanced, parameter: "classWeight", "balanced",
            allowed:
                "weights or nil for partialFit, which does not know the class frequencies of all data")
        let sorted = given.map { Set($0).sorted(by: Target.Label.precedes) }
        if _fitted.model != nil {
            try Check.require(
                sorted == nil || sorted == classes, "classes",
                "must be those of the first call (\(classes)), but are \(sorted ?? [])")
            return classes
        }
        if Target.isMultilabel {
            let found = try Target.classes(in: y, argument: "y")
            try Check.require(
                sorted == nil || sorted == found, "classes",
                "must be the columns of the indicators (\(found)) or nil, but are \(sorted ?? [])")
            return found
        }
        guard let sorted else {
            throw EstimatorError.invalidInput(
                argument: "classes", problem: "must be given in the first call of partialFit, but is nil")
        }
        try Check.require(sorted.count >= 2, "classes", "must have at least 2 classes, but has \(sorted.count)")
        return sorted
    }

    /// Throws if a class has only one sample: early stopping needs one on each side of its split.
    private func checkSplit(of targets: Matrix<Scalar>, _ call: TrainingCall<MLPClassifier>) throws {
        let ones = targets.elements.count { $0 == 1 }
        for (column, samples) in try call.sum([targets.rows - ones, ones]).enumerated() {
            try Check.require(
                samples != 1, "y",
                "must have at least 2 samples of every class for earlyStopping, but has only 1 of class "
                    + (Target.isMultilabel ? "\(column)" : "\(classes[column])"))
        }
    }

    /// Returns the product of sample weights and class weights; nil for 1 each.
    private func sampleWeights(_ call: TrainingCall<MLPClassifier>, _ targets: Matrix<Scalar>) throws -> [Double]? {
        guard let classWeight else { return call.sampleWeight }
        var weights = try classWeight.sampleWeights(
            targets, classes: classes, isMultilabel: Target.isMultilabel, total: call.sum)
        if let given = call.sampleWeight { weights = zip(weights, given).map { $0 * $1 } }
        let sum = try call.sum([weights.reduce(0, +)])[0]
        try Check.require(
            sum > 0 && sum.isFinite, parameter: "classWeight", classWeight,
            allowed: "such that the sum of the sample weights is positive and finite")
        return weights
    }
}
