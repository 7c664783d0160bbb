public import Estimators
import NumPyRandom
import RealModule

#if canImport(FoundationEssentials)
    public import FoundationEssentials
#else
    public import Foundation
#endif

/// What a halving search gives its candidates more and more of.
public enum HalvingResource<Model: Estimator>: Sendable {
    /// Samples, drawn from both sides of every split.
    case nSamples

    /// The value of an integer parameter, which the grid must not have: `.parameter(\.maxIter)`.
    case parameter(any WritableKeyPath<Model, Int> & Sendable)
}

/// With how much of its resource a halving search begins.
public enum MinResources: Sendable, Equatable, ExpressibleByIntegerLiteral {
    /// With so much that the last round uses as much as possible.
    case exhaust

    /// With little: 2 samples × splits, for classes × classes too; 1 of a parameter.
    case smallest

    /// With as much as that.
    case count(Int)

    /// As much as that.
    public init(integerLiteral value: Int) { self = .count(value) }
}

/// Tries all combinations of given values with few resources, and the better of them with more, round after round.
///
/// ```swift
/// var search = HalvingGridSearchCV(
///     MLPClassifier(randomState: 1), paramGrid: [.init(\.alpha, [1e-4, 1e-2, 1, 10])], resource: .parameter(\.maxIter),
///     maxResources: 200)
/// try search.fit(x, y)
/// ```
///
/// Of n candidates ⌈n / factor⌉ come into the next round, which has `factor` times the resources. The best candidate is the
/// best of the last round. Source: K. Jamieson, A. Talwalkar, "Non-stochastic best arm identification and hyperparameter
/// optimization", AISTATS 2016.
public struct HalvingGridSearchCV<Model: Estimator>: SearchCV {
    /// The types of a search's samples are its estimator's.
    public typealias Target = Model.Target
    /// The types of a search's samples are its estimator's.
    public typealias Features = Model.Features

    /// The estimator whose parameters are varied; it is not changed.
    public var estimator: Model

    /// The parameters and their values.
    public var paramGrid: [ParameterAxis<Model>]

    /// More grids, whose combinations are tried beside those of `paramGrid`.
    public var furtherGrids: [[ParameterAxis<Model>]] = []

    /// By how much candidates become fewer and resources more, above 1, and large enough for at most a million rounds.
    /// Default 3.
    public var factor: Double

    /// What candidates get more and more of. Default `.nSamples`.
    public var resource: HalvingResource<Model>

    /// The most that a candidate gets, at least 1; nil for all samples. A parameter has no such default.
    public var maxResources: Int?

    /// What a candidate gets in the first round. Default `.exhaust`.
    public var minResources: MinResources

    /// Whether to begin with several rounds of the first resources where otherwise more than `factor` candidates would come
    /// into the last round. Default `false`.
    public var aggressiveElimination: Bool

    /// The seed by which samples are drawn; nil for others every time.
    public var randomState: UInt32?

    /// The other parameters, all in one value.
    public var settings: SearchSettings<Model>

    /// What the search found; nil before `fit`.
    public private(set) var found: SearchResult<Model>?

    /// A search with one scorer.
    ///
    /// Parameters, their order and their defaults are scikit-learn's; ``SearchSettings`` says what the common ones mean.
    public init(
        _ estimator: Model, paramGrid: [ParameterAxis<Model>], factor: Double = 3,
        resource: HalvingResource<Model> = .nSamples, maxResources: Int? = nil, minResources: MinResources = .exhaust,
        aggressiveElimination: Bool = false, cv: any CrossValidator = 5, scoring: Scorer<Model>? = nil,
        refit: Bool = true, errorScore: ErrorScore = .nan, returnTrainScore: Bool = true, randomState: UInt32? = nil,
        nJobs: Int? = nil, verbose: Bool = false, journal: URL? = nil
    ) {
        self.estimator = estimator
        self.paramGrid = paramGrid
        self.factor = factor
        self.resource = resource
        self.maxResources = maxResources
        self.minResources = minResources
        self.aggressiveElimination = aggressiveElimination
        self.randomState = randomState
        self.settings = SearchSettings(
            scoring: scoring.map { [$0] }, nJobs: nJobs, refit: refit, cv: cv, verbose: verbose, errorScore: errorScore,
            returnTrainScore: returnTrainScore, journal: journal)
    }

    /// Judges the candidates in rounds, and fits the best of the last on all samples.
    ///
    /// - Parameters:
    ///   - x: the features of all samples.
    ///   - y: one target per sample.
    ///   - sampleWeight: one non-negative weight per sample, for fitting; nil for 1 each.
    /// - Throws: what ``GridSearchCV/fit(_:_:sampleWeight:)`` throws, and `EstimatorError` for resources that make no sense.
    ///   The search keeps what it had before.
    /// - Complexity: that of the rounds' candidates × splits fits.
    public mutating func fit(_ x: Model.Features, _ y: [Model.Target], sampleWeight: [Double]?) throws {
        var candidates = try gridCandidates([paramGrid] + furtherGrids)
        let run = try SearchRun(
            settings, estimator, candidates,
            strategy: "\(factor) \(minResources) \(maxResources ?? -1)"
                + " \(aggressiveElimination) \(randomState.map(Int.init) ?? -1) \(resourceName)",
            x, y, sampleWeight: sampleWeight)
        let rounds = try self.rounds(of: candidates, splits: run.splits.count, y)

        var tried: [ParameterSet<Model>] = []
        var trials: [SearchTrial] = []
        var (iterations, resources): ([Int], [Int]) = ([], [])
        for (round, amount) in rounds.enumerated() {
            let splits = try resized(run.splits, to: amount, of: x.sampleCount)
            let given = candidates.map { resourced($0, with: amount) }
            let newTrials = try run.trials(of: given, on: splits, round: round)
            tried += given
            trials += newTrials
            iterations += candidates.map { _ in round }
            resources += candidates.map { _ in amount }
            let scores = run.results(of: given, newTrials).meanTestScore
            let kept = Int((Double(candidates.count) / factor).rounded(.up))
            candidates = ascending(scores).suffix(kept).map { candidates[$0] }
        }

        var results = run.results(of: tried, trials)
        (results.iterations, results.nResources) = (iterations, resources)
        let last = iterations.indices.filter { iterations[$0] == rounds.count - 1 }
        let best = last.max { first, second in
            // The first of the greatest, and any number before NaN.
            let (first, second) = (results.meanTestScore[first], results.meanTestScore[second])
            return first.isNaN ? !second.isNaN : first < second
        }
        found = try run.finished(results, bestIndex: best ?? 0)
    }
}

