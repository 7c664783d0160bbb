/// The points of one series as markers.
///
/// Thousands of markers are one path. Of the points in the same third of a pixel, only one is drawn.
struct ScatterMark: Mark {
    let points: [Point]
    let style: SeriesStyle
    var size = Size.automatic

    /// The size of the markers; `.automatic` makes them small if there are many.
    enum Size: Sendable { case automatic, small }

    func drawing(_ projection: Projection) -> [Element] {
        var taken: Set<Point> = []
        var path = PathData()
        let isCrowded = size == .small || points.count > 1500
        for place in projection.points(points) where place.x.isFinite && place.y.isFinite {
            // Small markers are placed on thirds of a pixel; tenths need fewer characters.
            let pixel = Point(x: (place.x * 3).rounded(), y: (place.y * 3).rounded())
            guard taken.insert(pixel).inserted else { continue }
            if isCrowded {
                style.drawSmallMarker(
                    at: Point(x: (place.x * 10).rounded() / 10, y: (place.y * 10).rounded() / 10), in: &path)
            } else {
                path.shape(style.marker, at: place)
            }
        }
        guard !path.isEmpty else { return [] }
        let look = isCrowded ? "\(style.smallMarkerClass) \(style.strokeClass)" : "ring"
        return [Element("path", ["class": "\(look) \(style.fillClass)", "d": path.text])]
    }
}

extension SeriesStyle {
    private var shape: Int { (number + number / Theme.series.count) % 5 }

    fileprivate var smallMarkerClass: String { shape == 0 ? "dot" : "grain" }

    /// Draws the marker for thousands of points: smaller, and with few characters. A line of length 0 with round ends
    /// is a dot.
    fileprivate func drawSmallMarker(at place: Point, in path: inout PathData) {
        func draw(_ outline: String, _ dx: Double, _ dy: Double) {
            path.shape(outline, at: Point(x: place.x + dx, y: place.y + dy))
        }
        switch shape {
        case 0: draw("h0", 0, 0)
        case 1: draw("l1 2h-2z", 0, -1)
        case 2: draw("h2v2h-2z", -1, -1)
        case 3: draw("l1 1-1 1-1-1z", 0, -1)
        default: draw("l1-2h-2z", 0, 1)
        }
    }
}
