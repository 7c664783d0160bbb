public import Estimators
import NumPyRandom

/// Splits features and targets into random training and test subsets.
///
/// ```swift
/// let (xTrain, xTest, yTrain, yTest) = try trainTestSplit(x, y, testSize: 0.2, randomState: 42)
/// ```
///
/// - Parameters:
///   - x: the features, or any other samples: a matrix, a table, or an array with one element per sample.
///   - y: the targets, or any other samples; as many as in `x`.
///   - testSize: the fraction or the count of test samples; nil for all that are not training samples, or for a quarter
///     if `trainSize` is nil too.
///   - trainSize: the fraction or the count of training samples; nil for all that are not test samples.
///   - randomState: the seed of the shuffle, as `numpy.random.RandomState` takes it; nil for a different split each
///     time.
///   - shuffle: whether to draw at random. If `false`, the first samples are for training and the next ones for
///     testing.
///   - stratify: one class per sample. The frequencies of the classes are then the same on both sides. Requires
///     `shuffle`.
/// - Returns: the training part and the test part of `x`, and then those of `y`.
/// - Throws: `EstimatorError.invalidInput` if there are no samples, if their numbers differ, or if a class of
///   `stratify` has a single sample; `EstimatorError.invalidParameter` for sizes out of range, for sizes that leave a
///   side empty or with fewer samples than there are classes, and for `stratify` without `shuffle`.
/// - Complexity: O(n), and O(n log c) for c classes to stratify by.
public func trainTestSplit<X: Samples, Y: Samples>(
    _ x: X, _ y: Y, testSize: SplitSize? = nil, trainSize: SplitSize? = nil, randomState: UInt32? = nil,
    shuffle: Bool = true, stratify: (any Strata)? = nil
) throws -> (xTrain: X, xTest: X, yTrain: Y, yTest: Y) {
    let (x, y) = try sides(of: x, y, named: ["y"], testSize, trainSize, randomState, shuffle, stratify)
    return (x.train, x.test, y.train, y.test)
}

/// Splits one table or list of samples into random training and test subsets.
///
/// Parameters and errors are those of
/// ``trainTestSplit(_:_:testSize:trainSize:randomState:shuffle:stratify:)->(_,_,_,_)``.
public func trainTestSplit<X: Samples>(
    _ x: X, testSize: SplitSize? = nil, trainSize: SplitSize? = nil, randomState: UInt32? = nil,
    shuffle: Bool = true, stratify: (any Strata)? = nil
) throws -> (train: X, test: X) {
    try sides(of: x, named: [], testSize, trainSize, randomState, shuffle, stratify)
}

/// Splits features, targets and a third list, such as sample weights, into random training and test subsets.
///
/// Parameters and errors are those of
/// ``trainTestSplit(_:_:testSize:trainSize:randomState:shuffle:stratify:)->(_,_,_,_)``.
public func trainTestSplit<X: Samples, Y: Samples, Z: Samples>(
    _ x: X, _ y: Y, _ z: Z, testSize: SplitSize? = nil, trainSize: SplitSize? = nil, randomState: UInt32? = nil,
    shuffle: Bool = true, stratify: (any Strata)? = nil
) throws -> (xTrain: X, xTest: X, yTrain: Y, yTest: Y, zTrain: Z, zTest: Z) {
    let (x, y, z) = try sides(of: x, y, z, named: ["y", "z"], testSize, trainSize, randomState, shuffle, stratify)
    return (x.train, x.test, y.train, y.test, z.train, z.test)
}

/// Splits four lists, such as features, targets, sample weights and groups, into random training and test subsets.
///
/// Parameters and errors are those of
/// ``trainTestSplit(_:_:testSize:trainSize:randomState:shuffle:stratify:)->(_,_,_,_)``.
public func trainTestSplit<X: Samples, Y: Samples, Z: Samples, W: Samples>(
    _ x: X, _ y: Y, _ z: Z, _ w: W, testSize: SplitSize? = nil, trainSize: SplitSize? = nil,
    randomState: UInt32? = nil, shuffle: Bool = true, stratify: (any Strata)? = nil
) throws -> (xTrain: X, xTest: X, yTrain: Y, yTest: Y, zTrain: Z, zTest: Z, wTrain: W, wTest: W) {
    let (x, y, z, w) = try sides(
        of: x, y, z, w, named: ["y", "z", "w"], testSize, trainSize, randomState, shuffle, stratify)
    return (x.train, x.test, y.train, y.test, z.train, z.test, w.train, w.test)
}

