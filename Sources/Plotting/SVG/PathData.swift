/// The `d` attribute of a path, with numbers rounded to hundredths of a pixel.
struct PathData {
    private(set) var text = ""

    var isEmpty: Bool { text.isEmpty }

    mutating func move(to point: Point) { text += "M\(short(point.x)) \(short(point.y))" }

    mutating func line(to point: Point) { text += "L\(short(point.x)) \(short(point.y))" }

    mutating func close() { text += "z" }

    /// Draws a shape in relative coordinates, starting at a point.
    mutating func shape(_ shape: String, at point: Point) {
        move(to: point)
        text += shape
    }

    /// Draws a rectangle.
    mutating func rectangle(x: Double, y: Double, width: Double, height: Double) {
        move(to: Point(x: x, y: y))
        text += "h\(short(width))v\(short(height))h\(short(-width))z"
    }

    /// Draws lines through the points. A point that is not finite makes a gap.
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

/// A point in the picture, in pixels from the upper left corner; or a point in data coordinates.
struct Point: Hashable, Sendable {
    var x: Double
    var y: Double
}

/// Returns the number in few characters: at most two decimals, without trailing zeros.
///
/// Numbers are limited to a million pixels, and a number that is not finite becomes a valid number, so that the file
/// stays readable.
func short(_ number: Double) -> String {
    guard !number.isNaN else { return "0" }
    let hundredths = Int((max(-1e6, min(1e6, number)) * 100).rounded())
    let (whole, rest) = abs(hundredths).quotientAndRemainder(dividingBy: 100)
    let sign = hundredths < 0 ? "-" : ""
    if rest == 0 { return "\(sign)\(whole)" }
    let fraction = rest % 10 == 0 ? "\(rest / 10)" : rest < 10 ? "0\(rest)" : "\(rest)"
    return "\(sign)\(whole == 0 ? "" : "\(whole)").\(fraction)"
}
