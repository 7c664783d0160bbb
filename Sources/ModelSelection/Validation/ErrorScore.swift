/// What to do if a fit or a scorer throws: continue with a replacement score, or throw the error.
public enum ErrorScore: Sendable, Equatable {
    /// Throws the error, which a search wraps in a ``FailedCandidate``.
    case raise

    /// Continues with this number as the score, and records the error.
    case value(Double)

    /// Continues with NaN as the score, which ranks last, and records the error.
    public static var nan: ErrorScore { .value(.nan) }
}

extension ErrorScore {
    /// The score that replaces one for which `error` was thrown.
    ///
    /// - Throws: the error with `.raise`, and always a `CancellationError`.
    func substitute(for error: any Error) throws -> Double {
        guard case .value(let value) = self, !(error is CancellationError) else { throw error }
        return value
    }
}
