/// Parallel vertical axes, and a line across them for each candidate.
struct ParallelMark: Mark {
    /// One axis.
    struct Axis: Sendable {
        let scale: Scale
        /// The position of each candidate on the axis, from 0 (bottom) to 1 (top).
        let places: [Double]

        init(scale: Scale, values: [Double]) {
            self.scale = scale
            places = values.map(scale.fraction)
        }
    }

    /// One line.
    struct Candidate: Sendable {
        let places: [Double]
        /// Its position on the score axis, which selects its shade.
        let score: Double
        let isBest: Bool
    }

    static let bestStyle = SeriesStyle(number: 1)

    let axes: [Axis]
    let candidates: [Candidate]

    func drawing(_ projection: Projection) -> [Element] {
        let frame = projection.frame
        let xs = axes.indices.map { projection.x(Double($0)) }
        func path(_ candidate: Candidate) -> String {
            var path = PathData()
            path.polyline(
                zip(xs, candidate.places).map { Point(x: $0, y: frame.bottom - $1 * frame.height) })
            return path.text
        }
        // The best candidates are drawn last, on top of the others.
        var drawing = candidates.sorted { $0.score < $1.score }.map { candidate in
            let last = Theme.density.count - 1
            let shade = max(0, min(last, Int(candidate.score * Double(last + 1))))
            return Element("path", ["class": "line thin e\(shade)", "d": path(candidate)])
        }
        if let best = candidates.first(where: \.isBest) {
            drawing.append(.line(path(best), style: SeriesStyle(number: 1)))
        }
        for (axis, x) in zip(axes, xs) {
            drawing += axis.drawing(x: x, frame: frame, room: frame.width / Double(axes.count))
        }
        return drawing
    }
}

extension ParallelMark.Axis {
    fileprivate func drawing(x: Double, frame: Frame, room: Double) -> [Element] {
        var line = PathData()
        line.shape("v\(short(frame.height))", at: Point(x: x, y: frame.y))
        var drawing = [Element("path", ["class": "axis", "d": line.text])]
        let ticks = scale.ticks(atMost: max(2, Int(frame.height / 40)))
        let stride = max(1, Int((14 * Double(ticks.values.count) / max(frame.height, 1)).rounded(.up)))
        for (number, (value, label)) in zip(ticks.values, ticks.labels).enumerated() where number % stride == 0 {
            let y = frame.bottom - scale.fraction(value) * frame.height
            let text = TextWidth.elided(label, size: Theme.tickSize, to: room - 12)
            drawing.append(.label(text, x: x + 6, y: y + 4, class: "halo tick", whole: label))
        }
        return drawing
    }
}
