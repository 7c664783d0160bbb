import Foundation
import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// Training in a cancelled task ends within an epoch with a usable model.
@Suite(.serialized) struct CancellationTests {
    @Test(arguments: Solver.allCases, [false, true])
    func cancelledTaskTrainsAtMostOneIteration(solver: Solver, earlyStopping: Bool) async throws {
        let x = try SmallData.features()
        let y = SmallData.numbers(x)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            var mlp = MLPRegressor(
                solver: solver, maxIter: .max, randomState: 1, tol: 0, earlyStopping: earlyStopping, nIterNoChange: .max
            )
            try mlp.fit(x, y)
            return mlp
        }
        let mlp = try await task.value
        #expect(mlp.stopReason == .cancelled)
        #expect(mlp.nIter == 1)
        #expect(try mlp.predict(x).allSatisfy { $0.isFinite })
        #expect(mlp.fitted.intercepts.count == 2)
    }

    @Test func cancelledModelEqualsTheFirstIteration() async throws {
        let x = try SmallData.features()
        let y = SmallData.classes(x, count: 3)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            var mlp = MLPClassifier(maxIter: 100, randomState: 1)
            try mlp.fit(x, y)
            return mlp
        }
        var once = MLPClassifier(maxIter: 1, randomState: 1)
        try once.fit(x, y)
        let cancelled = try await task.value
        #expect(cancelled.coefs == once.coefs)
        #expect(cancelled.intercepts == once.intercepts)
        #expect(once.stopReason == .reachedMaxIter)
    }

    @Test(.timeLimit(.minutes(1)), arguments: [Solver.sgd, .adam])
    func endlessTrainingCanBeCancelled(solver: Solver) async throws {
        let x = try SmallData.features()
        let y = SmallData.numbers(x)
        let begun = DispatchSemaphore(value: 0)
        let task = Task.detached {
            var mlp = MLPRegressor(
                hiddenLayerSizes: [5], solver: solver, maxIter: .max, randomState: 1, tol: 0, nIterNoChange: .max)
            begun.signal()
            try mlp.fit(x, y)
            return mlp
        }
        // From a thread outside the pool, whose threads may all be busy with training.
        DispatchQueue.global().async {
            begun.wait()
            usleep(20_000)
            task.cancel()
        }
        let mlp = try await task.value
        #expect(mlp.stopReason == .cancelled)
        #expect(mlp.lossCurve.count == mlp.nIter)
    }

    @Test func cancelledPartialFitCompletesItsPass() async throws {
        let x = try SmallData.features()
        let y = SmallData.numbers(x)
        let task = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            var mlp = MLPRegressor(randomState: 1)
            try mlp.partialFit(x, y)
            return mlp
        }
        #expect(try await task.value.stopReason == .partialFit)
    }
}
