/// The area between two lines, such as one standard deviation around a mean.
struct BandMark: Mark {
    let x: [Double]
    let lower: [Double]
    let upper: [Double]
    let style: SeriesStyle

    func drawing(_ projection: Projection) -> [Element] {
        let there = zip(x, upper).map { projection.point(Point(x: $0, y: $1)) }
        let back = zip(x, lower).map { projection.point(Point(x: $0, y: $1)) }.reversed()
        let outline = (there + back).filter { $0.x.isFinite && $0.y.isFinite }
        guard outline.count > 3 else { return [] }
        var path = PathData()
        path.polyline(outline)
        path.close()
        return [Element("path", ["class": "band \(style.fillClass)", "d": path.text])]
    }
}