extension HalvingGridSearchCV: ProbabilisticClassifier where Model: ProbabilisticClassifier {}

extension HalvingGridSearchCV: NamedParameters {
    /// The parameters of the estimator, as `estimator.alpha`.
    public static var parameterNames: [PartialKeyPath<HalvingGridSearchCV>: String] {
        nestedParameterNames(\HalvingGridSearchCV.estimator, "estimator")
    }
}

// MARK: - Rounds

extension HalvingGridSearchCV {
    /// How much of the resource each round gives.
    private func rounds(of candidates: [ParameterSet<Model>], splits: Int, _ y: [Model.Target]) throws -> [Int] {
        guard factor > 1, factor.isFinite else {
            throw EstimatorError.invalidParameter(name: "factor", value: "\(factor)", allowed: "a number above 1")
        }
        let most = try largestAmount(samples: y.count, candidates)
        var least: Int
        switch (minResources, resource) {
        case (.count(let count), _): least = count
        case (_, .nSamples): least = 2 * splits * ((Model.classNumbers(of: y)?.max() ?? 0) + 1)
        case (_, .parameter): least = 1
        }
        guard (1...most).contains(least) else {
            throw EstimatorError.invalidParameter(
                name: "minResources", value: "\(least)", allowed: "an integer in 1 ... maxResources, \(most)")
        }

        let required = 1 + multiplications(to: candidates.count)
        if minResources == .exhaust {
            least = max(least, whole(Double(most) / Double.pow(factor, required - 1), atMost: most))
        }
        let possible = 1 + multiplications(to: most / least)
        let count = aggressiveElimination ? required : min(possible, required)
        guard count <= mostTrials else {
            throw EstimatorError.invalidParameter(
                name: "factor", value: "\(factor)", allowed: "large enough for at most \(mostTrials) rounds")
        }
        return (0..<count).map { round in
            let power = aggressiveElimination ? max(0, round - required + possible) : round
            return whole(Double.pow(factor, power) * Double(least), atMost: most)
        }
    }

    /// The whole part of a positive number, or `most` where that is less; the number may be beyond every integer.
    private func whole(_ number: Double, atMost most: Int) -> Int {
        number < Double(most) ? Int(number) : most
    }

    /// How often 1 can be multiplied by the factor without exceeding `limit`, up to the rounding of logarithms.
    private func multiplications(to limit: Int) -> Int {
        Int((Double.log(Double(limit)) / Double.log(factor)).rounded(.down))
    }

    private func largestAmount(samples: Int, _ candidates: [ParameterSet<Model>]) throws -> Int {
        switch resource {
        case .nSamples:
            let most = maxResources ?? samples
            guard (1...samples).contains(most) else {
                throw EstimatorError.invalidParameter(
                    name: "maxResources", value: "\(most)", allowed: "nil or an integer in 1 ... samples, \(samples)")
            }
            return most
        case .parameter(let path):
            guard let maxResources, maxResources >= 1 else {
                throw EstimatorError.invalidParameter(
                    name: "maxResources", value: maxResources.map { "\($0)" } ?? "nil",
                    allowed: "an integer of at least 1 where the resource is a parameter")
            }
            guard candidates.allSatisfy({ $0[path] == nil }) else {
                throw EstimatorError.invalidParameter(
                    name: "resource", value: resourceName, allowed: "a parameter that is not in paramGrid")
            }
            return maxResources
        }
    }

    private var resourceName: String {
        switch resource {
        case .nSamples: "nSamples"
        case .parameter(let path): parameterName(of: path)
        }
    }

    private func resourced(_ candidate: ParameterSet<Model>, with amount: Int) -> ParameterSet<Model> {
        guard case .parameter(let path) = resource else { return candidate }
        return ParameterSet(
            assignments: candidate.assignments + [.init(name: resourceName, path: path, value: amount)])
    }

    /// The splits with as many of their samples as the resource allows, where that is samples.
    private func resized(_ splits: [SplitIndices], to amount: Int, of samples: Int) throws -> [SplitIndices] {
        guard case .nSamples = resource else { return splits }
        let share = Double(amount) / Double(samples)
        func drawn(_ side: [Int]) -> [Int] {
            var generator = RandomState(seed: randomState)
            return Array(generator.permutation(side).prefix(Int(share * Double(side.count))))
        }
        return splits.map { (drawn($0.train), drawn($0.test)) }
    }

    /// The numbers of the scores, NaN first and the greatest last.
    private func ascending(_ scores: [Double]) -> [Int] {
        scores.indices.sorted { first, second in
            scores[first].isNaN ? !scores[second].isNaN : scores[first] < scores[second]
        }
    }
}

extension HalvingGridSearchCV: MatrixEstimator where Model: MatrixEstimator {
    /// The precision of the features is the estimator's.
    public typealias Scalar = Model.Scalar
}
