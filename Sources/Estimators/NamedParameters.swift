/// An estimator or transformer that names its parameters, so that a search can report them.
///
/// The name of a key path to a stored property is known. The name of one to a computed property or a dynamic member is
/// looked up here.
public protocol NamedParameters {
    /// The name of each parameter that a search may vary.
    static var parameterNames: [PartialKeyPath<Self>: String] { get }
}

/// The parameters of a part with their names in the whole: `last.alpha`.
///
/// - Parameter others: further parameters of the whole.
package func nestedParameterNames<Whole, Part>(
    _ part: KeyPath<Whole, Part>, _ name: String, and others: [PartialKeyPath<Whole>: String] = [:]
) -> [PartialKeyPath<Whole>: String] {
    guard let type = Part.self as? any NamedParameters.Type else { return others }
    func names<Named: NamedParameters>(of type: Named.Type) -> [PartialKeyPath<Whole>: String] {
        type.parameterNames.reduce(into: others) { names, parameter in
            if let path = (part as AnyKeyPath).appending(path: parameter.key) as? PartialKeyPath<Whole> {
                names[path] = "\(name).\(parameter.value)"
            }
        }
    }
    return names(of: type)
}

/// The parameters of two parts with their names in the whole.
package func nestedParameterNames<Whole, First, Second>(
    _ first: KeyPath<Whole, First>, _ firstName: String, _ second: KeyPath<Whole, Second>, _ secondName: String
) -> [PartialKeyPath<Whole>: String] {
    nestedParameterNames(first, firstName).merging(nestedParameterNames(second, secondName)) { name, _ in name }
}
