import Estimators

// Estimators with weights from elsewhere, to which the record of their training is added.

extension MLPClassifier {
    /// Takes what training has come to, beside the weights that this model has already.
    ///
    /// - Throws: `EstimatorError.invalidInput` for counts that no training comes to, and for moments of another shape.
    package mutating func resume(from record: TrainingRecord<Scalar>) throws { try fitted.resume(from: record) }
}

extension MLPRegressor {
    /// Takes what training has come to, beside the weights that this model has already.
    ///
    /// - Throws: `EstimatorError.invalidInput` for counts that no training comes to, and for moments of another shape.
    package mutating func resume(from record: TrainingRecord<Scalar>) throws { try fitted.resume(from: record) }
}

extension FittedNetwork {
    fileprivate mutating func resume(from record: TrainingRecord<Scalar>) throws {
        guard var model else { return }
        model.history = TrainingHistory(record)
        model.optimizer = record.optimizer.map { Optimizer($0) }
        if let defect = model.defect {
            throw EstimatorError.invalidInput(argument: "the record of the training", problem: "is damaged: \(defect)")
        }
        self.model = model
    }
}
