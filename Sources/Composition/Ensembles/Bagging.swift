import Estimators
import LinearAlgebra
import ModelFiles
public import ModelSelection
import NumPyRandom

/// The parameters that ``BaggingClassifier`` and ``BaggingRegressor`` have in common. Each is also a property of both:
/// `bagging.nEstimators = 20`.
public struct BaggingSettings: Sendable, Codable, Equatable {
    /// The number of estimators, at least 1. Default 10.
    public var nEstimators: Int
    /// The number of samples that each estimator draws: a fraction of all samples (of the sum of the weights if there
    /// are weights), or a count; nil for the number of all samples.
    public var maxSamples: SplitSize?
    /// The number of features that each estimator draws: a fraction of all features, or a count. Default 1.0.
    public var maxFeatures: SplitSize
    /// Whether samples are drawn with replacement. Default `true`.
    public var bootstrap: Bool
    /// Whether features are drawn with replacement. Default `false`.
    public var bootstrapFeatures: Bool
    /// Whether to compute a score on the samples that an estimator has not drawn. Requires `bootstrap`. Default
    /// `false`.
    public var oobScore: Bool
    /// The number of fits that run at the same time; nil for one, -1 for as many as there are cores. Results do not
    /// depend on it.
    public var nJobs: Int?
    /// The seed of the draws and of the estimators; nil for a different one each time.
    public var randomState: UInt32?
}

/// Fitted estimators, each with the features and the samples that it has drawn.
struct Bag<Model: Estimator>: Sendable where Model.Features: BaggingFeatures & Sendable {
    struct Member: Sendable {
        let model: Model
        let features: [Int]
        let samples: [Int]
    }

    let members: [Member]
    let featureCount: Int

    /// Draws and fits in scikit-learn's order of random numbers.
    init(
        _ estimator: Model, _ settings: BaggingSettings, _ x: Model.Features, _ y: [Model.Target],
        sampleWeight: [Double]?
    ) throws {
        try Check.notEmpty(x.sampleCount, argument: "x")
        try Check.sameCount(y.count, argument: "y", as: x.sampleCount, of: "x")
        try Check.sampleWeight(sampleWeight, count: x.sampleCount)
        let count = x.baggingFeatureCount
        let (samples, features) = try settings.sizes(x.sampleCount, count, sampleWeight)
        var random = RandomState(seed: settings.randomState)
        let largest = Int(Int32.max)
        let seeds = try random.randint(low: 0, high: largest, size: settings.nEstimators)
        let probabilities = sampleWeight.map { weights in
            let sum = pairwiseSum(weights)
            return weights.map { $0 / sum }
        }
        members = try parallelFits(count: seeds.count, jobs: jobs(settings.nJobs)) { number in
            let seed = UInt32(seeds[number])
            var model = estimator
            if var seedable = model as? any Seedable {
                var own = RandomState(seed: seed)
                seedable.seed(UInt32(try own.randint(low: 0, high: largest)))
                model = seedable as? Model ?? model
            }
            var draws = RandomState(seed: seed)
            func draw(_ population: Int, _ size: Int, replace: Bool) throws -> [Int] {
                replace
                    ? try draws.randint(low: 0, high: population, size: size)
                    : try draws.sampleWithoutReplacement(population, size: size)
            }
            let columns = try draw(count, features, replace: settings.bootstrapFeatures)
            let rows =
                if let probabilities {
                    try draws.choice(x.sampleCount, size: samples, replace: settings.bootstrap, p: probabilities)
                } else {
                    try draw(x.sampleCount, samples, replace: settings.bootstrap)
                }
            var weights = [Double](repeating: 0, count: x.sampleCount)
            for row in rows { weights[row] += 1 }
            try model.fit(Bag.select(columns, of: x), y, sampleWeight: weights)
            return Member(model: model, features: columns, samples: rows)
        }
        featureCount = count
    }

    private static func select(_ columns: [Int], of x: Model.Features) throws -> Model.Features {
        columns == Array(0..<x.baggingFeatureCount) ? x : try x.selectingBaggingFeatures(columns)
    }

