import Inspection
import LinearAlgebra

/// The test samples whose predictions are most wrong.
struct WrongPredictions {
    /// What the samples are: `The 10 test samples with the largest errors`.
    var caption: String
    /// The name of the last column before the features: how wrong a prediction is.
    var measure: String
    /// The most wrong first.
    var rows: [Row] = []

    struct Row {
        let sample: Int
        let truth: String
        let prediction: String
        let measure: String
    }

    /// The limits of the table: samples, and features beside them.
    static let (sampleLimit, featureLimit) = (10, 5)

    /// The indices of the greatest values, the greatest first.
    static func greatest(_ values: [Double]) -> [Int] {
        Array(values.indices.sorted { (values[$1], $0) < (values[$0], $1) }.prefix(sampleLimit))
    }

    /// The samples as a table, with the values of some features.
    ///
    /// - Parameters:
    ///   - x: the features of all test samples.
    ///   - features: the indices of the columns that are shown.
    ///   - names: the names of all columns.
    func table(_ x: any FeatureColumns, features: [Int], names: [String]) -> HTMLPage.Block {
        if rows.isEmpty { return .paragraph("No test sample is predicted wrongly.") }
        let columns = features.prefix(WrongPredictions.featureLimit).map { feature -> (Int) -> String in
            switch x.featureColumn(feature) {
            case .numbers(let numbers): { numbers[$0].isNaN ? "missing" : general(numbers[$0], digits: 6) }
            case .strings(let strings): { strings[$0].map(elided) ?? "missing" }
            }
        }
        let shown = features.prefix(WrongPredictions.featureLimit).map { elided(names[$0]) }
        return .table(
            HTMLPage.Table(
                caption: caption + (shown.isEmpty ? "" : ", with the values of important columns"),
                header: ["Row, from 0", "True", "Predicted", measure] + shown,
                rows: rows.map { row in
                    ["\(row.sample)", elided(row.truth), elided(row.prediction), row.measure]
                        + columns.map { $0(row.sample) }
                }))
    }
}

/// The beginning and the end of a text that is too long for a cell.
private func elided(_ text: String) -> String { text.count > 28 ? text.prefix(15) + "…" + text.suffix(12) : text }
