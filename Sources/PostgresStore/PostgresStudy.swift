import Estimators
import Foundation
import ModelSelection

/// The state of a study in a database when it was read: how far the search has come, and its scores so far.
///
/// ```swift
/// print(try PostgresStudy("postgres://user@host/db", study: "iris"))
/// ```
public struct PostgresStudy: Sendable {
    /// The name of the study.
    public let name: String

    /// The number of trials in all rounds that have begun. A trial is the fit of one candidate on one split.
    public var trials: Int { rows.count }

    /// The number of finished trials.
    public var finishedTrials: Int { rows.count(where: \.isFinished) }

    /// The processes that run a trial now. Each is named by its machine, its process number and a unique suffix.
    public var runningWorkers: [String] { Set(rows.compactMap { $0.isRunning ? $0.worker : nil }).sorted() }

    private struct Trial: Sendable {
        let (round, candidate, split): (Int, Int, Int)
        let parameters: String
        let worker: String
        let isRunning: Bool
        let isFinished: Bool
        let claims: Int
        let finished: String
        let scores: [Double]
        let times: [Double?]
        let error: String
    }

    private let title: String
    private let scorers: [String]
    private let rows: [Trial]

    /// Reads a study.
    ///
    /// - Throws: `SearchStoreError` if libpq is missing, if the database cannot be used, or if it has no study of that
    ///   name.
    public init(_ url: String, study: String) throws {
        let libpq = try LibPQ()
        let address = try DatabaseAddress(url, libpq)
        var database = Database(address, study: study, patience: .zero, libpq)
        guard try database.attempt({ try $0.run(.tablesExist) }).first?.bool(0) == true,
            let head = try database.run(.study).first
        else {
            throw SearchStoreError("there is no study \(study) in \(address).")
        }
        name = study
        do {
            title = "\(study): \(try head.text(4)), begun \(try head.text(5)) UTC"
            scorers = try JSONDecoder().decode([String].self, from: Data(head.text(3).utf8))
            rows = try database.run(.overview).map { row in
                let isFinished = try row.bool(6)
                return Trial(
                    round: try row.integer(0), candidate: try row.integer(1), split: try row.integer(2),
                    parameters: try row.text(3), worker: try row.optionalText(4) ?? "",
                    isRunning: try !isFinished && !row.isNull(5) && row.bool(5), isFinished: isFinished,
                    claims: try row.integer(7), finished: try row.optionalText(8) ?? "",
                    scores: isFinished ? try row.doubles(9) : [],
                    times: try [10, 11].map { row.isNull($0) ? nil : try row.double($0) },
                    error: try row.optionalText(12) ?? "")
            }
        } catch is Row.Damage {
            throw SearchStoreError("the rows of the study \(study) in \(address) have been changed; delete the study.")
        }
    }
}

extension PostgresStudy: CustomStringConvertible {
    /// How far the search has come, and a line for each candidate with its mean score so far.
    public var description: String {
        let candidates = Dictionary(grouping: rows) { [$0.round, $0.candidate] }
            .sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
        let running = rows.count(where: \.isRunning)
        let workers = runningWorkers.count
        let means = candidates.map { trials in
            let scores = trials.compactMap(\.scores.first)
            return scores.isEmpty ? Double.nan : scores.reduce(0, +) / Double(scores.count)
        }
        let table = aligned([
            TextColumn("round", counts: candidates.map { $0[0].round }),
            TextColumn("candidate", counts: candidates.map { $0[0].candidate }),
            TextColumn(header: "parameters", isNumeric: false, cells: candidates.map { .text($0[0].parameters) }),
            TextColumn("finished", counts: candidates.map { $0.count(where: \.isFinished) }),
            TextColumn("running", counts: candidates.map { $0.count(where: \.isRunning) }),
            TextColumn("failed", counts: candidates.map { $0.count { !$0.error.isEmpty } }),
            TextColumn("meanScore", means),
        ])
        return """
            \(title)
            \(finishedTrials) of \(trials) trials finished, \(running) running in \
            \(workers) \(workers == 1 ? "process" : "processes")
            \(table)
            """
    }

    /// A header line, and a line for each trial, with all digits of its scores.
    public var csv: String {
        let names =
            ["round", "candidate", "split", "parameters", "worker", "claims", "finished"] + scorers
            + ["fitTime", "scoreTime", "error"]
        let lines = rows.map { row in
            let scores = scorers.indices.map { row.scores.indices.contains($0) ? "\(row.scores[$0])" : "" }
            return ["\(row.round)", "\(row.candidate)", "\(row.split)", row.parameters, row.worker, "\(row.claims)"]
                + [row.finished] + scores + row.times.map { $0.map { "\($0)" } ?? "" } + [row.error]
        }
        return ([names] + lines).map { $0.map(\.quotedForCSV).joined(separator: ",") + "\n" }.joined()
    }
}
