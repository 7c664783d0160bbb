import Estimators
import NumPyRandom
import RealModule

// The rounds of a halving search.

extension HalvingSettings {
    /// Scores the candidates in rounds, and fits the best one of the last round on all samples.
    ///
    /// - Throws: what `run` throws, and `EstimatorError` for resources that make no sense.
    func search(
        among candidates: [ParameterSet<Model>], _ run: SearchRun<Model>, _ y: [Model.Target]
    ) throws -> SearchResult<Model> {
        try checkResource(in: candidates)
        let rounds = try rounds(of: candidates.count, within: limits(splits: run.splits.count, y))
        return try FitWarnings.summarized {
            let results = try results(of: candidates, in: rounds, run, samples: y.count)
            let last = results.iterations.indices.filter { results.iterations[$0] == rounds.count - 1 }
            return try run.finished(results, bestIndex: results.best(of: last))
        }
    }

    /// All that decides about the rounds, as text.
    var text: String {
        "\(factor) \(minResources) \(maxResources ?? -1) \(aggressiveElimination) \(randomState.map(Int.init) ?? -1)"
            + " \(resourceName)"
    }

    /// Whether each round draws samples.
    var drawsSamples: Bool {
        if case .nSamples = resource { true } else { false }
    }

    private func results(
        of candidates: [ParameterSet<Model>], in rounds: [Int], _ run: SearchRun<Model>, samples: Int
    ) throws -> CVResults<Model> {
        var candidates = candidates
        var tried: [ParameterSet<Model>] = []
        var trials: [SearchTrial] = []
        var (iterations, resources): ([Int], [Int]) = ([], [])
        for (round, amount) in rounds.enumerated() {
            let splits = try resized(run.splits, to: amount, of: samples)
            let given = candidates.map { resourced($0, with: amount) }
            let newTrials = try run.trials(of: given, on: splits, round: round)
            tried += given
            trials += newTrials
            iterations += candidates.map { _ in round }
            resources += candidates.map { _ in amount }
            let scores = try run.results(of: given, newTrials).meanTestScore
            candidates = ascendingOrder(of: scores).suffix(survivors(of: candidates.count)).map { candidates[$0] }
        }
        var results = try run.results(of: tried, trials)
        (results.iterations, results.nResources) = (iterations, resources)
        return results
    }

    /// How many of the candidates reach the next round.
    func survivors(of candidates: Int) -> Int { Int((Double(candidates) / factor).rounded(.up)) }
}

// MARK: - Resources

extension HalvingSettings {
    /// The least and the most that a candidate can get.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for a factor or bounds that make no sense.
    func limits(splits: Int, _ y: [Model.Target]) throws -> ClosedRange<Int> {
        try Check.require(factor > 1 && factor.isFinite, parameter: "factor", factor, allowed: "a number above 1")
        let most = try largestAmount(samples: y.count)
        let least: Int
        switch (minResources, resource) {
        case (.count(let count), _): least = count
        case (_, .nSamples): least = 2 * splits * ((Model.classNumbers(of: y)?.max() ?? 0) + 1)
        case (_, .parameter): least = 1
        }
        try Check.require(
            (1...most).contains(least), parameter: "minResources", least,
            allowed: "an integer in 1 ... maxResources, \(most)")
        return least...most
    }

    private func largestAmount(samples: Int) throws -> Int {
        switch resource {
        case .nSamples:
            let most = maxResources ?? samples
            try Check.require(
                most >= 1 && most <= samples, parameter: "maxResources", most,
                allowed: "nil or an integer in 1 ... samples, \(samples)")
            return most
        case .parameter:
            let most = maxResources ?? 0
            try Check.require(
                most >= 1, parameter: "maxResources", maxResources.map { "\($0)" } ?? "nil",
                allowed: "an integer of at least 1 where the resource is a parameter")
            return most
        }
    }

    /// How much of the resource each round gives.
    private func rounds(of candidates: Int, within limits: ClosedRange<Int>) throws -> [Int] {
        var least = limits.lowerBound
        let most = limits.upperBound
        let required = 1 + multiplications(to: candidates)
        if minResources == .exhaust {
            least = max(least, whole(Double(most) / Double.pow(factor, required - 1), atMost: most))
        }
        let possible = 1 + multiplications(to: most / least)
        let count = aggressiveElimination ? required : min(possible, required)
        try Check.require(
            count <= mostTrials, parameter: "factor", factor, allowed: "large enough for at most \(mostTrials) rounds")
        return (0..<count).map { round in
            let power = aggressiveElimination ? max(0, round - required + possible) : round
            return whole(Double.pow(factor, power) * Double(least), atMost: most)
        }
    }

    /// The whole part of a positive number, or `most` where that is less; the number may exceed every integer.
    private func whole(_ number: Double, atMost most: Int) -> Int {
        number < Double(most) ? Int(number) : most
    }

    /// How often 1 can be multiplied by the factor without exceeding `limit`, up to the rounding of logarithms.
    private func multiplications(to limit: Int) -> Int {
        Int((Double.log(Double(limit)) / Double.log(factor)).rounded(.down))
    }

    private func checkResource(in candidates: [ParameterSet<Model>]) throws {
        guard case .parameter(let path) = resource else { return }
        try Check.require(
            candidates.allSatisfy { $0[path] == nil }, parameter: "resource", resourceName,
            allowed: "a parameter that the candidates do not have")
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
        let smaller = splits.map { (train: drawn($0.train), test: drawn($0.test)) }
        try checkSides(of: smaller) { "minResources (\(amount) of \(samples) samples)" }
        return smaller
    }
}
