import Foundation

/// A place where threads that stand for processes exchange bytes.
public final class Exchange: @unchecked Sendable {
    /// The number of threads.
    public let count: Int

    private let condition = NSCondition()
    private var arrived: [Int: [UInt8]] = [:]
    private var result: [[UInt8]] = []
    private var round = 0
    private var hasEnded = false

    /// Another thread has ended and will not come.
    public struct Ended: Error, CustomStringConvertible {
        /// What has happened.
        public let description = "another process has ended"
    }

    private init(count: Int) { self.count = count }

    /// Runs `body` in `count` threads and returns what each returns or throws.
    public static func run<Value: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (_ rank: Int, _ exchange: Exchange) throws -> Value
    ) -> [Result<Value, any Error>] {
        let exchange = Exchange(count: count)
        let lock = NSLock()
        nonisolated(unsafe) var results = [Result<Value, any Error>?](repeating: nil, count: count)
        let threads = (0..<count).map { rank in
            let ended = DispatchSemaphore(value: 0)
            let thread = Thread {
                let result = Result { try body(rank, exchange) }
                lock.withLock { results[rank] = result }
                exchange.leave()
                ended.signal()
            }
            thread.stackSize = 8 << 20
            thread.start()
            return ended
        }
        for ended in threads { ended.wait() }
        return lock.withLock { results.compactMap { $0 } }
    }

    /// Waits for the bytes of all threads and returns them.
    public func all(_ bytes: [UInt8], of rank: Int) throws -> [[UInt8]] {
        condition.lock()
        defer { condition.unlock() }
        let own = round
        arrived[rank] = bytes
        if arrived.count == count {
            result = (0..<count).map { arrived[$0] ?? [] }
            arrived = [:]
            round += 1
            condition.broadcast()
        }
        while round == own, !hasEnded { condition.wait() }
        guard round > own else { throw Ended() }
        return result
    }

    /// Returns the sums over all threads.
    public func sum(_ numbers: [Double], of rank: Int) throws -> [Double] {
        try all(numbers.withUnsafeBytes(Array.init), of: rank).reduce(numbers.map { _ in 0 }) { sums, bytes in
            bytes.withUnsafeBytes { zip(sums, $0.bindMemory(to: Double.self)).map { $0 + $1 } }
        }
    }

    /// Ends the waiting of the others, which this thread no longer joins.
    private func leave() {
        condition.lock()
        hasEnded = true
        condition.broadcast()
        condition.unlock()
    }
}
