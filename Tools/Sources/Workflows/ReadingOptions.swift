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
    /// The name of the encoding: `utf-8`, `latin-1`, `windows-1252` and others; nil to find out.
    public var encoding: String?
    /// Texts that stand for a missing value, besides the usual ones.
    public var missing: [String] = []
    /// Texts that stand for a missing value in some columns.
    public var gaps: [String: [String]]?
    /// What begins a comment.
    public var comment: String?
    /// Whether the first line has the names of the columns; nil for true.
    public var header: Bool?
    /// Texts before or behind numbers that are left out.
    public var currency: [String]?
    /// Whether a percent sign behind a number divides it by 100.
    public var percent: Bool?
    /// Whether numbers may be written as accountants do: `(1.50)`, `1.50-` or `−1.50`.
    public var accounting: Bool?

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
        options.gaps = gaps ?? other.gaps
        options.comment = comment ?? other.comment
        options.header = header ?? other.header
        options.currency = currency ?? other.currency
        options.percent = percent ?? other.percent
        options.accounting = accounting ?? other.accounting
        return options
    }
}

extension ReadingOptions {
    /// The names of the encodings that are read, here and in Swift.
    static let encodings: [(name: String, encoding: String.Encoding, code: String)] = [
        ("utf-8", .utf8, ".utf8"), ("latin-1", .isoLatin1, ".isoLatin1"),
        ("windows-1252", .windowsCP1252, ".windowsCP1252"), ("utf-16", .utf16, ".utf16"),
        ("utf-16le", .utf16LittleEndian, ".utf16LittleEndian"), ("utf-16be", .utf16BigEndian, ".utf16BigEndian"),
        ("utf-32", .utf32, ".utf32"),
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

    /// How the library reads such files.
    ///
    /// - Throws: `WorkflowError` for an option that cannot be used.
    public func format(_ types: ColumnTypes = ColumnTypes()) throws -> CSVFormat {
        var format = CSVFormat()
        (format.separator, format.encoding) = (rule, try foundEncoding())
        (format.decimal, format.thousands) = (
            try character(decimal, "decimal") ?? ".", try character(thousands, "thousands")
        )
        format.comment = try character(comment, "comment")
        format.hasHeader = header ?? true
        (format.currency, format.percent) = (Set(currency ?? []), percent ?? false)
        format.accounting = accounting ?? false
        format.missingValues = Gaps(everywhere: Set<String>.standard.union(missing), columns: gaps ?? [:])
        (format.stringColumns, format.numericColumns, format.dateColumns) = (types.strings, types.numbers, types.dates)
        return format
    }

    /// The arguments of the library's `readCSV` for a file with these columns, as Swift code.
    public func arguments(_ columns: [String]) -> [String] {
        func literal(_ texts: [String]) -> String { "[\(texts.map(\.debugDescription).joined(separator: ", "))]" }
        func union(_ texts: [String]) -> String { texts.isEmpty ? "" : ".union(\(literal(texts)))" }
        // Columns that are not listed have the standard ones.
        let listed = gaps.map { gaps in columns.filter { gaps[$0] != nil || !missing.isEmpty } } ?? []
        let sets = listed.map { "\($0.debugDescription): Set.standard\(union(missing + (gaps?[$0] ?? [])))" }
        let separator: String? =
            switch self.separator {
            case nil: nil
            case "whitespace"?, " "?: ".whitespace"
            case "tab"?, "\\t"?: "\"\\t\""
            case let text?: text.debugDescription
            }
        return [
            separator.map { "separator: \($0)" }, decimal.map { "decimal: \($0.debugDescription)" },
            thousands.map { "thousands: \($0.debugDescription)" },
            currency.map { "currency: \(literal($0))" },
            percent == true ? "percent: true" : nil, accounting == true ? "accounting: true" : nil,
            header == false ? "hasHeader: false" : nil,
            encoding.flatMap { name in Self.encodings.first { $0.name == name.lowercased() } }.map {
                "encoding: \($0.code)"
            },
            comment.map { "comment: \($0.debugDescription)" },
            sets.isEmpty
                ? missing.isEmpty ? nil : "missingValues: .standard\(union(missing))"
                : "missingValues: [\(sets.joined(separator: ", "))]",
        ].compactMap(\.self)
    }

    /// Reads a file.
    ///
    /// - Throws: `TableError`; `WorkflowError` for an option that cannot be used.
    public func table(
        _ path: String, columns: [String]? = nil, nRows: Int? = nil, types: ColumnTypes = ColumnTypes()
    ) throws -> Table {
        try readCSV(path, format(types), columns: columns, nRows: nRows)
    }

    /// Reads a file, and once more where columns of texts turn out to be numbers with signs of percent or currencies, or numbers
    /// or dates with gaps by other names, which these options then have.
    ///
    /// - Parameter known: the columns of which it is known what they hold.
    /// - Throws: what ``table(_:columns:nRows:types:)`` throws.
    public mutating func table(
        _ path: String, types: ColumnTypes = ColumnTypes(), finding known: Set<String>
    ) throws -> Table {
        // What a number is changes what a gap is, and the other way round.
        for _ in 0..<3 {
            let table = try table(path, types: types)
            var found = self
            for name in table.stringColumnNames where !known.contains(name) {
                let column = try table.column(name)
                let names = GapNames.found(in: column)
                if !names.isEmpty {
                    found.gaps = (found.gaps ?? [:]).merging([name: names]) { $0 + $1 }
                } else {
                    NumberSpelling(column)?.add(to: &found)
                }
            }
            guard found != self else { return table }
            self = found
        }
        return try table(path, types: types)
    }

    /// The batches of a file; `-` is standard input.
    ///
    /// - Throws: what ``table(_:columns:nRows:types:)`` throws.
    public func batches(_ path: String, size: Int, columns: [String]?, types: ColumnTypes) throws -> CSVBatches {
        let format = try format(types)
        guard path == "-" || Self.isPipe(path) else {
            return try CSVBatches(contentsOf: path, batchSize: size, format, columns: columns)
        }
        let descriptor = path == "-" ? 0 : open(path, O_RDONLY)
        guard descriptor >= 0 else {
            throw WorkflowError("\(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        return try CSVBatches(fileDescriptor: descriptor, batchSize: size, format, columns: columns)
    }

    /// Whether a path names something that can be read only once, as the shell's `<(…)` does.
    private static func isPipe(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && [S_IFIFO, S_IFCHR, S_IFSOCK].contains(status.st_mode & S_IFMT)
    }
}

/// Texts that stand for a missing value: some in all columns, others in one.
private struct Gaps: MissingValues {
    var everywhere: Set<String>
    var columns: [String: [String]]

    func missingValues(of column: String) -> Set<String>? { everywhere.union(columns[column] ?? []) }
}
