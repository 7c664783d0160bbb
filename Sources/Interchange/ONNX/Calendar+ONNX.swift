public import Preprocessing
import Tables

extension CalendarFeatures: ONNXTransformer {
    /// Appends the arithmetic of the Gregorian calendar for each feature.
    ///
    /// - Throws: `EstimatorError.notFitted`.
    public func append(to graph: inout ONNXGraph, features: String) throws -> String {
        return try graph.inDoublePrecision(features, columns: nFeaturesIn, of: "CalendarFeatures") { graph, features in
            let columns = parts.enumerated().flatMap { feature, parts in
                let days = graph.columns([feature], of: features)
                return parts.map { graph.calendar($0, of: days) }
            }
            return graph.sideBySide(columns)
        }
    }
}

extension ONNXGraph {
    /// A part of dates that are days since 1970-01-01, in double precision, as `CalendarDate` computes it. The numbers are
    /// integers below 2⁵³, of which ⌊a/b⌋ is exact.
    mutating func calendar(_ part: CalendarPart, of days: String) -> String {
        let moment = sum(days, CalendarDate.rounding)
        let day = node("Floor", moment)
        switch part {
        case .days: return days
        case .hour: return node("Floor", product(node("Sub", moment, day), 24))
        case .weekday: return sum(remainder(sum(day, 3), 7), 1)
        case .year, .month, .day: break
        }
        // Years that begin in March; 400 of them have 146,097 days.
        let shifted = sum(day, 719_468)
        let dayOfEra = remainder(shifted, 146_097)
        let leapDays = node(
            "Sub", quotient(dayOfEra, 36_524), node("Add", quotient(dayOfEra, 1460), quotient(dayOfEra, 146_096)))
        let yearOfEra = quotient(node("Add", dayOfEra, leapDays), 365)
        let daysOfYears = node(
            "Sub", node("Add", product(yearOfEra, 365), quotient(yearOfEra, 4)), quotient(yearOfEra, 100))
        let dayOfYear = node("Sub", dayOfEra, daysOfYears)
        let fromMarch = quotient(sum(product(dayOfYear, 5), 2), 153)
        if part == .day {
            return sum(node("Sub", dayOfYear, quotient(sum(product(fromMarch, 153), 2), 5)), 1)
        }
        let isThisYear = node("Less", fromMarch, number(10))
        if part == .month { return node("Where", isThisYear, sum(fromMarch, 3), sum(fromMarch, -9)) }
        let year = node("Add", product(quotient(shifted, 146_097), 400), yearOfEra)
        return node("Add", year, node("Where", isThisYear, number(0), number(1)))
    }

    private mutating func sum(_ value: String, _ other: Double) -> String { node("Add", value, number(other)) }

    private mutating func product(_ value: String, _ factor: Double) -> String { node("Mul", value, number(factor)) }

    /// ⌊value / divisor⌋.
    private mutating func quotient(_ value: String, _ divisor: Double) -> String {
        node("Floor", node("Div", value, number(divisor)))
    }

    /// value − divisor · ⌊value / divisor⌋.
    private mutating func remainder(_ value: String, _ divisor: Double) -> String {
        node("Sub", value, product(quotient(value, divisor), divisor))
    }
}
