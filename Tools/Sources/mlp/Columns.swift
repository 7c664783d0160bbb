import SwiftMLP
import Workflows

/// The kinds of columns by the names that options have.
let kinds: [String: Table.ColumnKind] = ["numbers": .numbers, "strings": .strings]

/// What is done with each column, and how to overrule it.
func text(for table: TrainingTable) -> String {
    let rows = table.guesses.map { guess in
        let use =
            switch guess.role {
            case .feature: ""
            case .target: "target, \(table.task == .classification ? "classes" : "numbers")"
            case .weights: "weights"
            case .group: "groups"
            case .order: "order"
            case .dropped(let reason): "left out: \(reason)"
            }
        return [
            "  " + guess.name, guess.kind.rawValue, "\(guess.distinct) values",
            guess.missing == 0 ? "" : "\(guess.missing) missing", use,
        ]
    }
    var lines = aligned(rows, right: [2, 3])
    if table.rowsWithoutTarget > 0 {
        lines += "\n\(table.rowsWithoutTarget) rows without a value of \(table.target) are left out."
    }
    return lines
        + "\nTo overrule: --type NAME=numbers or NAME=strings, --drop NAME, --task classification or regression."
}

/// Scores, with intervals, and those of a model without features.
func text(for scores: [ModelCard.Score], baseline: [ModelCard.Score] = []) -> String {
    let header = ["score", "value", "95 % interval"] + (baseline.isEmpty ? [] : ["without features"])
    let rows = scores.map { score in
        let interval = score.low.flatMap { low in score.high.map { "\(short(low)) … \(short($0))" } } ?? ""
        let other = baseline.first { $0.name == score.name }.map { short($0.value) }
        return [score.name, short(score.value), interval] + (baseline.isEmpty ? [] : [other ?? ""])
    }
    return aligned([header] + rows)
}
