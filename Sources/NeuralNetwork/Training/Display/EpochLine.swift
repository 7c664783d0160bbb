import Estimators
import Foundation
import Terminal

/// One line of text about an epoch: `███░░░ 50/100 loss █▅▃▂▁ 0.3512, val █▆▅▅▅ 0.4123, score 0.9333, ≤ 4 s left`.
///
/// A narrow terminal shows only the most important parts.
struct EpochLine {
    let epoch: TrainingEpoch
    let maxIter: Int
    /// The training losses of all epochs so far, and the validation losses.
    let losses: [Double]
    let validationLosses: [Double]

    private enum Part { case count, loss, curve, validation, score, time, bar, validationCurve }

    /// The minimum width of bars and curves. They also use the space that the text leaves.
    private static let leastWidth = 8

    /// Returns the line, with at most `columns` characters.
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

    /// The parts in order of importance, each with its width including the preceding space.
    ///
    /// The widths rarely depend on the values, so that bars and curves do not change size from epoch to epoch.
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
        // Curves have a constant width from the first epoch on.
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
            // The remaining time may need more room than reserved.
            guard next.count <= columns else { break }
            line = next
        }
        return line
    }

    /// Whether `maxIter` is small enough to be a real limit.
    private var isLimited: Bool { maxIter < 1_000_000_000 }

    /// The epoch number, padded to the width of the last one.
    private var count: String {
        guard isLimited else { return "\(epoch.index)" }
        let (index, last) = ("\(epoch.index)", "\(maxIter)")
        return String(repeating: " ", count: max(last.count - index.count, 0)) + index + "/" + last
    }

    /// The time that the remaining epochs take if training does not stop early; nil after the last one.
    private var timeLeft: String? {
        let seconds = epoch.elapsed / Double(epoch.index) * Double(maxIter - epoch.index)
        // A `maxIter` that takes more than a week is not a real limit.
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
