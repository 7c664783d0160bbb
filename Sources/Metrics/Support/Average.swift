import Estimators

/// How the scores of several classes are combined into one number.
///
/// Scores with an `Average` also accept `average: nil` and then return one score for each class.
public enum Average: String, Sendable, Codable, CaseIterable {
    /// The score of the positive class; for two classes only.
    case binary
    /// One score of the summed counts of all classes.
    case micro
    /// The mean over the classes, with equal weights.
    case macro
    /// The mean over the classes, weighted by the number of true samples.
    case weighted
    /// The mean over the samples of the score of each row of indicators; for multilabel targets only.
    case samples
}

/// The type of `average: nil`, which returns one score for each class. Its only value is nil.
public enum PerClass: Sendable {}

extension Average {
    /// Rejects an average that a score does not have.
    func check(oneOf allowed: [Average], of what: String) throws {
        let names = allowed.map { ".\($0)" }.joined(separator: ", ")
        try Check.require(
            allowed.contains(self), parameter: "average", ".\(self)", allowed: "\(names) or nil for \(what)")
    }
}
