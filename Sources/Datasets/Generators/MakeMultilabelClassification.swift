import Foundation
public import LinearAlgebra
import NumPyRandom

/// Generates texts with several labels each, as scikit-learn's `make_multilabel_classification` does.
///
/// A row counts how often each word occurs in a text. Each class has its own frequency of words; a text of several
/// classes mixes theirs. The same seed gives the same table as in scikit-learn.
///
/// - Parameters:
///   - nSamples: how many texts; at least 1.
///   - nFeatures: how many different words; at least 1.
///   - nClasses: how many classes; at least 1.
///   - nLabels: the mean number of classes of a text, at least 0. It is drawn from a Poisson distribution, again and
///     again while it exceeds `nClasses`, so that it must not be much larger than that.
///   - length: the mean number of words in a text, from 1 to 1,000,000,000; drawn from a Poisson distribution, and not
///     0.
///   - allowUnlabeled: whether a text may belong to no class; it then has random words.
///   - randomState: the seed; nil for another table each time.
/// - Returns: the counts, and for each text a row of `nClasses` indicators, 0 or 1.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for arguments out of range.
/// - Complexity: O(`nSamples` · (`nFeatures` · `nLabels` + `length`)).
public func makeMultilabelClassification(
    nSamples: Int = 100, nFeatures: Int = 20, nClasses: Int = 5, nLabels: Int = 2, length: Int = 50,
    allowUnlabeled: Bool = true, randomState: UInt32? = nil
) throws -> (x: Matrix<Double>, y: [[Int]]) {
    let (x, y, _, _) = try makeMultilabelClassificationWithDistributions(
        nSamples: nSamples, nFeatures: nFeatures, nClasses: nClasses, nLabels: nLabels, length: length,
        allowUnlabeled: allowUnlabeled, randomState: randomState)
    return (x, y)
}

/// Generates texts with several labels each, and returns the distributions: scikit-learn's
/// `make_multilabel_classification(return_distributions=True)`.
///
/// - Parameters:
///   - nSamples: how many texts; at least 1.
///   - nFeatures: how many different words; at least 1.
///   - nClasses: how many classes; at least 1.
///   - nLabels: the mean number of classes of a text, at least 0. It is drawn from a Poisson distribution, again and
///     again while it exceeds `nClasses`, so that it must not be much larger than that.
///   - length: the mean number of words in a text, from 1 to 1,000,000,000; drawn from a Poisson distribution, and not
///     0.
///   - allowUnlabeled: whether a text may belong to no class; it then has random words.
///   - randomState: the seed; nil for another table each time.
/// - Returns: the counts, the rows of indicators, `pC` with the probability of each class, and `pWC`, words × classes,
///   with the probability of each word given the class.
/// - Throws: ``DatasetError/invalidArgument(name:value:allowed:)`` for arguments out of range.
public func makeMultilabelClassificationWithDistributions(
    nSamples: Int = 100, nFeatures: Int = 20, nClasses: Int = 5, nLabels: Int = 2, length: Int = 50,
    allowUnlabeled: Bool = true, randomState: UInt32? = nil
) throws -> (x: Matrix<Double>, y: [[Int]], pC: [Double], pWC: Matrix<Double>) {
    try TableSize.check(Argument("nSamples", nSamples), by: Argument("nFeatures", nFeatures))
    try TableSize.check(Argument("nSamples", nSamples), by: Argument("nClasses", nClasses))
    try TableSize.check(Argument("nFeatures", nFeatures), by: Argument("nClasses", nClasses))
    try checkLabelCount(nLabels, nClasses: nClasses, allowUnlabeled: allowUnlabeled)
    try Argument("length", length).require((1...1_000_000_000).contains(length), "from 1 to 1,000,000,000")

    var author = try TextAuthor(
        nFeatures: nFeatures, nClasses: nClasses, nLabels: nLabels, length: length, allowUnlabeled: allowUnlabeled,
        random: RandomState(seed: randomState))
    var x = Matrix<Double>(rows: nSamples, columns: nFeatures, repeating: 0)
    var y: [[Int]] = []
    for sample in 0..<nSamples {
        let labels = try author.labels()
        try author.writeWords(about: labels) { x[sample, $0] += 1 }
        var indicators = Array(repeating: 0, count: nClasses)
        for label in labels { indicators[label] = 1 }
        y.append(indicators)
    }
    return (x, y, author.classProbabilities, author.wordProbabilities)
}

