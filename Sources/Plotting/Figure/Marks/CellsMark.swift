/// A matrix as a heat map: a colored cell for each number, labeled with the number if there is space.
struct CellsMark: Mark {
    /// The rows of the matrix, from the top.
    let values: [[Double]]
    let texts: [[String]]
    /// The numbers of the first and last color.
    let range: ClosedRange<Double>

    func drawing(_ projection: Projection) -> [Element] {
        let frame = projection.frame
        let (rows, columns) = (values.count, values.first?.count ?? 0)
        let (width, height) = (frame.width / Double(max(columns, 1)), frame.height / Double(max(rows, 1)))
        let colors = values.map { $0.map(color) }
        var drawing: [Element] = []
        for color in Set(colors.joined()).sorted(by: { $0.hex < $1.hex }) {
            var path = PathData()
            for row in 0..<rows {
                for run in runs(in: columns, where: { colors[row][$0] == color }) {
                    path.rectangle(
                        x: frame.x + Double(run.lowerBound) * width, y: frame.y + Double(row) * height,
                        width: Double(run.count) * width, height: height)
                }
            }
            drawing.append(Element("path", ["class": "cells", "fill": color.hex, "d": path.text]))
        }
        let widest = texts.joined().map { TextWidth.of($0, size: Theme.tickSize) }.max() ?? 0
        guard widest + 4 <= width, height >= Theme.tickSize + 2 else { return drawing }
        for row in 0..<rows {
            for column in 0..<columns {
                drawing.append(
                    .label(
                        texts[row][column], x: frame.x + (Double(column) + 0.5) * width,
                        y: frame.y + (Double(row) + 0.5) * height + 4,
                        class: colors[row][column].isDark ? "on-dark" : "on-light", anchor: "middle"))
            }
        }
        return drawing
    }

    private func color(_ value: Double) -> RGB {
        let span = range.upperBound - range.lowerBound
        let fraction = span > 0 ? (value - range.lowerBound) / span : 0
        // 64 colors are as many as people can distinguish, and let equal neighbors share a rectangle.
        return Colormap.color((fraction * 64).rounded() / 64)
    }
}
