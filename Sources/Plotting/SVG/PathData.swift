/// The `d` of a path, with short numbers: a hundredth of a pixel cannot be seen.
struct PathData {
    private(set) var text = ""

    var isEmpty: Bool { text.isEmpty }

    mutating func move(to point: Point) { text += "M\(short(point.x)) \(short(point.y))" }

    mutating func line(to point: Point) { text += "L\(short(point.x)) \(short(point.y))" }

    mutating func close() { text += "z" }

    /// A shape in relative coordinates, begun at a point.
    mutating func shape(_ shape: String, at point: Point) {
        move(to: point)
        text += shape
    }

    /// A rectangle.
    mutating func rectangle(x: Double, y: Double, width: Double, height: Double) {
        move(to: Point(x: x, y: y))
        text += "h\(short(width))v\(short(height))h\(short(-width))z"
    }

    /// Lines through the points; one that is not finite makes a gap.
    mutating func polyline(_ points: [Point]) {
        var isDrawing = false
        for point in points {
            guard point.x.isFinite, point.y.isFinite else {
                isDrawing = false
                continue
            }
            if isDrawing { line(to: point) } else { move(to: point) }
            isDrawing = true
        }
    }
}

/// A place in the picture, in pixels from its upper left corner; or a place in the data.
struct Point: Hashable, Sendable {
    var x: Double
    var y: Double
}

/// The number in few characters: two decimals at the most, no zeros that say nothing.
///
/// Nothing in a picture is a million pixels away; what is not finite is drawn at the margin rather than making the file
/// unreadable.
func short(_ number: Double) -> String {
    guard !number.isNaN else { return "0" }
    let hundredths = Int((max(-1e6, min(1e6, number)) * 100).rounded())
    let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
    let sign = hundredths < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    let fraction = rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
    return "\(sign)\(whole == 0 ? "" : "\(whole)").\(fraction)"
}
