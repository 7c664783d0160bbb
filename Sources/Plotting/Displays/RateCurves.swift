/// Curves of one rate against another on the unit square, each with the number that sums it up.
struct RateCurves {
    struct Curve {
        let points: [Point]
        /// What it is called in the legend.
        let name: String?
        let measure: Double
    }

    let title: String
    /// What is shown, in a sentence for those who do not see it.
    let subject: String
    let x: String
    let y: String
    /// The positive class in words; nil where each curve has its own.
    let posLabel: String?
    /// What the numbers of the curves are called, in the legend and in words.
    let measure: (short: String, long: String)
    let curves: [Curve]
    var path = LineMark.Path.straight
    /// The lines that guesses reach, and what the legend says of them; nil where they are not drawn.
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
