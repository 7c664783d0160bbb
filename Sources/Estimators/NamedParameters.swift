/// An estimator or transformer whose parameters have names by which a search can report them.
///
/// A key path to a stored property knows its own name; one that goes through a computed property or a dynamic member does
/// not, and is looked up here.
public protocol NamedParameters {
    /// The name of each parameter that a search may vary.
    static var parameterNames: [PartialKeyPath<Self>: String] { get }
}
