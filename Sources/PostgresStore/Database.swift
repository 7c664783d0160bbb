import Estimators
import Foundation
import LinearAlgebra
import ModelSelection

/// A database that may restart: statements wait for it, and connect again.
///
/// One thread at a time may use it.
struct Database {
    let address: DatabaseAddress
    let study: String
    /// How long a statement waits for a database that does not answer.
    let patience: Duration

    private let libpq: LibPQ
    private var connection: Connection?
    private var wasConnected = false

    init(_ address: DatabaseAddress, study: String, patience: Duration, _ libpq: LibPQ) {
        (self.address, self.study, self.patience, self.libpq) = (address, study, patience, libpq)
    }

    /// Runs a statement with the study's name as its first parameter.
    ///
    /// - Parameter resume: called with each new connection but the first one.
    /// - Throws: `SearchStoreError`, and `CancellationError` while it waits.
    mutating func run(
        _ statement: Statement, _ parameters: [Parameter] = [], resume: ((Connection) throws -> Void)? = nil
    ) throws -> [Row] {
        try attempt(resume: resume) { [study] in try $0.run(statement, [.text(study)] + parameters) }
    }

    /// Calls `body` with the connection, and again with a new one where the connection is lost.
    mutating func attempt<Result>(
        resume: ((Connection) throws -> Void)? = nil, _ body: (Connection) throws -> Result
    ) throws -> Result {
        let start = ContinuousClock.now
        // The address may be wrong before the first connection.
        let limit = wasConnected ? patience : min(patience, .seconds(15))
        var pause = Duration.milliseconds(50)
        var rejections = 0
        while true {
            var reason: String
            do {
                return try body(connected(resume))
            } catch DatabaseFailure.lost(let message) {
                reason = message
            } catch DatabaseFailure.rejected(let state, let message) {
                // The server is starting or ending, has too many connections, or two transactions got in each other's way.
                // Connections that are rejected have no state: the server may just have restarted.
                let isPassing = ["57P01", "57P02", "57P03", "53300", "40001", "40P01"].contains(state)
                rejections += state.isEmpty ? 1 : 0
                guard isPassing || state.isEmpty && wasConnected && rejections <= 3 else {
                    throw SearchStoreError(sentence(state: state, message))
                }
                reason = message
            }
            if reason.isEmpty { reason = "the connection was closed" }
            connection = nil
            if Cancellation.isRequested { throw CancellationError() }
            guard ContinuousClock.now - start < limit else {
                throw SearchStoreError(
                    "the database \(address) of the study \(study) has not answered for \(limit.components.seconds) s: "
                        + "\(reason.withoutFullStop). Results are kept; run the same program again when it answers.")
            }
            wait(pause)
            pause = min(pause * 2, .seconds(2))
        }
    }

    private mutating func connected(_ resume: ((Connection) throws -> Void)?) throws -> Connection {
        if let connection { return connection }
        let new = try Connection(to: address, libpq)
        if wasConnected {
            try resume?(new)
            FitWarnings.warn(
                "the connection to \(address) was lost and found again.",
                kind: "the connection was lost and found again")
        }
        (connection, wasConnected) = (new, true)
        return new
    }

    /// Runs a statement if the database answers at once.
    mutating func runIfPossible(
        _ statement: Statement, _ parameters: [Parameter], resume: @escaping (Connection) throws -> Void
    ) {
        do {
            try connected(resume).run(statement, [.text(study)] + parameters)
        } catch DatabaseFailure.lost {
            connection = nil
        } catch {
            // The next statement that must succeed says what is wrong.
        }
    }

    /// A sentence with a remedy for what the server says.
    private func sentence(state: String, _ message: String) -> String {
        let message = message.withoutFullStop
        switch state {
        case "42501":
            return "the database \(address) does not allow what the study \(study) needs: \(message). Its owner can "
                + "GRANT CREATE, USAGE ON SCHEMA, or GRANT SELECT, INSERT, UPDATE ON swift_mlp_studies, swift_mlp_trials."
        case "53100", "53200", "53000":
            return "the database \(address) of the study \(study) has no room left: \(message). Results up to here are "
                + "kept; make room and run the same program again."
        case "25006":
            return "the database \(address) of the study \(study) can only be read: \(message). Use the primary server."
        case let state
        where ["42P01", "42703", "42804", "42883", "42P10", "42846"].contains(state) || state.hasPrefix("22"):
            return "the tables swift_mlp_studies and swift_mlp_trials of \(address) are not those of this version of "
                + "swift-mlp: \(message). Rename them, or choose another schema with "
                + "?options=-csearch_path%3DNAME in the URL."
        default:
            return
                "the database \(address) rejects the study \(study): \(message)\(state.isEmpty ? "" : " (\(state))")."
        }
    }
}

/// Lets the thread sleep.
func wait(_ duration: Duration) {
    Thread.sleep(forTimeInterval: Double(duration.components.attoseconds) * 1e-18 + Double(duration.components.seconds))
}
