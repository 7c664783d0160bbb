import Estimators
import LinearAlgebra
import Metrics

// How a call becomes a training run, and its result what the classifier has learned.

extension MLPClassifier {
    mutating func fit(_ call: TrainingCall<MLPClassifier>) throws {
        try check(call)
        let found = try Target.classes(in: call.y, argument: "y")
        let beginning = try beginning(incremental: false, features: call.x)
        if beginning != nil, found != classes {
            throw EstimatorError.invalidInput(
                argument: "y",
                problem: "must have the classes of the last fit (\(classes)) for a warm start, but has \(found)")
        }
        guard Target.isMultilabel || found.count >= 2 else {
            throw EstimatorError.invalidInput(
                argument: "y", problem: "must contain at least 2 classes, but contains only \(found[0])")
        }
        var training = try training(call, classes: found, incremental: false)
        var learner = self
        learner.classes = found
        training.observer.checkpoint = try learner.checkpoints(in: call.checkpoint)
        learner.fitted.model = try training.run(from: beginning)
        self = learner
        try finish(call.checkpoint)
    }

    mutating func resume(_ call: TrainingCall<MLPClassifier>) throws {
        try check(call)
        let stopped = try modelToResume(features: call.x)
        let found = try Target.classes(in: call.y, argument: "y")
        guard found == classes else {
            throw EstimatorError.invalidInput(
                argument: "y",
                problem: "must have the classes of the run that is resumed (\(classes)), but has \(found)")
        }
        var training = try training(call, classes: found, incremental: false)
        training.observer.checkpoint = try checkpoints(in: call.checkpoint)
        fitted.model = try training.resume(stopped)
        try finish(call.checkpoint)
    }

    mutating func partialFit(_ call: TrainingCall<MLPClassifier>, classes: [Target.Label]?) throws {
        try check(call)
        try checkIncremental()
        if classWeight == .balanced {
            throw EstimatorError.invalidParameter(
                name: "classWeight", value: "balanced",
                allowed:
                    "weights or nil for partialFit, which cannot tell how frequent the classes are in data still to come"
            )
        }
        let known = try knownClasses(call.y, given: classes)
        fitted.model = try training(call, classes: known, incremental: true)
            .run(from: beginning(incremental: true, features: call.x))
        self.classes = known
    }

    /// The classes of the first call or, where there was one, those of the last.
    private func knownClasses(_ y: [Target], given: [Target.Label]?) throws -> [Target.Label] {
        let sorted = given.map { Set($0).sorted(by: Target.Label.precedes) }
        if fitted.model != nil {
            guard sorted == nil || sorted == classes else {
                throw EstimatorError.invalidInput(
                    argument: "classes",
                    problem: "must be those of the first call (\(classes)), but are \(sorted ?? [])")
            }
            return classes
        }
        if Target.isMultilabel {
            let found = try Target.classes(in: y, argument: "y")
            guard sorted == nil || sorted == found else {
                throw EstimatorError.invalidInput(
                    argument: "classes",
                    problem: "must be the columns of the indicators (\(found)) or nil, but are \(sorted ?? [])")
            }
            return found
        }
        guard let sorted else {
            throw EstimatorError.invalidInput(
                argument: "classes", problem: "must be given in the first call of partialFit, but is nil")
        }
        guard sorted.count >= 2 else {
            throw EstimatorError.invalidInput(
                argument: "classes", problem: "must have at least 2 classes, but has \(sorted.count)")
        }
        return sorted
    }

    private func training(
        _ call: TrainingCall<MLPClassifier>, classes: [Target.Label], incremental: Bool
    ) throws -> Training<Scalar> {
        let targets: Matrix<Scalar> = try Target.encode(call.y, classes: classes, argument: "y")
        let weights = try TrainingData<Scalar>.weights(sampleWeights(call, targets, classes: classes))
        if hyperparameters.earlyStopping, call.validation == nil, targets.columns == 1 {
            try checkSplit(of: targets, classes: classes)
        }
        let validation = try call.validation.map { x, y in
            TrainingData(
                features: x, targets: try Target.encode(y, classes: classes, argument: "validation.y"), weights: nil)
        }
        var judge = self
        judge.classes = classes
        return Training(
            hyperparameters: hyperparameters,
            loss: targets.columns == 1 || Target.isMultilabel ? .binaryLogLoss : .logLoss,
            data: TrainingData(features: call.x, targets: targets, weights: weights),
            validation: validation,
            score: judge.monitoredScore(call) { _, outputs, data in
                try accuracyScore(
                    Target.decode(data.targets, classes: classes), Target.decode(outputs, classes: classes),
                    sampleWeight: data.weights.map(Scalar.doubles))
            },
            stratifiesValidation: targets.columns == 1, monitor: "\(monitor)", monitorsLoss: monitor == .loss,
            classWeight: classWeight?.description, isIncremental: incremental, observer: call.observer)
    }

    /// Refuses a class of one sample, which early stopping cannot have on both sides of its split.
    private func checkSplit(of targets: Matrix<Scalar>, classes: [Target.Label]) throws {
        let ones = targets.elements.count { $0 == 1 }
        for (column, samples) in [targets.rows - ones, ones].enumerated() where samples == 1 {
            throw EstimatorError.invalidInput(
                argument: "y",
                problem: "must have at least 2 samples of every class for earlyStopping, but has only 1 of class "
                    + (Target.isMultilabel ? "\(column)" : "\(classes[column])"))
        }
    }

    /// The weights of the samples times those of their classes; nil for 1 each.
    private func sampleWeights(
        _ call: TrainingCall<MLPClassifier>, _ targets: Matrix<Scalar>, classes: [Target.Label]
    ) throws -> [Double]? {
        guard let classWeight else { return call.sampleWeight }
        var weights = try classWeight.sampleWeights(targets, classes: classes, isMultilabel: Target.isMultilabel)
        if let given = call.sampleWeight { weights = zip(weights, given).map { $0 * $1 } }
        let sum = weights.reduce(0, +)
        guard sum > 0, sum.isFinite else {
            throw EstimatorError.invalidParameter(
                name: "classWeight", value: "\(classWeight)",
                allowed: "such that the weights of the samples have a positive finite sum")
        }
        return weights
    }
}
