import Estimators

/// Values for some parameters of an estimator: one candidate of a search.
public struct ParameterSet<Root: Sendable>: Sendable {
    /// One value for one parameter.
    struct Assignment: Sendable {
        let name: String
        let path: PartialKeyPath<Root> & Sendable
        let value: any Sendable
        /// What the value is called; nil for its description.
        let label: String?
        let assign: @Sendable (inout Root) -> Void

        init<Value: Sendable>(
            name: String, path: WritableKeyPath<Root, Value> & Sendable, value: Value, label: String? = nil
        ) {
            self.name = name
            self.label = label
            self.path = path
            self.value = value
            self.assign = { $0[keyPath: path] = value }
        }

        /// The value as text; of an optional, the value that it holds.
        var text: String { label ?? plain(value) }

        /// The value as text, a number with at most six significant digits.
        var shortText: String { label ?? shortened(value) ?? text }
    }

    let assignments: [Assignment]

    /// The names of the parameters, in the order of the axes.
    public var names: [String] { assignments.map(\.name) }

    /// The values as text, in the order of the axes.
    public var values: [String] { assignments.map(\.text) }

    /// The value of a parameter; nil if the set does not contain it.
    public subscript<Value>(_ path: KeyPath<Root, Value>) -> Value? {
        assignments.last { $0.path as PartialKeyPath<Root> == path }?.value as? Value
    }

    /// Returns the value, as text, of the parameter with the given name; nil if the set does not contain it.
    public subscript(_ name: String) -> String? {
        assignments.last { $0.name == name }?.text
    }

    /// Returns the table cell of the parameter with the given name; empty if the set does not contain it.
    func cell(_ name: String) -> TextColumn.Cell {
        guard let assignment = assignments.last(where: { $0.name == name }) else { return .text("") }
        return .parameter(assignment.value, assignment.text)
    }

    /// A copy of `root` with these values.
    public func applied(to root: Root) -> Root {
        var copy = root
        for assignment in assignments { assignment.assign(&copy) }
        return copy
    }
}

extension ParameterSet {
    /// The description, with numbers of at most six significant digits; a label that stands alone says all.
    var shortDescription: String {
        if assignments.count == 1, let label = assignments[0].label { return label }
        return "{" + assignments.map { "\($0.name): \($0.shortText)" }.joined(separator: ", ") + "}"
    }
}

extension ParameterSet: CustomStringConvertible {
    /// `{activation: relu, alpha: 0.0001}`
    public var description: String {
        "{" + zip(names, values).map { "\($0): \($1)" }.joined(separator: ", ") + "}"
    }
}

/// The name of the parameter that a key path leads to.
///
/// The estimator's own table comes first, then the description of the key path, where it leads through stored properties.
func parameterName<Root>(of path: PartialKeyPath<Root>) -> String {
    func listed<Named: NamedParameters>(in type: Named.Type) -> String? {
        (path as AnyKeyPath as? PartialKeyPath<Named>).flatMap { type.parameterNames[$0] }
    }
    if let type = Root.self as? any NamedParameters.Type, let name = listed(in: type) { return name }
    let description = "\(path)"
    let prefix = "\\\(Root.self)."
    guard description.hasPrefix(prefix), !description.contains("<computed") else { return "parameter" }
    return String(description.dropFirst(prefix.count))
}
