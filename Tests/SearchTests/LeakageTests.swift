import Composition
import Estimators
import LinearAlgebra
import ModelSelection
import Synchronization
import Testing

/// In a cross-validation, a transformer in a pipeline must never see samples of the test side.
@Suite struct LeakageTests {
    /// A transformer that changes nothing and records the samples that it was fitted to.
    struct Spy: Transformer {
        final class Notes: Sendable {
            private let samples = Mutex([[Int]]())
            var all: [[Int]] { samples.withLock { $0 } }
            func add(_ seen: [Int]) { samples.withLock { $0.append(seen) } }
        }

        var notes = Notes()

        mutating func fit<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws {
            notes.add((0..<x.rows).map { Int(Double(x[$0, 0])) })
        }

        func transform<Scalar: MatrixScalar>(_ x: Matrix<Scalar>) throws -> Matrix<Scalar> { x }
    }

    private let cv = KFold(nSplits: 3, shuffle: true, randomState: 0)

    @Test func crossValidationFitsTransformersOnTheTrainingSide() throws {
        let spy = Spy()
        _ = try crossValScore(Pipeline(spy, Probe()), Probe.x, Probe.y, cv: cv)
        #expect(try spy.notes.all == cv.split(nSamples: 12).map(\.train))
    }

    @Test func searchesFitTransformersOnTheTrainingSide() throws {
        let spy = Spy()
        var search = GridSearchCV(Pipeline(spy, Probe()), paramGrid: [.init(\.last.level, [0, 1])], cv: cv)
        try search.fit(Probe.x, Probe.y)
        let sides = try cv.split(nSamples: 12).map(\.train)
        // The last is the best candidate's fit on all samples.
        #expect(spy.notes.all == sides + sides + [Array(0..<12)])
    }
}
