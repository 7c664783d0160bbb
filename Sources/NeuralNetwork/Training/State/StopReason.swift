/// The reason why training ended.
public enum StopReason: String, Sendable, Codable, CaseIterable {
    /// The training loss did not improve by `tol` for `nIterNoChange` epochs. For `.lbfgs`, no component of the
    /// gradient exceeds `tol`, or the loss stopped decreasing.
    case converged

    /// The quantity that `monitor` selects, by default the validation score, did not improve by `tol` for
    /// `nIterNoChange` epochs.
    case validationStoppedImproving

    /// Training reached `maxIter` iterations and might improve further.
    case reachedMaxIter

    /// Training evaluated the loss more than `maxFun` times. Only for `.lbfgs`.
    case reachedMaxFun

    /// No step decreased the loss any more, because of rounding errors. Only for `.lbfgs`.
    case lineSearchFailed

    /// The `onEpoch` function returned `.stop`.
    case stopped

    /// The task that ran the training was cancelled. The model has the state at that time.
    case cancelled

    /// The call was `partialFit`, which makes one pass over the data.
    case partialFit
}
