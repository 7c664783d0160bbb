/// The layout of a picture: rows of text at the top, then the panels with their axes.
///
/// Texts are measured before they are placed (``TextWidth``), so that margins are only as wide as needed. Text that
/// does not fit is wrapped, omitted or truncated with an ellipsis instead of overlapping.
struct Layout {
    static let margin = 14.0
    static let titleHeight = 20.0
    static let lineHeight = 17.0
    static let legendHeight = 19.0

    let figure: Figure
    let width: Double
    let height: Double
    private(set) var title: [String] = []
    private(set) var subtitle: [String] = []
    private(set) var legend: [[LegendEntry]] = []
    private(set) var panels: [PanelLayout] = []

    init(_ figure: Figure, width: Double, height: Double) {
        self.figure = figure
        self.width = width
        self.height = height
        let room = width - 2 * Layout.margin
        let isLow = height < 300
        title = TextWidth.wrapped(
            figure.title, size: Theme.titleSize, isBold: true, to: room, lines: isLow ? 1 : 2)
        if height >= (figure.panels.count > 1 ? 300 : 240) {
            subtitle = TextWidth.wrapped(figure.subtitle, size: Theme.labelSize, to: room, lines: isLow ? 1 : 3)
        }
        legend = Layout.rows(
            of: figure.legend, width: room, limit: max(1, Int(height * 0.24 / Layout.legendHeight)))
        panels = panelLayouts()
    }

    /// The lower edge of the text above the panels.
    private var headerHeight: Double {
        let words =
            Double(title.count) * Layout.titleHeight + Double(subtitle.count) * Layout.lineHeight
            + Double(legend.count) * Layout.legendHeight
        return Layout.margin + words + (words > 0 ? 4 : 0)
    }

    // MARK: Legend

    static let symbolWidth = 24.0
    static let entryGap = 18.0

    static func width(of entry: LegendEntry) -> Double {
        symbolWidth + 6 + TextWidth.of(entry.text, size: Theme.tickSize)
    }

    /// Returns the entries in rows of at most `width`. The last of `limit` rows ends with the number of omitted
    /// entries.
    private static func rows(of entries: [LegendEntry], width: Double, limit: Int) -> [[LegendEntry]] {
        func fitted(_ entry: LegendEntry, to room: Double) -> LegendEntry {
            LegendEntry(
                symbol: entry.symbol,
                text: TextWidth.elided(entry.text, size: Theme.tickSize, to: room - symbolWidth - 6))
        }
        // If entries are omitted, the last row keeps space for the text with their number.
        let reserve = entryGap + symbolWidth + 6 + TextWidth.of("+ 1000 more", size: Theme.tickSize)
        var rows: [[LegendEntry]] = [[]]
        var x = 0.0
        for (number, entry) in entries.enumerated() {
            func room() -> Double { rows.count == limit && number < entries.count - 1 ? width - reserve : width }
            if x > 0, x + Layout.width(of: entry) > room() {
                guard rows.count < limit else {
                    rows[limit - 1].append(
                        LegendEntry(symbol: .fill("none"), text: "+ \(entries.count - number) more"))
                    return rows
                }
                rows.append([])
                x = 0
            }
            let placed = fitted(entry, to: room() - x)
            rows[rows.count - 1].append(placed)
            x += Layout.width(of: placed) + entryGap
        }
        return entries.isEmpty ? [] : rows
    }

    // MARK: Panels

