import Foundation

/// Thousands of points: dense regions as a density, other points individually, so that outliers stay visible.
///
/// The frame is divided into cells. A cell with few points shows the points. Any other cell is filled in one of five
/// shades, whose thresholds have equal ratios.
struct DensityMark: Mark {
    /// The points that are drawn individually, in data coordinates.
    private(set) var single: [Point] = []
    /// The dense cells and their shades.
    private var cells: [Cell: Int] = [:]
    /// The minimum number of points of each shade, followed by the maximum number of all.
    private var thresholds: [Int] = []

    private static let (columns, rows) = (96, 72)
    private static let crowd = 4

    private struct Cell: Hashable {
        let column: Int
        let row: Int
    }

    init(_ points: [Point], x: Scale, y: Scale) {
        func cell(of point: Point) -> Cell {
            func index(_ fraction: Double, of count: Int) -> Int {
                max(0, min(count - 1, Int((fraction.isFinite ? fraction : 0) * Double(count))))
            }
            return Cell(
                column: index(x.fraction(point.x), of: DensityMark.columns),
                row: index(y.fraction(point.y), of: DensityMark.rows))
        }
        let places = points.map(cell)
        let counts = places.reduce(into: [:]) { $0[$1, default: 0] += 1 }
        single = zip(points, places).filter { counts[$0.1, default: 0] < DensityMark.crowd }.map(\.0)
        let crowded = counts.filter { $0.value >= DensityMark.crowd }
        guard let greatest = crowded.values.max() else { return }
        let ratio = pow(Double(greatest + 1) / Double(DensityMark.crowd), 1 / Double(Theme.density.count))
        let bounds = (0...Theme.density.count).map {
            Int((Double(DensityMark.crowd) * pow(ratio, Double($0))).rounded())
        }
        // If there are few distinct numbers, some shades would have the same meaning.
        thresholds = bounds.reduce(into: []) { if $0.last ?? 0 < $1 { $0.append($1) } }
        cells = crowded.mapValues { count in (thresholds.lastIndex { $0 <= count } ?? 0) }
    }

    /// The meaning of the shades.
    var legend: [LegendEntry] {
        let shades = thresholds.indices.dropLast()
        return shades.map { shade in
            let (least, most) = (thresholds[shade], thresholds[shade + 1] - 1)
            let range = least == most ? "\(least)" : "\(least)–\(most)"
            return LegendEntry(
                symbol: .fill("d\(DensityMark.shade(shade, of: shades.count))"),
                text: shade == 0 ? "\(range) points in a cell" : range)
        }
    }

    /// Returns the class of a shade. Few shades are as far apart as possible.
    private static func shade(_ number: Int, of count: Int) -> Int {
        count <= 1 ? 2 : number * (Theme.density.count - 1) / (count - 1)
    }

    func drawing(_ projection: Projection) -> [Element] {
        let frame = projection.frame
        let (width, height) = (
            frame.width / Double(DensityMark.columns), frame.height / Double(DensityMark.rows)
        )
        let count = max(thresholds.count - 1, 1)
        var drawing = (0..<count).compactMap { shade -> Element? in
            let members = Set(cells.filter { min($0.value, count - 1) == shade }.keys)
            guard !members.isEmpty else { return nil }
            var path = PathData()
            // Neighbors in a row are one rectangle.
            for row in 0..<DensityMark.rows {
                for run in runs(in: DensityMark.columns, where: { members.contains(Cell(column: $0, row: row)) }) {
                    path.rectangle(
                        x: frame.x + Double(run.lowerBound) * width, y: frame.bottom - Double(row + 1) * height,
                        width: Double(run.count) * width, height: height)
                }
            }
            return Element("path", ["class": "cells d\(DensityMark.shade(shade, of: count))", "d": path.text])
        }
        drawing += ScatterMark(points: single, style: SeriesStyle(number: 0), size: .small).drawing(projection)
        return drawing
    }
}

/// Returns the maximal runs of indices from 0 to `count` for which `isMember` returns true.
func runs(in count: Int, where isMember: (Int) -> Bool) -> [Range<Int>] {
    var runs: [Range<Int>] = []
    var start: Int?
    for index in 0...count {
        if index < count, isMember(index) {
            start = start ?? index
        } else if let first = start {
            runs.append(first..<index)
            start = nil
        }
    }
    return runs
}
