import Estimators
import Tables

/// How the values of a feature at which predictions are made are found.
struct GridRule {
    private let percentiles: (Double, Double)
    private let resolution: Int

    /// One feature's values.
    struct Axis: Sendable {
        let values: [FeatureValue]
        let categories: [String]?

        /// The numbers, or the indices of the categories.
        var positions: [Double] {
            values.enumerated().map { index, value in
                if case .number(let number) = value { number } else { Double(index) }
            }
        }
    }

    init(percentiles: (Double, Double), resolution: Int) throws {
        try Check.require(
            percentiles.0 >= 0 && percentiles.0 < percentiles.1 && percentiles.1 <= 1, parameter: "percentiles",
            percentiles, allowed: "two numbers in [0, 1], the first less than the second")
        try Check.require(
            resolution > 1, parameter: "gridResolution", resolution, allowed: "an integer of at least 2")
        (self.percentiles, self.resolution) = (percentiles, resolution)
    }

    /// The values of a column. Missing values are none of them.
    func axis(_ column: Table.Column, isCategorical: Bool, custom: [Double]?, name: String) throws -> Axis {
        switch column {
        case .strings(let strings):
            try Check.require(
                custom == nil, "customValues", "must be of numeric columns, but \"\(name)\" has strings")
            let categories = Set(strings.compactMap(\.self)).sorted(by: String.precedes)
            try Check.require(!categories.isEmpty, "x", "must have a value of \"\(name)\", but has none")
            return Axis(values: categories.map(FeatureValue.string), categories: categories)
        case .numbers(let numbers):
            if let custom {
                try Check.notEmpty(custom.count, argument: "customValues")
                try Check.finite(custom, argument: "customValues")
            }
            let values = try custom ?? grid(numbers.filter { !$0.isNaN }, isCategorical: isCategorical, name: name)
            return Axis(values: values.map(FeatureValue.number), categories: nil)
        }
    }

    private func grid(_ numbers: [Double], isCategorical: Bool, name: String) throws -> [Double] {
        try Check.require(!numbers.isEmpty, "x", "must have a value of \"\(name)\", but has none")
        let sorted = numbers.sorted()
        let distinct = sorted.indices.filter { $0 == 0 || sorted[$0] != sorted[$0 - 1] }.map { sorted[$0] }
        if isCategorical || distinct.count < resolution { return distinct }
        let (first, last) = (quantile(sorted, percentiles.0), quantile(sorted, percentiles.1))
        try Check.require(
            abs(first - last) > 1e-8 + 1e-5 * abs(last), parameter: "percentiles", percentiles,
            allowed: "farther apart, because \"\(name)\" is \(first) at both")
        let step = (last - first) / Double(resolution - 1)
        return (0..<resolution - 1).map { first + Double($0) * step } + [last]
    }

    /// The quantile of sorted numbers as SciPy's `mquantiles` computes it, with 0.4 for both of its parameters.
    private func quantile(_ sorted: [Double], _ share: Double) -> Double {
        guard sorted.count > 1 else { return sorted[0] }
        let position = Double(sorted.count) * share + 0.4 + 0.2 * share
        let below = Int(max(1, min(Double(sorted.count - 1), position)))
        let weight = max(0, min(1, position - Double(below)))
        return (1 - weight) * sorted[below - 1] + weight * sorted[below]
    }
}
