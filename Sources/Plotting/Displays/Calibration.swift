import Estimators
import LinearAlgebra

/// Whether predicted probabilities are as often right as they say: a reliability curve with the counts of its bins.
struct Calibration {
    /// A bin of equal width between 0 and 1.
    struct Bin: Equatable {
        let meanPredicted: Double
        let fractionOfPositives: Double
        let count: Int
    }

    static let binCount = 10

    /// The bins, from the lowest probability. A bin without samples has NaN.
    let bins: [Bin]
    /// What the probabilities are of.
    let subject: String

    /// For two classes, the probabilities of the second. For more, the probability of the class that is predicted.
    init<Label: ClassLabel, Scalar: MatrixScalar>(
        _ y: [Label], _ probabilities: Matrix<Scalar>, classes: [Label], names: [String]
    ) {
        let pairs: [(probability: Double, isPositive: Bool)] = y.enumerated().map { row, label in
            if classes.count == 2 { return (Double(probabilities[row, 1]), label == classes[1]) }
            let values = (0..<probabilities.columns).map { Double(probabilities[row, $0]) }
            let best = values.indices.max { (values[$0], $1) < (values[$1], $0) } ?? 0
            return (values[best], label == classes[best])
        }
        self.init(pairs, subject: classes.count == 2 ? "class \(names[1])" : "the predicted class")
    }

    private init(_ pairs: [(probability: Double, isPositive: Bool)], subject: String) {
        self.subject = subject
        let bins = Dictionary(grouping: pairs.filter { $0.probability.isFinite }) {
            min(Calibration.binCount - 1, Int($0.probability * Double(Calibration.binCount)))
        }
        self.bins = (0..<Calibration.binCount).map { number in
            let members = bins[number] ?? []
            let count = Double(members.count)
            return Bin(
                meanPredicted: members.reduce(0) { $0 + $1.probability } / count,
                fractionOfPositives: Double(members.count { $0.isPositive }) / count, count: members.count)
        }
    }

    var figure: Figure {
        let (curve, counts) = (SeriesStyle(number: 0), SeriesStyle(number: 5))
        let x = Axis(label: "Mean predicted probability of \(subject)", scale: .linear(-0.01...1.01))
        let points = bins.filter { $0.count > 0 }.map { Point(x: $0.meanPredicted, y: $0.fractionOfPositives) }
        let bars = bins.enumerated().map { number, bin in
            let width = 1 / Double(Calibration.binCount)
            return (
                from: Point(x: (Double(number) + 0.04) * width, y: 0),
                to: Point(x: (Double(number) + 0.96) * width, y: Double(bin.count))
            )
        }
        let greatest = Double(bins.map(\.count).max() ?? 0)
        let spoken = bins.filter { $0.count > 0 }.map {
            "\(general($0.fractionOfPositives, digits: 3)) of \($0.count) at \(general($0.meanPredicted, digits: 3))"
        }
        return Figure(
            title: "Calibration",
            summary: "The fraction of samples that belong to \(subject), by predicted probability: "
                + spoken.joined(separator: ", ") + ".",
            panels: [
                Panel(
                    x: x, y: Axis(label: "Fraction that belongs to it", scale: .linear(-0.02...1.02)),
                    marks: [
                        RuleMark(from: Point(x: 0, y: 0), to: Point(x: 1, y: 1)),
                        LineMark(points: points, style: curve, hasMarkers: true),
                    ]),
                Panel(
                    x: x, y: Axis(label: "Samples", scale: .counts(0...max(1, greatest * 1.08))),
                    marks: [BarsMark(bars: bars, style: counts)]),
            ],
            legend: [
                LegendEntry(symbol: .markedLine(curve), text: "this model"),
                LegendEntry(symbol: .rule, text: "perfectly calibrated"),
            ])
    }
}
