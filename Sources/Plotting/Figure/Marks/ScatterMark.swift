/// The points of one series as markers.
///
/// Many points are drawn as small markers in a few translucent layers, so that dense regions are darker and what lies
/// below stays visible. Each layer is one path. Of its points in the same third of a pixel, only one is drawn.
struct ScatterMark: Mark {
    let points: [Point]
    let style: SeriesStyle
    var size = Size.automatic

    /// The size of the markers; `.automatic` makes them small and translucent if there are many.
    enum Size: Sendable { case automatic, small }

    /// The number of points above which markers are small.
    static let markerLimit = 600

    func drawing(_ projection: Projection) -> [Element] {
        let isCrowded = size == .small || points.count > ScatterMark.markerLimit
        let layers = size == .automatic && isCrowded ? 4 : 1
        let opacity = points.count > 8000 ? 0.25 : points.count > 2500 ? 0.4 : 0.6
        let places = projection.points(points).filter { $0.x.isFinite && $0.y.isFinite }
        return (0..<layers).compactMap { layer in
            let members = stride(from: layer, to: places.count, by: layers).map { places[$0] }
            let path = path(members, isCrowded: isCrowded)
            guard !path.isEmpty else { return nil }
            let isLarge = layers > 1 && points.count <= 2500
            let look =
                isLarge
                ? "\(style.smallMarkerClass) large \(style.strokeClass)"
                : isCrowded ? "\(style.smallMarkerClass) \(style.strokeClass)" : "ring"
            var element = Element("path", ["class": "\(look) \(style.fillClass)", "d": path.text])
            if layers > 1 { element.attributes.append(("opacity", short(opacity))) }
            return element
        }
    }

    private func path(_ places: [Point], isCrowded: Bool) -> PathData {
        var taken: Set<Point> = []
        var path = PathData()
        for place in places {
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
        return path
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
