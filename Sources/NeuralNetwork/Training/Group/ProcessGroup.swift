import Foundation
package import LinearAlgebra

/// The processes that train one network together, each with a part of the samples.
///
/// All processes call the same methods in the same order.
package protocol ProcessGroup: AnyObject, Sendable {
    /// The number of this process, from 0.
    var rank: Int { get }

    /// The number of processes.
    var count: Int { get }

    /// Starts to add up `count` numbers of each process, element by element. The sums have the same bits in each process,
    /// and in each run with as many processes.
    ///
    /// Until ``wait(for:)`` has returned, both arrays must stay as they are.
    ///
    /// - Throws: an error of the group, as all methods do: another process has ended.
    func startSum<Scalar: MatrixScalar>(
        of numbers: UnsafePointer<Scalar>, count: Int, to sums: UnsafeMutablePointer<Scalar>
    ) throws -> GroupOperation

    /// Starts to exchange numbers with other processes.
    ///
    /// Until ``wait(for:)`` has returned, all arrays must stay as they are. All processes start their exchanges in the same
    /// order.
    func startExchange<Scalar: MatrixScalar>(_ messages: [GroupMessage<Scalar>]) throws -> GroupOperation

    /// Lets the operations in progress advance.
    func advance() throws

    /// Waits until an operation is complete.
    func wait(for operation: GroupOperation) throws

    /// Returns the bytes of process `root`.
    func broadcast(_ bytes: [UInt8], from root: Int) throws -> [UInt8]

    /// Returns an error of the group with this sentence.
    func error(_ sentence: String) -> any Error
}

/// Numbers for another process of a group, and room for its.
package struct GroupMessage<Scalar> {
    /// The other process.
    package let peer: Int
    package let numbers: UnsafeBufferPointer<Scalar>
    package let received: UnsafeMutableBufferPointer<Scalar>
}

/// An operation that a ``ProcessGroup`` has started.
package struct GroupOperation: Sendable {
    package let number: Int

    package init(number: Int) { self.number = number }
}

// MARK: - What groups can do with sums and broadcasts

extension ProcessGroup {
    /// Returns the sum over all processes of each number.
    package func sum<Scalar: MatrixScalar>(_ numbers: [Scalar]) throws -> [Scalar] {
        guard !numbers.isEmpty else { return [] }
        var sums = numbers
        try numbers.withUnsafeBufferPointer { numbers in
            try sums.withUnsafeMutableBufferPointer { sums in
                guard let from = numbers.baseAddress, let to = sums.baseAddress else { return }
                try wait(for: startSum(of: from, count: numbers.count, to: to))
            }
        }
        return sums
    }

    /// Returns the number that each process has.
    package func gather(_ number: Double) throws -> [Double] {
        var numbers = [Double](repeating: 0, count: count)
        numbers[rank] = number
        return try sum(numbers)
    }

    /// Returns the numbers of process 0, of as many in each process.
    package func broadcast(_ numbers: [Double]) throws -> [Double] {
        try sum(rank == 0 ? numbers : numbers.map { _ in 0 })
    }

    /// Returns the text of process `root`.
    package func broadcast(_ text: String, from root: Int) throws -> String {
        String(decoding: try broadcast(Array(text.utf8), from: root), as: UTF8.self)
    }

    /// Runs work that needs no other process. If it throws in one process, it throws in all: its own error in that process,
    /// and an error that quotes it in the others.
    package func together<Result>(_ body: () throws -> Result) throws -> Result {
        let result = Swift.Result { try body() }
        let failure: (any Error)? = if case .failure(let error) = result { error } else { nil }
        let failed = try gather(failure == nil ? 0 : 1)
        guard let first = failed.firstIndex(where: { $0 > 0 }) else { return try result.get() }
        let sentence = try broadcast(failure.map { "\($0)" } ?? "", from: first)
        if let failure { throw failure }
        throw error("rank \(first) of \(count) has stopped: \(sentence)")
    }
}

extension ProcessGroup {
    /// Throws in each process unless all have the same values as process 0.
    ///
    /// - Parameter facts: the names of the values and the values, as they follow "has".
    package func requireSame(_ facts: KeyValuePairs<String, String>) throws {
        let own = facts.map { [$0.key, $0.value] }
        let bytes = try broadcast(Array(JSONEncoder().encode(own)), from: 0)
        let first = try JSONDecoder().decode([[String]].self, from: Data(bytes))
        try together {
            for (own, first) in zip(own, first) where own != first {
                throw error(
                    "\(own[0]) must be the same in all processes, but rank \(rank) has \(own[1]) and rank 0 has "
                        + "\(first[1])")
            }
        }
    }

    /// Returns the values that some process has, each once.
    package func union<Value: Hashable & Codable>(_ values: [Value]) throws -> Set<Value> {
        var union = Set(values)
        for root in 0..<count {
            let bytes = try broadcast(root == rank ? Array(JSONEncoder().encode(values)) : [], from: root)
            union.formUnion(try JSONDecoder().decode([Value].self, from: Data(bytes)))
        }
        return union
    }

    /// Returns the rows of all processes as one matrix.
    ///
    /// - Parameters:
    ///   - rows: the rows of this process.
    ///   - positions: the row of the result that each becomes.
    ///   - total: the number of rows of all processes.
    package func gather<Scalar: MatrixScalar>(
        _ rows: Matrix<Scalar>, at positions: [Int], of total: Int
    ) throws -> Matrix<Scalar> {
        var all = [Scalar](repeating: 0, count: total * rows.columns)
        for (row, position) in positions.enumerated() {
            let start = position * rows.columns
            all.replaceSubrange(start..<(start + rows.columns), with: rows.rowSlice(row))
        }
        return Matrix(rows: total, columns: rows.columns, elements: try sum(all))
    }
}
