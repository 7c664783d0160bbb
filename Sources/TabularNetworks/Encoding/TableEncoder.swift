import Estimators
import LinearAlgebra
package import Tables

/// Learns how to encode the columns of a table, and encodes tables.
package struct TableEncoder: Equatable, Sendable {
    package let names: [String]
    package let columns: [ColumnEncoding]
    package let shape: EncodedShape

    /// - Parameter dates: the columns of numbers that are days since 1970-01-01.
    /// - Throws: `EstimatorError.invalidInput` for a table without rows or columns, an infinite number, or a number that is
    ///   no date.
    init(_ table: Table, settings: TabularSettings, dates: [String] = []) throws {
        try Check.shape(rows: table.rowCount, columns: table.columnCount)
        names = table.columnNames
        var bins = 0
        if case .piecewiseLinear(let count, _) = settings.numericEmbedding { bins = count }
        for name in dates { _ = try table.numbers(name) }
        columns = try table.columnNames.map { name in
            switch try table.column(name) {
            case .numbers(let values) where dates.contains(name):
                try TableEncoder.dates(values, name: name, bins: bins, clip: settings.clip)
            case .numbers(let values):
                try TableEncoder.number(values, name: name, bins: bins, clip: settings.clip)
            case .strings(let values):
                TableEncoder.category(values, settings: settings)
            }
        }
        shape = EncodedShape(columns)
    }

    /// The columns and what they hold.
    package var columnTypes: [(name: String, kind: Table.ColumnKind)] { zip(names, columns).map { ($0, $1.kind) } }

    private static func number(_ values: [Double], name: String, bins: Int, clip: Double) throws -> ColumnEncoding {
        if let row = values.firstIndex(where: \.isInfinite) {
            throw EstimatorError.invalidInput(
                argument: "x",
                problem: "must contain finite numbers or gaps, but \"\(name)\" is \(values[row]) in row \(row)")
        }
        let known = values.filter { !$0.isNaN }
        let gaps = values.count - known.count
        guard let number = ScaledNumber(known, clip: clip, bins: bins) else {
            // Whether the only number is missing may still say something.
            guard gaps > 0, let value = known.first else { return .ignored(kind: .numbers) }
            let constant = ScaledNumber([value, value + max(1, abs(value))], clip: clip, bins: bins)
            return constant.map { .number($0, marksGaps: Indicator(count: gaps, of: values.count, clip: clip)) }
                ?? .ignored(kind: .numbers)
        }
        return .number(number, marksGaps: gaps > 0 ? Indicator(count: gaps, of: values.count, clip: clip) : nil)
    }

    private static func dates(
        _ values: [Double], name: String, bins: Int, clip: Double
    ) throws -> ColumnEncoding {
        let dates = try TableEncoder.calendarDates(values, name: name, argument: "x")
        let known = dates.filter { !$0.days.isNaN }
        let parts = CalendarPart.differing(among: known).compactMap { part in
            ScaledNumber(known.map { $0[part] }, clip: clip, bins: bins).map { ScaledPart(part: part, scale: $0) }
        }
        guard !parts.isEmpty else { return try number(values, name: name, bins: bins, clip: clip) }
        let gaps = values.count - known.count
        return .dates(parts, marksGaps: gaps > 0 ? Indicator(count: gaps, of: values.count, clip: clip) : nil)
    }

    /// Days since 1970-01-01 as dates.
    private static func calendarDates(
        _ values: [Double], name: String, argument: String
    ) throws -> [CalendarDate] {
        if let row = values.firstIndex(where: { !$0.isNaN && !CalendarDate.range.contains($0) }) {
            throw EstimatorError.invalidInput(
                argument: argument,
                problem:
                    "must have days since 1970-01-01 of the years 1 to 9999 in \"\(name)\", but is \(values[row]) in "
                    + "row \(row)")
        }
        return values.map { CalendarDate(days: $0) }
    }

    private static func category(_ values: [String?], settings: TabularSettings) -> ColumnEncoding {
        var (counts, gaps) = ([String: Int](), 0)
        for value in values {
            if let value { counts[value, default: 0] += 1 } else { gaps += 1 }
        }
        let known = counts.keys.sorted(by: String.precedes)
        guard known.count + (gaps > 0 ? 1 : 0) > 1 else { return .ignored(kind: .strings) }
        func indicator(_ count: Int, off: Double = 0) -> Indicator {
            Indicator(count: count, of: values.count, off: off, clip: settings.clip)
        }
        if known.count == 2, gaps == 0 {
            // A single column of 1 and −1.
            return .oneHot(known, [indicator(counts[known[0]] ?? 0, off: -1)], marksGaps: false)
        }
        if known.count <= settings.oneHotAtMost {
            let columns = known.map { indicator(counts[$0] ?? 0) } + (gaps > 0 ? [indicator(gaps)] : [])
            return .oneHot(known, columns, marksGaps: gaps > 0)
        }
        let frequent = known.filter { (counts[$0] ?? 0) >= settings.leastCategoryCount }
        if frequent.isEmpty {
            // All are unknown ones, so that only the gaps say something.
            guard gaps > 0 else { return .ignored(kind: .strings) }
            return .oneHot([known[0]], [indicator(counts[known[0]] ?? 0), indicator(gaps)], marksGaps: true)
        }
        return .embedded(frequent, marksGaps: gaps > 0)
    }

    /// Encodes a table.
    ///
    /// - Throws: `EstimatorError.invalidInput` for a table without one of the columns, for words in a column of numbers, or
    ///   for an infinite number.
    func encode<Scalar: MatrixScalar>(_ table: Table, argument: String = "x") throws -> EncodedTable<Scalar> {
        let rows = table.rowCount
        let values = try table.columns(names)
        var numbers = [Scalar](repeating: 0, count: rows * shape.numbers)
        var positions = [Scalar](repeating: 0, count: shape.bins > 0 ? rows * shape.numbers : 0)
        var indicators = [Scalar](repeating: 0, count: rows * shape.indicators)
        var codes = [Int32](repeating: 0, count: rows * shape.categories.count)
        var (number, indicator, category) = (0, 0, 0)
        for (index, column) in columns.enumerated() {
            switch column {
            case .ignored: break
            case .number, .dates:
                let values = try TableEncoder.numbers(values[index], name: names[index], argument: argument)
                if case .dates = column {
                    _ = try TableEncoder.calendarDates(values, name: names[index], argument: argument)
                }
                for (part, scale) in column.numbers {
                    for (row, value) in values.enumerated() {
                        let value = part.map { CalendarDate(days: value)[$0] } ?? value
                        let scaled = value.isNaN ? 0 : scale.scaled(value)
                        numbers[row * shape.numbers + number] = Scalar(scaled)
                        if shape.bins > 0 {
                            positions[row * shape.numbers + number] = Scalar(scale.position(scaled, bins: shape.bins))
                        }
                    }
                    number += 1
                }
                if let mark = column.gapMark {
                    for (row, value) in values.enumerated() {
                        indicators[row * shape.indicators + indicator] = Scalar(value.isNaN ? mark.on : mark.off)
                    }
                    indicator += 1
                }
            case .oneHot(let known, let scales, let marksGaps):
                let codes = TableEncoder.codes(values[index], known: known, gap: marksGaps ? known.count + 1 : 0)
                for (row, code) in codes.enumerated() {
                    let start = row * shape.indicators + indicator
                    if known.count == 2, !marksGaps {
                        indicators[start] = Scalar(
                            code == 0 ? scales[0].unknown : code == 1 ? scales[0].on : scales[0].off)
                    } else {
                        for (offset, scale) in scales.enumerated() {
                            indicators[start + offset] = Scalar(code == offset + 1 ? scale.on : scale.off)
                        }
                    }
                }
                indicator += scales.count
            case .embedded(let known, let marksGaps):
                let found = TableEncoder.codes(values[index], known: known, gap: marksGaps ? known.count + 1 : 0)
                for (row, code) in found.enumerated() { codes[row * shape.categories.count + category] = Int32(code) }
                category += 1
            }
        }
        return EncodedTable(
            shape: shape, rows: rows, numbers: numbers, positions: positions, indicators: indicators, codes: codes)
    }

    /// The numbers of a column; texts are read as numbers.
    private static func numbers(_ column: Table.Column, name: String, argument: String) throws -> [Double] {
        let values: [Double]
        switch column {
        case .numbers(let numbers): values = numbers
        case .strings(let texts):
            values = try texts.enumerated().map { row, text in
                guard let text else { return .nan }
                guard let number = Double(text) else {
                    throw EstimatorError.invalidInput(
                        argument: argument,
                        problem:
                            "must have numbers in \"\(name)\", as in the call of fit, but has \"\(text)\" in row \(row)"
                    )
                }
                return number
            }
        }
        if let row = values.firstIndex(where: \.isInfinite) {
            throw EstimatorError.invalidInput(
                argument: argument,
                problem: "must contain finite numbers or gaps, but \"\(name)\" is \(values[row]) in row \(row)")
        }
        return values
    }

    /// The number of each category, from 1; 0 for an unknown one.
    private static func codes(_ column: Table.Column, known: [String], gap: Int) -> [Int] {
        let numbers = Dictionary(uniqueKeysWithValues: zip(known, 1...))
        switch column {
        case .strings(let values): return values.map { value in value.map { numbers[$0] ?? 0 } ?? gap }
        case .numbers(let values):
            return values.map { value in
                if value.isNaN { return gap }
                let text = value == value.rounded() && abs(value) < 1e15 ? "\(Int(value))" : "\(value)"
                return numbers[text] ?? numbers["\(value)"] ?? 0
            }
        }
    }
}
