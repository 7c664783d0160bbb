import Estimators
import NumPyRandom

/// A random choice of `nTest` samples and, of the rest, of `nTrain`.
package func shuffleSplit(
    nSamples: Int, nTrain: Int, nTest: Int, using generator: inout RandomState
) throws -> SplitIndices {
    let permutation = try generator.permutation(nSamples)
    return (Array(permutation[nTest..<(nTest + nTrain)]), Array(permutation[..<nTest]))
}

/// A random choice in which each class has, as nearly as can be, the same share on both sides as in `strata`.
///
/// - Parameter strata: one class per sample.
/// - Throws: `EstimatorError.invalidInput` when a class has a single sample; `EstimatorError.invalidParameter` when a side
///   has fewer samples than there are classes.
package func stratifiedShuffleSplit<Stratum: ClassificationTarget>(
    _ strata: [Stratum], nTrain: Int, nTest: Int, using generator: inout RandomState
) throws -> SplitIndices {
    try StratifiedUrn(strata, nTrain: nTrain, nTest: nTest, argument: "stratify").split(using: &generator)
}

/// The samples of each class, ready for any number of stratified draws of one size.
struct StratifiedUrn {
    /// The samples of each class, the classes in ascending order.
    private let members: [[Int]]
    private let nTrain: Int
    private let nTest: Int

    /// - Parameter argument: the name under which the user gave the strata.
    init<Stratum: ClassificationTarget>(_ strata: [Stratum], nTrain: Int, nTest: Int, argument: String) throws {
        var samplesOfClass: [Stratum: [Int]] = [:]
        for (sample, stratum) in strata.enumerated() { samplesOfClass[stratum, default: []].append(sample) }
        let classes = samplesOfClass.keys.sorted(by: Stratum.precedes)
        members = classes.map { samplesOfClass[$0] ?? [] }
        self.nTrain = nTrain
        self.nTest = nTest

        if let rare = members.firstIndex(where: { $0.count < 2 }) {
            throw EstimatorError.invalidInput(
                argument: argument,
                problem: "must have at least 2 samples of every class, but has only 1 of class \(classes[rare])")
        }
        for (name, size) in [("trainSize", nTrain), ("testSize", nTest)] where size < classes.count {
            throw EstimatorError.invalidParameter(
                name: name, value: "\(size) samples", allowed: "at least the number of classes, \(classes.count)")
        }
    }

    /// One draw.
    func split(using generator: inout RandomState) throws -> SplitIndices {
        let counts = members.map(\.count)
        let trainCounts = try proportionalCounts(of: counts, draws: nTrain, using: &generator)
        let rest = zip(counts, trainCounts).map { $0 - $1 }
        let testCounts = try proportionalCounts(of: rest, draws: nTest, using: &generator)

        var train: [Int] = []
        var test: [Int] = []
        for (index, samples) in members.enumerated() {
            let permuted = try generator.permutation(samples.count).map { samples[$0] }
            train += permuted[..<trainCounts[index]]
            test += permuted[trainCounts[index]..<(trainCounts[index] + testCounts[index])]
        }
        return (generator.permutation(train), generator.permutation(test))
    }
}

/// How many of `draws` fall to each class when they are shared in proportion to `counts`.
///
/// Every class gets its share rounded down; what is left over goes to the largest remainders, ties drawn at random. This
/// comes within one of the mode of the multivariate hypergeometric distribution.
private func proportionalCounts(
    of counts: [Int], draws: Int, using generator: inout RandomState
) throws -> [Int] {
    let total = Double(counts.reduce(0, +))
    let shares = counts.map { Double($0) / total * Double(draws) }
    var result = shares.map { Int($0.rounded(.down)) }
    let remainders = shares.map { $0 - $0.rounded(.down) }
    var missing = draws - result.reduce(0, +)
    for remainder in Set(remainders).sorted(by: >) where missing > 0 {
        let tied = remainders.indices.filter { remainders[$0] == remainder }
        let chosen = try generator.choice(tied, size: min(tied.count, missing), replace: false)
        for index in chosen { result[index] += 1 }
        missing -= chosen.count
    }
    return result
}

/// The split that early stopping makes: `fraction` of the samples for validation, the rest for training.
///
/// - Parameter stratify: one class per sample, or nil to draw without regard to classes.
/// - Throws: `EstimatorError` when `fraction` leaves fewer than 2 samples for validation, or fewer for training than
///   there are classes.
package func validationSplit(
    nSamples: Int, fraction: Double, stratify: [Bool]?, using generator: inout RandomState
) throws -> SplitIndices {
    let nTest = Int((fraction * Double(nSamples)).rounded(.up))
    let nTrain = nSamples - nTest
    let classCount = Set(stratify ?? [true]).count
    guard nTest >= 2, nTrain >= classCount else {
        throw EstimatorError.invalidParameter(
            name: "validationFraction", value: "\(fraction)",
            allowed: "large enough for 2 validation samples and small enough to leave \(classCount) for training of "
                + "\(nSamples) samples")
    }
    guard let stratify else {
        return try shuffleSplit(nSamples: nSamples, nTrain: nTrain, nTest: nTest, using: &generator)
    }
    return try stratifiedShuffleSplit(stratify, nTrain: nTrain, nTest: nTest, using: &generator)
}
