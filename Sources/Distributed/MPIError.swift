/// Why a group of processes cannot work together any longer.
public struct MPIError: Error, Equatable, Sendable, CustomStringConvertible {
    /// One sentence with the reason and the remedy.
    public let description: String

    init(_ description: String) { self.description = description }
}
