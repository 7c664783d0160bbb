public import Foundation
public import SwiftMLP

/// What is known about a model besides its parameters: it is kept in the model's file, and shown to people.
public struct ModelCard: Codable, Sendable, Equatable {
    /// What a model predicts.
    public enum Task: String, Codable, Sendable {
        /// One of some classes.
        case classification
        /// A number.
        case regression
    }

    /// A column that the model takes, as it was in the training data.
    public struct Column: Codable, Sendable, Equatable {
        /// The name.
        public var name: String
        /// What it holds.
        public var kind: Table.ColumnKind
        /// How its dates are written, where its numbers are days since 1970-01-01.
        public var dates: DateOrder?
        /// The fraction of missing values.
        public var missing = 0.0
        /// Of numbers: the least, the median and the greatest.
        public var least, median, greatest: Double?
        /// Whether all numbers are integers.
        public var isInteger = false
        /// Of strings: the most frequent ones, the most frequent first.
        public var categories: [String] = []
        /// The number of different strings.
        public var categoryCount = 0

        /// A column of which nothing else is known.
        public init(name: String, kind: Table.ColumnKind) { (self.name, self.kind) = (name, kind) }
    }

    /// A score on rows that the model has not seen in training.
    public struct Score: Codable, Sendable, Equatable {
        /// The name, such as `accuracy`.
        public var name: String
        /// The score.
        public var value: Double
        /// The bounds of a 95 % interval.
        public var low, high: Double?
    }

    /// A column and how much worse the model is without it.
    public struct Importance: Codable, Sendable, Equatable {
        /// The name of the column.
        public var column: String
        /// By how much the score falls when the column is shuffled.
        public var value: Double
    }

    /// What the model predicts.
    public var task: Task
    /// The name of the target's column.
    public var target: String
    /// The classes in the order of the probabilities; empty for numbers.
    public var classes: [String] = []
    /// The columns that the model takes.
    public var columns: [Column]
    /// The number of rows that it has learned from; nil where nobody noted it.
    public var rows: Int?
    /// The path of the data, and a checksum of its contents.
    public var data, checksum: String?
    /// What was held out for the scores, in words.
    public var validation: String?
    /// Scores on held-out rows.
    public var scores: [Score] = []
    /// What the columns contribute, the most important first.
    public var importances: [Importance] = []
    /// Of numbers: ascending absolute errors on held-out rows, from which intervals are made.
    public var errors: [Double] = []
    /// When training ended.
    public var date: Date?
    /// The initializer call of the model.
    public var call: String
    /// The version of swift-mlp.
    public var library: String?
    /// How the data were read.
    public var reading = ReadingOptions()

    /// A card with what every model tells.
    public init(task: Task, target: String, columns: [Column], call: String) {
        (self.task, self.target, self.columns, self.call) = (task, target, columns, call)
    }

    /// Half the width of an interval that covers a fraction of new values: the conformal quantile of the held-out errors.
    ///
    /// Source: V. Vovk, A. Gammerman, G. Shafer, "Algorithmic Learning in a Random World", 2005.
    ///
    /// - Returns: nil if there are no errors, or too few for this level.
    public func halfWidth(level: Double) -> Double? {
        let rank = Int((Double(errors.count + 1) * level).rounded(.up))
        return rank >= 1 && rank <= errors.count ? errors[rank - 1] : nil
    }
}

extension ModelCard {
    /// The card as JSON.
    ///
    /// - Throws: `EncodingError`.
    public var json: String { get throws { String(decoding: try Workflow.encoder.encode(self), as: UTF8.self) } }
}