    /// The answer of every member for its features.
    func answers<Answer>(_ x: Model.Features, _ answer: (Member, Model.Features) throws -> Answer) throws -> [Answer] {
        try Check.featureCount(x.baggingFeatureCount, expected: featureCount)
        return try members.map { try answer($0, Bag.select($0.features, of: x)) }
    }

    /// Sums the answers of the members for the samples that each has not drawn.
    ///
    /// - Parameter answer: samples × outputs of a model.
    /// - Returns: samples × outputs, and the number of answers for each sample.
    func outOfBagSums(
        _ x: Model.Features, outputs: Int, _ answer: (Model, Model.Features) throws -> Matrix<Double>
    ) throws -> (sums: Matrix<Double>, counts: [Double]) {
        var sums = Matrix<Double>(rows: x.sampleCount, columns: outputs, repeating: 0)
        var counts = [Double](repeating: 0, count: x.sampleCount)
        _ = try answers(x) { member, features in
            let drawn = Set(member.samples)
            let rows = (0..<x.sampleCount).filter { !drawn.contains($0) }
            guard !rows.isEmpty else { return }
            let part = try answer(member.model, features.selectingSamples(rows))
            for (index, row) in rows.enumerated() {
                counts[row] += 1
                for column in 0..<outputs { sums[row, column] += part[index, column] }
            }
        }
        let missing = counts.count { $0 == 0 }
        if missing > 0 {
            FitWarnings.warn(
                "\(missing) samples were drawn by every estimator and have no out-of-bag prediction: raise nEstimators.",
                kind: "samples were drawn by every estimator")
        }
        return (sums, counts)
    }
}

extension BaggingSettings {
    /// The numbers of samples and features that each estimator draws.
    fileprivate func sizes(_ rows: Int, _ columns: Int, _ weights: [Double]?) throws -> (samples: Int, features: Int) {
        try Check.require(
            (1...100_000).contains(nEstimators), parameter: "nEstimators", nEstimators,
            allowed: "an integer in 1 ... 100000")
        try Check.require(
            bootstrap || !oobScore, parameter: "oobScore", "true", allowed: "false where bootstrap is false")
        func size(_ size: SplitSize, of total: Double, largest: Int, _ name: String) throws -> Int {
            switch size {
            case .fraction(let share):
                try Check.require(
                    share > 0 && share <= 1, parameter: name, share, allowed: "a share in (0, 1], or a count")
                let number = max(1, Int(share * total))
                try Check.require(
                    number <= largest, parameter: name, share,
                    allowed: "a share that leaves at most \(largest), but \(number) would be drawn")
                return number
            case .count(let count):
                try Check.require(
                    (1...largest).contains(count), parameter: name, count, allowed: "a count in 1 ... \(largest)")
                return count
            }
        }
        let most = bootstrap ? 1 << 28 : rows
        let total = weights.map(pairwiseSum) ?? Double(rows)
        return (
            try maxSamples.map { try size($0, of: min(total, 1e9), largest: most, "maxSamples") } ?? rows,
            try size(maxFeatures, of: Double(columns), largest: columns, "maxFeatures")
        )
    }
}

// MARK: - Files

extension Bag.Member: Encodable where Model: Encodable {}
extension Bag.Member: Decodable where Model: Decodable {}
private enum BagKeys: String, CodingKey { case members, featureCount }

extension Bag: Encodable where Model: Encodable {
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: BagKeys.self)
        try container.encode(members, forKey: .members)
        try container.encode(featureCount, forKey: .featureCount)
    }
}

extension Bag: Decodable where Model: Decodable {
    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: BagKeys.self)
        let count = try container.decodeCount(forKey: .featureCount)
        let decoded = try container.decode([Member].self, forKey: .members)
        try container.require(
            !decoded.isEmpty && decoded.allSatisfy { $0.features.allSatisfy((0..<count).contains) }, .members,
            "must be at least one, with features from 0 to \(count - 1)")
        (members, featureCount) = (decoded, count)
    }
}
