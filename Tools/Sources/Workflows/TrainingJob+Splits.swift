import SwiftMLP

extension TrainingJob {
    /// The rows that the first of the held-out scores does not use.
    ///
    /// - Throws: what ``run()`` throws for options that do not fit the data.
    public func trainingRows() throws -> [Int] { try splits().first?.train ?? Array(0..<table.truth.count) }

    /// The rows of both sides of each split.
    func splits() throws -> [SplitIndices] {
        let rows = table.truth.count
        var samples = SplitSamples(count: rows)
        if case .labels(let labels) = table.truth {
            let numbers = Dictionary(uniqueKeysWithValues: zip(Set(labels).sorted(by: String.precedes), 0...))
            samples.classes = labels.map { numbers[$0] ?? 0 }
        }
        if let groups = table.groups {
            let numbers = Dictionary(uniqueKeysWithValues: zip(Set(groups).sorted(by: String.precedes), 0...))
            samples.groups = groups.map { numbers[$0] ?? 0 }
        }
        // Classes with one row cannot be on both sides.
        let least = samples.classes.map { Dictionary(grouping: $0, by: { $0 }).values.map(\.count).min() ?? 0 } ?? 0
        let seed = recipe.seed
        if let folds {
            guard folds >= 2, folds <= rows else {
                throw WorkflowError("--folds must be from 2 to the number of rows, \(rows), but is \(folds)")
            }
            let rule: any CrossValidator
            if table.isOrdered {
                rule = TimeSeriesSplit(nSplits: folds)
            } else if samples.groups != nil {
                rule = GroupKFold(nSplits: folds, shuffle: true, randomState: seed)
            } else if least >= folds {
                rule = StratifiedKFold(nSplits: folds, shuffle: true, randomState: seed)
            } else {
                rule = KFold(nSplits: folds, shuffle: true, randomState: seed)
            }
            return try rule.splits(of: samples)
        }
        guard holdout > 0 else { return [] }
        guard holdout < 1 else { throw WorkflowError("--holdout must be below 1, but is \(holdout)") }
        let count = max(1, Int((Double(rows) * holdout).rounded()))
        guard count < rows else { throw WorkflowError("--holdout \(holdout) leaves no row to learn from") }
        if table.isOrdered { return [(train: Array(0..<(rows - count)), test: Array((rows - count)..<rows))] }
        if samples.groups != nil {
            return try GroupShuffleSplit(nSplits: 1, testSize: .fraction(holdout), randomState: seed).splits(
                of: samples)
        }
        let classCount = Set(samples.classes ?? []).count
        if least >= 2, count >= classCount, rows - count >= classCount {
            return try StratifiedShuffleSplit(nSplits: 1, testSize: .count(count), randomState: seed).splits(
                of: samples)
        }
        return try ShuffleSplit(nSplits: 1, testSize: .count(count), randomState: seed).splits(of: samples)
    }
}
