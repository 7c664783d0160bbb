/// An estimator or transformer whose parameters have names by which a search can report them.
///
/// A key path through stored properties knows its own name; one that goes through a computed property or a dynamic member
/// does not, and is looked up here.
public protocol NamedParameters {
    /// The name of each parameter that a search may vary.
    static var parameterNames: [PartialKeyPath<Self>: String] { get }
}

/// The names of the parameters of a part, seen from the whole: `last.alpha`.
package func nestedParameterNames<Whole, Part>(
    _ part: KeyPath<Whole, Part>, _ name: String
) -> [PartialKeyPath<Whole>: String] {
    guard let type = Part.self as? any NamedParameters.Type else { return [:] }
    func names<Named: NamedParameters>(of type: Named.Type) -> [PartialKeyPath<Whole>: String] {
        type.parameterNames.reduce(into: [:]) { names, parameter in
            if let path = (part as AnyKeyPath).appending(path: parameter.key) as? PartialKeyPath<Whole> {
                names[path] = "\(name).\(parameter.value)"
            }
        }
    }
    return names(of: type)
}
