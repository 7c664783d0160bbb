import CMPI
import Foundation
package import LinearAlgebra
package import NeuralNetwork

/// The processes that run one program together. ``MPI/run(library:patience:_:)`` creates it.
///
/// Every process must call the same methods in the same order. One thread at a time may use the group.
public final class MPIGroup: @unchecked Sendable {
    /// The number of this process, from 0. The first process prints and writes files.
    public let rank: Int

    /// The number of processes.
    public let count: Int

    private let watch: Watch
    /// The requests of each operation in progress.
    private var requests: [Int: [cmpi_request]] = [:]
    private var startedOperations = 0

    init(patience: Duration) throws {
        var (rank, count) = (CInt(0), CInt(1))
        try MPI.check(cmpi_rank(&rank, &count))
        (self.rank, self.count) = (Int(rank), Int(count))
        watch = Watch(rank: self.rank, count: self.count, patience: patience)
    }

    /// Waits until all processes have called this method.
    ///
    /// - Throws: ``MPIError`` if another process has ended.
    public func barrier() throws { _ = try sum([0.0]) }

    /// Returns the sum of each number over all processes. The sums have the same bits in every process.
    ///
    /// - Parameter numbers: the numbers of this process. Every process must pass the same count of numbers.
    /// - Throws: ``MPIError`` if another process has ended.
    public func sum(_ numbers: [Double]) throws -> [Double] { try (self as any ProcessGroup).sum(numbers) }

    /// Numbers the rows of all processes: the rows of process 0 come first, then those of process 1, and so on. Returns
    /// the numbers of this process's rows, and the number of all rows.
    ///
    /// - Parameter count: the number of rows of this process.
    /// - Throws: ``MPIError`` if another process has ended.
    public func rowNumbers(count: Int) throws -> (own: Range<Int>, total: Int) {
        let counts = try gather(Double(count)).map { Int($0) }
        let first = counts[..<rank].reduce(0, +)
        return (first..<first + count, counts.reduce(0, +))
    }

    // MARK: The whole run

    /// Runs the program and leaves the group, or tells the others why not.
    func run<Result>(_ body: (MPIGroup) throws -> Result) throws -> Result {
        do {
            let result = try body(self)
            // Some process may still be at work.
            try barrier()
            watch.end()
            // None watches any longer: nothing is on its way when the library ends.
            try barrier()
            cmpi_say_when_terminated(nil)
            try MPI.check(cmpi_end())
            return result
        } catch {
            watch.leave(because: error)
            throw error
        }
    }
}

// MARK: - Sums and broadcasts

extension MPIGroup: ProcessGroup {
    /// The elements of one operation. MPI counts in 32 bits.
    private static let greatestCount = 1 << 28

    /// Runs `body` for each part of `count` elements.
    private static func forEachPart(of count: Int, _ body: (_ first: Int, _ count: CInt) throws -> Void) rethrows {
        for first in stride(from: 0, to: count, by: greatestCount) {
            try body(first, CInt(min(greatestCount, count - first)))
        }
    }

    package func startSum<Scalar: MatrixScalar>(
        of numbers: UnsafePointer<Scalar>, count: Int, to sums: UnsafeMutablePointer<Scalar>
    ) throws -> GroupOperation {
        try watch.check()
        let type = Scalar._precision == .double ? CMPI_DOUBLE : CMPI_FLOAT
        startedOperations += 1
        try Self.forEachPart(of: count) { first, count in
            var request = cmpi_request()
            try MPI.check(cmpi_start_sum(numbers + first, sums + first, count, type, &request))
            requests[startedOperations, default: []].append(request)
        }
        return GroupOperation(number: startedOperations)
    }

    package func startExchange<Scalar: MatrixScalar>(_ messages: [GroupMessage<Scalar>]) throws -> GroupOperation {
        try watch.check()
        let type = Scalar._precision == .double ? CMPI_DOUBLE : CMPI_FLOAT
        startedOperations += 1
        func start(_ start: (inout cmpi_request) -> CInt) throws {
            var request = cmpi_request()
            try MPI.check(start(&request))
            requests[startedOperations, default: []].append(request)
        }
        for message in messages {
            let (peer, tag) = (CInt(message.peer), Watch.Tag.numbers)
            if let target = message.received.baseAddress {
                try Self.forEachPart(of: message.received.count) { first, count in
                    try start { cmpi_start_receive_elements(target + first, count, type, peer, tag, &$0) }
                }
            }
            if let source = message.numbers.baseAddress {
                try Self.forEachPart(of: message.numbers.count) { first, count in
                    try start { cmpi_start_send_elements(source + first, count, type, peer, tag, &$0) }
                }
            }
        }
        return GroupOperation(number: startedOperations)
    }

    package func advance() throws {
        // Each call lets all of them advance.
        guard let number = requests.keys.first, var request = requests[number]?.first else { return }
        var isDone = false
        try MPI.check(cmpi_test(&request, &isDone))
        requests[number]?[0] = request
    }

    package func wait(for operation: GroupOperation) throws {
        guard var pending = requests[operation.number] else { return }
        for index in pending.indices { try wait(for: &pending[index]) }
        requests[operation.number] = nil
    }

    package func broadcast(_ bytes: [UInt8], from root: Int) throws -> [UInt8] {
        let length = try self.sum([rank == root ? Double(bytes.count) : 0])
        var bytes = rank == root ? bytes : [UInt8](repeating: 0, count: Int(length[0]))
        try bytes.withUnsafeMutableBytes { bytes in
            try Self.forEachPart(of: bytes.count) { first, count in
                var request = cmpi_request()
                try watch.check()
                try MPI.check(cmpi_start_broadcast(bytes.baseAddress.map { $0 + first }, count, CInt(root), &request))
                try wait(for: &request)
            }
        }
        return bytes
    }

    package func error(_ sentence: String) -> any Error { MPIError(sentence) }

    /// Waits for an operation: for about as long as a message takes without leaving the processor, then with short sleeps.
    private func wait(for request: inout cmpi_request) throws {
        var isDone = false
        var rounds = 0
        while true {
            try MPI.check(cmpi_test(&request, &isDone))
            if isDone { return }
            try watch.check()
            rounds += 1
            switch rounds {
            case ..<400: continue
            case ..<4_000: sched_yield()
            default: usleep(rounds < 20_000 ? 20 : 500)
            }
        }
    }
}
