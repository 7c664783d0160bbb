internal import CKernels

/// Work that the members of a ``Team`` do together, each its share.
public protocol TeamWork: AnyObject {
    /// Does the share of one member. It is called on all members' threads at once.
    func perform(_ share: Share)
}

/// Threads that work on parts of one computation and wait for each other after each part.
///
/// BLAS has threads of its own, but they know nothing beyond one product: here a product, the passes over its result and
/// the optimizer's update are shared out alike. A member that waits looks for work for some 50 microseconds, then sleeps.
public final class Team: @unchecked Sendable {
    /// How many threads there are, the caller's included.
    public let count: Int

    /// Nil for a team of one.
    private let threads: OpaquePointer?

    private init(count: Int) {
        threads = count > 1 ? kernel_team_create(count) : nil
        self.count = threads.map { kernel_team_count($0) } ?? 1
    }

    /// Runs `body` with a team of up to `count` threads, fewer where the system has no more, each of which has BLAS to itself
    /// on one thread.
    public static func of<Result>(_ count: Int, _ body: (Team) throws -> Result) rethrows -> Result {
        try BLASThreads.withAtMost(1) { try body(Team(count: count)) }
    }

    deinit {
        if let threads { kernel_team_destroy(threads) }
    }

    /// How many threads pay for reading so many bytes: one for every four megabytes, up to as many as BLAS may use now.
    public static func usefulThreads(readingBytes bytes: Int) -> Int { max(1, min(BLASThreads.count, bytes >> 22)) }

    /// Calls `body` once for every member, each on its own thread, and returns when the last has returned.
    public func run(_ body: (Share) -> Void) {
        withoutActuallyEscaping(body) { run(Call($0)) }
    }

    /// A function as work.
    private final class Call: TeamWork {
        private let body: (Share) -> Void

        init(_ body: @escaping (Share) -> Void) { self.body = body }

        func perform(_ share: Share) { body(share) }
    }

    /// Lets every member do its share, and returns when the last has done it.
    ///
    /// It allocates nothing. Not to be called from two threads at once, nor by the work itself.
    public func run(_ work: any TeamWork) {
        guard let threads else { return work.perform(.whole) }
        var call = (work: work, count: count)
        withUnsafeMutablePointer(to: &call) { call in
            let perform: kernel_team_work = { context, index in
                guard let call = context?.assumingMemoryBound(to: (work: any TeamWork, count: Int).self) else { return }
                call.pointee.work.perform(Share(index: index, of: call.pointee.count))
            }
            kernel_team_run(threads, perform, call)
        }
    }
}

/// The part of a computation that falls to one of several.
public struct Share: Sendable, Equatable {
    /// Which part, from 0.
    public let index: Int
    /// How many parts there are.
    public let count: Int

    /// Part `index` of `count`.
    public init(index: Int, of count: Int) {
        self.index = index
        self.count = count
    }

    /// All of it.
    public static let whole = Share(index: 0, of: 1)

    /// The part of `0..<total`; parts meet at multiples of `unit`, so that they are whole cache lines or blocks.
    ///
    /// All parts together are `0..<total`, and their sizes differ by one unit at most.
    public func range(of total: Int, unit: Int = 1) -> Range<Int> {
        let units = (total + unit - 1) / unit
        return min(total, units * index / count * unit)..<min(total, units * (index + 1) / count * unit)
    }
}
