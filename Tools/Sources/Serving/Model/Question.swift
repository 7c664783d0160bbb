import SwiftMLP
import Workflows

/// Rows to predict, and how the answer is written.
struct Question {
    /// What is answered.
    enum Form { case object, list, lines }

    let model: ServedModel
    let table: Table
    let form: Form
    let halfWidth: Double?

    /// - Throws: `ServiceError` for rows that the model rejects.
    func answer() throws -> Response {
        if table.rowCount == 0, form == .list { return .json(Array("[]\n".utf8)) }
        return answer(try model.predictions(table), rows: 0..<table.rowCount)
    }

    /// The answer from the predictions of more rows than these.
    private func answer(_ predictions: Predictions, rows: Range<Int>) -> Response {
        guard form != .lines else {
            return Response(
                contentType: "text/csv; charset=utf-8", body: model.csv(predictions, halfWidth: halfWidth),
                rows: rows.count)
        }
        return .json(
            model.json(predictions, rows: rows, isSingle: form == .object, halfWidth: halfWidth), rows: rows.count)
    }

    /// Whether it costs less to answer this one together with others, and its answer stays the same to the last bit.
    var joinsOthers: Bool { form == .object && model.joinsRows }

    /// The answers to questions about one row each of the same model, from one prediction.
    ///
    /// - Throws: `ServiceError` if the model rejects any of the rows.
    static func answers(_ questions: [Question]) throws -> [Response] {
        guard let model = questions.first?.model else { return [] }
        let table = try Table(
            columnNames: model.columnNames,
            columns: model.columns.map { column in
                column.isNumber
                    ? .numbers(try questions.flatMap { try $0.table.numbers(column.name) })
                    : .strings(try questions.flatMap { try $0.table.strings(column.name) })
            })
        let predictions = try model.predictions(table)
        return questions.enumerated().map { row, question in question.answer(predictions, rows: row..<row + 1) }
    }
}
