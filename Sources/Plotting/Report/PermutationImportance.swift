import Composition
import Estimators
import LinearAlgebra
import NumPyRandom
import Tables

/// Features whose columns can be shuffled one by one.
protocol FeatureColumns {
    /// The names of the columns; nil if they have none.
    var knownNames: [String]? { get }

    /// The number of columns.
    var featureCount: Int { get }

    /// Returns the same features with one column's values in another order of rows.
    func reordered(_ column: Int, by order: [Int]) throws -> Self
}

extension Matrix: FeatureColumns {
    var knownNames: [String]? { nil }
    var featureCount: Int { columns }

    func reordered(_ column: Int, by order: [Int]) -> Matrix {
        var elements = elements
        for (row, source) in order.enumerated() { elements[row * columns + column] = self[source, column] }
        return Matrix(rows: rows, columns: columns, elements: elements)
    }
}

extension Table: FeatureColumns {
    var knownNames: [String]? { columnNames }
    var featureCount: Int { columnCount }

    func reordered(_ column: Int, by order: [Int]) throws -> Table {
        try settingColumn(columnNames[column], selectingRows(order).column(columnNames[column]))
    }
}

/// How much a model's score falls when the values of one feature are shuffled among the samples.
struct PermutationImportance {
    struct Feature {
        let name: String
        /// The decrease of the score, as a mean over the repeats.
        let mean: Double
        let deviation: Double
    }

    /// The features in their own order.
    let features: [Feature]
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
        var random = RandomState(seed: 0)
        var (x, y) = (x, y)
        if y.count > PermutationImportance.sampleLimit {
            let chosen = Array(try random.permutation(y.count).prefix(PermutationImportance.sampleLimit))
            (x, y) = (x.selectingSamples(chosen), chosen.map { y[$0] })
        }
        guard let columns = x as? any FeatureColumns else { return nil }
        let names = featureNames ?? columns.knownNames ?? (0..<count).map { "feature \($0)" }
        let score = try model.score(x, y)
        try Check.finite([score], argument: "score")
        let repeats = count > 40 ? 2 : 5
        (samples, self.repeats) = (y.count, repeats)
        features = try names.enumerated().map { column, name in
            let losses = try (0..<repeats).map { _ in
                let shuffled = try columns.reordered(column, by: random.permutation(y.count))
                return try (shuffled as? Model.Features).map { score - (try model.score($0, y)) } ?? 0
            }
            let mean = losses.reduce(0, +) / Double(repeats)
            let variance = losses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(repeats)
            return Feature(name: name, mean: mean, deviation: variance.squareRoot())
        }
    }

    /// The number of features in the figure.
    private static let shown = 20

    /// The most important features as bars.
    var figure: Figure {
        let sorted = features.enumerated().sorted { ($1.element.mean, $0.offset) < ($0.element.mean, $1.offset) }
            .map(\.element).prefix(PermutationImportance.shown)
        let rest = features.count - sorted.count
        var figure = BarChart(
            names: sorted.map(\.name), series: [BarChart.Series(name: nil, values: sorted.map(\.mean))],
            deviations: sorted.map(\.deviation), label: "Decrease of the score"
        ).figure
        figure.title = "Importance of the features"
        figure.subtitle =
            "How much the score falls when a feature is shuffled: mean of \(repeats) shuffles of "
            + "\(words(samples, "test sample", "test samples"))"
            + (rest > 0 ? ". The other \(words(rest, "feature", "features")) matter less" : "")
        figure.summary =
            "The most important features: "
            + sorted.prefix(5).map { "\($0.name) (\(general($0.mean, digits: 3)))" }.joined(separator: ", ") + "."
        return figure
    }
}