/// Splits any number of tables and lists into random training and test subsets. Each argument becomes a pair.
///
/// ```swift
/// let (x, y, weights, groups, names) = try trainTestSplit(x, y, weights, groups, names, randomState: 42)
/// try mlp.fit(x.train, y.train, sampleWeight: weights.train)
/// ```
///
/// All arguments have the same number of samples. The other parameters and errors are those of
/// ``trainTestSplit(_:_:testSize:trainSize:randomState:shuffle:stratify:)->(_,_,_,_)``.
///
/// - Returns: the training part and the test part of each argument.
@_disfavoredOverload
public func trainTestSplit<First: Samples, each Other: Samples>(
    _ first: First, _ others: repeat each Other, testSize: SplitSize? = nil, trainSize: SplitSize? = nil,
    randomState: UInt32? = nil, shuffle: Bool = true, stratify: (any Strata)? = nil
) throws -> ((train: First, test: First), repeat (train: each Other, test: each Other)) {
    try sides(of: first, repeat each others, named: nil, testSize, trainSize, randomState, shuffle, stratify)
}

/// The two sides of each argument.
///
/// - Parameter names: the names of the others, beside `x`; nil for numbers.
private func sides<First: Samples, each Other: Samples>(
    of first: First, _ others: repeat each Other, named names: [String]?, _ testSize: SplitSize?,
    _ trainSize: SplitSize?, _ randomState: UInt32?, _ shuffle: Bool, _ stratify: (any Strata)?
) throws -> ((train: First, test: First), repeat (train: each Other, test: each Other)) {
    var number = 0
    for other in repeat each others {
        try Check.sameCount(
            other.sampleCount, argument: names?[number] ?? "argument \(number + 2)", as: first.sampleCount,
            of: names == nil ? "the first" : "x")
        number += 1
    }
    let (train, test) = try trainTestIndices(
        nSamples: first.sampleCount, testSize: testSize, trainSize: trainSize, randomState: randomState,
        shuffle: shuffle, stratify: stratify)
    return (
        (first.selectingSamples(train), first.selectingSamples(test)),
        repeat ((each others).selectingSamples(train), (each others).selectingSamples(test))
    )
}

/// Classes for stratification: an array with one class, or one row of indicators, per sample.
public protocol Strata {
    /// The type of a class.
    associatedtype Stratum: ClassificationTarget

    /// The class of each sample.
    var strata: [Stratum] { get }
}

extension Array: Strata where Element: ClassificationTarget {
    /// The array itself.
    public var strata: [Element] { self }
}

/// The numbers of the samples of the two sides, drawn by a new generator.
private func trainTestIndices(
    nSamples: Int, testSize: SplitSize?, trainSize: SplitSize?, randomState: UInt32?, shuffle: Bool,
    stratify: (any Strata)?
) throws -> SplitIndices {
    try Check.notEmpty(nSamples, argument: "x")
    let counts = try splitCounts(
        nSamples: nSamples, testSize: testSize, trainSize: trainSize, defaultTestSize: 0.25)
    guard shuffle else {
        try Check.require(stratify == nil, parameter: "stratify", "given", allowed: "nil where shuffle is false")
        return (Array(0..<counts.train), Array(counts.train..<(counts.train + counts.test)))
    }
    var generator = RandomState(seed: randomState)
    guard let stratify else {
        return try generator.split(nSamples, nTrain: counts.train, nTest: counts.test)
    }
    return try stratifiedIndices(stratify, nSamples: nSamples, counts: counts, using: &generator)
}

private func stratifiedIndices(
    _ stratify: some Strata, nSamples: Int, counts: (train: Int, test: Int), using generator: inout RandomState
) throws -> SplitIndices {
    let strata = stratify.strata
    try Check.sameCount(strata.count, argument: "stratify", as: nSamples, of: "x")
    try checkTargets(strata, argument: "stratify")
    return try StratifiedDraw(strata, nTrain: counts.train, nTest: counts.test, argument: "stratify")
        .split(using: &generator)
}

/// Rejects rows of indicators that differ in length or hold anything but 0 and 1.
func checkTargets<Target: ClassificationTarget>(_ targets: [Target], argument: String) throws {
    _ = try Target.classes(in: targets, argument: argument)
}
