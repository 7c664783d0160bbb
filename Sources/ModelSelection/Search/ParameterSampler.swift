import Estimators
public import NumPyRandom
import RealModule

/// A distribution from which a random search draws the values of a parameter.
public struct Distribution<Value: Sendable>: Sendable {
    /// The values that are equally probable; nil for a continuous distribution.
    let choices: [Value]?

    /// A draw.
    let draw: @Sendable (inout RandomState) throws -> Value

    /// The text of the distribution where its parameters make no sense; nil where they do.
    let problem: String?

    /// The parameters that would make sense.
    var allowed = "a lower bound below the upper, and values to choose from"

    /// One of the given values. All have the same probability.
    public static func choice(_ values: [Value]) -> Distribution {
        Distribution(
            choices: values, draw: { values[try $0.randint(low: 0, high: values.count)] },
            problem: values.isEmpty ? "choice without values" : nil)
    }

    /// Your own distribution. `draw` may use the generator any number of times.
    public static func custom(_ draw: @escaping @Sendable (inout RandomState) throws -> Value) -> Distribution {
        Distribution(choices: nil, draw: draw, problem: nil)
    }
}

extension Distribution where Value == Double {
    /// A number between `low` and `high`, drawn uniformly.
    public static func uniform(_ low: Double, _ high: Double) -> Distribution {
        Distribution(
            choices: nil, draw: { try low + (high - low) * $0.uniform() },
            problem: low <= high && (high - low).isFinite ? nil : "uniform(\(low), \(high))")
    }

    /// A number between `low` and `high` whose logarithm is uniform; both above 0.
    public static func logUniform(_ low: Double, _ high: Double) -> Distribution {
        Distribution(
            choices: nil, draw: { try .exp(.log(low) + $0.uniform() * (.log(high) - .log(low))) },
            problem: 0 < low && low < high && high.isFinite ? nil : "logUniform(\(low), \(high))")
    }
}

extension Distribution where Value == Int {
    /// An integer of at least `low` and less than `high`, drawn uniformly.
    public static func randint(_ low: Int, _ high: Int) -> Distribution {
        Distribution(
            choices: nil, draw: { try $0.randint(low: low, high: high) },
            problem: low < high ? nil : "randint(\(low), \(high))")
    }
}

/// One parameter and the distribution from which a random search draws it.
public struct ParameterDistribution<Root: Sendable>: Sendable {
    /// The parameter's name.
    public let name: String

    /// All values; nil for a continuous distribution.
    let axis: ParameterAxis<Root>?
    let draw: @Sendable (inout RandomState) throws -> ParameterSet<Root>.Assignment
    let problem: String?
    let allowed: String

    /// Creates a distribution of the parameter at `path`.
    ///
    /// - Parameters:
    ///   - path: the key path of the parameter: `\.alpha`, or in a pipeline `\.last.alpha`.
    ///   - distribution: `.choice`, `.uniform`, `.logUniform`, `.randint`, `.layers` or `.custom`.
    ///   - name: the name in results; nil for the name of the parameter.
    public init<Value>(
        _ path: WritableKeyPath<Root, Value> & Sendable, _ distribution: Distribution<Value>, name: String? = nil
    ) {
        let name = name ?? parameterName(of: path)
        self.name = name
        self.axis = distribution.choices.map { ParameterAxis(path, $0, name: name) }
        self.draw = { generator in
            ParameterSet.Assignment(name: name, path: path, value: try distribution.draw(&generator))
        }
        self.problem = distribution.problem
        self.allowed = distribution.allowed
    }
}

/// Candidates drawn at random.
///
/// If every distribution is a choice, the candidates are distinct combinations of the given values.
public struct ParameterSampler<Root: Sendable>: Sendable {
    /// The distributions of the parameters.
    public let distributions: [ParameterDistribution<Root>]
    /// The number of candidates, 1 to a million.
    public let nIter: Int
    /// The seed; nil for different candidates each time.
    public let randomState: UInt32?

    /// Creates a sampler of `nIter` candidates.
    public init(_ distributions: [ParameterDistribution<Root>], nIter: Int, randomState: UInt32? = nil) {
        (self.distributions, self.nIter, self.randomState) = (distributions, nIter, randomState)
    }

    /// The candidates: `nIter` of them, or all combinations if there are fewer.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for a count that is not in 1 ... 1,000,000 and for distributions
    ///   with invalid bounds; what a `.custom` distribution throws.
    public func candidates() throws -> [ParameterSet<Root>] {
        try checkTrials(nIter, name: "nIter")
        for distribution in distributions {
            try Check.require(
                distribution.problem == nil, parameter: "paramDistributions",
                "\(distribution.name) ~ \(distribution.problem ?? "")", allowed: distribution.allowed)
        }
        var generator = RandomState(seed: randomState)
        let axes = distributions.compactMap(\.axis)
        guard axes.count == distributions.count else {
            return try (0..<nIter).map { _ in
                ParameterSet(assignments: try distributions.map { try $0.draw(&generator) })
            }
        }
        let grid = try ParameterGrid(axes)
        if grid.count < nIter {
            FitWarnings.warn(
                "The choices have \(grid.count) combinations, fewer than nIter = \(nIter): all of them are tried.",
                kind: "The choices have fewer combinations than nIter")
        }
        return try generator.sampleWithoutReplacement(grid.count, size: min(nIter, grid.count)).map { grid[$0] }
    }
}
