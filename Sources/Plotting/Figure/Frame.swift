/// The rectangle between the axes, in pixels.
struct Frame: Sendable, Equatable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double

    var right: Double { x + width }
    var bottom: Double { y + height }

    /// Returns the largest centered part with this many square cells.
    func square(columns: Int, rows: Int) -> Frame {
        let cell = min(width / Double(max(columns, 1)), height / Double(max(rows, 1)))
        let (newWidth, newHeight) = (cell * Double(max(columns, 1)), cell * Double(max(rows, 1)))
        return Frame(x: x + (width - newWidth) / 2, y: y, width: newWidth, height: newHeight)
    }
}

/// Maps the values of two axes to a point in the picture.
struct Projection: Sendable {
    let frame: Frame
    let xScale: Scale
    let yScale: Scale

    func x(_ value: Double) -> Double { frame.x + Projection.inside(xScale.fraction(value)) * frame.width }

    /// Returns the position on the y axis. Numbers increase upward; the names of a category scale are in order from the
    /// top.
    func y(_ value: Double) -> Double {
        let fraction = Projection.inside(yScale.fraction(value))
        return frame.y + (yScale.names == nil ? 1 - fraction : fraction) * frame.height
    }

    /// Limits a value to the axis, so that values beyond it are drawn at its ends.
    private static func inside(_ fraction: Double) -> Double {
        fraction.isNaN ? .nan : max(0, min(1, fraction))
    }

    func point(_ place: Point) -> Point { Point(x: x(place.x), y: y(place.y)) }

    func points(_ places: [Point]) -> [Point] { places.map(point) }
}
