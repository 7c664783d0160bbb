import Estimators
public import Inspection

/// How much a score falls when one feature is shuffled, as bars from the most important feature on.
///
/// ```swift
/// let importance = try permutationImportance(model, xTest, yTest, nRepeats: 10, randomState: 0, nJobs: -1)
/// try PermutationImportanceDisplay(importance, featureNames: names).write(to: url)
/// ```
public struct PermutationImportanceDisplay: Display {
    /// The names of the features, in the order of the columns.
    public let featureNames: [String]

    /// The mean decrease of the score for every feature.
    public let importancesMean: [Double]

    /// The standard deviation of the decreases for every feature.
    public let importancesStd: [Double]

    /// The greatest number of features to draw. Default 20.
    public var maxFeatures: Int

    private let repeats: Int

    /// Creates a display of the result of `permutationImportance`.
    ///
    /// - Parameters:
    ///   - importances: the decreases of the score.
    ///   - featureNames: a name for each feature; nil for the names of a table's columns, or for numbers.
    ///   - maxFeatures: the greatest number of features to draw, at least 1.
    /// - Throws: `EstimatorError` for another number of names, and for a `maxFeatures` below 1.
    public init(_ importances: FeatureImportances, featureNames: [String]? = nil, maxFeatures: Int = 20) throws {
        let count = importances.importances.count
        try Check.require(maxFeatures >= 1, parameter: "maxFeatures", maxFeatures, allowed: "an integer of at least 1")
        if let featureNames {
            try Check.require(
                featureNames.count == count, "featureNames",
                "must have a name for each of the \(count) features, but has \(featureNames.count)")
        }
        self.featureNames = featureNames ?? importances.featureNames ?? (0..<count).map { "feature \($0)" }
        self.maxFeatures = maxFeatures
        importancesMean = importances.importancesMean
        importancesStd = importances.importancesStd
        repeats = importances.importances.first?.count ?? 0
    }

    /// The number of features that are not drawn.
    var hiddenCount: Int { max(0, featureNames.count - maxFeatures) }

    /// The bars, with a line of one standard deviation on each side.
    public var figure: Figure {
        let order = importancesMean.indices.sorted { (importancesMean[$1], $0) < (importancesMean[$0], $1) }
            .prefix(max(1, maxFeatures))
        var figure = BarChart(
            names: order.map { featureNames[$0] },
            series: [BarChart.Series(name: nil, values: order.map { importancesMean[$0] })],
            deviations: order.map { importancesStd[$0] }, label: "Decrease of the score"
        ).figure
        figure.title = "Permutation importance"
        figure.subtitle = "Mean and standard deviation of \(words(repeats, "shuffle", "shuffles"))"
        figure.summary =
            "The most important features: "
            + order.prefix(5).map { "\(featureNames[$0]) (\(general(importancesMean[$0], digits: 3)))" }
            .joined(separator: ", ") + "."
        return figure
    }
}
