import Estimators

/// How the scores of several classes become one number.
///
/// Where a score takes an `Average` it also takes `average: nil`, which returns one score for each class.
public enum Average: String, Sendable, Codable, CaseIterable {
    /// The score of one class, the positive one; for two classes only.
    case binary
    /// One score of the counts of all classes together.
    case micro
    /// The mean over the classes, with equal weights.
    case macro
    /// The mean over the classes, weighted by the number of true samples.
    case weighted
    /// The mean over the samples, each scored for its row of indicators; for multilabel targets only.
    case samples
}

/// No average: `average: nil` asks for one score for each class. There is no value but nil.
public enum PerClass: Sendable {}

extension Average {
    /// Rejects an average that a score does not have.
    func check(oneOf allowed: [Average], of what: String) throws {
        let names = allowed.map { ".\($0)" }.joined(separator: ", ")
        try Check.require(
            allowed.contains(self), parameter: "average", ".\(self)", allowed: "\(names) or nil for \(what)")
    }
}
