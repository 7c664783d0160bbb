import Estimators
import Inspection
import LinearAlgebra

/// The permutation importances of a report: those of a limited number of samples.
struct PermutationImportance {
    /// How much the score falls, and what the features are called.
    let display: PermutationImportanceDisplay
    let samples: Int
    let repeats: Int

    /// The limits that keep a report from taking longer than the training: the numbers of samples and of features.
    static let (sampleLimit, featureLimit) = (1000, 200)

    /// - Returns: nil if the features have no columns or too many.
    /// - Throws: what `score` throws.
    init?<Model: Estimator>(
        _ model: Model, _ x: Model.Features, _ y: [Model.Target], featureNames: [String]?
    ) throws {
        guard let count = (x as? any FeatureColumns)?.featureCount,
            (1...PermutationImportance.featureLimit).contains(count)
        else { return nil }
        var (x, y) = (x, y)
        if let drawn = drawnSamples(of: y.count, limit: PermutationImportance.sampleLimit) {
            (x, y) = (x.selectingSamples(drawn), y.selectingSamples(drawn))
        }
        repeats = count > 40 ? 2 : 5
        samples = y.count
        try Check.finite([try model.score(x, y)], argument: "score")
        guard let columns = x as? any FeatureColumns,
            let result = try PermutationImportance.result(model, columns, y, repeats: repeats)
        else { return nil }
        display = try PermutationImportanceDisplay(result, featureNames: featureNames)
    }

    /// The importances, if the features are those of the model.
    private static func result<Model: Estimator, Columns: FeatureColumns>(
        _ model: Model, _ x: Columns, _ y: [Model.Target], repeats: Int
    ) throws -> FeatureImportances? {
        guard let model = model as? any Estimator<Columns, Model.Target> else { return nil }
        func result<Known: Estimator<Columns, Model.Target>>(_ model: Known) throws -> FeatureImportances {
            try permutationImportance(model, x, y, nRepeats: repeats, randomState: 0, nJobs: -1)
        }
        return try result(model)
    }

    /// The indices of the features, the most important first.
    var order: [Int] {
        let means = display.importancesMean
        return means.indices.sorted { (means[$1], $0) < (means[$0], $1) }
    }

    /// The most important features as bars.
    var figure: Figure {
        var figure = display.figure
        figure.title = "Importance of the features"
        figure.subtitle =
            "How much the score falls when a feature is shuffled: mean of \(repeats) shuffles of "
            + "\(words(samples, "test sample", "test samples"))"
            + (display.hiddenCount > 0
                ? ". The other \(words(display.hiddenCount, "feature", "features")) matter less" : "")
        return figure
    }
}
