/// The scores of a cross-validation that a curve shows.
public enum ScoreType: String, Sendable, Codable, CaseIterable {
    /// The scores on the test samples.
    case test
    /// The scores on the training samples.
    case train
    /// The scores on both.
    case both
}

/// Scores along an axis: the mean over the splits as a line, and one standard deviation on each side as a band.
struct ScoreCurves {
    let x: Axis
    /// The position of each row of scores on the axis.
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

    /// Returns the scale for parameter values. Like scikit-learn, it is logarithmic if the largest distance of
    /// neighbors is more than five times the smallest, as for 0.001, 0.01, 0.1.
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

/// Returns the standard deviation with the number of values as divisor, as in scikit-learn.
private func deviation(_ values: [Double]) -> Double {
    let center = mean(values)
    return mean(values.map { ($0 - center) * ($0 - center) }).squareRoot()
}
