import Estimators
import Foundation
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import Testing

/// Threads: results must not depend on their number.
@Suite(.serialized) struct ParallelTests {
    @Test func resultsDoNotDependOnTheNumberOfThreads() throws {
        let (x, classes) = (try Iris.x(), try Iris.classes())
        let searches = try [1, 2, 4, -1].map { nJobs in
            var search = GridSearchCV(
                classifier(), paramGrid: [.init(\.alpha, [1e-4, 1]), .init(\.maxIter, [3, 5])], nJobs: nJobs, cv: 3)
            try search.fit(x, classes)
            return search
        }
        for search in searches {
            #expect(search.cvResults.splitTestScores == searches[0].cvResults.splitTestScores)
            #expect(search.cvResults.params.map(\.description) == searches[0].cvResults.params.map(\.description))
            #expect(try search.predictProba(x) == searches[0].predictProba(x))
        }
    }

    #if compiler(>=6.2)
        /// In a separate process, because the number of threads applies to the whole process, including other tests.
        @Test func productsRunOnOneThreadWhileSeveralFitsDo() async {
            await #expect(processExitsWith: .success) {
                let outside = BLASThreads.count
                var search = search(nJobs: 2, errorScore: .raise) { _, x in
                    // The last fit, of the best candidate on all samples, runs alone.
                    let expected = x.rows < Probe.x.rows ? 1 : outside
                    if BLASThreads.count != expected { throw Trouble() }
                }
                try search.fit(Probe.x, Probe.y)
                #expect(BLASThreads.count == outside)

                search.estimator.onFit = { _, _ in throw Trouble() }
                #expect(throws: FailedCandidate.self) { try search.fit(Probe.x, Probe.y) }
                #expect(BLASThreads.count == outside)
            }
        }
    #endif

    @Test(arguments: [1, 2, 4]) func theFirstErrorIsThrown(nJobs: Int) throws {
        var search = search(over: [0, 1, 2, 3], nJobs: nJobs, errorScore: .raise) { level, _ in
            // Later candidates fail sooner.
            if level == 1 { usleep(10_000) }
            if level > 0 { throw Trouble() }
        }
        let error = #expect(throws: FailedCandidate.self) { try search.fit(Probe.x, Probe.y) }
        #expect(error?.parameters == "{level: 1.0}")
        #expect(error?.split == 0)
        #expect(error?.description == "the candidate {level: 1.0} failed on split 0: trouble")
    }

    /// One of many fits is long, and possibly runs on another thread than the task.
    @Test(arguments: [1, 2, 4]) func cancellationEndsWhatIsInProgress(nJobs: Int) async throws {
        for _ in 0..<3 {
            let task = Task {
                var search = search(nJobs: nJobs) { level, _ in
                    guard level == 2 else { return }
                    try waitForCancellation()
                }
                try search.fit(Probe.x, Probe.y)
            }
            try await Task.sleep(for: .milliseconds(20))
            let start = ContinuousClock.now
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(ContinuousClock.now - start < .seconds(2))
        }
    }

    @Test func cancellationReachesNestedSearches() async throws {
        let task = Task {
            let inner = search(nJobs: 2) { level, _ in
                if level == 2 { try waitForCancellation() }
            }
            _ = try crossValScore(inner, Probe.x, Probe.y, cv: 3, nJobs: 2)
        }
        try await Task.sleep(for: .milliseconds(20))
        task.cancel()
        await #expect(throws: CancellationError.self) { try await task.value }
    }

    /// A network that is canceled stops early without an error; several of them are no ensemble.
    @Test(arguments: [2, 4]) func fitsThatEndEarlyAreNoResults(jobs: Int) async throws {
        let task = Task {
            try parallelFits(count: 2, jobs: jobs) { _ in try? waitForCancellation() }
        }
        DispatchQueue.global().asyncAfter(deadline: .now() + .milliseconds(20)) { task.cancel() }
        await #expect(throws: CancellationError.self) { _ = try await task.value }
    }
}

/// Works until it is stopped; if it is never stopped, the test fails instead of hanging.
private func waitForCancellation() throws {
    let deadline = ContinuousClock.now + .seconds(10)
    while ContinuousClock.now < deadline {
        if Cancellation.isRequested { throw CancellationError() }
        usleep(1000)
    }
    throw Trouble()
}
