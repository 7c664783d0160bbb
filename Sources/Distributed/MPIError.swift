/// The reason why a group of processes can no longer work together.
public struct MPIError: Error, Equatable, Sendable, CustomStringConvertible {
    /// One sentence with the reason and the remedy.
    public let description: String

    init(_ description: String) { self.description = description }
}
