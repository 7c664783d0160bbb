/// Why training ended.
public enum StopReason: String, Sendable, Codable, CaseIterable {
    /// The training loss stopped improving by `tol` for `nIterNoChange` epochs; for `.lbfgs` the gradient came within `tol`
    /// of 0, or the loss stopped falling.
    case converged

    /// The validation score, or what else `monitor` names, stopped improving by `tol` for `nIterNoChange` epochs.
    case validationStoppedImproving

    /// It made `maxIter` iterations and might improve further.
    case reachedMaxIter

    /// It evaluated the loss more than `maxFun` times. Only with `.lbfgs`.
    case reachedMaxFun

    /// No step decreased the loss any more, for rounding errors. Only with `.lbfgs`.
    case lineSearchFailed

    /// The function that `onEpoch` names answered `.stop`.
    case stopped

    /// The task that ran it was cancelled; the model is the one that it had come to.
    case cancelled

    /// It was a call of `partialFit`, which goes through the data once.
    case partialFit
}
