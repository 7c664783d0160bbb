/// Whether work in progress should end: the task that runs it was cancelled, or the one on whose behalf it runs.
///
/// Work that is spread over threads belongs to no task there; the spreading function passes on what it knows.
package enum Cancellation {
    @TaskLocal private static var isRequestedElsewhere: (@Sendable () -> Bool)?

    /// Whether to end as soon as possible.
    package static var isRequested: Bool { Task.isCancelled || isRequestedElsewhere?() == true }

    /// Runs `body`, in which ``isRequested`` also follows `check`.
    package static func following<Result>(
        _ check: @escaping @Sendable () -> Bool, _ body: () throws -> Result
    ) rethrows -> Result {
        try $isRequestedElsewhere.withValue(check, operation: body)
    }
}
