import Estimators
public import Inspection

/// How a model's predictions depend on one feature, as a line, or on two, as a heat map.
///
/// ```swift
/// try PartialDependenceDisplay(partialDependence(model, x, features: [0], kind: .both)).write(to: url)
/// ```
///
/// Individual predictions are thin lines behind the mean.
public struct PartialDependenceDisplay: Display {
    /// What is shown.
    public let dependence: PartialDependence

    /// The output that is shown, counted from 0.
    public let target: Int

    /// The name of the predictions.
    public let outputName: String

    /// The greatest number of samples whose predictions are drawn; they are evenly spaced. Default 50.
    public var subsample: Int

    /// Creates a display of the result of `partialDependence`.
    ///
    /// - Parameters:
    ///   - dependence: the predictions at the points of the grid, of one or two features. Two features need the mean.
    ///   - target: the output to show, counted from 0.
    ///   - outputName: the name of the predictions; nil for the class, or "prediction".
    ///   - subsample: the greatest number of samples whose predictions are drawn, at least 1.
    /// - Throws: `EstimatorError` for more than two features, for an output that there is not, and for a
    ///   `subsample` below 1.
    public init(
        _ dependence: PartialDependence, target: Int = 0, outputName: String? = nil, subsample: Int = 50
    ) throws {
        let features = dependence.featureNames.count
        let outputs = max(dependence.average.count, dependence.individual.count)
        try Check.require(
            features == 1 || features == 2 && !dependence.average.isEmpty, "dependence",
            "must be of one feature, or the average of two, but has \(features) features")
        try Check.require(
            (0..<outputs).contains(target), parameter: "target", target,
            allowed: "the number of an output, from 0 to \(outputs - 1)")
        try Check.require(subsample >= 1, parameter: "subsample", subsample, allowed: "an integer of at least 1")
        self.dependence = dependence
        self.target = target
        let names = dependence.outputNames
        self.outputName = outputName ?? (names.indices.contains(target) ? names[target] : "prediction")
        self.subsample = subsample
    }

    /// The mean predictions, in the order of the grid; empty if there are none.
    private var mean: [Double] { dependence.average.isEmpty ? [] : dependence.average[target] }

    /// The predictions and the values of the feature or the features.
    public var figure: Figure {
        var figure = dependence.featureNames.count == 2 ? heatMap : curves
        figure.title = "Partial dependence"
        return figure
    }

    private var curves: Figure {
        let (name, values) = (dependence.featureNames[0], dependence.gridValues[0])
        let individual = dependence.individual.isEmpty ? [] : dependence.individual[target]
        let step = max(1, (individual.count + subsample - 1) / max(1, subsample))
        let shown = stride(from: 0, to: individual.count, by: step).map { individual[$0] }
        let categories = dependence.categories[0]
        let scale: Scale = categories.map { .category($0) } ?? .linear(covering: values)
        let (line, thin) = (SeriesStyle(number: 0), SeriesStyle(number: 5))
        func points(_ predictions: [Double]) -> [Point] { zip(values, predictions).map { Point(x: $0, y: $1) } }
        let thinLines = shown.map { LineMark(points: points($0), style: thin, isSolid: true) }
        let means = mean.isEmpty ? [] : [LineMark(points: points(mean), style: line, hasMarkers: categories != nil)]
        var legend = mean.isEmpty ? [] : [LegendEntry(symbol: .line(line), text: "mean")]
        if !shown.isEmpty {
            legend.append(LegendEntry(symbol: .line(thin), text: words(shown.count, "sample", "samples")))
        }
        let ends =
            mean.isEmpty
            ? ""
            : " The mean goes from \(general(mean[0], digits: 4)) to "
                + "\(general(mean[mean.count - 1], digits: 4))."
        return Figure(
            title: "", subtitle: "All other features as they are in the samples",
            summary: "How \(outputName) depends on \(name).\(ends)",
            panels: [
                Panel(
                    x: Axis(label: name, scale: scale),
                    y: Axis(label: outputName, scale: .linear(covering: mean + shown.joined())),
                    marks: thinLines + means)
            ], legend: legend)
    }

    private var heatMap: Figure {
        let grid = dependence.gridValues
        let names = (0..<2).map { axis in
            dependence.categories[axis] ?? grid[axis].map { general($0, digits: 3) }
        }
        // The first feature's values go to the right, the second's upward.
        let rows = grid[1].indices.reversed().map { second in
            grid[0].indices.map { first in mean[first * grid[1].count + second] }
        }
        let finite = mean.filter(\.isFinite)
        let range = (finite.min() ?? 0)...(finite.max() ?? 0)
        return Figure(
            title: "", subtitle: outputName,
            summary: "How \(outputName) depends on \(dependence.featureNames.joined(separator: " and ")): from "
                + "\(general(range.lowerBound, digits: 4)) to \(general(range.upperBound, digits: 4)).",
            panels: [
                Panel(
                    x: Axis(label: dependence.featureNames[0], scale: .category(names[0])),
                    y: Axis(label: dependence.featureNames[1], scale: .category(names[1].reversed())),
                    marks: [
                        CellsMark(
                            values: rows, texts: rows.map { $0.map { general($0, digits: 3) } }, range: range)
                    ], hasGrid: false)
            ],
            colorBar: ColorBar(range: range))
    }
}