/// Rejects a mean at which numbers of labels up to `nClasses` are so rare that drawing them would take for ever.
private func checkLabelCount(_ nLabels: Int, nClasses: Int, allowUnlabeled: Bool) throws {
    try Argument("nLabels", nLabels).require(from: allowUnlabeled ? 0 : 1)
    guard nLabels > nClasses else { return }
    let (mean, most) = (Double(nLabels), Double(nClasses))
    // The logarithm of the Poisson probability of nClasses, with Stirling's formula for the factorial.
    let logProbability = most - mean + most * log(mean / most) - 0.5 * log(2 * .pi * most)
    try Argument("nLabels", nLabels).require(
        logProbability > -14, "so small that at most nClasses labels, which is \(nClasses), are not too rare")
}

/// Draws labels and words.
private struct TextAuthor {
    let classProbabilities: [Double]
    /// Words × classes.
    let wordProbabilities: Matrix<Double>
    private let cumulativeClasses: [Double]
    private let nLabels: Int
    private let length: Int
    private let allowUnlabeled: Bool
    private var random: RandomState

    init(
        nFeatures: Int, nClasses: Int, nLabels: Int, length: Int, allowUnlabeled: Bool, random: RandomState
    ) throws {
        var random = random
        let drawn = try random.randomSample(size: nClasses)
        let sum = drawn.reduce(0, +)
        classProbabilities = drawn.map { $0 / sum }
        cumulativeClasses = cumulativeSums(classProbabilities)
        var words = try random.uniformTable(rows: nFeatures, columns: nClasses)
        try words.applyToRows(with: words.columnSums()) { $0 / $1 }
        wordProbabilities = words
        self.nLabels = nLabels
        self.length = length
        self.allowUnlabeled = allowUnlabeled
        self.random = random
    }

    /// The different labels of one text, in ascending order.
    mutating func labels() throws -> [Int] {
        let nClasses = classProbabilities.count
        var count: Int
        repeat {
            count = try random.poisson(lam: Double(nLabels))
        } while count > nClasses || (count == 0 && !allowUnlabeled)
        var labels: Set<Int> = []
        while labels.count < count {
            let places = try random.randomSample(size: count - labels.count)
            labels.formUnion(places.map { index(of: $0, in: cumulativeClasses) })
        }
        return labels.sorted()
    }

    /// Calls `write` with each word of a text.
    mutating func writeWords(about labels: [Int], _ write: (Int) -> Void) throws {
        var count: Int
        repeat { count = try random.poisson(lam: Double(length)) } while count == 0
        let nFeatures = wordProbabilities.rows
        guard !labels.isEmpty else {
            for _ in 0..<count { write(random.randint(in: 0...(nFeatures - 1))) }
            return
        }
        let sums = cumulativeSums(
            (0..<nFeatures).map { word in
                labels.reduce(0) { $0 + wordProbabilities[word, $1] }
            })
        let total = sums[nFeatures - 1]
        let cumulative = sums.map { $0 / total }
        for _ in 0..<count { write(index(of: random.randomSample(), in: cumulative)) }
    }
}

private func cumulativeSums(_ values: [Double]) -> [Double] {
    var sum = 0.0
    return values.map { value in
        sum += value
        return sum
    }
}

/// The first index whose bound is at least `place`; the last one where rounding has left all bounds below it.
private func index(of place: Double, in bounds: [Double]) -> Int {
    var (lower, upper) = (0, bounds.count - 1)
    while lower < upper {
        let middle = (lower + upper) / 2
        if bounds[middle] < place { lower = middle + 1 } else { upper = middle }
    }
    return lower
}
