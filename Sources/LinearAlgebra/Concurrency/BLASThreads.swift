#if !canImport(Accelerate)
    import COpenBLAS
#endif

/// The number of threads on which BLAS computes its products.
///
/// It is the one setting that belongs to the process and not to a value, since BLAS keeps it so. A small network is
/// faster on one thread: OpenBLAS's waiting threads spin, and waking them costs more than a small product. Accelerate
/// chooses for itself and ignores the count.
public enum BLASThreads {
    /// What the work in progress asks for.
    private struct State {
        var countOutside = 0
        var requests: [Int] = []
    }

    private static let state = Locked(State())

    /// The number of threads BLAS uses now.
    public static var count: Int {
        #if canImport(Accelerate)
            1
        #else
            Int(openblas_get_num_threads())
        #endif
    }

    /// Runs `body` with BLAS on at most `limit` threads, and restores the number that was set before.
    ///
    /// Where several calls overlap, on different threads or nested, the smallest limit holds for all of them, and the
    /// last to end restores.
    ///
    /// - Parameters:
    ///   - limit: at least 1; a limit above the number that is set changes nothing.
    ///   - body: what to run.
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
