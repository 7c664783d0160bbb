import Estimators
import Testing

/// A call that must throw an `EstimatorError`, and what the error's text must contain.
struct Refusal: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let mentions: [String]
    let call: @Sendable () throws -> Void

    init(_ description: String, mentions: String..., call: @escaping @Sendable () throws -> Void) {
        self.testDescription = description
        self.mentions = mentions
        self.call = call
    }

    func check(sourceLocation: SourceLocation = #_sourceLocation) {
        let error = #expect(throws: EstimatorError.self, sourceLocation: sourceLocation) { try call() }
        guard let text = error?.description else { return }
        for mention in mentions {
            #expect(text.contains(mention), "\(text)", sourceLocation: sourceLocation)
        }
    }
}
