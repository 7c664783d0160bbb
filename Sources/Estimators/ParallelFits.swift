import LinearAlgebra

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The number of threads for `nJobs`: 1 for nil; for −1 all cores, for −2 all but one, and so on, as in scikit-learn.
///
/// - Throws: `EstimatorError.invalidParameter` for 0.
package func jobs(_ nJobs: Int?) throws -> Int {
    guard let nJobs else { return 1 }
    try Check.require(
        nJobs != 0, parameter: "nJobs", nJobs, allowed: "a number of threads of at least 1, or -1 for all cores")
    let cores = ProcessInfo.processInfo.activeProcessorCount
    return nJobs > 0 ? nJobs : max(1, cores + 1 + max(nJobs, -cores))
}

/// The results of `fit` for 0 ..< `count`, in order, computed on up to `jobs` threads as ``parallelMap(count:jobs:_:)``
/// does. The warnings of all fits become one line for each kind.
///
/// A network that is canceled stops early and does not throw. Therefore results count only if nothing was canceled.
///
/// - Throws: the first error in the order of the indices, or `CancellationError`.
package func parallelFits<Result: Sendable>(
    count: Int, jobs: Int, _ fit: @escaping @Sendable (Int) throws -> Result
) throws -> [Result] {
    try FitWarnings.summarized {
        let warnings = FitWarnings.summary
        let results = try parallelMap(count: count, jobs: jobs) { index in
            try FitWarnings.counted(in: warnings) { try fit(index) }
        }
        if Cancellation.isRequested { throw CancellationError() }
        return results
    }
}
