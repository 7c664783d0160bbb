import Estimators
import Inspection
import LinearAlgebra
import NumPyRandom
import Tables

/// How the predictions of a model depend on its most important features.
struct FeatureEffects {
    /// The limits that keep a report quick: samples, features, points of a numeric feature and categories.
    static let (sampleLimit, featureLimit, pointLimit, categoryLimit) = (200, 3, 20, 12)

    /// A picture for each feature.
    let figures: [Figure]

    /// - Parameters:
    ///   - order: the indices of the features, the most important first.
    ///   - names: the names of all features.
    ///   - outputs: the names of the outputs or of the probabilities of the classes; empty for the usual ones.
    init<Model: Estimator>(
        _ model: Model, _ x: Model.Features, order: [Int], names: [String], outputs: [String]
    ) {
        let drawn = drawnSamples(of: x.sampleCount, limit: FeatureEffects.sampleLimit)
        let x = drawn.map(x.selectingSamples) ?? x
        figures =
            (x as? any FeatureColumns).map {
                FeatureEffects.figures(model, $0, order: order, names: names, outputs: outputs)
            } ?? []
    }

    private static func figures<Model: Estimator, Columns: FeatureColumns>(
        _ model: Model, _ x: Columns, order: [Int], names: [String], outputs: [String]
    ) -> [Figure] {
        guard let model = model as? any Estimator<Columns, Model.Target> else { return [] }
        func figure<Known: Estimator<Columns, Model.Target>>(_ model: Known, _ feature: Int) -> Figure? {
            // A feature may have a single value, or only gaps; a model may have no probabilities.
            guard isShort(x.featureColumn(feature)),
                let key = (feature as? Columns.FeatureKey) ?? (names[feature] as? Columns.FeatureKey),
                let dependence = try? partialDependence(
                    model, x, features: [key], gridResolution: pointLimit, nJobs: -1),
                dependence.gridValues[0].count > 1
            else { return nil }
            return FeatureEffects.figure(dependence, name: names[feature], outputs: outputs, samples: x.sampleCount)
        }
        var figures: [Figure] = []
        for feature in order where figures.count < featureLimit {
            if let figure = figure(model, feature) { figures.append(figure) }
        }
        return figures
    }

    /// Whether a column has so few categories that they can be told apart.
    private static func isShort(_ column: Table.Column) -> Bool {
        guard case .strings(let strings) = column else { return true }
        return Set(strings.compactMap(\.self)).count <= categoryLimit
    }

    /// Of several outputs, the one that depends most on the feature.
    private static func figure(
        _ dependence: PartialDependence, name: String, outputs: [String], samples: Int
    ) -> Figure? {
        let ranges = dependence.average.map { ($0.max() ?? 0) - ($0.min() ?? 0) }
        guard let target = ranges.indices.max(by: { ranges[$0] < ranges[$1] }) else { return nil }
        // Of two classes, the second one's probability is the only output.
        let place = dependence.average.count == 1 && outputs.count == 2 ? 1 : target
        let output = outputs.indices.contains(place) ? outputs[place] : nil
        guard let display = try? PartialDependenceDisplay(dependence, target: target, outputName: output) else {
            return nil
        }
        var figure = display.figure
        figure.title = "Partial dependence on \(name)"
        figure.subtitle = "Mean over \(words(samples, "test sample", "test samples")), all with the same \(name)"
        figure.xLabel = name
        figure.legend = []
        if let mean = dependence.average[target].first, let last = dependence.average[target].last {
            figure.summary =
                "How the mean \(display.outputName) depends on \(name): it goes from \(general(mean, digits: 4)) to "
                + "\(general(last, digits: 4))."
        }
        return figure
    }
}

/// Returns the indices of samples that are drawn with a fixed seed; nil for all.
func drawnSamples(of count: Int, limit: Int) -> [Int]? {
    guard count > limit else { return nil }
    var random = RandomState(seed: 0)
    return (try? random.permutation(count)).map { Array($0.prefix(limit)) }
}
