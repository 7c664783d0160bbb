import Estimators
public import Testing

/// A call that must throw an `EstimatorError`, and what the error's text must contain.
public struct Refusal: Sendable, CustomTestStringConvertible {
    /// A description of the call.
    public let testDescription: String
    /// The texts that the error must contain: argument and value.
    public let mentions: [String]
    /// The call.
    public let call: @Sendable () throws -> Void

    /// A call that must throw.
    public init(_ description: String, mentions: String..., call: @escaping @Sendable () throws -> Void) {
        self.testDescription = description
        self.mentions = mentions
        self.call = call
    }

    /// Expects the call to throw an error that contains all of the texts.
    public func check(sourceLocation: SourceLocation = #_sourceLocation) {
        let error = #expect(throws: EstimatorError.self, sourceLocation: sourceLocation) { try call() }
        guard let text = error?.description else { return }
        for mention in mentions {
            #expect(text.contains(mention), "\(text)", sourceLocation: sourceLocation)
        }
    }
}
