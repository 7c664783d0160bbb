/// Why a statement has no result.
enum DatabaseFailure: Error {
    /// The server is gone, or not there yet: waiting may help.
    case lost(String)

    /// The server rejects the connection or the statement, with SQLSTATE if it gives one.
    case rejected(state: String, String)
}

/// A connection to a database. One thread at a time may use it.
final class Connection {
    private let libpq: LibPQ
    private let address: DatabaseAddress
    private let handle: OpaquePointer?
    private var prepared: Set<String> = []

    /// Connects.
    ///
    /// - Throws: ``DatabaseFailure``.
    init(to address: DatabaseAddress, _ libpq: LibPQ) throws {
        (self.address, self.libpq) = (address, libpq)
        // What comes after another value of the same option replaces it, so that the URL has the last word.
        let options = [
            ("connect_timeout", "10"), ("keepalives_idle", "15"), ("keepalives_interval", "5"),
            ("keepalives_count", "3"),
            ("tcp_user_timeout", "30000"), ("fallback_application_name", "swift-mlp"), ("dbname", address.url),
            ("client_encoding", "UTF8"),
        ]
        let (names, values) = (options.map { Optional($0.0) }, options.map { Optional($0.1) })
        handle = withTexts(names + [nil]) { names in
            withTexts(values + [nil]) { values in libpq.connect(names, values, 1) }
        }
        guard libpq.status(handle) == 0 else {
            let answers = withTexts(names + [nil]) { names in
                withTexts(values + [nil]) { values in libpq.ping(names, values, 1) == 0 }
            }
            // A server that answers has a reason to reject the connection.
            throw answers ? DatabaseFailure.rejected(state: "", message) : .lost(message)
        }
        for setting in [
            "SET client_min_messages = error", "SET synchronous_commit = off", "SET statement_timeout = '5min'",
            "SET extra_float_digits = 3",
        ] {
            _ = try run(Statement(setting))
        }
    }

    deinit { libpq.finish(handle) }

    private var message: String { address.cleaned(libpq.errorMessage(handle).map { String(cString: $0) } ?? "") }

    /// Runs a statement, which is prepared at its first use.
    ///
    /// - Throws: ``DatabaseFailure``.
    @discardableResult
    func run(_ statement: Statement, _ parameters: [Parameter] = []) throws -> [Row] {
        if prepared.insert(statement.text).inserted {
            do {
                _ = try rows(of: libpq.prepare(handle, statement.name, statement.text, 0, nil))
            } catch {
                prepared.remove(statement.text)
                throw error
            }
        }
        let bytes = parameters.map(\.bytes)
        return try withBytes(bytes) { values in
            let lengths = bytes.map { CInt($0?.count ?? 0) }
            let formats: [CInt] = parameters.map { $0.isBinary ? 1 : 0 }
            return try rows(
                of: libpq.execute(handle, statement.name, CInt(bytes.count), values, lengths, formats, 1))
        }
    }

    private func rows(of result: OpaquePointer?) throws -> [Row] {
        defer { libpq.clear(result) }
        // PGRES_COMMAND_OK and PGRES_TUPLES_OK
        guard [1, 2].contains(libpq.resultStatus(result)) else {
            guard libpq.status(handle) == 0 else { throw DatabaseFailure.lost(message) }
            // SQLSTATE is the field C, the main sentence the field M.
            func field(_ letter: Character) -> String? {
                libpq.errorField(result, CInt(letter.asciiValue ?? 0)).map { String(cString: $0) }
            }
            throw DatabaseFailure.rejected(state: field("C") ?? "", address.cleaned(field("M") ?? message))
        }
        return (0..<libpq.rows(result)).map { row in
            Row(
                cells: (0..<libpq.columns(result)).map { column in
                    guard libpq.isNull(result, row, column) == 0 else { return nil }
                    let bytes = UnsafeRawBufferPointer(
                        start: libpq.value(result, row, column), count: Int(libpq.length(result, row, column)))
                    return Array(bytes)
                })
        }
    }
}

/// A statement of SQL.
struct Statement: Sendable {
    let text: String

    init(_ text: String) { self.text = text }

    /// A name that only this text has. Names may have 63 bytes.
    fileprivate var name: String {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        return "swift_mlp_\(hash)"
    }
}

// MARK: - Values

/// A value for a statement. Values travel beside the text of the statement, never in it.
enum Parameter {
    case text(String?)
    case number(Int?)
    /// With all bits.
    case double(Double?)
    /// With all bits.
    case doubles([Double]?)
    case bool(Bool?)

