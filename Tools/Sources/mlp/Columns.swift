import SwiftMLP
import Workflows

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
            "  " + guess.name.replacing(/\s+/, with: " "), guess.type, "\(guess.distinct) values",
            guess.missing == 0 ? "" : "\(guess.missing) missing", use,
        ]
    }
    var lines = aligned(rows, right: [2, 3])
    if table.rowsWithoutTarget > 0 {
        let count = table.rowsWithoutTarget
        lines +=
            "\n\(count) \(count == 1 ? "row" : "rows") without a value of \(table.target) \(count == 1 ? "is" : "are") left out."
    }
    let signs = (table.reading.percent == true ? ["%"] : []) + (table.reading.currency ?? [])
    if !signs.isEmpty {
        lines +=
            "\nNumbers with \(signs.joined(separator: ", ")) are read as numbers; --type NAME=strings leaves them texts."
    }
    for (name, texts) in (table.reading.gaps ?? [:]).sorted(by: { $0.key < $1.key }) {
        lines += "\nMissing in \(name): \(texts.joined(separator: ", ")). --type '\(name)=strings' keeps the texts."
    }
    if let suspicion = table.suspicion { lines += "\nLook at \(suspicion)." }
    return lines
        + "\nTo overrule: --type NAME=numbers, =strings or =date, --drop NAME, --task classification or regression."
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
