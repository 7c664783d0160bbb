// How estimators are printed: as the call of their initializer, `StandardScaler(withStd: false)`.

/// A value that is printed as the call of its initializer, with the parameters that are not at their defaults.
public protocol PrintedAsInitializer: CustomStringConvertible {
    /// A value with every parameter at its default.
    static var defaults: Self { get }

    /// The stored properties that are not printed, because they are learned or because ``_leadingArguments`` has them.
    /// Default: `fitted`.
    static var _unprinted: Set<String> { get }

    /// The arguments that no stored property of the same name holds, which are printed first. Default: none.
    var _leadingArguments: [String] { get }
}

extension PrintedAsInitializer {
    /// `fitted`.
    public static var _unprinted: Set<String> { ["fitted"] }

    /// None.
    public var _leadingArguments: [String] { [] }

    /// The call of the initializer, with the parameters that are not at their defaults.
    public var description: String {
        written(Self.self, _leadingArguments + changedParameters(self, from: .defaults, omitting: Self._unprinted))
    }
}

/// A value that is printed as the call of its initializer, of which some arguments have no default.
package protocol PrintedWithArguments: CustomStringConvertible {
    /// The arguments without a default, which are printed first.
    var requiredArguments: [String] { get }

    /// A value with these arguments, and every other parameter at its default.
    var standard: Self { get }
}

extension PrintedWithArguments {
    /// The call of the initializer, with the parameters that are not at their defaults.
    public var description: String {
        written(Self.self, requiredArguments + changedParameters(self, from: standard, omitting: ["fitted"]))
    }
}

/// A call of the type's initializer: its name without its own type parameters, and its arguments.
package func written(_ type: Any.Type, _ arguments: [String]) -> String {
    "\(typeName(type))(\(arguments.joined(separator: ", ")))"
}

/// The name of a type, without its type parameters.
package func typeName(_ type: Any.Type) -> String { String("\(type)".prefix { $0 != "<" }) }

/// `name: value` for every stored property of `subject` that differs from that of `standard`, in their order. The property
/// `_name` holds the parameter `name`.
///
/// - Parameter omitted: the properties that no argument of the initializer sets.
package func changedParameters<Subject>(
    _ subject: Subject, from standard: Subject, omitting omitted: Set<String> = []
) -> [String] {
    zip(Mirror(reflecting: subject).children, Mirror(reflecting: standard).children).flatMap { own, usual in
        guard let name = own.label, !omitted.contains(name) else { return [String]() }
        return changedParameter(name.hasPrefix("_") ? String(name.dropFirst()) : name, own.value, from: usual.value)
    }
}

/// `name: value`, or nothing if the value is the standard one.
package func changedParameter(_ name: String, _ value: Any, from standard: Any) -> [String] {
    let (value, standard) = (literal(value), literal(standard))
    return value == standard ? [] : ["\(name): \(value)"]
}

/// A value as it would be written in Swift.
package func literal(_ value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    switch (mirror.displayStyle, value) {
    case (.optional, _): return mirror.children.first.map { literal($0.value) } ?? "nil"
    case (_, let text as String): return text.debugDescription
    case (_, is any CustomStringConvertible) where mirror.displayStyle == .enum: return "\(value)"
    case (.enum, _):
        guard let payload = mirror.children.first, let name = payload.label else { return ".\(value)" }
        let text = literal(payload.value)
        return ".\(name)\(Mirror(reflecting: payload.value).displayStyle == .tuple ? text : "(\(text))")"
    case (.tuple, _):
        return "(\(mirror.children.map { literal($0.value) }.joined(separator: ", ")))"
    case (.collection, _):
        return "[\(mirror.children.map { literal($0.value) }.joined(separator: ", "))]"
    default: return "\(value)"
    }
}

/// A value as text; of an optional, the text of what it holds.
package func plain(_ value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .optional else { return "\(value)" }
    return mirror.children.first.map { plain($0.value) } ?? "nil"
}
