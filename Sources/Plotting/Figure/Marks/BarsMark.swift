/// Bars: rectangles between two corners in data coordinates.
struct BarsMark: Mark {
    let bars: [(from: Point, to: Point)]
    let style: SeriesStyle

    func drawing(_ projection: Projection) -> [Element] {
        var path = PathData()
        for bar in bars {
            let (one, other) = (projection.point(bar.from), projection.point(bar.to))
            guard [one.x, one.y, other.x, other.y].allSatisfy(\.isFinite) else { continue }
            path.rectangle(
                x: min(one.x, other.x), y: min(one.y, other.y), width: abs(one.x - other.x),
                height: abs(one.y - other.y))
        }
        return path.isEmpty ? [] : [Element("path", ["class": style.fillClass, "d": path.text])]
    }
}

/// Horizontal bars, one for each name and series.
struct BarChart {
    struct Series {
        /// The name in the legend; nil for a single series.
        let name: String?
        let values: [Double]
    }

    let names: [String]
    let series: [Series]
    /// The standard deviation of each value of the first series; empty if unknown.
    var deviations: [Double] = []
    let label: String
    var isCount = false

    /// The figure, without title and summary.
    var figure: Figure {
        let thickness = 0.76 / Double(max(series.count, 1))
        var marks: [any Mark] = series.enumerated().map { number, series in
            BarsMark(
                bars: series.values.enumerated().map { index, value in
                    let top = Double(index) - 0.38 + Double(number) * thickness
                    return (Point(x: 0, y: top), Point(x: value, y: top + thickness * 0.94))
                }, style: SeriesStyle(number: number))
        }
        let means = series.first?.values ?? []
        for (index, (value, deviation)) in zip(means, deviations).enumerated() {
            let y = Double(index)
            marks.append(
                LineMark(
                    points: [Point(x: value - deviation, y: y), Point(x: value + deviation, y: y)],
                    style: SeriesStyle(number: 5), isSolid: true))
        }
        let ends = zip(means, deviations).flatMap { [$0 - $1, $0 + $1] }
        let values = series.flatMap(\.values) + ends + [0]
        let scale: Scale =
            isCount
            ? .counts(0...max(1, (values.max() ?? 0) * 1.04)) : .linear(covering: values)
        return Figure(
            title: "", summary: "",
            panels: [
                Panel(x: Axis(label: label, scale: scale), y: Axis(label: "", scale: .category(names)), marks: marks)
            ],
            legend: series.enumerated().compactMap { number, series in
                series.name.map {
                    LegendEntry(symbol: .fill(SeriesStyle(number: number).fillClass), text: $0)
                }
            })
    }
}
