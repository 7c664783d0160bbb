/// What stands between the cells of a line: a character, or a rule such as `.whitespace`.
public protocol CSVSeparator: Sendable {
    /// The rule that it stands for.
    var separatorRule: SeparatorRule { get }
}

/// How a line is cut into cells.
public struct SeparatorRule: CSVSeparator, Equatable {
    enum Kind: Equatable {
        case detected, whitespace
        case text(String)
    }

    let kind: Kind

    /// The rule itself.
    public var separatorRule: SeparatorRule { self }
}

extension CSVSeparator where Self == SeparatorRule {
    /// Comma, semicolon, tab or vertical bar: the one that cuts the first lines into the same number of cells each.
    public static var detected: SeparatorRule { SeparatorRule(kind: .detected) }

    /// Any number of spaces and tabs; those at the beginning and at the end of a line are left out.
    public static var whitespace: SeparatorRule { SeparatorRule(kind: .whitespace) }
}

extension Character: CSVSeparator {
    /// This character between two cells.
    public var separatorRule: SeparatorRule { SeparatorRule(kind: .text(String(self))) }
}

extension String: CSVSeparator {
    /// The one character of this text between two cells.
    public var separatorRule: SeparatorRule { SeparatorRule(kind: .text(self)) }
}
