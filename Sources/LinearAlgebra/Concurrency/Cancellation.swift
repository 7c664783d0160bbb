/// Tells whether work in progress should end because its task was cancelled.
///
/// Threads of a parallel computation belong to no task. The function that starts them passes the state of its task on.
package enum Cancellation {
    @TaskLocal private static var isRequestedElsewhere: (@Sendable () -> Bool)?

    /// Whether the work should end as soon as possible.
    package static var isRequested: Bool { Task.isCancelled || isRequestedElsewhere?() == true }

    /// Runs `body` with a function that any thread can call to find out whether this thread's work should end.
    ///
    /// `isRequested` only works for the current thread's own work, so it cannot be passed on to other threads.
    package static func withCheck<Result>(
        _ body: (_ isRequested: @escaping @Sendable () -> Bool) throws -> Result
    ) rethrows -> Result {
        let elsewhere = isRequestedElsewhere
        return try withUnsafeCurrentTask { task in
            // `isCancelled` may be read from any thread, and the reference does not outlive this closure.
            nonisolated(unsafe) let task = task
            return try body { task?.isCancelled == true || elsewhere?() == true }
        }
    }

    /// Runs `body` with ``isRequested`` also true whenever `check` returns true.
    package static func following<Result>(
        _ check: @escaping @Sendable () -> Bool, _ body: () throws -> Result
    ) rethrows -> Result {
        try $isRequestedElsewhere.withValue(check, operation: body)
    }
}
