/// Points whose shade shows a third quantity.
struct ShadedPointsMark: Mark {
    let points: [Point]
    /// The position of each point's quantity in its range, from 0 to 1, which selects its shade.
    let places: [Double]

    func drawing(_ projection: Projection) -> [Element] {
        let shades = Theme.density.count
        let radius = points.count > 200 ? 3 : 4.5
        var paths = Array(repeating: PathData(), count: shades)
        for (point, place) in zip(projection.points(points), places) where point.x.isFinite && point.y.isFinite {
            let shade = max(0, min(shades - 1, Int((place.isFinite ? place : 0) * Double(shades))))
            let (r, d) = (short(radius), short(2 * radius))
            paths[shade].shape("m-\(r) 0a\(r) \(r) 0 1 0 \(d) 0a\(r) \(r) 0 1 0-\(d) 0z", at: point)
        }
        // The high ones are drawn last, on top.
        return paths.enumerated().filter { !$0.element.isEmpty }.map { shade, path in
            Element("path", ["class": "ring d\(shade)", "d": path.text])
        }
    }
}
