public import Estimators
public import LinearAlgebra

/// The F-values of an analysis of variance: how much more a feature varies between classes than within them.
///
/// A constant feature has NaN.
///
/// - Parameters:
///   - x: samples × features.
///   - y: one class per sample, at least two different ones.
/// - Returns: the F-value of every feature, and the probability of such a value if the classes did not differ.
/// - Throws: `EstimatorError.invalidInput` if `x` has no rows or columns or a value that is not finite, for another number
///   of targets, and for a single class.
/// - Complexity: O(samples × features).
public func fClassif<Target: ClassificationTarget>(
    _ x: Matrix<Double>, _ y: [Target]
) throws -> (statistics: [Double], pvalues: [Double]) {
    let score = try UnivariateScore(.fClassif, x, y)
    return (score.statistics, score.pvalues)
}

/// The F-values of linear regressions of the target, each on one feature.
///
/// A constant feature has 0; a feature that determines the target has the greatest finite number.
///
/// - Parameters:
///   - x: samples × features.
///   - y: one number per sample.
/// - Returns: the F-value of every feature, and the probability of such a value if the feature had no effect.
/// - Throws: `EstimatorError.invalidInput` if `x` or `y` has no elements or one that is not finite, and for another number
///   of targets.
/// - Complexity: O(samples × features).
public func fRegression(_ x: Matrix<Double>, _ y: [Double]) throws -> (statistics: [Double], pvalues: [Double]) {
    let score = try UnivariateScore(.fRegression, x, y)
    return (score.statistics, score.pvalues)
}

/// The χ² statistics of features that count something, such as words: how far the counts of the classes are from those
/// that the sizes of the classes would give.
///
/// - Parameters:
///   - x: samples × features, not negative.
///   - y: one class per sample.
/// - Returns: the statistic of every feature, and the probability of such a value if the classes did not differ.
/// - Throws: `EstimatorError.invalidInput` if `x` has no rows or columns, or a value that is negative or not finite, and
///   for another number of targets.
/// - Complexity: O(samples × features).
public func chi2<Target: ClassificationTarget>(
    _ x: Matrix<Double>, _ y: [Target]
) throws -> (statistics: [Double], pvalues: [Double]) {
    let score = try UnivariateScore(.chi2, x, y)
    return (score.statistics, score.pvalues)
}

/// The statistic of every feature, with its p-value.
struct UnivariateScore {
    let statistics: [Double]
    let pvalues: [Double]

    init<Target>(_ function: SelectKBest.ScoreFunction, _ x: Matrix<Double>, _ y: [Target]) throws {
        try Check.features(x)
        try Check.sameCount(y.count, argument: "y", as: x.rows, of: "x")
        let results: [(Double, Double)]
        switch function {
        case .fRegression: results = try UnivariateScore.regression(x, TargetValues.numbers(y))
        case .fClassif: results = try UnivariateScore.variance(x, TargetValues.classes(y))
        case .chi2: results = try UnivariateScore.counts(x, TargetValues.classes(y))
        }
        (statistics, pvalues) = (results.map(\.0), results.map(\.1))
    }

    private static func variance(_ x: Matrix<Double>, _ classes: [Int]) throws -> [(Double, Double)] {
        let sizes = sizes(of: classes)
        try Check.require(sizes.count > 1, "y", "must have at least two classes, but has \(sizes.count)")
        let (between, within) = (Double(sizes.count - 1), Double(x.rows - sizes.count))
        return (0..<x.columns).map { column in
            let values: [Double] = x.column(column)
            let sums = sums(of: values, in: classes, count: sizes.count)
            let sum = sums.reduce(0, +)
            let square = sum * sum / Double(x.rows)
            let total = values.reduce(0) { $0 + $1 * $1 } - square
            let ofClasses = zip(sums, sizes).reduce(0) { $0 + $1.0 * $1.0 / $1.1 } - square
            let statistic = (ofClasses / between) / ((total - ofClasses) / within)
            return (statistic, fSurvival(statistic, between, within))
        }
    }

    private static func regression(_ x: Matrix<Double>, _ y: [Double]) throws -> [(Double, Double)] {
        let count = Double(x.rows)
        let mean = y.reduce(0, +) / count
        let centered = y.map { $0 - mean }
        let norm = centered.reduce(0) { $0 + $1 * $1 }.squareRoot()
        return (0..<x.columns).map { column in
            let values: [Double] = x.column(column)
            let average = values.reduce(0, +) / count
            let length = (values.reduce(0) { $0 + $1 * $1 } - count * average * average).squareRoot()
            var correlation = zip(centered, values).reduce(0) { $0 + $1.0 * $1.1 } / length / norm
            if !correlation.isFinite { correlation = 0 }
            let square = correlation * correlation
            let statistic = square / (1 - square) * (count - 2)
            if statistic.isNaN { return (0, 1) }
            let survival = fSurvival(statistic, 1, count - 2)
            return (statistic.isInfinite ? .greatestFiniteMagnitude : statistic, survival)
        }
    }

    private static func counts(_ x: Matrix<Double>, _ classes: [Int]) throws -> [(Double, Double)] {
        if let bad = x.elements.firstIndex(where: { $0 < 0 }) {
            try Check.require(
                false, "x", "must contain no negative number for chi2, but x\(x.place(of: bad)) is \(x.elements[bad])")
        }
        var sizes = sizes(of: classes)
        // A single class is compared with a second one, which has no samples.
        if sizes.count == 1 { sizes.append(0) }
        return (0..<x.columns).map { column in
            let values: [Double] = x.column(column)
            let observed = sums(of: values, in: classes, count: sizes.count)
            let total = values.reduce(0, +)
            let statistic = zip(observed, sizes).reduce(0.0) { sum, pair in
                let expected = pair.1 / Double(x.rows) * total
                return sum + (pair.0 - expected) * (pair.0 - expected) / expected
            }
            return (statistic, chi2Survival(statistic, Double(sizes.count - 1)))
        }
    }

    private static func sizes(of classes: [Int]) -> [Double] {
        sums(of: [Double](repeating: 1, count: classes.count), in: classes, count: (classes.max() ?? -1) + 1)
    }

    private static func sums(of values: [Double], in classes: [Int], count: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: count)
        for (value, number) in zip(values, classes) { sums[number] += value }
        return sums
    }
}
