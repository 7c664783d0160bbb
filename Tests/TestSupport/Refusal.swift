import Estimators
public import Testing

/// A call that must throw an `EstimatorError`, and what the error's text must contain.
public struct Refusal: Sendable, CustomTestStringConvertible {
    /// What is tried.
    public let testDescription: String
    /// What the text must contain: argument and value.
    public let mentions: [String]
    /// The call.
    public let call: @Sendable () throws -> Void

    /// A call that must throw.
    public init(_ description: String, mentions: String..., call: @escaping @Sendable () throws -> Void) {
        self.testDescription = description
        self.mentions = mentions
        self.call = call
    }

    /// Expects that the call throws, with all that is to be mentioned.
    public func check(sourceLocation: SourceLocation = #_sourceLocation) {
        let error = #expect(throws: EstimatorError.self, sourceLocation: sourceLocation) { try call() }
        guard let text = error?.description else { return }
        for mention in mentions {
            #expect(text.contains(mention), "\(text)", sourceLocation: sourceLocation)
        }
    }
}
