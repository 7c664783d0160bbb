import Foundation
import Testing

@testable import NumPyRandom

/// A 64-bit pattern, written in hexadecimal.
struct Pattern: Decodable, Equatable, CustomStringConvertible {
    let word: UInt64

    init(_ word: UInt64) { self.word = word }

    init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        word = try #require(UInt64(text, radix: 16))
    }

    var double: Double { Double(bitPattern: word) }
    var description: String { String(word, radix: 16) }
}

/// A sequence as the generator script stores it: its ends, its hash, and the next word of the generator.
protocol StoredSequence: Decodable, Sendable {
    var seed: UInt32 { get }
    var count: Int { get }
    var head: [Pattern] { get }
    var tail: [Pattern] { get }
    var hash: Pattern { get }
    var next: Pattern { get }
}

extension StoredSequence {
    /// Expects that these are the stored values, and that `random` has drawn as many words for them as NumPy.
    func expectEqual(
        _ values: some Sequence<some BitPatterned>, _ random: RandomState,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let patterns = values.map { Pattern($0.pattern) }
        #expect(patterns.count == count, "\(self)", sourceLocation: sourceLocation)
        #expect(Array(patterns.prefix(head.count)) == head, "\(self)", sourceLocation: sourceLocation)
        #expect(Array(patterns.suffix(tail.count)) == tail, "\(self)", sourceLocation: sourceLocation)
        #expect(fingerprint(patterns) == hash, "\(self)", sourceLocation: sourceLocation)
        expectNext(random, sourceLocation: sourceLocation)
    }

    /// Expects that `random` has drawn as many words as NumPy.
    func expectNext(_ random: RandomState, sourceLocation: SourceLocation = #_sourceLocation) {
        var random = random
        #expect(random.engine.nextUInt32() == next.word, "\(self)", sourceLocation: sourceLocation)
    }
}

/// A number with a 64-bit pattern.
protocol BitPatterned {
    var pattern: UInt64 { get }
}

extension Int: BitPatterned {
    var pattern: UInt64 { UInt64(bitPattern: Int64(self)) }
}

extension UInt32: BitPatterned {
    var pattern: UInt64 { UInt64(self) }
}

extension UInt64: BitPatterned {
    var pattern: UInt64 { self }
}

extension Double: BitPatterned {
    var pattern: UInt64 { bitPattern }
}

/// FNV-1a of 64-bit words instead of bytes.
func fingerprint(_ patterns: some Sequence<Pattern>) -> Pattern {
    Pattern(patterns.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ $1.word) &* 0x100_0000_01B3 })
}
