/// What a call of `fit` shows while it runs: `true`, `false` or `.progressBar`.
public enum Verbosity: Sendable, Equatable, ExpressibleByBooleanLiteral {
    /// Nothing. Written `false`.
    case silent

    /// A line per epoch on standard output, letter by letter scikit-learn's; `.lbfgs` prints none. Written `true`.
    case lines

    /// One line on standard error that is drawn anew: epoch, loss, score and the time that is left. Only on a terminal; elsewhere
    /// nothing.
    case progressBar

    /// Lines or nothing.
    public init(_ printsLines: Bool) { self = printsLines ? .lines : .silent }

    /// Lines or nothing.
    public init(booleanLiteral value: Bool) { self.init(value) }
}

extension Verbosity: CustomStringConvertible {
    /// `true`, `false` or `progressBar`, as it is written.
    public var description: String {
        switch self {
        case .silent: "false"
        case .lines: "true"
        case .progressBar: "progressBar"
        }
    }
}

extension Verbosity: Codable {
    /// Reads `true`, `false` or `"progressBar"`.
    ///
    /// - Throws: `DecodingError` for anything else.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let printsLines = try? container.decode(Bool.self) {
            self.init(printsLines)
        } else {
            let text = try container.decode(String.self)
            guard text == Verbosity.progressBar.description else {
                throw DecodingError.dataCorruptedError(
                    in: container, debugDescription: "verbose must be true, false or progressBar, but is \(text).")
            }
            self = .progressBar
        }
    }

    /// Writes `true`, `false` or `"progressBar"`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if self == .progressBar {
            try container.encode(description)
        } else {
            try container.encode(self == .lines)
        }
    }
}
