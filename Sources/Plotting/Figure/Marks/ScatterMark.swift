/// The points of one series, each as its marker.
///
/// Thousands of markers make one path; of those that fall on the same third of a pixel, one is drawn.
struct ScatterMark: Mark {
    let points: [Point]
    let style: SeriesStyle
    var size = Size.automatic

    /// How large the markers are; `.automatic` makes them small where there are many.
    enum Size: Sendable { case automatic, small }

    func drawing(_ projection: Projection) -> [Element] {
        var taken: Set<Point> = []
        var path = PathData()
        let isCrowded = size == .small || points.count > 1500
        for place in projection.points(points) where place.x.isFinite && place.y.isFinite {
            let pixel = Point(x: (place.x * 3).rounded(), y: (place.y * 3).rounded())
            guard taken.insert(pixel).inserted else { continue }
            path.shape(isCrowded ? style.smallMarker : style.marker, at: place)
        }
        guard !path.isEmpty else { return [] }
        return [
            Element(
                "path",
                [
                    "class": "ring \(style.fillClass)", "stroke-width": isCrowded ? "0" : ".6", "d": path.text,
                ])
        ]
    }
}

extension SeriesStyle {
    /// The marker for thousands of points: smaller, and in few characters.
    fileprivate var smallMarker: String {
        switch (number + number / Theme.series.count) % 5 {
        case 0: "m-1.5-.8l1.5-.8 1.5.8v1.7l-1.5.8-1.5-.8z"
        case 1: "m0-2l2 3.5h-4z"
        case 2: "m-1.5-1.5h3v3h-3z"
        case 3: "m0-2l2 2-2 2-2-2z"
        default: "m0 2l2-3.5h-4z"
        }
    }
}
