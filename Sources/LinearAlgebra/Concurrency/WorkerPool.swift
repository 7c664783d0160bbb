import CKernels

/// Work that the workers of a ``WorkerPool`` do together, each on its own chunk.
package protocol ParallelWork: AnyObject {
    /// Performs one chunk. All workers call this at the same time, each on its own thread.
    func perform(_ chunk: Chunk)
}

/// Threads that work on chunks of one computation and wait for each other after each computation.
///
/// BLAS has its own threads, but they only divide a single product. The pool divides a product, the passes over its
/// result and the optimizer's update in the same way. A waiting worker spins for about 50 microseconds and then sleeps.
package final class WorkerPool: @unchecked Sendable {
    /// The number of threads, including the caller's.
    package let count: Int

    /// Nil for a pool of one worker.
    private let threads: OpaquePointer?

    private init(count: Int) {
        threads = count > 1 ? kernel_pool_create(count) : nil
        self.count = threads.map { kernel_pool_count($0) } ?? 1
    }

    /// Runs `body` with a pool of up to `count` workers, or fewer if the system has no more threads. Until it returns,
    /// BLAS is limited to one thread per worker.
    package static func with<Result>(_ count: Int, _ body: (WorkerPool) throws -> Result) rethrows -> Result {
        try BLASThreads.withAtMost(1) { try body(WorkerPool(count: count)) }
    }

    deinit {
        if let threads { kernel_pool_destroy(threads) }
    }

    /// Returns the number of threads that pay off for reading this many bytes: one for every four megabytes, up to the
    /// number that BLAS may use now.
    package static func usefulThreads(readingBytes bytes: Int) -> Int { max(1, min(BLASThreads.count, bytes >> 22)) }

    /// Calls `body` once per worker, each on its own thread, and returns when all calls have returned.
    package func run(_ body: (Chunk) -> Void) {
        withoutActuallyEscaping(body) { run(Call($0)) }
    }

    /// Makes a function usable as work.
    private final class Call: ParallelWork {
        private let body: (Chunk) -> Void

        init(_ body: @escaping (Chunk) -> Void) { self.body = body }

        func perform(_ chunk: Chunk) { body(chunk) }
    }

    /// Makes each worker perform its chunk and returns when all are finished.
    ///
    /// It allocates nothing. It must not be called from two threads at once or by the work itself.
    package func run(_ work: any ParallelWork) {
        guard let threads else { return work.perform(.whole) }
        var call = (work: work, count: count)
        withUnsafeMutablePointer(to: &call) { call in
            let perform: kernel_pool_work = { context, index in
                guard let call = context?.assumingMemoryBound(to: (work: any ParallelWork, count: Int).self) else {
                    return
                }
                call.pointee.work.perform(Chunk(index: index, of: call.pointee.count))
            }
            kernel_pool_run(threads, perform, call)
        }
    }
}
