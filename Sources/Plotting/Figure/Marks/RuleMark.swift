/// A thin dashed reference line: the chance level, a perfect prediction, the end of training.
struct RuleMark: Mark {
    let from: Point
    let to: Point

    func drawing(_ projection: Projection) -> [Element] {
        var path = PathData()
        path.polyline([projection.point(from), projection.point(to)])
        return [Element("path", ["class": "rule", "d": path.text])]
    }
}

/// A vertical dashed line from the lower to the upper edge.
struct UprightRuleMark: Mark {
    let x: Double

    func drawing(_ projection: Projection) -> [Element] {
        let (frame, place) = (projection.frame, projection.x(x))
        guard place.isFinite else { return [] }
        var path = PathData()
        path.polyline([Point(x: place, y: frame.y), Point(x: place, y: frame.bottom)])
        return [Element("path", ["class": "rule", "d": path.text])]
    }
}

/// An emphasized point: the marker of its series with a ring around it.
struct HighlightMark: Mark {
    let point: Point
    let style: SeriesStyle

    func drawing(_ projection: Projection) -> [Element] {
        let place = projection.point(point)
        guard place.x.isFinite, place.y.isFinite else { return [] }
        var path = PathData()
        path.shape(style.marker, at: place)
        return [Element("path", ["class": "ring best \(style.fillClass)", "d": path.text])]
    }
}
