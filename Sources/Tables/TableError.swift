import Estimators

/// Why a file could not be read as a table, or a table not be written.
public enum TableError: Error, Equatable, Sendable {
    /// An argument is outside of what is allowed.
    case invalidArgument(name: String, value: String, allowed: String)

    /// A file cannot be read.
    case unreadable(file: String, reason: String)

    /// A file cannot be written.
    case unwritable(file: String, reason: String)

    /// A CSV file breaks the rules at one place; lines and columns count from 1.
    case malformed(file: String, line: Int, column: Int, reason: String)
}

extension TableError: CustomStringConvertible {
    /// What is wrong, and what can be done about it.
    public var description: String {
        switch self {
        case .invalidArgument(let name, let value, let allowed):
            "\(name) must be \(allowed), but is \(value)."
        case .unreadable(let file, let reason):
            "\(file) cannot be read: \(reason.withoutFullStop)."
        case .unwritable(let file, let reason):
            "\(file) cannot be written: \(reason.withoutFullStop)."
        case .malformed(let file, let line, let column, let reason):
            "\(file), line \(line), column \(column): \(reason.withoutFullStop)."
        }
    }
}
