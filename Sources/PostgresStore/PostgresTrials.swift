import Dispatch
import Estimators
import Foundation
import LinearAlgebra
import ModelSelection

/// The trials of a search in a database that several processes share.
///
/// A process claims a trial for the time of a lease, and prolongs it as long as it runs. When the process ends, others can
/// claim the trial once the lease has run out. The clock is the database's.
final class PostgresTrials: TrialStore {
    private struct State {
        var database: Database
        var round = SearchRound(0, candidates: 0, splits: 1) { [] }
        /// The trials that this process runs.
        var held: Set<SearchTrial.Place> = []
        /// Trials of the last seconds, which a database that crashes may lose.
        var recent: [(noted: ContinuousClock.Instant, trial: SearchTrial)] = []
        /// All trials, once they are finished.
        var trials: [SearchTrial]?
        var news: News?
    }

    /// What progress has been told.
    private struct News {
        let onFinished: @Sendable (SearchTrial) -> Void
        var told: Set<SearchTrial.Place> = []
        var since = "-infinity"
        var next = ContinuousClock.now

        mutating func tell(_ trial: SearchTrial) {
            if told.insert(trial.place).inserted { onFinished(trial) }
        }
    }

    private let search: SearchIdentity
    private let worker = PostgresTrials.workerName()
    private let lease: Duration
    private let state: Locked<State>
    /// Used by one thread at a time, at the beginning and at the end.
    nonisolated(unsafe) private let heartbeat: any DispatchSourceTimer

    /// Opens the study, or begins it.
    ///
    /// - Throws: `SearchStoreError` where the database cannot be used, or the study is of another search.
    init(_ database: Database, _ search: SearchIdentity, lease: Duration) throws {
        var database = database
        try database.createTables()
        try database.open(search)
        (self.search, self.lease) = (search, lease)
        state = Locked(State(database: database))
        heartbeat = DispatchSource.makeTimerSource(queue: .global(qos: .utility))
        let seconds = Double(lease.components.seconds) + Double(lease.components.attoseconds) * 1e-18
        heartbeat.schedule(deadline: .now() + seconds / 3, repeating: seconds / 3)
        heartbeat.setEventHandler { [weak self] in self?.renewLeases() }
        heartbeat.activate()
    }

    deinit { heartbeat.cancel() }

