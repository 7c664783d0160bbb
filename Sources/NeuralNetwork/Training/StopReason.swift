/// Why training ended.
public enum StopReason: String, Sendable, Codable, CaseIterable {
    /// The training loss stopped improving by `tol` for `nIterNoChange` epochs.
    case converged

    /// The validation score stopped improving by `tol` for `nIterNoChange` epochs.
    case validationStoppedImproving

    /// It made `maxIter` iterations and might improve further.
    case reachedMaxIter

    /// The task that ran it was cancelled; the model is the one that it had come to.
    case cancelled

    /// It was a call of `partialFit`, which goes through the data once.
    case partialFit
}
