import Foundation
import SwiftMLP

extension TrainingJob {
    /// What is known of the model, and the scores of the held-out rows.
    func card(
        _ model: any TableWorkflow, heldOut: inout HeldOut, _ parts: [Predictions], _ splits: [SplitIndices]
    ) throws -> ModelCard {
        var card = try ModelCard(
            task: table.task, target: table.target,
            columns: model.columnTypes().map { try .init($0.name, table.x.column($0.name), table.dates[$0.name]) },
            call: model.call)
        card.classes = model.classLabels
        card.rows = refits ? table.truth.count : splits[0].train.count
        (card.data, card.checksum, card.reading) = (data, checksum, reading)
        card.date = Date()
        guard let predictions = Predictions(joining: parts) else { return card }
        heldOut.predictions = predictions
        let truth = table.truth.selecting(heldOut.rows)
        card.scores = try Scores.of(predictions, truth: truth)
        let train = table.truth.selecting(splits[0].train)
        heldOut.baseline = try Scores.of(
            Scores.baseline(truth, train: train, classes: model.classLabels), truth: truth, hasIntervals: false)
        card.validation =
            folds.map { "\($0) folds, \(truth.count) rows" }
            ?? "\(truth.count) held-out rows of \(table.truth.count)"
        if case (.numbers(let predicted), .numbers(let truth)) = (predictions, truth) {
            // At most a thousand, since they are kept in the file.
            let errors = zip(predicted, truth).map { abs($0 - $1) }.sorted()
            let count = min(errors.count, 1000)
            card.errors =
                errors.count <= 1000
                ? errors : (1...count).map { errors[min(errors.count - 1, $0 * errors.count / count)] }
        }
        return card
    }
}

extension ModelCard.Column {
    /// What is known of a column of the training data.
    init(_ name: String, _ column: Table.Column, _ dates: DateOrder?) {
        self.init(name: name, kind: column.kind)
        self.dates = dates
        missing = Double(column.missingRows.count) / Double(max(1, column.count))
        switch column {
        case .numbers(let values):
            let known = values.filter { !$0.isNaN }.sorted()
            (least, greatest) = (known.first, known.last)
            median = known.isEmpty ? nil : known[known.count / 2]
            isInteger = known.allSatisfy { $0 == $0.rounded() }
        case .strings(let values):
            var counts: [String: Int] = [:]
            for value in values.compactMap(\.self) { counts[value, default: 0] += 1 }
            categoryCount = counts.count
            categories = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.prefix(100).map(\.key)
        }
    }
}
