import Foundation
import SwiftMLP
import TestSupport
import Testing

/// Dates as features.
@Suite struct CalendarFeaturesTests {
    private func days(_ texts: [String]) -> [Double] { texts.map { CalendarDate($0)?.days ?? .nan } }

    @Test func partsThatDifferBecomeFeatures() throws {
        let days = days(["2024-01-31", "2024-02-28", "", "2024-03-31"])
        let x = Matrix<Double>(rows: 4, columns: 1, elements: days)
        let calendar = try CalendarFeatures().fitted(x)
        #expect(calendar.parts == [[.days, .month, .day, .weekday]])
        #expect(try calendar.getFeatureNamesOut(["sold"]) == ["sold.days", "sold.month", "sold.day", "sold.weekday"])
        let features = try calendar.transform(x)
        #expect(features.row(0) == [19_753, 1, 31, 3])
        #expect(features.row(2).allSatisfy { $0.isNaN })
        #expect(features.row(3) == [19_813, 3, 31, 7])
    }

    @Test func hoursYearsAndConstantDates() throws {
        let x = Matrix<Double>(
            rows: 2, columns: 2,
            elements: days(["2023-05-05T01:00", "2024-05-05", "2024-05-05T02:59:59.9", "2024-05-05"]))
        let calendar = try CalendarFeatures().fitted(x)
        #expect(calendar.parts == [[.days, .year, .weekday, .hour], [.days]])
        #expect(try calendar.transform(x).column(3) == [1, 2])
    }

    @Test func filesKeepTheParts() throws {
        let table = try readCSV(
            text: "sold,n\n31.01.2024,1\n01.02.2024,2\n,3\n05.03.2024,4\n", dateColumns: ["sold": .dayMonthYear])
        let columns = ColumnTransformer([
            .numeric(["sold"], CalendarFeatures(), SimpleImputer(strategy: .median), StandardScaler()),
            .numeric(["n"]),
        ])
        #expect(
            columns.description.contains(
                ".numeric([\"sold\"], Chain(Chain(CalendarFeatures(), SimpleImputer(strategy: .median)), StandardScaler()))"
            )
                || columns.description.contains("CalendarFeatures()"))
        let fitted = try columns.fitted(table)
        try withFolder { folder in
            let file = folder.appendingPathComponent("columns.safetensors")
            try fitted.save(to: file)
            let loaded = try ColumnTransformer(contentsOf: file)
            #expect(loaded == fitted)
            #expect(try loaded.transform(table) == fitted.transform(table))
        }
    }

    @Test func numbersThatAreNoDates() throws {
        let wild = Matrix<Double>(rows: 1, columns: 1, elements: [1e9])
        #expect(throws: EstimatorError.self) { try CalendarFeatures().fitted(wild) }
        let calendar = try CalendarFeatures().fitted(Matrix<Double>(rows: 1, columns: 1, elements: [0]))
        #expect(throws: EstimatorError.self) { try calendar.transform(wild) }
        #expect(throws: EstimatorError.self) { try CalendarFeatures().transform(wild) }
    }
}
