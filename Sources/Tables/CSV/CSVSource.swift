#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// How a table was written in the file that it comes from.
public struct CSVSource: Sendable, Equatable {
    /// The path of the file, or `text`.
    public let file: String

    /// What separates cells; a space where any number of spaces and tabs do.
    public let separator: Character

    /// Whether the separator was found out, and not stated.
    public let isSeparatorDetected: Bool

    /// The encoding.
    public let encoding: String.Encoding
}