    private func panelLayouts() -> [PanelLayout] {
        guard let last = figure.panels.last else { return [] }
        let count = Double(figure.panels.count)
        let labelHeight = Layout.lineHeight + 2
        // First subtract the known heights. The labels of the x axis determine the rest.
        let top = headerHeight
        let roughHeight = (height - top - 50) / count - labelHeight
        let gutter = figure.panels.map { PanelLayout.gutter(of: $0.y.scale, height: roughHeight, width: width) }.max()
        let left = Layout.margin + (gutter ?? 0)
        let bar = figure.colorBar.map { ColorBarLayout($0, height: roughHeight) }
        let right = Layout.margin + (bar?.width ?? 0)
        let frameWidth = max(width - left - right, 20)
        let xLabel = TextWidth.wrapped(
            last.x.label, size: Theme.labelSize, to: width - 2 * Layout.margin, lines: height < 300 ? 1 : 2)

        /// Returns the frames of all panels and the ticks below them, for the given frame width and tick height.
        func arranged(width frameWidth: Double, ticksHeight: Double) -> (frames: [Frame], ticks: XTicks) {
            let bottom = ticksHeight + Double(xLabel.count) * Layout.lineHeight + 10
            let panelHeight = max((height - top - bottom) / count - labelHeight, 8)
            let frames = figure.panels.enumerated().map { number, panel in
                let y = top + labelHeight + Double(number) * (panelHeight + labelHeight)
                let frame = Frame(
                    x: left, y: y, width: frameWidth, height: max(panelHeight - (count > 1 ? 6 : 0), 4))
                return panel.isSquare
                    ? frame.square(columns: panel.x.scale.names?.count ?? 1, rows: panel.y.scale.names?.count ?? 1)
                    : frame
            }
            let frame = frames[frames.count - 1]
            return (frames, XTicks(last.x.scale, left: frame.x, width: frame.width, picture: (width, height)))
        }
        // Vertical labels need more height. This makes square cells smaller, which may in turn make labels vertical.
        var (frames, ticks) = arranged(width: frameWidth, ticksHeight: 22)
        if ticks.isUpright { (frames, ticks) = arranged(width: frameWidth, ticksHeight: ticks.height) }

        return zip(figure.panels, frames).enumerated().map { number, place in
            let (panel, frame) = place
            let isLast = number == figure.panels.count - 1
            return PanelLayout(
                panel: panel, frame: frame, gutter: gutter ?? 0, xTicks: isLast ? ticks : ticks.withoutLabels,
                yTicks: PanelLayout.yTicks(of: panel.y.scale, height: frame.height),
                xLabel: isLast ? xLabel : [], picture: (width, height), colorBar: bar)
        }
    }
}

// MARK: - Drawing

extension Layout {
    /// All elements except the background.
    var drawing: [Element] {
        var drawing: [Element] = []
        var y = Layout.margin
        for line in title {
            drawing.append(.label(line, x: Layout.margin, y: y + 14, class: "title"))
            y += Layout.titleHeight
        }
        for line in subtitle {
            drawing.append(.label(line, x: Layout.margin, y: y + 11, class: "label muted"))
            y += Layout.lineHeight
        }
        for row in legend {
            var x = Layout.margin
            for entry in row {
                drawing += entry.symbol.drawing(x: x, y: y + Layout.legendHeight / 2)
                drawing.append(
                    .label(
                        entry.text, x: x + Layout.symbolWidth + 6, y: y + Layout.legendHeight / 2 + 4, class: "legend"))
                x += Layout.width(of: entry) + Layout.entryGap
            }
            y += Layout.legendHeight
        }
        return drawing + panels.flatMap(\.drawing)
    }
}

extension LegendEntry.Symbol {
    /// Returns the symbol between `x` and `x + Layout.symbolWidth`, vertically centered at `y`.
    fileprivate func drawing(x: Double, y: Double) -> [Element] {
        let width = Layout.symbolWidth
        let line = "M\(short(x)) \(short(y))h\(short(width))"
        func marker(_ style: SeriesStyle) -> Element {
            Element("path", ["class": style.fillClass, "d": "M\(short(x + width / 2)) \(short(y))\(style.marker)"])
        }
        switch self {
        case .line(let style): return [.line(line, style: style)]
        case .markedLine(let style): return [.line(line, style: style), marker(style)]
        case .marker(let style): return [marker(style)]
        case .rule: return [Element("path", ["class": "rule", "d": line])]
        case .fill("none"): return []
        case .fill(let name):
            var square = PathData()
            square.rectangle(x: x + width - 14, y: y - 6, width: 12, height: 12)
            return [Element("path", ["class": name, "d": square.text])]
        }
    }
}

extension Element {
    /// Returns a line of text. If it is truncated, a tooltip shows the whole text.
    static func label(
        _ text: String, x: Double, y: Double, class name: String, anchor: String = "start", isVertical: Bool = false,
        whole: String? = nil
    ) -> Element {
        var label = Element("text", ["class": name, "x": short(x), "y": short(y)])
        if anchor != "start" { label.attributes.append(("text-anchor", anchor)) }
        if isVertical { label.attributes.append(("transform", "rotate(-90 \(short(x)) \(short(y)))")) }
        if let whole, whole != text { label.append(Element("title", text: whole)) }
        label.content.append(.text(text))
        return label
    }

    /// Returns the line of a series.
    static func line(_ data: String, style: SeriesStyle, isSolid: Bool = false) -> Element {
        var line = Element("path", ["class": "line \(style.strokeClass)", "d": data])
        if !style.dash.isEmpty, !isSolid { line.attributes.append(("stroke-dasharray", style.dash)) }
        return line
    }
}
