/// A line through data points, with markers if there are few.
struct LineMark: Mark {
    /// The shape of the line between two points.
    enum Path: Sendable {
        case straight
        /// A step at the next point's value, as for precision-recall curves, which are not interpolated.
        case steps
    }

    let points: [Point]
    let style: SeriesStyle
    var path = Path.straight
    var hasMarkers = false
    /// Whether the line has no dashes, whatever its style.
    var isSolid = false

    /// The number of points above which markers would hide the line.
    static let markerLimit = 40

    func drawing(_ projection: Projection) -> [Element] {
        let places = projection.points(points)
        var line = PathData()
        line.polyline(thinned(path == .steps ? stepped(places) : places))
        var drawing = [Element.line(line.text, style: style, isSolid: isSolid)]
        // A single point has no line.
        if places.count == 1 || (hasMarkers && places.count <= LineMark.markerLimit) {
            var markers = PathData()
            for place in places where place.x.isFinite && place.y.isFinite { markers.shape(style.marker, at: place) }
            drawing.append(Element("path", ["class": style.fillClass, "d": markers.text]))
        }
        return drawing
    }

    private func stepped(_ places: [Point]) -> [Point] {
        guard let first = places.first else { return [] }
        return [first] + zip(places, places.dropFirst()).flatMap { [Point(x: $0.x, y: $1.y), $1] }
    }

    /// Returns the first, lowest, highest and last point in each half pixel of the width. The line looks the same, and
    /// the size of the file does not depend on the number of points.
    private func thinned(_ places: [Point]) -> [Point] {
        guard places.count > 2000 else { return places }
        var kept: [Point] = []
        var column: [Point] = []
        func flush() {
            guard let first = column.first, let last = column.last else { return }
            let middle = [column.min { $0.y < $1.y }, column.max { $0.y < $1.y }].compactMap { $0 }
            kept += [first] + (column.count > 2 ? middle : []) + (column.count > 1 ? [last] : [])
            column = []
        }
        for place in places {
            if let first = column.first, (first.x * 2).rounded() != (place.x * 2).rounded() { flush() }
            column.append(place)
        }
        flush()
        return kept
    }
}
