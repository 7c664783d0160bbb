public import Estimators
public import LinearAlgebra
public import ModelFiles

/// Keeps the features that, each on its own, say most about the target.
///
/// ```swift
/// var pipeline = Pipeline(SelectKBest(.fClassif, k: 10), StandardScaler(), MLPClassifier())
/// ```
public struct SelectKBest: FeatureSelector, SupervisedTransformer, Equatable {
    /// What a feature is judged by.
    public enum ScoreFunction: String, CaseIterable, Codable, Sendable {
        /// The F-value of an analysis of variance between classes: see `fClassif`.
        case fClassif
        /// The F-value of a linear regression of a number: see `fRegression`.
        case fRegression
        /// The χ² statistic of a feature that counts something, between classes: see `chi2`.
        case chi2
    }

    /// How many features are kept; an integer literal is a count.
    public enum Count: Hashable, Codable, Sendable, ExpressibleByIntegerLiteral {
        /// So many, or all if there are fewer.
        case count(Int)
        /// All.
        case all

        /// So many.
        public init(integerLiteral value: Int) { self = .count(value) }
    }

    /// What a feature is judged by. Default `.fClassif`.
    public var scoreFunc: ScoreFunction

    /// How many features are kept, at least 0. Default 10.
    public var k: Count

    /// The score of every feature; empty before `fit`.
    public private(set) var scores: [Double] = []

    /// The probability of such a score if the feature said nothing about the target; empty before `fit`.
    public private(set) var pvalues: [Double] = []

    /// An unfitted selector.
    ///
    /// - Parameters:
    ///   - scoreFunc: what a feature is judged by.
    ///   - k: how many features are kept.
    public init(_ scoreFunc: ScoreFunction = .fClassif, k: Count = 10) {
        (self.scoreFunc, self.k) = (scoreFunc, k)
    }

    /// Whether each feature is among the best, of equal ones the last; empty before `fit`.
    public var support: [Bool] {
        guard case .count(let count) = k else { return scores.map { _ in true } }
        let ranked = scores.map { $0.isNaN ? -.greatestFiniteMagnitude : $0 }
        let best = Set(ranked.indices.sorted { (ranked[$1], $1) < (ranked[$0], $0) }.prefix(max(0, count)))
        return scores.indices.map(best.contains)
    }

    /// False: a score of missing values does not exist.
    public var allowsMissingValues: Bool { false }

    /// Scores every column of `x`.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for a negative `k`; what the score function throws.
    /// - Complexity: O(samples × features).
    public mutating func fit<Scalar: MatrixScalar, Target: Sendable>(_ x: Matrix<Scalar>, _ y: [Target]) throws {
        if case .count(let count) = k {
            try Check.require(count >= 0, parameter: "k", count, allowed: "an integer of at least 0, or .all")
        }
        let score = try UnivariateScore(scoreFunc, x.doubles, y)
        (scores, pvalues) = (score.statistics, score.pvalues)
    }
}

extension SelectKBest: Storable {
    private enum CodingKeys: String, CodingKey { case scoreFunc, k, scores, pvalues }

    /// `SelectKBest`.
    public static var storedTypeName: String { "SelectKBest" }

    /// Decodes a selector.
    ///
    /// - Throws: `DecodingError`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            try container.decode(ScoreFunction.self, forKey: .scoreFunc),
            k: try container.decode(Count.self, forKey: .k))
        scores = try container.decodeVector(forKey: .scores)
        pvalues = try container.decodeVector(forKey: .pvalues, count: scores.count)
    }

    /// Encodes the selector.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(scoreFunc, forKey: .scoreFunc)
        try container.encode(k, forKey: .k)
        try container.encode(Tensor(scores), forKey: .scores)
        try container.encode(Tensor(pvalues), forKey: .pvalues)
    }

    /// Whether both are the same; a score that is NaN equals itself.
    public static func == (one: SelectKBest, other: SelectKBest) -> Bool {
        one.scoreFunc == other.scoreFunc && one.k == other.k
            && (one.scores + one.pvalues).map(\.bitPattern) == (other.scores + other.pvalues).map(\.bitPattern)
    }
}
