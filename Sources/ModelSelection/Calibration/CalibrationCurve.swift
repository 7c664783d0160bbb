public import Estimators
import LinearAlgebra
import Metrics

/// How ``calibrationCurve(_:_:posLabel:nBins:strategy:)`` divides probabilities into bins.
public enum CalibrationStrategy: String, Sendable, Codable, CaseIterable {
    /// Bins of equal width from 0 to 1.
    case uniform
    /// Bins with equal numbers of samples.
    case quantile
}

/// The frequency of the positive class among samples with similar predicted probabilities: the reliability curve.
///
/// ```swift
/// let (probTrue, probPred) = try calibrationCurve(y, probabilities.column(1), nBins: 10)
/// ```
///
/// - Parameters:
///   - yTrue: the true labels, one per sample, of at most two classes.
///   - yProb: the predicted probability of the positive class, one per sample.
///   - posLabel: the positive class; nil for 1 or `true` if the labels are 0 and 1 or −1 and 1.
///   - nBins: the number of bins, at least 1. Bins without samples are left out.
///   - strategy: how bins are divided.
/// - Returns: for each bin with samples, the fraction of its samples in the positive class, and their mean probability.
/// - Throws: `EstimatorError` for different numbers of labels and probabilities, probabilities outside of 0 ... 1, more
///   than two classes, a positive class that is neither given nor implied by the labels, and fewer than one bin.
/// - Complexity: O(n log n).
public func calibrationCurve<Label: ClassLabel, Probability: BinaryFloatingPoint>(
    _ yTrue: [Label], _ yProb: [Probability], posLabel: Label? = nil, nBins: Int = 5,
    strategy: CalibrationStrategy = .uniform
) throws -> (probTrue: [Double], probPred: [Double]) {
    let bins = try calibrationBins(yTrue, yProb, posLabel: posLabel, nBins: nBins, strategy: strategy)
    return (bins.map(\.fractionOfPositives), bins.map(\.meanPredicted))
}

/// A bin of a reliability curve that has samples.
package struct CalibrationBin: Equatable, Sendable {
    /// The bin's bounds.
    package let bounds: ClosedRange<Double>
    /// The fraction of its samples in the positive class.
    package let fractionOfPositives: Double
    /// The mean of its samples' probabilities.
    package let meanPredicted: Double
    /// The number of its samples.
    package let count: Int
}

/// The bins of a reliability curve that have samples, in ascending order.
package func calibrationBins<Label: ClassLabel, Probability: BinaryFloatingPoint>(
    _ yTrue: [Label], _ yProb: [Probability], posLabel: Label?, nBins: Int, strategy: CalibrationStrategy
) throws -> [CalibrationBin] {
    try Check.require(nBins >= 1, parameter: "nBins", nBins, allowed: "an integer of at least 1")
    try Check.notEmpty(yTrue.count, argument: "yTrue")
    try Check.sameCount(yProb.count, argument: "yProb", as: yTrue.count, of: "yTrue")
    let probabilities = yProb.map { Double($0) }
    try Check.noElement(
        of: probabilities, "yProb", where: { !($0 >= 0 && $0 <= 1) }, "must consist of probabilities in 0 ... 1")
    let positive = try positiveClass(posLabel, of: yTrue)

    let edges =
        switch strategy {
        case .uniform: linearlySpaced(0, 1, count: nBins + 1)
        case .quantile: percentiles(of: probabilities, at: linearlySpaced(0, 1, count: nBins + 1).map { $0 * 100 })
        }
    let inner = edges.dropFirst().dropLast()
    var (sums, positives, counts) = (
        [Double](repeating: 0, count: nBins), [Double](repeating: 0, count: nBins), [Int](repeating: 0, count: nBins)
    )
    for (label, probability) in zip(yTrue, probabilities) {
        let bin = inner.firstPosition { $0 >= probability } - inner.startIndex
        sums[bin] += probability
        positives[bin] += label == positive ? 1 : 0
        counts[bin] += 1
    }
    return (0..<nBins).filter { counts[$0] > 0 }.map { bin in
        CalibrationBin(
            bounds: edges[bin]...max(edges[bin], edges[bin + 1]),
            fractionOfPositives: positives[bin] / Double(counts[bin]), meanPredicted: sums[bin] / Double(counts[bin]),
            count: counts[bin])
    }
}

extension RandomAccessCollection where Index == Int {
    /// The first position where `condition` holds, given that it holds from there on; the end if it holds nowhere.
    func firstPosition(where condition: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = (low + high) / 2
            if condition(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

/// `count` numbers at equal distances, as NumPy spaces them.
func linearlySpaced(_ first: Double, _ last: Double, count: Int) -> [Double] {
    guard count > 1 else { return [first] }
    let step = (last - first) / Double(count - 1)
    return (0..<count).map { $0 == count - 1 ? last : Double($0) * step + first }
}

/// The values below which given percentages of all lie, with linear interpolation.
func percentiles(of values: [Double], at percentages: [Double]) -> [Double] {
    let sorted = values.sorted()
    return percentages.map { percentage in
        let place = percentage / 100 * Double(sorted.count - 1)
        let below = Int(place.rounded(.down))
        let above = min(below + 1, sorted.count - 1)
        let fraction = place - Double(below)
        let difference = sorted[above] - sorted[below]
        // NumPy interpolates from the nearer end.
        return fraction >= 0.5 ? sorted[above] - difference * (1 - fraction) : sorted[below] + difference * fraction
    }
}
