import Estimators

/// The number of samples on one side of a split: a fraction of all samples, or a count.
///
/// A literal can be either: `testSize: 0.2` is a fraction, and `testSize: 30` is a count.
public enum SplitSize: Sendable, Equatable, Codable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// A fraction of all samples, in (0, 1); for a ``LearningCurve`` in (0, 1].
    case fraction(Double)

    /// A count of samples, at least 1 and less than all; for a ``LearningCurve``, it may be all.
    case count(Int)

    /// A fraction.
    public init(floatLiteral value: Double) { self = .fraction(value) }

    /// A count.
    public init(integerLiteral value: Int) { self = .count(value) }

    /// The value as text.
    var text: String {
        switch self {
        case .fraction(let fraction): "\(fraction)"
        case .count(let count): "\(count)"
        }
    }

    /// Returns the number of samples, which may be all samples. A fraction is rounded down.
    ///
    /// - Throws: `EstimatorError.invalidParameter` for a number below 1 or above `nSamples`.
    package func count(of nSamples: Int, name: String) throws -> Int {
        let isAllowed =
            switch self {
            case .fraction(let fraction): fraction > 0 && fraction <= 1 && samples(of: nSamples, .down) > 0
            case .count(let count): (1...nSamples).contains(count)
            }
        try Check.require(
            isAllowed, parameter: name, text,
            allowed: "a fraction in (0, 1] of at least one sample, or a count from 1 to \(nSamples)")
        return samples(of: nSamples, .down)
    }

    func check(name: String, nSamples: Int, unit: String) throws {
        let isAllowed =
            switch self {
            case .fraction(let fraction): fraction > 0 && fraction < 1
            case .count(let count): count > 0 && count < nSamples
            }
        try Check.require(
            isAllowed, parameter: name, text,
            allowed: "a fraction in (0, 1), or a count of at least 1 and less than the number of \(unit), \(nSamples)")
    }

    /// The number of samples; a fraction is rounded.
    func samples(of nSamples: Int, _ rounding: FloatingPointRoundingRule) -> Int {
        switch self {
        case .fraction(let fraction): Int((fraction * Double(nSamples)).rounded(rounding))
        case .count(let count): count
        }
    }
}

/// The numbers of training and test samples for `testSize` and `trainSize`.
///
/// A fraction is rounded up on the test side and down on the training side. A side that is not given gets the rest.
///
/// - Parameter unit: the name of the samples in errors.
func splitCounts(
    nSamples: Int, testSize: SplitSize?, trainSize: SplitSize?, defaultTestSize: Double, unit: String = "samples"
) throws -> (train: Int, test: Int) {
    let testSize = testSize ?? (trainSize == nil ? .fraction(defaultTestSize) : nil)
    try testSize?.check(name: "testSize", nSamples: nSamples, unit: unit)
    try trainSize?.check(name: "trainSize", nSamples: nSamples, unit: unit)
    if case .fraction(let test) = testSize, case .fraction(let train) = trainSize, test + train > 1 {
        throw EstimatorError.invalidParameter(
            name: "testSize + trainSize", value: "\(test + train)", allowed: "a fraction of at most 1")
    }
    let test = testSize?.samples(of: nSamples, .up)
    let nTrain = trainSize?.samples(of: nSamples, .down) ?? nSamples - (test ?? 0)
    let nTest = test ?? nSamples - nTrain
    try Check.require(
        nTrain + nTest <= nSamples, parameter: "testSize + trainSize", nTrain + nTest,
        allowed: "at most the number of \(unit), \(nSamples)")
    let (name, size) = trainSize.map { ("trainSize", $0) } ?? ("testSize", testSize ?? .fraction(defaultTestSize))
    try Check.require(
        nTrain > 0, parameter: name, size.text,
        allowed: "a size that gives the training side at least one of \(nSamples) \(unit)")
    return (nTrain, nTest)
}
