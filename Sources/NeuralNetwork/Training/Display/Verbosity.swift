/// The output of `fit` while it runs: `true`, `false`, `.silent` or `.progressBar`.
///
/// All values except `.silent` log warnings, for example one line if training ends before it converges.
public enum Verbosity: Sendable, Equatable, ExpressibleByBooleanLiteral {
    /// Shows nothing, not even a warning.
    case silent

    /// Shows nothing but warnings. The default, written as `false`.
    case warnings

    /// Prints one line per epoch to standard output, identical to scikit-learn's; prints nothing for `.lbfgs`. Written
    /// as `true`.
    case lines

    /// Draws one line on standard error and updates it up to ten times a second. Draws nothing if standard error is not
    /// a terminal.
    ///
    /// ```
    /// ██████████░░░░░ 67/100 loss █▅▄▃▃▂▂▂▁▁▁▁▁▁▁ 0.0537, val █▅▄▃▃▃▃▂▂▂▂▂▂▂▂ 0.0842, score 0.9667, ≤ 2 s left
    /// ```
    ///
    /// The curves show the training loss and, with a validation set, the validation loss of all epochs so far. Each is
    /// scaled from its minimum to its maximum, logarithmically. A narrow terminal shows fewer parts: the line never
    /// wraps. Nothing is drawn if `TERM` is `dumb` or missing, because such a terminal cannot redraw a line. The line
    /// has no colors, so `NO_COLOR` has no effect.
    case progressBar

    /// Creates `.lines` from `true` and `.warnings` from `false`.
    public init(_ printsLines: Bool) { self = printsLines ? .lines : .warnings }

    /// Creates `.lines` from `true` and `.warnings` from `false`.
    public init(booleanLiteral value: Bool) { self.init(value) }
}

extension Verbosity: CustomStringConvertible {
    /// The value as written in code: `true`, `false`, `.silent` or `.progressBar`.
    public var description: String {
        switch self {
        case .silent: ".silent"
        case .warnings: "false"
        case .lines: "true"
        case .progressBar: ".progressBar"
        }
    }
}

extension Verbosity: Codable {
    /// Reads `true`, `false`, `"silent"` or `"progressBar"`.
    ///
    /// - Throws: `DecodingError` for anything else.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let printsLines = try? container.decode(Bool.self) {
            self.init(printsLines)
        } else {
            let text = try container.decode(String.self)
            guard let value = [Verbosity.silent, .progressBar].first(where: { $0.storedName == text }) else {
                throw DecodingError.dataCorruptedError(
                    in: container,
                    debugDescription: "verbose must be true, false, silent or progressBar, but is \(text).")
            }
            self = value
        }
    }

    /// Writes `true`, `false`, `"silent"` or `"progressBar"`.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .warnings, .lines: try container.encode(self == .lines)
        case .silent, .progressBar: try container.encode(storedName)
        }
    }

    private var storedName: String { "\(description.dropFirst())" }
}
