/// Whether work in progress should end: the task that runs it was cancelled, or the one on whose behalf it runs.
///
/// Work that is spread over threads belongs to no task there; the spreading function passes on what it knows.
package enum Cancellation {
    @TaskLocal private static var isRequestedElsewhere: (@Sendable () -> Bool)?

    /// Whether to end as soon as possible.
    package static var isRequested: Bool { Task.isCancelled || isRequestedElsewhere?() == true }

    /// Runs `body` with a check that any thread may ask whether the work of this one should end.
    ///
    /// `isRequested` tells a thread about its own work only: one that waits for others could not pass on what it knows.
    package static func withCheck<Result>(
        _ body: (_ isRequested: @escaping @Sendable () -> Bool) throws -> Result
    ) rethrows -> Result {
        let elsewhere = isRequestedElsewhere
        return try withUnsafeCurrentTask { task in
            // Of a task's reference, what `Task` has too may be asked from any thread; it does not outlive this closure.
            nonisolated(unsafe) let task = task
            return try body { task?.isCancelled == true || elsewhere?() == true }
        }
    }

    /// Runs `body`, in which ``isRequested`` also follows `check`.
    package static func following<Result>(
        _ check: @escaping @Sendable () -> Bool, _ body: () throws -> Result
    ) rethrows -> Result {
        try $isRequestedElsewhere.withValue(check, operation: body)
    }
}
