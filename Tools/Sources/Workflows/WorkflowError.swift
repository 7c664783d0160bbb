/// Why a command cannot do what it was asked: one sentence that says what to do about it.
public struct WorkflowError: Error, CustomStringConvertible, Equatable {
    /// The sentence, without a full stop.
    public let description: String

    /// An error with this sentence.
    public init(_ description: String) { self.description = description }
}
