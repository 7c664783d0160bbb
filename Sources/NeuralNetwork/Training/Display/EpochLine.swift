import Estimators
import Foundation
import Terminal

/// An epoch in one line of text: `███░░░ 50/100 loss █▅▃▂▁ 0.3512, val █▆▅▅▅ 0.4123, score 0.9333, ≤ 4 s left`.
///
/// In a narrow terminal it has fewer parts, the most important ones first.
struct EpochLine {
    let epoch: TrainingEpoch
    let maxIter: Int
    /// The losses of all epochs so far, and those on the validation set.
    let losses: [Double]
    let validationLosses: [Double]

    private enum Part { case count, loss, curve, validation, score, time, bar, validationCurve }

    /// Bars and curves take what the words leave, but are never smaller.
    private static let leastWidth = 8

    /// The line, in so many characters at most.
    func text(columns: Int) -> String {
        var room = columns
        var parts: Set<Part> = []
        for (part, width) in widths {
            guard width <= room else { break }
            room -= width
            parts.insert(part)
        }
        let elastic = parts.intersection([.bar, .curve, .validationCurve]).count
        let width = min(EpochLine.leastWidth + room / max(elastic, 1), ProgressBar.greatestWidth)
        return text(of: parts, width: width, columns: columns)
    }

    /// The parts in the order of their importance, and the room that each takes with the space before it.
    ///
    /// It seldom depends on the numbers, lest bars and curves grow and shrink with every epoch.
    private var widths: [(Part, Int)] {
        let elastic = EpochLine.leastWidth + 1
        func fact(_ name: String, _ number: Double) -> Int { name.count + max(decimal(number).count, "0.1234".count) }
        var widths = [(Part.count, count.count), (.loss, fact(" loss ", epoch.loss)), (.curve, elastic)]
        if let loss = epoch.validationLoss { widths.append((.validation, fact(", val ", loss))) }
        if let score = epoch.validationScore { widths.append((.score, fact(", score ", score))) }
        if isLimited { widths += [(.time, ", ≤ 0:02:30 left".count), (.bar, elastic)] }
        if epoch.validationLoss != nil { widths.append((.validationCurve, elastic)) }
        return widths
    }

    private func text(of parts: Set<Part>, width: Int, columns: Int) -> String {
        // A curve keeps its place from the first epoch on.
        func curve(_ part: Part, _ losses: [Double]) -> String {
            guard parts.contains(part) else { return "" }
            let text = Sparkline(losses, width: width).text
            return text + String(repeating: " ", count: width - text.count + 1)
        }
        let bar = parts.contains(.bar) ? ProgressBar.text(epoch.index, of: maxIter, width: width) + " " : ""
        var line = bar + (parts.contains(.count) ? count : "")
        var facts: [String] = []
        if parts.contains(.loss) { facts.append("loss \(curve(.curve, losses))\(decimal(epoch.loss))") }
        if parts.contains(.validation), let loss = epoch.validationLoss {
            facts.append("val \(curve(.validationCurve, validationLosses))\(decimal(loss))")
        }
        if parts.contains(.score), let score = epoch.validationScore { facts.append("score \(decimal(score))") }
        if parts.contains(.time), let left = timeLeft { facts.append("≤ \(left) left") }
        for (index, fact) in facts.enumerated() {
            let next = line + (index == 0 ? " " : ", ") + fact
            // The time may be longer than it was taken to be.
            guard next.count <= columns else { break }
            line = next
        }
        return line
    }

    /// Whether `maxIter` is a number of epochs that anybody waits for.
    private var isLimited: Bool { maxIter < 1_000_000_000 }

    /// The number of the epoch, as wide as the last one's will be.
    private var count: String {
        guard isLimited else { return "\(epoch.index)" }
        let (index, last) = ("\(epoch.index)", "\(maxIter)")
        return String(repeating: " ", count: max(last.count - index.count, 0)) + index + "/" + last
    }

    /// How long the remaining epochs take, if training does not end before; nil after the last one.
    private var timeLeft: String? {
        let seconds = epoch.elapsed / Double(epoch.index) * Double(maxIter - epoch.index)
        // Beyond a week it is a limit that was never meant to be reached.
        return epoch.index < maxIter && (0..<604_800).contains(seconds) ? duration(seconds) : nil
    }

    private func decimal(_ number: Double) -> String {
        let isPlain = number == 0 || (0.001..<1e6).contains(abs(number)) || !number.isFinite
        return String(format: isPlain ? "%.4f" : "%.2e", number)
    }

    private func duration(_ seconds: Double) -> String {
        let seconds = Int(seconds.rounded(.up))
        func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        return seconds < 60
            ? "\(seconds) s" : "\(seconds / 3600):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }
}
