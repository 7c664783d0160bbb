// A file can hold anything. A type checks its invariants when it is decoded; these functions throw the sentences that
// say what is wrong.

extension KeyedDecodingContainer {
    /// Throws unless a condition holds; `problem` is the rest of the sentence after the key.
    ///
    /// - Throws: `DecodingError`.
    package func require(_ condition: Bool, _ key: Key, _ problem: @autoclosure () -> String) throws {
        guard condition else {
            throw DecodingError.dataCorruptedError(
                forKey: key, in: self, debugDescription: "\(key.stringValue) \(problem())")
        }
    }

    /// Throws unless a count is the expected one.
    ///
    /// - Throws: `DecodingError`.
    package func requireCount(_ count: Int, _ expected: Int, _ key: Key) throws {
        try require(count == expected, key, "must have \(expected) elements, but has \(count)")
    }

    /// Throws unless the indices of some `things` ascend and are below `count`.
    ///
    /// - Throws: `DecodingError`.
    package func requireAscending(_ numbers: [Int], below count: Int, _ key: Key, _ things: String) throws {
        let isAscending = zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
        try require(
            isAscending && numbers.allSatisfy((0..<count).contains), key,
            "must be \(things) in ascending order, from 0 to \(count - 1)")
    }

    /// A count that can still be incremented.
    ///
    /// - Throws: `DecodingError` for a count below `least` or above 2⁵³.
    package func decodeCount(forKey key: Key, from least: Int = 0) throws -> Int {
        let count = try decode(Int.self, forKey: key)
        try require(count >= least && count <= 1 << 53, key, "must be a count of at least \(least), but is \(count)")
        return count
    }

    /// A count, or nil.
    ///
    /// - Throws: what ``decodeCount(forKey:from:)`` throws.
    package func decodeCountIfPresent(forKey key: Key, from least: Int = 0) throws -> Int? {
        try contains(key) && !decodeNil(forKey: key) ? decodeCount(forKey: key, from: least) : nil
    }
}

/// A part of a model that checks itself after it was decoded.
package protocol CheckedPart {
    /// What makes the part unusable, as the rest of a sentence after its key; nil if it can be used.
    var fault: String? { get }
}

extension KeyedDecodingContainer {
    /// A part that can be used, or nil. The compiler chooses this overload in an `init(from:)` that it synthesizes.
    ///
    /// - Throws: `DecodingError`, also for a part with a fault.
    package func decodeIfPresent<Part: CheckedPart & Decodable>(_ type: Part.Type, forKey key: Key) throws -> Part? {
        guard contains(key), try !decodeNil(forKey: key) else { return nil }
        let part = try decode(type, forKey: key)
        let fault = part.fault
        try require(fault == nil, key, fault ?? "")
        return part
    }
}
