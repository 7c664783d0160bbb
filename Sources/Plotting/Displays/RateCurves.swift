/// Curves of two rates on the unit square, each with a summary measure.
struct RateCurves {
    struct Curve {
        let points: [Point]
        /// The name of the curve in the legend.
        let name: String?
        let measure: Double
    }

    let title: String
    /// A sentence about the figure, for screen readers.
    let subject: String
    let x: String
    let y: String
    /// The name of the positive class; nil if each curve has its own.
    let posLabel: String?
    /// The names of the measure, in the legend and in the description.
    let measure: (short: String, long: String)
    let curves: [Curve]
    var path = LineMark.Path.straight
    /// The lines of random guesses and their legend text; nil to omit them.
    let chance: (lines: [RuleMark], text: String)?

    var figure: Figure {
        let suffix = posLabel.map { " (positive label: \($0))" } ?? ""
        var marks: [any Mark] = chance?.lines ?? []
        var legend: [LegendEntry] = []
        for (number, curve) in curves.enumerated() {
            let style = SeriesStyle(number: number)
            marks.append(LineMark(points: curve.points, style: style, path: path))
            let name = curve.name.map { "\($0) " } ?? ""
            legend.append(
                LegendEntry(
                    symbol: .line(style), text: "\(name)(\(measure.short) = \(decimal(curve.measure, decimals: 2)))"))
        }
        if let chance { legend.append(LegendEntry(symbol: .rule, text: chance.text)) }
        let spoken = curves.map { "\($0.name ?? "Curve"): \(measure.long) \(decimal($0.measure, decimals: 3))." }
        return Figure(
            title: title, summary: "\(subject) " + spoken.joined(separator: " "),
            panels: [
                Panel(
                    x: Axis(label: x + suffix, scale: .linear(-0.01...1.01)),
                    y: Axis(label: y + suffix, scale: .linear(-0.01...1.01)), marks: marks, isSquare: true)
            ],
            legend: legend)
    }
}
