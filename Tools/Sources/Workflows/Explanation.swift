import Foundation
import SwiftMLP

/// What a model has learned, measured on data.
public struct Explanation: Sendable, Codable {
    /// How the predictions depend on one column.
    public struct Dependence: Sendable, Codable {
        /// The column.
        public var column: String
        /// What is predicted, such as `probability of yes`.
        public var output: String
        /// The values of the column, as texts.
        public var values: [String]
        /// The mean prediction for each value.
        public var predictions: [Double]
    }

    /// A row whose prediction is far from the truth.
    public struct WrongRow: Sendable, Codable {
        /// The number of the row in the data, from 1.
        public var row: Int
        /// What is true, and what was predicted.
        public var truth, prediction: String
        /// The absolute error, or one minus the probability of the true class.
        public var error: Double
    }

    /// What the columns contribute, the most important first.
    public var importances: [ModelCard.Importance]
    /// How the predictions depend on the most important columns.
    public var dependences: [Dependence]
    /// The rows that are most wrong, the worst first.
    public var wrong: [WrongRow]

    /// An explanation of these parts.
    public init(importances: [ModelCard.Importance], dependences: [Dependence], wrong: [WrongRow]) {
        (self.importances, self.dependences, self.wrong) = (importances, dependences, wrong)
    }
}

extension Predictions {
    /// The rows that are most wrong, the worst first.
    ///
    /// - Parameter numbers: the numbers of the rows in the data, from 0.
    /// - Throws: `WorkflowError` for true values of another kind.
    public func worstRows(_ truth: Truth, numbers: [Int], count: Int) throws -> [Explanation.WrongRow] {
        switch (self, truth) {
        case (.numbers(let predicted), .numbers(let truth)):
            let errors = zip(predicted, truth).map { abs($0 - $1) }
            return errors.indices.sorted { errors[$0] > errors[$1] }.prefix(count).map {
                .init(row: numbers[$0] + 1, truth: "\(truth[$0])", prediction: "\(predicted[$0])", error: errors[$0])
            }
        case (.probabilities(let probabilities, let classes), .labels(let labels)):
            let columns = Dictionary(uniqueKeysWithValues: zip(classes, 0...))
            let predicted = self.labels ?? []
            let errors = labels.enumerated().map { row, label in
                1 - (columns[label].map { probabilities[row, $0] } ?? 0)
            }
            return errors.indices.sorted { errors[$0] > errors[$1] }.prefix(count).map {
                .init(row: numbers[$0] + 1, truth: labels[$0], prediction: predicted[$0], error: errors[$0])
            }
        default: throw WorkflowError("the target is of another kind than the model's")
        }
    }
}

/// The importances and dependences of a model, whatever its type.
func explanation<Model: Estimator & CustomStringConvertible>(
    of model: Model, _ x: Table, _ y: [Model.Target], dates: Set<String>, repeats: Int, curves: Int, seed: UInt32
) throws -> (importances: [ModelCard.Importance], dependences: [Explanation.Dependence])
where Model.Features == Table {
    let result = try permutationImportance(model, x, y, nRepeats: repeats, randomState: seed, nJobs: -1)
    let importances = zip(x.columnNames, result.importancesMean)
        .map { ModelCard.Importance(column: $0, value: $1) }.sorted { $0.value > $1.value }
    let dependences = try importances.prefix(curves).flatMap { importance -> [Explanation.Dependence] in
        // Between numbers whose distance is infinite there is no grid.
        if case .numbers(let numbers) = try x.column(importance.column),
            case let known = numbers.filter({ !$0.isNaN }), let least = known.min(), let greatest = known.max(),
            !(greatest - least).isFinite
        {
            return []
        }
        let curve = try partialDependence(model, x, features: [importance.column], gridResolution: 20)
        let isDate = dates.contains(importance.column)
        let values =
            curve.categories[0]
            ?? curve.gridValues[0].map { isDate ? CalendarDate(days: $0.rounded()).description : $0.shortText }
        return curve.average.enumerated().map { index, predictions in
            let output = index < curve.outputNames.count ? curve.outputNames[index] : "prediction"
            return .init(column: importance.column, output: output, values: values, predictions: predictions)
        }
    }
    return (importances, dependences)
}
