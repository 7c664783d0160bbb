/// What a call of `fit` shows while it runs: `true`, `false` or `.progressBar`.
public enum Verbosity: Sendable, Equatable, ExpressibleByBooleanLiteral {
    /// Nothing. Written `false`.
    case silent

    /// A line per epoch on standard output, letter by letter scikit-learn's; `.lbfgs` prints none. Written `true`.
    case lines

    /// One line on standard error that is drawn anew, at most ten times a second. Only on a terminal; elsewhere nothing.
    ///
    /// ```
    /// ██████████░░░░░ 67/100 loss █▅▄▃▃▂▂▂▁▁▁▁▁▁▁ 0.0537, val █▅▄▃▃▃▃▂▂▂▂▂▂▂▂ 0.0842, score 0.9667, ≤ 2 s left
    /// ```
    ///
    /// The curves show the whole training so far, that of the loss and with a validation set that of its loss, each from its least
    /// to its greatest value on a logarithmic scale. In a narrow terminal there are fewer parts: the line never wraps. A terminal
    /// whose `TERM` is `dumb` or missing cannot redraw, and gets nothing. There are no colours, hence nothing that `NO_COLOR`
    /// would switch off.
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
