/// Which scores a curve of a cross-validation shows.
public enum ScoreType: String, Sendable, Codable, CaseIterable {
    /// Those on the samples that the estimator has not seen.
    case test
    /// Those on the samples that it was fitted to.
    case train
    /// Both.
    case both
}

/// Scores along an axis: the mean of the splits as a line, the standard deviation above and below it as a band.
struct ScoreCurves {
    let x: Axis
    /// Where on the axis each row of scores stands.
    let places: [Double]
    let trainScores: [[Double]]
    let testScores: [[Double]]
    let scoreName: String
    let scoreType: ScoreType

    private var series: [(name: String, scores: [[Double]], style: SeriesStyle)] {
        let train = ("training", trainScores, SeriesStyle(number: 0))
        let test = ("test", testScores, SeriesStyle(number: 1))
        switch scoreType {
        case .train: return [train]
        case .test: return [test]
        case .both: return [train, test]
        }
    }

    func figure(title: String, subject: String) -> Figure {
        var bands: [any Mark] = []
        var lines: [any Mark] = []
        var seen: [Double] = []
        for (_, scores, style) in series {
            let means = scores.map(mean)
            let deviations = scores.map(deviation)
            let lower = zip(means, deviations).map { $0 - $1 }
            let upper = zip(means, deviations).map { $0 + $1 }
            seen += lower + upper
            bands.append(BandMark(x: places, lower: lower, upper: upper, style: style))
            lines.append(
                LineMark(
                    points: zip(places, means).map { Point(x: $0, y: $1) }, style: style, hasMarkers: true))
        }
        let spoken = series.map { name, scores, _ in
            let means = scores.map(mean)
            let ends = [means.first, means.last].compactMap { $0 }.map { general($0, digits: 4) }
            return "The \(name) score goes from \(ends.first ?? "") to \(ends.last ?? "")."
        }
        return Figure(
            title: title, subtitle: "Mean and standard deviation over the splits",
            summary: "\(subject) " + spoken.joined(separator: " "),
            panels: [
                Panel(x: x, y: Axis(label: scoreName, scale: .linear(covering: seen)), marks: bands + lines)
            ],
            legend: series.map { LegendEntry(symbol: .markedLine($0.style), text: "\($0.name) score") })
    }

    /// The scale for numbers that somebody chose: logarithmic where their distances differ by more than a factor of five,
    /// as they do for 0.001, 0.01, 0.1. It is scikit-learn's rule.
    static func scale(for values: [Double]) -> Scale {
        let sorted = values.sorted()
        let gaps = zip(sorted.dropFirst(), sorted).map { $0 - $1 }
        if let least = gaps.min(), let greatest = gaps.max(), greatest > 5 * least {
            return .logarithmic(covering: values)
        }
        return .linear(covering: values)
    }
}

private func mean(_ values: [Double]) -> Double {
    values.isEmpty ? .nan : values.reduce(0, +) / Double(values.count)
}

/// With the number of values as divisor, as scikit-learn draws it.
private func deviation(_ values: [Double]) -> Double {
    let center = mean(values)
    return mean(values.map { ($0 - center) * ($0 - center) }).squareRoot()
}
