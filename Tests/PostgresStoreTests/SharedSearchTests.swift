import Dispatch
import Foundation
import LinearAlgebra
import Metrics
import ModelSelection
import PostgresStore
import Synchronization
import TestSupport
import Testing

/// Searches that share their trials in a database.
@Suite(.serialized, .enabled(if: Server.programs != nil, Server.reason)) struct SharedSearchTests {
    private func alone(_ levels: [Double] = [0, 1, 2, 3]) throws -> GridSearchCV<Probe> {
        var search = Probe.search(over: levels, in: nil)
        try search.fit()
        return search
    }

    @Test(arguments: [1, 3]) func aSharedSearchFindsTheSame(nJobs: Int) throws {
        try Server.run { server in
            let store = try SearchStore.postgres(server.url, study: "same")
            let fits = Counter()
            var shared = Probe.search(in: store) { _ in fits.add() }
            shared.nJobs = nJobs
            try shared.fit()
            #expect(fits.count == 13)
            let alone = try alone()
            #expect(bits(shared.cvResults) == bits(alone.cvResults))
            #expect(shared.cvResults.rankTestScore == alone.cvResults.rankTestScore)
            #expect(shared.bestIndex == alone.bestIndex)

            let more = Counter()
            var again = Probe.search(in: store) { _ in more.add() }
            try again.fit()
            #expect(more.count == 1, "only the best is fitted on all samples")
            #expect(again.cvResults.csv == shared.cvResults.csv, "times too")
        }
    }

    /// Several searches at a time, each with its own connection, as in several processes.
    @Test func everyTrialRunsOnce() throws {
        try Server.run { server in
            let store = try SearchStore.postgres(server.url, study: "Robert'); DROP TABLE swift_mlp_trials; --")
            let levels = (0..<40).map(Double.init)
            let fits = Mutex<[Double: Int]>([:])
            let tables = Mutex<Set<String>>([])
            DispatchQueue.concurrentPerform(iterations: 4) { _ in
                var search = Probe.search(over: levels, in: store) { level in
                    fits.withLock { $0[level, default: 0] += 1 }
                }
                (search.refit, search.nJobs) = (false, 2)
                do {
                    try search.fit()
                    tables.withLock { _ = $0.insert(search.cvResults.csv) }
                } catch {
                    Issue.record(error)
                }
            }
            #expect(fits.withLock { $0 } == Dictionary(uniqueKeysWithValues: levels.map { ($0, 3) }))
            #expect(tables.withLock { $0.count } == 1)
            #expect(try server.sql("SELECT count(*), sum(claims) FROM swift_mlp_trials") == "120|120")
        }
    }

    @Test func halvingSearchesWaitForTheLastOfEachRound() throws {
        try Server.run { server in
            @Sendable func halving(_ store: SearchStore?) -> HalvingGridSearchCV<Probe> {
                HalvingGridSearchCV(
                    Probe(onFit: { _ in usleep(2000) }), paramGrid: [.init(\.level, [0, 3, 2, 1])], factor: 2,
                    minResources: 3, cv: 3, randomState: 0, store: store)
            }
            var alone = halving(nil)
            try alone.fit(Probe.x, Probe.y)
            let store = try SearchStore.postgres(server.url, study: "rounds")
            let tables = Mutex<[CVResults<Probe>]>([])
            DispatchQueue.concurrentPerform(iterations: 3) { _ in
                var search = halving(store)
                do {
                    try search.fit(Probe.x, Probe.y)
                    tables.withLock { $0.append(search.cvResults) }
                } catch {
                    Issue.record(error)
                }
            }
            let found = tables.withLock { $0 }
            #expect(Set(found.map(\.csv)).count == 1)
            #expect(found.map { bits($0) } == Array(repeating: bits(alone.cvResults), count: 3))
            #expect(found.first?.nResources == [3, 3, 3, 3, 6, 6, 12])
            #expect(try server.sql("SELECT count(*), sum(claims) FROM swift_mlp_trials") == "21|21")

            var unseeded = halving(store)
            unseeded.randomState = nil
            let refusal = #expect(throws: (any Error).self) { try unseeded.fit(Probe.x, Probe.y) }
            #expect("\(refusal as Any)".contains("randomState"))
        }
    }

    /// Every bit of a score survives, and the texts of errors do.
    @Test func scoresAreExact() throws {
        try Server.run { server in
            let scores = [
                -0.0, .infinity, -.infinity, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 0.1 + 0.2, 1 / 3,
                Double(bitPattern: 0xfff8_0000_0000_1234),
            ]
            let scorer = Scorer<Probe>("exact") { model, _, _ in
                if model.level == 8 { throw EstimatorTrouble() }
                return scores[Int(model.level)]
            }
            func search(_ store: SearchStore?) throws -> CVResults<Probe> {
                var search = Probe.search(over: (0...8).map(Double.init), in: store)
                (search.scoring, search.returnTrainScore, search.refit) = ([scorer], true, false)
                try search.fit()
                return search.cvResults
            }
            let store = try SearchStore.postgres(server.url, study: "exact")
            let (shared, alone) = (try search(store), try search(nil))
            #expect(bits(shared) == bits(alone))
            #expect(
                shared.trainScores["exact"]?.splitScores.description
                    == alone.trainScores["exact"]?.splitScores.description)
            #expect(shared.errors == alone.errors.map { $0.replacing("\0", with: "␀") })
            #expect(shared.errors.count == 3)
        }
    }

    // MARK: - Workers that come and go

    @Test func aDeadWorkersTrialIsFreeAfterItsLease() throws {
        try Server.run { server in
            let store = try SearchStore.postgres(server.url, study: "dead", lease: .seconds(1))
            var first = Probe.search(in: store)
            try first.fit()
            try server.sql(
                "UPDATE swift_mlp_trials SET finished = NULL, worker = 'gone', lease = now() + interval '2 s' "
                    + "WHERE candidate = 2 AND split = 1")
            let fits = Counter()
            var second = Probe.search(in: store) { _ in fits.add() }
            let start = ContinuousClock.now
            try second.fit()
            #expect(fits.count == 2)
            #expect(ContinuousClock.now - start > .seconds(1.5))
            #expect(bits(second.cvResults) == bits(first.cvResults))
        }
    }

    @Test func aSlowWorkerKeepsItsTrial() throws {
        try Server.run { server in
            let store = try SearchStore.postgres(server.url, study: "slow", lease: .seconds(2))
            let fits = Counter()
            DispatchQueue.concurrentPerform(iterations: 2) { _ in
                var search = Probe.search(over: [0], in: store) { _ in
                    if fits.add() == 1 { sleep(5) }
                }
                search.refit = false
                #expect(throws: Never.self) { try search.fit() }
            }
            #expect(fits.count == 3)
            #expect(try server.sql("SELECT max(claims) FROM swift_mlp_trials") == "1")
        }
    }

    @Test func whatAWorkerCannotFinishIsFreeAtOnce() throws {
        try Server.run { server in
            let store = try SearchStore.postgres(server.url, study: "raise")
            var failing = Probe.search(in: store) { if $0 == 1 { throw Trouble() } }
            failing.errorScore = .raise
            let error = #expect(throws: FailedCandidate.self) { try failing.fit() }
            #expect(error?.split == 0)
            #expect(try server.sql("SELECT count(*) FROM swift_mlp_trials WHERE lease IS NOT NULL") == "0")
            #expect(try server.sql("SELECT count(finished) FROM swift_mlp_trials") == "3")
            var other = Probe.search(in: store)
            other.errorScore = .raise
            try other.fit()
            #expect(bits(other.cvResults) == bits(try alone().cvResults))
        }
    }

    @Test func aWaitingSearchCanBeCancelled() async throws {
        let waited = Task.detached {
            try Server.run { server in
                let store = try SearchStore.postgres(server.url, study: "cancelled")
                var first = Probe.search(in: store)
                try first.fit()
                try server.sql("UPDATE swift_mlp_trials SET finished = NULL, lease = now() + interval '1 hour'")
                let start = ContinuousClock.now
                var second = Probe.search(in: store)
                withUnsafeCurrentTask { task in
                    nonisolated(unsafe) let task = task
                    DispatchQueue.global().asyncAfter(deadline: .now() + 0.5) { task?.cancel() }
                    #expect(throws: CancellationError.self) { try second.fit() }
                }
                #expect(ContinuousClock.now - start < .seconds(5))
            }
        }
        try await waited.value
    }

    // MARK: - Databases that come and go

    @Test func aDatabaseThatRestartsIsWaitedFor() throws {
        try Server.run { server in
            let store = try SearchStore.postgres(server.url, study: "restart", lease: .seconds(2))
            let (fits, restart) = (Counter(), DispatchGroup())
            var search = Probe.search(over: (0..<10).map(Double.init), in: store) { _ in
                if fits.add() == 8 {
                    try server.crash()
                    restart.enter()
                    DispatchQueue.global().asyncAfter(deadline: .now() + 1) {
                        #expect(throws: Never.self) { try server.start() }
                        restart.leave()
                    }
                }
            }
            search.nJobs = 2
            let lines = try LogRecorder.lines { try search.fit() }
            restart.wait()
            #expect(lines.contains { $0.contains("lost and found again") })
            #expect(fits.count == 31, "what the crash lost is noted again, not run again")
            #expect(bits(search.cvResults) == bits(try alone((0..<10).map(Double.init)).cvResults))
        }
    }

    /// A process that has no other reason to talk to the database connects again to keep its claims.
    @Test func aSlowWorkerKeepsItsTrialThroughARestart() throws {
        try Server.run { server in
            let store = try SearchStore.postgres(server.url, study: "slow", lease: .seconds(4))
            let fits = Counter()
            DispatchQueue.concurrentPerform(iterations: 3) { number in
                if number == 2 {
                    sleep(2)
                    #expect(throws: Never.self) {
                        try server.crash()
                        try server.start()
                    }
                    return
                }
                var search = Probe.search(over: [0], in: store) { _ in
                    if fits.add() == 1 { sleep(10) }
                }
                search.refit = false
                #expect(throws: Never.self) { try search.fit() }
            }
            #expect(fits.count == 3)
            #expect(try server.sql("SELECT max(claims) FROM swift_mlp_trials") == "1")
        }
    }

    @Test func aDatabaseThatIsGoneIsNamedAndNothingIsLost() throws {
        try Server.run { server in
            let store = try SearchStore.postgres(server.url, study: "gone", lease: .seconds(1), patience: .seconds(1))
            let fits = Counter()
            var search = Probe.search(in: store) { _ in
                if fits.add() == 8 { try server.crash() }
            }
            let error = #expect(throws: SearchStoreError.self) { try search.fit() }
            #expect(error?.description.contains("has not answered for 1 s") == true)
            try server.start()
            let noted = try #require(Int(try server.sql("SELECT count(finished) FROM swift_mlp_trials")))
            #expect(noted <= 7)
            let more = Counter()
            var again = Probe.search(in: store) { _ in more.add() }
            try again.fit()
            #expect(more.count == 13 - noted)
        }
    }
}

private struct EstimatorTrouble: Error, CustomStringConvertible {
    var description: String { "trouble, with \"quotes\",\na \0, an é and 𝄞" }
}