    /// The name of the machine and the number of the process.
    private static func workerName() -> String {
        var name = [CChar](repeating: 0, count: 256)
        gethostname(&name, name.count - 1)
        let host = String(decoding: name.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        return "\(host):\(getpid()):\(String(UInt32.random(in: .min ... .max), radix: 16))"
    }

    // MARK: - Rounds

    func begin(_ round: SearchRound, onFinished: (@Sendable (SearchTrial) -> Void)?) throws {
        try state.withLock { state in
            state.round = round
            (state.held, state.recent, state.trials) = ([], [], nil)
            state.news = onFinished.map { News(onFinished: $0) }
            let exists = try state.database.run(.roundExists, [.number(round.number)])
            if try damage(in: "the list of rounds", { try exists.first?.bool(0) }) == true { return }
            let descriptions = round.descriptions().map(\.withVisibleZeros)
            let json = String(decoding: try JSONEncoder().encode(descriptions), as: UTF8.self)
            _ = try state.database.run(.createRound, [.number(round.number), .text(json), .number(round.splits)])
            try flush(&state)
        }
    }

    func next(after finished: SearchTrial?) throws -> SearchTrial.Place? {
        var finished = finished
        var pause = Duration.milliseconds(5)
        while true {
            let (place, isOver) = try state.withLock { try advance(&$0, after: finished) }
            if isOver { return nil }
            if let place { return place }
            finished = nil
            if Cancellation.isRequested { throw CancellationError() }
            // The fits of this process go on meanwhile: other processes may be waiting for them.
            SideBySide.withoutPlace { wait(pause) }
            pause = min(pause * 2, .milliseconds(250))
        }
    }

    /// Notes a trial, and claims another one.
    ///
    /// - Returns: the claimed trial, nil if none is free, and whether all are finished.
    private func advance(
        _ state: inout State, after finished: SearchTrial?
    ) throws -> (SearchTrial.Place?, isOver: Bool) {
        if finished == nil, state.trials != nil { return (nil, true) }
        let round = state.round
        let rows = try run(
            .next, key(round) + note(finished) + [.double(lease.seconds)], &state)
        if let finished {
            state.held.remove(finished.place)
            let now = ContinuousClock.now
            // After ten seconds the database has long written everything to its disk.
            state.recent.removeAll { now - $0.noted > .seconds(10) }
            state.recent.append((now, finished))
            state.news?.tell(finished)
        }
        if let row = rows.first {
            let place = try damage(in: "a trial") {
                SearchTrial.Place(round: round.number, candidate: try row.integer(0), split: try row.integer(1))
            }
            guard (0..<round.candidates).contains(place.candidate), (0..<round.splits).contains(place.split) else {
                throw damaged(place, "the search has no such trial")
            }
            state.held.insert(place)
            try tellNews(&state)
            return (place, false)
        }
        try tellNews(&state)
        let unfinished = try run(.unfinished, [.number(round.number)], &state)
        guard try damage(in: "the trials", { try unfinished.first?.integer(0) }) == 0 else { return (nil, false) }
        // What a crash could still undo is not read.
        try flush(&state)
        state.trials = try read(&state)
        return (nil, state.trials != nil)
    }

    func giveBack(_ place: SearchTrial.Place) {
        state.withLock { state in
            state.held.remove(place)
            state.database.runIfPossible(.release, key(state.round) + held(state), resume: resuming(state))
        }
    }

    func trials() throws -> [SearchTrial] {
        try state.withLock { state in
            guard let trials = state.trials else { throw SearchStoreError("the trials of the round are not finished.") }
            return trials
        }
    }

    private func renewLeases() {
        state.withLock { state in
            guard !state.held.isEmpty else { return }
            let parameters = key(state.round) + held(state) + [.double(lease.seconds)]
            state.database.runIfPossible(.renew, parameters, resume: resuming(state))
        }
    }

    // MARK: - Parameters

    private func key(_ round: SearchRound) -> [Parameter] { [.number(round.number), .text(worker)] }

    private func held(_ state: State) -> [Parameter] {
        func list(_ path: KeyPath<SearchTrial.Place, Int>) -> Parameter {
            .text("{" + state.held.map { "\($0[keyPath: path])" }.joined(separator: ",") + "}")
        }
        return [list(\.candidate), list(\.split)]
    }

    private func note(_ trial: SearchTrial?) -> [Parameter] {
        let outcome = trial?.outcome
        return [
            .number(trial?.place.candidate), .number(trial?.place.split), .doubles(outcome?.testScores),
            .doubles(outcome?.trainScores), .double(outcome?.fitTime), .double(outcome?.scoreTime),
            .bool(outcome?.didFit), .text(outcome?.error), .text(outcome?.undefined),
        ]
    }

    // MARK: - Statements

    private func run(_ statement: Statement, _ parameters: [Parameter], _ state: inout State) throws -> [Row] {
        let resume = resuming(state)
        return try state.database.run(statement, parameters, resume: resume)
    }

    /// What comes first on a new connection: it restores what a crash of the database may have undone.
    private func resuming(_ state: State) -> (Connection) throws -> Void {
        let key = [.text(state.database.study)] + key(state.round)
        let (held, again) = (held(state), state.recent.map { note($0.trial) })
        return { [lease] connection in
            for trial in again { try connection.run(.note, key + trial) }
            try connection.run(.renew, key + held + [.double(lease.seconds)])
            try connection.run(.release, key + held)
        }
    }

    private func flush(_ state: inout State) throws {
        guard try run(.flush, [], &state).isEmpty else { return }
        throw SearchStoreError(
            "the study \(state.database.study) has been deleted from \(state.database.address) while the search ran; run "
                + "the program again to begin it anew.")
    }

    /// Tells progress what other processes have finished, once a second.
    private func tellNews(_ state: inout State) throws {
        guard let news = state.news, news.next <= .now else { return }
        let moment = try state.database.attempt(resume: resuming(state)) { try $0.run(.moment) }
        let rows = try run(.news, [.number(state.round.number), .text(news.since)], &state)
        for row in rows {
            if let trial = try trial(row, state.round, nil) { state.news?.tell(trial) }
        }
        state.news?.since = try damage(in: "the time", { try moment.first?.text(0) }) ?? news.since
        state.news?.next = .now + .seconds(1)
    }

    /// All trials of the round; nil where some are unfinished again.
    private func read(_ state: inout State) throws -> [SearchTrial]? {
        let round = state.round
        let rows = try run(.trials, [.number(round.number)], &state)
        guard rows.count == round.count else {
            throw SearchStoreError(
                "the study \(state.database.study) must have \(round.count) trials in round \(round.number), but "
                    + "\(state.database.address) has \(rows.count); delete the study and run the program again.")
        }
        let descriptions = round.descriptions().map(\.withVisibleZeros)
        let trials = try rows.map { try trial($0, round, descriptions) }
        guard !trials.contains(where: { $0 == nil }) else { return nil }
        for trial in trials { if let trial { state.news?.tell(trial) } }
        return trials.compactMap { $0 }
    }

    /// The trial of a row; nil where it is unfinished.
    private func trial(_ row: Row, _ round: SearchRound, _ descriptions: [String]?) throws -> SearchTrial? {
        let place = try damage(in: "a trial") {
            SearchTrial.Place(round: round.number, candidate: try row.integer(0), split: try row.integer(1))
        }
        let isFinished = try damage(in: "a trial") { try row.bool(3) }
        guard isFinished else { return nil }
        do {
            guard (0..<round.candidates).contains(place.candidate), (0..<round.splits).contains(place.split) else {
                throw damaged(place, "the search has no such trial")
            }
            let outcome = ValidationOutcome(
                testScores: try row.doubles(4), trainScores: try row.doubles(5), fitTime: try row.double(6),
                scoreTime: try row.double(7), error: try row.optionalText(9), didFit: try row.bool(8),
                undefined: try row.optionalText(10))
            guard search.fits(outcome) else { throw damaged(place, "the number of its scores is another one") }
            if let descriptions {
                let parameters = try row.text(2)
                guard parameters == descriptions[place.candidate] else {
                    throw damaged(place, "its parameters are \(parameters), not \(descriptions[place.candidate])")
                }
            }
            return SearchTrial(place: place, outcome: outcome)
        } catch is Row.Damage {
            throw damaged(place, "a value is missing or has another type")
        }
    }

    private func damaged(_ place: SearchTrial.Place, _ reason: String) -> SearchStoreError {
        SearchStoreError(
            "the row of round \(place.round), candidate \(place.candidate), split \(place.split) in swift_mlp_trials has "
                + "been changed: \(reason). Set its column finished to NULL, so that the trial runs again, or delete the "
                + "study.")
    }
}

/// The value of `body`, with a sentence about the table where a cell is damaged.
private func damage<Value>(in what: String, _ body: () throws -> Value) throws -> Value {
    do {
        return try body()
    } catch is Row.Damage {
        throw SearchStoreError(
            "the database gave something else than \(what); the tables swift_mlp_studies and swift_mlp_trials must be "
                + "those that swift-mlp creates.")
    }
}

extension Duration {
    fileprivate var seconds: Double { Double(components.seconds) + Double(components.attoseconds) * 1e-18 }
}

// MARK: - Opening a study

extension Database {
    /// Creates the tables, where they are missing.
    fileprivate mutating func createTables() throws {
        try attempt { [address] connection in
            let encoding = try connection.run(.encoding)
            guard let name = try encoding.first?.text(0), ["UTF8", "SQL_ASCII"].contains(name) else {
                throw SearchStoreError(
                    "the database \(address) must have the encoding UTF8; create one: createdb --encoding UTF8 NAME.")
            }
            if try connection.run(.tablesExist).first?.bool(0) == true { return }
            do {
                for statement in Statement.createTables { try connection.run(statement) }
            } catch {
                _ = try? connection.run(.rollback)
                throw error
            }
        }
    }

