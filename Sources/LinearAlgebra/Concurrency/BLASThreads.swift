#if !canImport(Accelerate)
    import COpenBLAS
#endif

/// The number of threads that BLAS uses for its products.
///
/// This is the only setting that belongs to the process and not to a value, because BLAS stores it globally. Small
/// networks are faster on one thread: OpenBLAS's idle threads spin, and waking them costs more than a small product.
/// Accelerate chooses its own number of threads and ignores this one.
public enum BLASThreads {
    /// The limits of all calls in progress.
    private struct State {
        var countOutside = 0
        var requests: [Int] = []
    }

    private static let state = Locked(State())

    /// The current number of BLAS threads.
    public static var count: Int {
        #if canImport(Accelerate)
            1
        #else
            Int(openblas_get_num_threads())
        #endif
    }

    /// Runs `body` with at most `limit` BLAS threads and restores the previous number afterwards.
    ///
    /// If several calls overlap, on different threads or nested, the lowest limit applies to all of them. The last call
    /// to end restores the number.
    ///
    /// - Parameters:
    ///   - limit: the maximum number of threads, at least 1. A limit above the current number has no effect.
    ///   - body: the function to run.
    public static func withAtMost<Result>(_ limit: Int, _ body: () throws -> Result) rethrows -> Result {
        state.withLock { state in
            if state.requests.isEmpty { state.countOutside = count }
            state.requests.append(max(1, limit))
            apply(state)
        }
        defer {
            state.withLock { state in
                if let own = state.requests.firstIndex(of: max(1, limit)) { state.requests.remove(at: own) }
                apply(state)
            }
        }
        return try body()
    }

    private static func apply(_ state: State) {
        let wanted = min(state.requests.min() ?? state.countOutside, state.countOutside)
        #if !canImport(Accelerate)
            if wanted != count { openblas_set_num_threads(Int32(wanted)) }
        #endif
    }
}
