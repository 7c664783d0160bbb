/// The plane divided among classes. Each point has the color of its class, stronger for higher probabilities.
struct RegionsMark: Mark {
    /// The class and strength of a point.
    struct Place: Hashable {
        var series: Int
        /// The strength of the color, from 0 (barely visible) to `levels` − 1.
        var level: Int
    }

    static let levels = 5

    /// The points in rows from the lowest y, evenly spaced over the ranges.
    let places: [[Place]]
    let x: ClosedRange<Double>
    let y: ClosedRange<Double>

    func drawing(_ projection: Projection) -> [Element] {
        let (rows, columns) = (places.count, places.first?.count ?? 0)
        guard rows > 0, columns > 0 else { return [] }
        let left = projection.x(x.lowerBound)
        let (top, bottom) = (projection.y(y.upperBound), projection.y(y.lowerBound))
        let width = (projection.x(x.upperBound) - left) / Double(columns)
        let height = (bottom - top) / Double(rows)
        var paths: [Place: PathData] = [:]
        for (number, row) in places.enumerated() {
            var start = 0
            for column in 1...columns where column == columns || row[column] != row[start] {
                // Edges that neighbors share are the same whole pixels, so that no background is visible between them.
                let (x, end) = ((left + Double(start) * width).rounded(), (left + Double(column) * width).rounded())
                let y = (bottom - Double(number + 1) * height).rounded()
                paths[row[start], default: PathData()].rectangle(
                    x: x, y: y, width: end - x, height: (bottom - Double(number) * height).rounded() - y)
                start = column
            }
        }
        return paths.sorted { ($0.key.series, $0.key.level) < ($1.key.series, $1.key.level) }.map { place, path in
            let opacity = 0.1 + 0.4 * Double(place.level) / Double(RegionsMark.levels - 1)
            return Element(
                "path",
                [
                    "class": "cells \(SeriesStyle(number: place.series).fillClass)", "opacity": short(opacity),
                    "d": path.text,
                ])
        }
    }
}
