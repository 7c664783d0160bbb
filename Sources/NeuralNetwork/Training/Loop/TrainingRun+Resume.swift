import Estimators

extension _TrainingRun {
    /// Resumes the run that made `previous` from where it stopped.
    ///
    /// - Throws: `EstimatorError` if there is no such run, if data or parameters differ from those of the run, or if
    ///   training diverges.
    @_specialize(where Scalar == Double)
    @_specialize(where Scalar == Float)
    func resume(_ previous: TrainedModel<Scalar>) throws -> TrainedModel<Scalar> {
        guard let point = previous.resumePoint, let inputs = previous.inputs else {
            throw EstimatorError.invalidInput(
                argument: "resume",
                problem: "must follow a call of fit, but the model comes from partialFit or has no training state")
        }
        try checkUnchanged(since: inputs)
        _ = try together { try affordableShape() }
        try checkShape(of: previous.network)
        var model = previous
        model.resumePoint = nil
        model.history.stopReason = nil
        switch point {
        case .stochastic(var point):
            if let last = point.lastParameters { model.network.parameters = last }
            point.lastParameters = nil
            try trainStochastically(&model, from: point)
        case .fullBatch(let point):
            try trainFullBatch(&model, from: point)
        }
        model.inputs = self.inputs(inputs.data)
        warn(of: model.history.stopReason)
        return model
    }

    /// Throws if the data or parameters differ from those of the stopped run.
    private func checkUnchanged(since inputs: TrainingInputs) throws {
        if let change = hyperparameters.changeThatEndsRun(of: inputs.hyperparameters) {
            throw EstimatorError.invalidParameter(
                name: change.name, value: change.value,
                allowed:
                    "\(change.before), as in the run that is resumed "
                    + "(\(hyperparameters.schedule == .constant ? "maxIter, " : "")maxFun, tol, nIterNoChange, warmStart "
                    + "and verbose may change)")
        }
        try Check.require(
            loss == inputs.loss, parameter: "loss", loss.rawValue,
            allowed: "\(inputs.loss.rawValue), as in the run that is resumed")
        try Check.require(
            monitor == inputs.monitor, parameter: "monitor", monitor,
            allowed: "\(inputs.monitor), as in the run that is resumed")
        try Check.require(
            classWeight == inputs.classWeight, parameter: "classWeight", classWeight ?? "nil",
            allowed: "\(inputs.classWeight ?? "nil"), as in the run that is resumed")
        let now = try dataSummary(like: inputs.data)
        try Check.require(
            now.agrees(with: inputs.data), "x, y, sampleWeight and validation",
            "must be those of the run that is resumed (\(inputs.data)), but are others"
                + (now.hasShape(of: inputs.data) ? " of the same shape" : " (\(now))"))
    }
}

extension MLPHyperparameters {
    /// Returns a parameter that differs from the start of the run and must not; nil for none.
    ///
    /// Parameters that only decide when to stop and what to print may differ: they do not change the epochs so far.
    fileprivate func changeThatEndsRun(of before: MLPHyperparameters) -> (name: String, value: String, before: String)?
    {
        var expected = before
        // The steps of a schedule depend on how many are planned.
        if schedule == .constant { expected.maxIter = maxIter }
        expected.maxFun = maxFun
        expected.tol = tol
        expected.nIterNoChange = nIterNoChange
        expected.verbose = verbose
        expected.warmStart = warmStart
        guard self != expected else { return nil }
        for (now, then) in zip(Mirror(reflecting: self).children, Mirror(reflecting: expected).children)
        where plain(now.value) != plain(then.value) {
            return (now.label ?? "parameters", plain(now.value), plain(then.value))
        }
        return ("parameters", "\(self)", "\(expected)")
    }
}
