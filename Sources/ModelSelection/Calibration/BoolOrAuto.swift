/// A choice that the user makes, or that depends on the data or the model. It can be a literal: `ensemble: false`.
public enum BoolOrAuto: Sendable, Codable, Equatable, ExpressibleByBooleanLiteral {
    /// The choice depends on the data or the model.
    case auto
    /// Yes.
    case yes
    /// No.
    case no

    /// Yes or no.
    public init(booleanLiteral value: Bool) { self.init(value) }

    /// Yes or no.
    public init(_ value: Bool) { self = value ? .yes : .no }

    /// The choice, or `automatic` if there is none.
    func value(automatic: @autoclosure () throws -> Bool) rethrows -> Bool {
        switch self {
        case .auto: try automatic()
        case .yes: true
        case .no: false
        }
    }
}

extension BoolOrAuto: CustomStringConvertible {
    /// The choice as it is written: `true`, `false` or `.auto`.
    public var description: String {
        switch self {
        case .auto: ".auto"
        case .yes: "true"
        case .no: "false"
        }
    }
}
