import LinearAlgebra
import TestSupport

@testable import NeuralNetwork

/// A group whose processes are threads of this one.
final class ThreadGroup: ProcessGroup {
    let rank: Int
    private let exchange: Exchange

    var count: Int { exchange.count }

    private init(rank: Int, _ exchange: Exchange) { (self.rank, self.exchange) = (rank, exchange) }

    /// Runs `body` in `count` threads and returns what each returns or throws.
    static func run<Value: Sendable>(
        _ count: Int, _ body: @escaping @Sendable (_ group: ThreadGroup) throws -> Value
    ) -> [Result<Value, any Error>] {
        Exchange.run(count) { try body(ThreadGroup(rank: $0, $1)) }
    }

    func startSum<Scalar: MatrixScalar>(
        of numbers: UnsafePointer<Scalar>, count: Int, to sums: UnsafeMutablePointer<Scalar>
    ) throws -> GroupOperation {
        let own = UnsafeRawBufferPointer(UnsafeBufferPointer(start: numbers, count: count))
        sums.update(repeating: 0, count: count)
        for bytes in try exchange.all(Array(own), of: rank) {
            guard bytes.count == own.count else { throw error("the processes add arrays of different lengths") }
            bytes.withUnsafeBytes {
                for (index, number) in $0.bindMemory(to: Scalar.self).enumerated() { sums[index] += number }
            }
        }
        return GroupOperation(number: 0)
    }

    func advance() throws {}

    func startExchange<Scalar: MatrixScalar>(_ messages: [GroupMessage<Scalar>]) throws -> GroupOperation {
        for receiver in 0..<count {
            let own = messages.first { $0.peer == receiver }?.numbers
            let all = try exchange.all(own.map { Array(UnsafeRawBufferPointer($0)) } ?? [], of: rank)
            guard receiver == rank else { continue }
            for message in messages {
                guard all[message.peer].count == UnsafeRawBufferPointer(message.received).count else {
                    throw error("a process expects another number of numbers")
                }
                UnsafeMutableRawBufferPointer(message.received).copyBytes(from: all[message.peer])
            }
        }
        return GroupOperation(number: 0)
    }

    func wait(for operation: GroupOperation) throws {}

    func broadcast(_ bytes: [UInt8], from root: Int) throws -> [UInt8] { try exchange.all(bytes, of: rank)[root] }

    func error(_ sentence: String) -> any Error { Failure(description: sentence) }

    struct Failure: Error, CustomStringConvertible { let description: String }
}
