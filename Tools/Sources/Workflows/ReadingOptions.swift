import Foundation
public import SwiftMLP

/// How a CSV file is written, where it is not found out.
public struct ReadingOptions: Codable, Sendable, Equatable {
    /// What separates cells; nil to find out.
    public var separator: String?
    /// What stands before the fraction of a number; nil for a point.
    public var decimal: String?
    /// What stands between groups of three digits; nil for nothing.
    public var thousands: String?
    /// The name of the encoding: `utf-8`, `latin-1`, `windows-1252`, `utf-16`; nil to find out.
    public var encoding: String?
    /// Texts that stand for a missing value, besides the usual ones.
    public var missing: [String] = []
    /// What begins a comment.
    public var comment: String?

    /// Options that say nothing.
    public init() {}

    /// These options, and those of `other` where these say nothing.
    public func filled(from other: ReadingOptions) -> ReadingOptions {
        var options = self
        options.separator = separator ?? other.separator
        options.decimal = decimal ?? other.decimal
        options.thousands = thousands ?? other.thousands
        options.encoding = encoding ?? other.encoding
        options.missing = missing.isEmpty ? other.missing : missing
        options.comment = comment ?? other.comment
        return options
    }
}

extension ReadingOptions {
    /// The names of the encodings that are read.
    static let encodings: [(name: String, encoding: String.Encoding)] = [
        ("utf-8", .utf8), ("latin-1", .isoLatin1), ("windows-1252", .windowsCP1252), ("utf-16", .utf16),
        ("utf-32", .utf32),
    ]

    private var rule: SeparatorRule {
        switch separator {
        case nil: .detected
        case "whitespace", " ": .whitespace
        case "tab", "\\t": "\t".separatorRule
        case let text?: text.separatorRule
        }
    }

    private func foundEncoding() throws -> String.Encoding? {
        guard let encoding else { return nil }
        guard let known = Self.encodings.first(where: { $0.name == encoding.lowercased() }) else {
            let names = Self.encodings.map(\.name).joined(separator: ", ")
            throw WorkflowError("--encoding must be one of \(names), but is \(encoding)")
        }
        return known.encoding
    }

    private func character(_ text: String?, _ option: String) throws -> Character? {
        guard let text else { return nil }
        guard text.count == 1 else { throw WorkflowError("--\(option) must be one character, but is \"\(text)\"") }
        return text.first
    }

    /// Reads a file.
    ///
    /// - Throws: `TableError`; `WorkflowError` for an option that cannot be used.
    public func table(
        _ path: String, columns: [String]? = nil, nRows: Int? = nil, strings: Set<String> = [],
        numbers: Set<String> = []
    ) throws -> Table {
        try readCSV(
            path, separator: rule, decimal: character(decimal, "decimal") ?? ".",
            thousands: character(thousands, "thousands"), encoding: foundEncoding(),
            comment: character(comment, "comment"), columns: columns, nRows: nRows,
            missingValues: Set<String>.standard.union(missing), stringColumns: strings, numericColumns: numbers)
    }

    /// The batches of a file; `-` is standard input.
    ///
    /// - Throws: what ``table(_:columns:nRows:strings:numbers:)`` throws.
    public func batches(
        _ path: String, size: Int, columns: [String]?, strings: Set<String>, numbers: Set<String>
    ) throws -> CSVBatches {
        let missing = Set<String>.standard.union(missing)
        if path == "-" || Self.isPipe(path) {
            let descriptor = path == "-" ? 0 : open(path, O_RDONLY)
            guard descriptor >= 0 else {
                throw WorkflowError("\(path) cannot be read: \(String(cString: strerror(errno)))")
            }
            return try CSVBatches(
                fileDescriptor: descriptor, batchSize: size, separator: rule,
                decimal: character(decimal, "decimal") ?? ".",
                thousands: character(thousands, "thousands"), encoding: foundEncoding(),
                comment: character(comment, "comment"), columns: columns, missingValues: missing,
                stringColumns: strings, numericColumns: numbers)
        }
        return try CSVBatches(
            contentsOf: path, batchSize: size, separator: rule, decimal: character(decimal, "decimal") ?? ".",
            thousands: character(thousands, "thousands"), encoding: foundEncoding(),
            comment: character(comment, "comment"), columns: columns, missingValues: missing, stringColumns: strings,
            numericColumns: numbers)
    }

    /// Whether a path names something that can be read only once, as the shell's `<(…)` does.
    private static func isPipe(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && [S_IFIFO, S_IFCHR, S_IFSOCK].contains(status.st_mode & S_IFMT)
    }
}
