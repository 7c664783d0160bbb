import Tables
import TabularNetworks

/// A table in a graph as a network takes it. The values are float, the indices int64.
struct ONNXEncodedTable {
    /// Rows × numbers, scaled; nil without numbers.
    var numbers: String?
    /// Rows × numbers: the row of each number's bin in a table with the bins of all numbers; nil without bins.
    var bins: String?
    /// Rows × numbers: the part of the bin below the number; nil without bins.
    var parts: String?
    /// Rows × indicators; nil without indicators.
    var indicators: String?
    /// One index per row, for each embedded column: the place of the category; that of unknown categories is the last.
    var codes: [String] = []
}

extension ONNXGraph {
    /// Declares the columns of a table as inputs, and appends nodes that encode them in double precision, as Swift does.
    ///
    /// - Throws: ``InterchangeError/notExportable(_:)`` for a name or a category that ONNX does not allow.
    mutating func encode(_ encoder: TableEncoder) throws -> ONNXEncodedTable {
        for (name, kind) in encoder.columnTypes { try column(name, kind == .numbers ? .double : .string) }
        var encoded = ONNXEncodedTable()
        let columns = Array(zip(encoder.names, encoder.columns))
        try computing(in: .double) { graph in
            graph.encodeNumbers(columns, bins: encoder.shape.bins, to: &encoded)
            var indicators: [String] = []
            for (name, column) in columns {
                switch column {
                case .ignored: break
                case .number, .dates:
                    guard let mark = column.gapMark else { break }
                    let isGap = graph.node("IsNaN", name)
                    indicators.append(graph.node("Where", isGap, graph.number(mark.on), graph.number(mark.off)))
                case .oneHot(let known, let scales, let marksGaps):
                    let places = try graph.places(of: name, among: known, marksGaps: marksGaps)
                    let rows = column.oneHotRows(known.count, scales, marksGaps: marksGaps)
                    let table = graph.constant(rows.flatMap(\.self), shape: [rows.count, scales.count])
                    indicators.append(graph.node("Gather", table, places, attributes: ["axis": 0]))
                case .embedded(let known, let marksGaps):
                    encoded.codes.append(try graph.places(of: name, among: known, marksGaps: marksGaps))
                }
            }
            if encoder.shape.indicators > 0 {
                // Where no column says anything, there is one indicator, always 0.
                let all = try indicators.isEmpty ? graph.zeros(like: columns[0]) : graph.sideBySide(indicators)
                encoded.indicators = graph.cast(all, to: .float)
            }
        }
        return encoded
    }

    /// The place of each row's category, as a list.
    private mutating func places(of column: String, among known: [String], marksGaps: Bool) throws -> String {
        let places = try numbers(of: ONNXCategories(column: column), among: known + (marksGaps ? [nil] : []))
        return node("Reshape", places, integers([-1]))
    }

    /// A column of zeros, as long as a column of the table.
    private mutating func zeros(like column: (name: String, encoding: ColumnEncoding)) throws -> String {
        let places =
            column.encoding.kind == .numbers
            ? node("IsNaN", column.name) : try numbers(of: ONNXCategories(column: column.name), among: [])
        return node("Mul", cast(places, to: .double), number(0))
    }

    private mutating func encodeNumbers(
        _ columns: [(String, ColumnEncoding)], bins: Int, to encoded: inout ONNXEncodedTable
    ) {
        let numbers = columns.flatMap { name, column in
            column.numbers.map { part, scale in (part.map { calendar($0, of: name) } ?? name, scale) }
        }
        guard !numbers.isEmpty else { return }
        let scales = numbers.map(\.1)
        let clips = row(scales.map(\.clip))
        let centered = node(
            "Sub", node("Mul", sideBySide(numbers.map(\.0)), row(scales.map(\.factor))),
            row(scales.map { $0.center * $0.factor }))
        let x = node("Div", centered, clips)
        // The square of a larger number is infinite.
        let bounded = clipped(x, to: (-1e150, 1e150))
        let root = node("Sqrt", node("Add", number(1), node("Mul", bounded, bounded)))
        let scaled = node(
            "Where", node("IsNaN", x), number(0), node("Div", node("Mul", clips, bounded), root))
        encoded.numbers = cast(scaled, to: .float)
        guard bins > 0 else { return }
        let positions = cast(self.positions(of: scaled, among: scales.map(\.knots)), to: .float)
        let bin = node("Min", cast(positions, to: .int64), integers([bins - 1]))
        encoded.parts = node("Sub", positions, cast(bin, to: .float))
        encoded.bins = node("Add", bin, integers(numbers.indices.map { $0 * bins }))
    }

    /// The index of each number's bin plus the part of the bin below the number.
    private mutating func positions(of scaled: String, among knots: [[Double]]) -> String {
        let most = knots.map(\.count).max() ?? 0
        let padded = knots.flatMap { $0 + [Double](repeating: .infinity, count: most - $0.count) }
        let isBelow = node(
            "LessOrEqual", constant(padded, shape: [1, knots.count, most]),
            node("Reshape", scaled, integers([-1, knots.count, 1])))
        let count = node("ReduceSum", cast(isBelow, to: .int64), integers([2]), attributes: ["keepdims": 0])
        let first = node("Max", node("Sub", count, integers([1])), integers([0]))
        let bin = node("Min", first, integers(knots.map { $0.count - 2 }))
        let index = node("Add", bin, integers(knots.indices.map { $0 * most }))
        let table = constant(padded, shape: [padded.count])
        let lower = node("Gather", table, index, attributes: ["axis": 0])
        let upper = node("Gather", table, node("Add", index, integers([1])), attributes: ["axis": 0])
        let part = node("Div", node("Sub", scaled, lower), node("Sub", upper, lower))
        let position = node("Max", node("Add", cast(bin, to: .double), part), number(0))
        return node("Min", position, row(knots.map { Double($0.count - 1) }))
    }
}

extension ColumnEncoding {
    /// The indicators of each category, of the gap if it is marked, and of unknown categories.
    fileprivate func oneHotRows(_ known: Int, _ scales: [Indicator], marksGaps: Bool) -> [[Double]] {
        if known == 2, !marksGaps { return [[scales[0].on], [scales[0].off], [scales[0].unknown]] }
        return (0...scales.count).map { place in
            scales.indices.map { place == $0 ? scales[$0].on : scales[$0].off }
        }
    }
}
