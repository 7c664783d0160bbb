import Estimators
import LinearAlgebra
public import ModelFiles

/// The place where a search records its trials: a file, or a database in which several processes share them.
///
/// A trial is the fit of one candidate on one split. `.postgres(_:study:)` is in the module `PostgresStore`.
public struct SearchStore: Sendable, CustomStringConvertible {
    /// The place, without a password.
    public let description: String

    /// Whether several processes share the trials.
    package let isShared: Bool

    /// Opens the trials of a search.
    package let open: @Sendable (SearchIdentity) throws -> any TrialStore

    package init(
        _ description: String, isShared: Bool, open: @escaping @Sendable (SearchIdentity) throws -> any TrialStore
    ) {
        (self.description, self.isShared, self.open) = (description, isShared, open)
    }

    /// A file in which one process records each result at once, and from which an interrupted search resumes.
    public static func journal(_ file: any FileLocation) -> SearchStore {
        let url = file.fileURL
        return SearchStore(url.path, isShared: false) { search in
            LocalTrials(journal: try SearchJournal(at: url, of: search))
        }
    }
}

/// The reason why a search cannot use its store.
public struct SearchStoreError: Error, Equatable, Sendable, CustomStringConvertible {
    /// One sentence with the reason and the remedy.
    public let description: String

    package init(_ description: String) { self.description = description }
}

// MARK: - What a store has to do

/// Records and hands out the trials of one search.
package protocol TrialStore: Sendable {
    /// Begins the first round, or the round after the last one.
    ///
    /// - Parameter onFinished: called once for each finished trial, whichever process has run it.
    func begin(_ round: SearchRound, onFinished: (@Sendable (SearchTrial) -> Void)?) throws

    /// Records a trial and claims another trial of the round.
    ///
    /// Waits while other processes run the last trials, because a process may release its trial.
    ///
    /// - Parameter finished: the trial that was claimed last; nil for none.
    /// - Returns: the trial to run; nil if all are finished, or run by other threads of this process.
    func next(after finished: SearchTrial?) throws -> SearchTrial.Place?

    /// Releases a trial that this process does not finish, so that others can claim it.
    func giveBack(_ place: SearchTrial.Place)

    /// Returns all trials of the round in their order, after `next` has returned nil on every thread.
    func trials() throws -> [SearchTrial]
}

/// One round of a search: every candidate on every split.
package struct SearchRound: Sendable {
    /// The number of the round, from 0.
    package let number: Int
    package let candidates: Int
    package let splits: Int
    /// The candidates' parameters as text.
    package let descriptions: @Sendable () -> [String]

    package init(
        _ number: Int, candidates: Int, splits: Int, descriptions: @escaping @Sendable () -> [String]
    ) {
        (self.number, self.candidates, self.splits) = (number, candidates, splits)
        self.descriptions = descriptions
    }

    /// The number of trials.
    package var count: Int { candidates * splits }

    /// The place of the trial with the given number. The index of the split changes fastest.
    package func place(of trial: Int) -> SearchTrial.Place {
        .init(round: number, candidate: trial / splits, split: trial % splits)
    }

    /// The number of the trial at a place.
    package func trial(at place: SearchTrial.Place) -> Int { place.candidate * splits + place.split }
}

/// Checksums of everything that determines the trials of a search.
package struct SearchIdentity: Sendable {
    /// A description of the search and its size, for messages.
    package let description: String
    /// A checksum of everything except the data: the estimator, the candidates, the splits and the scorers.
    package let candidates: String
    /// A checksum of the features, the targets and the weights.
    package let data: String
    /// A checksum of all of these.
    package let whole: String
    /// The names of the scorers.
    package let scorers: [String]
    /// The number of scores on the training samples in each trial.
    package let trainScores: Int

    package init(
        description: String, candidates: String, data: String, whole: String, scorers: [String], trainScores: Int
    ) {
        (self.description, self.candidates, self.data, self.whole) = (description, candidates, data, whole)
        (self.scorers, self.trainScores) = (scorers, trainScores)
    }

    /// Returns whether a trial has the number of scores that this search expects.
    package func fits(_ outcome: ValidationOutcome) -> Bool {
        outcome.testScores.count == scorers.count && outcome.trainScores.count == trainScores
    }
}
