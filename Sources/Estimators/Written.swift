// How estimators are printed: as one would write them, `StandardScaler(withStd: false)`, with the parameters that are not at
// their defaults and without what was learned.

/// A call of the type's initialiser: its name without its own type parameters, and its arguments.
package func written(_ type: Any.Type, _ arguments: [String]) -> String {
    "\("\(type)".prefix { $0 != "<" })(\(arguments.joined(separator: ", ")))"
}

/// `name: value` for every stored property of `subject` that differs from that of `standard`, in their order.
///
/// - Parameter omitted: the properties that no argument of the initialiser sets.
package func changedParameters<Subject>(
    _ subject: Subject, from standard: Subject, omitting omitted: Set<String> = []
) -> [String] {
    zip(Mirror(reflecting: subject).children, Mirror(reflecting: standard).children).compactMap { own, usual in
        guard let name = own.label, !omitted.contains(name) else { return nil }
        return changedParameter(name, own.value, from: usual.value)
    }
}

/// `name: value`, unless the value is the standard one.
package func changedParameter(_ name: String, _ value: Any, from standard: Any) -> String? {
    let (value, standard) = (literal(value), literal(standard))
    return value == standard ? nil : "\(name): \(value)"
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

/// A value as text, of an optional what it holds.
package func plain(_ value: Any) -> String {
    let mirror = Mirror(reflecting: value)
    guard mirror.displayStyle == .optional else { return "\(value)" }
    return mirror.children.first.map { plain($0.value) } ?? "nil"
}
