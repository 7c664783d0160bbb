import NIOCore

/// Questions that arrived at the same time on one thread: they are answered by one prediction, which nobody waits longer for.
final class Batch {
    private struct Waiting {
        let question: Question
        let done: (Result<Response, any Error>) -> Void
    }

    private var waiting: [Waiting] = []

    /// The most rows of a prediction.
    private static let limit = 64

    /// Answers a question when all that the thread has received by now is read.
    func add(_ question: Question, on loop: any EventLoop, _ done: @escaping (Result<Response, any Error>) -> Void) {
        waiting.append(Waiting(question: question, done: done))
        if waiting.count == 1 { loop.assumeIsolated().execute { self.flush() } }
    }

    private func flush() {
        var rest = waiting[...]
        waiting = []
        while let first = rest.first {
            let part = rest.prefix(Self.limit).prefix { $0.question.model === first.question.model }
            rest = rest.dropFirst(part.count)
            if part.count > 1, let answers = try? Question.answers(part.map(\.question)) {
                for (one, answer) in zip(part, answers) { one.done(.success(answer)) }
            } else {
                // Each alone: the model rejects one of the rows, and its reason must name the right one.
                for one in part { one.done(Result { try one.question.answer() }) }
            }
        }
    }
}