    /// Begins the study, or checks that it is of this search.
    fileprivate mutating func open(_ search: SearchIdentity) throws {
        let scorers = String(decoding: try JSONEncoder().encode(search.scorers), as: UTF8.self)
        let columns = [search.description, PackageVersion.current, search.data, search.candidates, scorers]
        _ = try run(.createStudy, columns.map { .text($0) })
        _ = try run(.flush)
        guard let row = try run(.study).first else {
            throw SearchStoreError("the study \(study) cannot be read from \(address); may this user see its rows?")
        }
        func differs(_ column: Int, from value: String) -> Bool { (try? row.text(column)) != value }
        if differs(0, from: PackageVersion.current) {
            let version = (try? row.text(0)) ?? "an unknown version"
            throw SearchStoreError(
                "the study \(study) in \(address) was begun by version \(version) of swift-mlp, and this program has "
                    + "version \(PackageVersion.current); use one version on all machines, or give the study another "
                    + "name.")
        }
        if differs(1, from: search.data) {
            throw SearchStoreError(
                "the study \(study) in \(address) is of other data: its checksum is \((try? row.text(1)) ?? "missing"), and "
                    + "that of this program's features, targets and weights \(search.data); give every process the same rows "
                    + "in the same order, or the study another name.")
        }
        if differs(2, from: search.candidates) {
            throw SearchStoreError(
                "the study \(study) in \(address) is of another search: the estimator, the candidates, the splits or the "
                    + "scorers differ; draw candidates and splits with seeds, or give the study another name.")
        }
    }
}
