// A file can hold anything. What a type takes for granted about itself, it checks where it is decoded; these are the
// sentences in which it says what is wrong.

extension KeyedDecodingContainer {
    /// Throws unless a condition holds; `problem` goes on after the key.
    ///
    /// - Throws: `DecodingError`.
    package func require(_ condition: Bool, _ key: Key, _ problem: @autoclosure () -> String) throws {
        guard condition else {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: self, debugDescription: "\(key.stringValue) \(problem())")
        }
    }

    /// Throws unless there are as many as expected.
    ///
    /// - Throws: `DecodingError`.
    package func requireCount(_ count: Int, _ expected: Int, _ key: Key) throws {
        try require(count == expected, key, "must have \(expected) elements, but has \(count)")
    }

    /// Throws unless the numbers of some `things`, which are counted from 0, ascend and lie below `count`.
    ///
    /// - Throws: `DecodingError`.
    package func requireAscending(_ numbers: [Int], below count: Int, _ key: Key, _ things: String) throws {
        let isAscending = zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
        try require(
            isAscending && numbers.allSatisfy((0..<count).contains), key,
            "must be \(things) in ascending order, from 0 to \(count - 1)")
    }

    /// A number of things counted, which can go on being counted without end.
    ///
    /// - Throws: `DecodingError` for a number below `least`, or one that nothing has ever been counted to.
    package func decodeCount(forKey key: Key, from least: Int = 0) throws -> Int {
        let count = try decode(Int.self, forKey: key)
        try require(count >= least && count <= 1 << 53, key, "must be a count of at least \(least), but is \(count)")
        return count
    }

    /// A number of things counted, or nil.
    ///
    /// - Throws: what ``decodeCount(forKey:from:)`` throws.
    package func decodeCountIfPresent(forKey key: Key, from least: Int = 0) throws -> Int? {
        try contains(key) && !decodeNil(forKey: key) ? decodeCount(forKey: key, from: least) : nil
    }
}
