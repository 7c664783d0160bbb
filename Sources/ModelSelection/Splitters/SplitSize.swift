import Estimators

/// How many samples one side of a split gets: a fraction of all, or a count.
///
/// Literals do what they look like: `testSize: 0.2` is a fraction, `testSize: 30` a count.
public enum SplitSize: Sendable, Equatable, ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
    /// A share of all samples, in (0, 1); as a size of a ``LearningCurve`` in (0, 1].
    case fraction(Double)

    /// A number of samples, from 1 to one less than all; as a size of a ``LearningCurve`` up to all.
    case count(Int)

    /// A fraction.
    public init(floatLiteral value: Double) { self = .fraction(value) }

    /// A count.
    public init(integerLiteral value: Int) { self = .count(value) }

    /// The value in words.
    var text: String {
        switch self {
        case .fraction(let fraction): "\(fraction)"
        case .count(let count): "\(count)"
        }
    }

    func check(name: String, nSamples: Int, unit: String) throws {
        let isAllowed =
            switch self {
            case .fraction(let fraction): fraction > 0 && fraction < 1
            case .count(let count): count > 0 && count < nSamples
            }
        guard isAllowed else {
            throw EstimatorError.invalidParameter(
                name: name, value: text,
                allowed:
                    "a fraction in (0, 1), or a count of at least 1 and less than the number of \(unit), \(nSamples)"
            )
        }
    }
}

/// The numbers of training and test samples that `testSize` and `trainSize` mean for `nSamples`.
///
/// Of two fractions the test side is rounded up and the training side down; a side that is not given gets the rest.
///
/// - Parameter unit: what is counted, for the sentence of a refusal.
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
    let test = testSize.map { size in
        switch size {
        case .fraction(let fraction): Int((fraction * Double(nSamples)).rounded(.up))
        case .count(let count): count
        }
    }
    let train = trainSize.map { size in
        switch size {
        case .fraction(let fraction): Int((fraction * Double(nSamples)).rounded(.down))
        case .count(let count): count
        }
    }
    let nTrain = train ?? nSamples - (test ?? 0)
    let nTest = test ?? nSamples - nTrain
    guard nTrain + nTest <= nSamples else {
        throw EstimatorError.invalidParameter(
            name: "testSize + trainSize", value: "\(nTrain + nTest)",
            allowed: "at most the number of \(unit), \(nSamples)")
    }
    guard nTrain > 0 else {
        let (name, size) = trainSize.map { ("trainSize", $0) } ?? ("testSize", testSize ?? .fraction(defaultTestSize))
        throw EstimatorError.invalidParameter(
            name: name, value: size.text,
            allowed: "a size that gives the training side at least one of \(nSamples) \(unit)")
    }
    return (nTrain, nTest)
}
