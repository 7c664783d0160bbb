/// A panel with a known position in the picture.
struct PanelLayout: Sendable {
    let panel: Panel
    let frame: Frame
    /// The width for the labels of the y axis, to the left of the frame.
    let gutter: Double
    let xTicks: XTicks
    let yTicks: Ticks
    let xLabel: [String]
    let picture: (width: Double, height: Double)
    let colorBar: ColorBarLayout?

    private static let tickLength = 4.0

    /// Returns the ticks that fit on an axis of this height.
    static func yTicks(of scale: Scale, height: Double) -> Ticks {
        scale.ticks(atMost: max(height < 36 ? 1 : 2, min(9, Int(height / 30))))
    }

    /// Returns the width of the widest label of a y axis, including its tick mark.
    static func gutter(of scale: Scale, height: Double, width: Double) -> Double {
        let widest = yTicks(of: scale, height: height).labels.map { TextWidth.of($0, size: Theme.tickSize) }.max()
        let room = scale.names == nil ? width : width * 0.3
        return min(widest ?? 0, room) + tickLength + 5
    }

    var drawing: [Element] {
        let projection = Projection(frame: frame, xScale: panel.x.scale, yScale: panel.y.scale)
        var drawing = gridLines(projection)
        drawing += panel.marks.flatMap { $0.drawing(projection) }
        if panel.hasAxes { drawing += axes(projection) }
        drawing += xLabels + yLabels(projection)
        if let colorBar { drawing += colorBar.drawing(beside: frame) }
        return [Element("g", [:], drawing)]
    }

    private func gridLines(_ projection: Projection) -> [Element] {
        guard panel.hasGrid else { return [] }
        var path = PathData()
        if panel.y.scale.names == nil {
            for value in yTicks.values {
                path.shape("h\(short(frame.width))", at: Point(x: frame.x, y: projection.y(value)))
            }
        }
        if panel.x.scale.names == nil {
            for x in xTicks.places { path.shape("v\(short(frame.height))", at: Point(x: x, y: frame.y)) }
        }
        return path.isEmpty ? [] : [Element("path", ["class": "grid", "d": path.text])]
    }

    private func axes(_ projection: Projection) -> [Element] {
        var path = PathData()
        path.shape("v\(short(frame.height))h\(short(frame.width))", at: Point(x: frame.x, y: frame.y))
        if !xTicks.labels.isEmpty {
            for x in xTicks.places { path.shape("v\(short(PanelLayout.tickLength))", at: Point(x: x, y: frame.bottom)) }
        }
        for value in shownY.map(\.value) {
            path.shape("h\(short(-PanelLayout.tickLength))", at: Point(x: frame.x, y: projection.y(value)))
        }
        return [Element("path", ["class": "axis", "d": path.text])]
    }

    private var xLabels: [Element] {
        let top = frame.bottom + PanelLayout.tickLength
        var drawing = xTicks.labels.map { label in
            xTicks.isUpright
                ? Element.label(
                    label.text, x: label.x + 4, y: top + 4, class: "tick", anchor: "end", isVertical: true,
                    whole: label.whole)
                : Element.label(label.text, x: label.x, y: top + 13, class: "tick number", anchor: "middle")
        }
        for (number, line) in xLabel.enumerated() {
            let half = TextWidth.of(line, size: Theme.labelSize) / 2
            let x = max(half + 4, min(frame.x + frame.width / 2, picture.width - half - 4))
            let y = frame.bottom + xTicks.height + 12 + Double(number) * Layout.lineHeight
            drawing.append(.label(line, x: x, y: y, class: "label", anchor: "middle", whole: panel.x.label))
        }
        return drawing
    }

    /// The ticks with labels: all numbers, or as many names as fit.
    private var shownY: [(value: Double, label: String)] {
        let all = zip(yTicks.values, yTicks.labels).map { (value: $0, label: $1) }
        guard panel.y.scale.names != nil, !all.isEmpty else { return all }
        let band = frame.height / Double(all.count)
        let stride = max(1, Int((13 / band).rounded(.up)))
        return all.enumerated().filter { $0.offset % stride == 0 }.map(\.element)
    }

    private func yLabels(_ projection: Projection) -> [Element] {
        var drawing = shownY.map { value, label in
            let text = TextWidth.elided(label, size: Theme.tickSize, to: gutter - PanelLayout.tickLength - 4)
            return Element.label(
                text, x: frame.x - PanelLayout.tickLength - 4, y: projection.y(value) + 4, class: "tick number",
                anchor: "end", whole: label)
        }
        // The axis label is above the axis, because horizontal text is easiest to read.
        let x = max(Layout.margin, frame.x - gutter)
        let name = TextWidth.elided(panel.y.label, size: Theme.labelSize, to: picture.width - x - Layout.margin)
        if !name.isEmpty {
            drawing.append(.label(name, x: x, y: frame.y - 8, class: "label", whole: panel.y.label))
        }
        return drawing
    }
}
