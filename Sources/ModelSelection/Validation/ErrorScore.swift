/// What to do when an estimator throws for one split or one candidate.
public enum ErrorScore: Sendable, Equatable {
    /// Throw the error, which a search wraps in a ``FailedCandidate``.
    case raise

    /// Go on with this number as the score, and record the error.
    case value(Double)

    /// Go on with NaN as the score, which ranks last, and record the error.
    public static var nan: ErrorScore { .value(.nan) }
}

extension ErrorScore {
    /// The score in the place of one that could not be had for `error`.
    ///
    /// - Throws: the error with `.raise`, and always a `CancellationError`.
    func substitute(for error: any Error) throws -> Double {
        guard case .value(let value) = self, !(error is CancellationError) else { throw error }
        return value
    }
}
