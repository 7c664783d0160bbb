/// The color bar beside a heat map, which shows the number of each color.
struct ColorBarLayout: Sendable {
    private let bar: ColorBar
    private let ticks: Ticks
    /// The width that it needs to the right of the frame.
    let width: Double

    private static let (gap, thickness, steps) = (14.0, 12.0, 48)

    init(_ bar: ColorBar, height: Double) {
        self.bar = bar
        ticks = PanelLayout.yTicks(of: .linear(bar.range), height: height)
        let labels = ticks.labels.map { TextWidth.of($0, size: Theme.tickSize) }.max() ?? 0
        width = ColorBarLayout.gap + ColorBarLayout.thickness + 6 + labels
    }

    func drawing(beside frame: Frame) -> [Element] {
        let x = frame.right + ColorBarLayout.gap
        let step = frame.height / Double(ColorBarLayout.steps)
        var drawing: [Element] = (0..<ColorBarLayout.steps).reversed().map { number in
            var path = PathData()
            // Each rectangle overlaps the next a little, so that no background is visible between them.
            let y = frame.bottom - Double(number + 1) * step
            path.rectangle(
                x: x, y: y, width: ColorBarLayout.thickness, height: min(step * 1.5, frame.bottom - y))
            let color = Colormap.color((Double(number) + 0.5) / Double(ColorBarLayout.steps))
            return Element("path", ["class": "cells", "fill": color.hex, "d": path.text])
        }
        let scale = Scale.linear(bar.range)
        let shown = PanelLayout.yTicks(of: scale, height: frame.height)
        for (value, label) in zip(shown.values, shown.labels) {
            let y = frame.bottom - scale.fraction(value) * frame.height
            drawing.append(
                .label(label, x: x + ColorBarLayout.thickness + 5, y: y + 4, class: "tick number"))
        }
        return drawing
    }
}