    fileprivate var isBinary: Bool {
        switch self {
        case .double, .doubles: true
        default: false
        }
    }

    /// The bytes that libpq expects: texts end with a zero, numbers begin with their highest byte.
    fileprivate var bytes: [UInt8]? {
        func text(_ text: String) -> [UInt8] { text.withVisibleZeros.utf8 + [0] }
        switch self {
        case .text(let value): return value.map(text)
        case .number(let value): return value.map { text("\($0)") }
        case .bool(let value): return value.map { text($0 ? "t" : "f") }
        case .double(let value): return value.map { bigEndian($0.bitPattern) }
        case .doubles(let values):
            // The number of dimensions, whether there are nulls, the elements' type; size and first index; the elements
            // with their sizes.
            return values.map { values in
                [1, 0, 701, UInt32(values.count), 1].flatMap(bigEndian)
                    + values.flatMap { bigEndian(UInt32(8)) + bigEndian($0.bitPattern) }
            }
        }
    }
}

/// A row of a result.
struct Row {
    fileprivate let cells: [[UInt8]?]

    /// A cell with other content than the table's columns have.
    struct Damage: Error {}

    /// - Throws: ``Damage``.
    private func number<Value: FixedWidthInteger>(_ bytes: ArraySlice<UInt8>, as _: Value.Type = Value.self) throws
        -> Value
    {
        guard bytes.count == MemoryLayout<Value>.size else { throw Damage() }
        return bytes.reduce(0) { $0 << 8 | Value(truncatingIfNeeded: $1) }
    }

    private func cell(_ column: Int) throws -> ArraySlice<UInt8> {
        guard cells.indices.contains(column), let cell = cells[column] else { throw Damage() }
        return cell[...]
    }

    func isNull(_ column: Int) -> Bool { cells.indices.contains(column) && cells[column] == nil }

    func integer(_ column: Int) throws -> Int {
        let bytes = try cell(column)
        return bytes.count == 4 ? Int(try number(bytes, as: Int32.self)) : Int(try number(bytes, as: Int64.self))
    }

    func bool(_ column: Int) throws -> Bool { try number(cell(column), as: UInt8.self) == 1 }

    func double(_ column: Int) throws -> Double { Double(bitPattern: try number(cell(column))) }

    func text(_ column: Int) throws -> String { String(decoding: try cell(column), as: UTF8.self) }

    func optionalText(_ column: Int) throws -> String? { isNull(column) ? nil : try text(column) }

    func doubles(_ column: Int) throws -> [Double] {
        let bytes = try cell(column)
        func word(_ index: Int) throws -> Int {
            guard bytes.count >= 4 * index + 4 else { throw Damage() }
            return Int(try number(bytes[(4 * index)..<(4 * index + 4)], as: Int32.self))
        }
        if try word(0) == 0 { return [] }
        let count = try word(3)
        guard try word(0) == 1, try word(1) == 0, try word(2) == 701, bytes.count == 20 + 12 * count else {
            throw Damage()
        }
        return try (0..<count).map { index in
            let start = 20 + 12 * index + 4
            return Double(bitPattern: try number(bytes[start..<start + 8]))
        }
    }
}

extension String {
    /// With ␀ for the character zero, which no text of a database can have.
    var withVisibleZeros: String { String(String.UnicodeScalarView(unicodeScalars.map { $0 == "\0" ? "␀" : $0 })) }
}

private func bigEndian(_ value: some FixedWidthInteger) -> [UInt8] { withUnsafeBytes(of: value.bigEndian, Array.init) }

// MARK: - Arrays of pointers

/// Calls `body` with pointers to the bytes.
private func withBytes<Result>(_ bytes: [[UInt8]?], _ body: (LibPQ.Texts) throws -> Result) rethrows -> Result {
    let all = bytes.compactMap { $0 }.joined() + [0]
    return try all.withUnsafeBytes { all in
        var start = 0
        let pointers = bytes.map { bytes -> UnsafePointer<CChar>? in
            guard let bytes else { return nil }
            defer { start += bytes.count }
            return all.baseAddress?.advanced(by: start).assumingMemoryBound(to: CChar.self)
        }
        return try (pointers + [nil]).withUnsafeBufferPointer { pointers in
            // There is one at least.
            guard let first = pointers.baseAddress else { preconditionFailure("an array with elements has an address") }
            return try body(first)
        }
    }
}

/// Calls `body` with pointers to the texts.
private func withTexts<Result>(_ texts: [String?], _ body: (LibPQ.Texts) throws -> Result) rethrows -> Result {
    try withBytes(texts.map { $0.map { Array($0.utf8) + [0] } }, body)
}
