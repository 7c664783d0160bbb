import Estimators
import NumPyRandom

/// The samples of each class, for stratified draws of one size.
struct StratifiedDraw {
    /// The samples of each class, the classes in ascending order.
    private let classes: [[Int]]
    private let nTrain: Int
    private let nTest: Int

    /// - Parameters:
    ///   - strata: one class per sample.
    ///   - argument: the name of the strata in errors.
    /// - Throws: `EstimatorError.invalidInput` when a class has a single sample; `EstimatorError.invalidParameter` when a
    ///   side has fewer samples than there are classes.
    init<Stratum: ClassificationTarget>(_ strata: [Stratum], nTrain: Int, nTest: Int, argument: String) throws {
        let samples = Dictionary(grouping: strata.indices) { strata[$0] }
        let labels = samples.keys.sorted(by: Stratum.precedes)
        classes = labels.map { samples[$0] ?? [] }
        (self.nTrain, self.nTest) = (nTrain, nTest)

        for (samples, label) in zip(classes, labels) {
            try Check.require(
                samples.count >= 2, argument,
                "must have at least 2 samples of every class, but has only 1 of class \(label)")
        }
        for (name, size) in [("trainSize", nTrain), ("testSize", nTest)] {
            try Check.require(
                size >= labels.count, parameter: name, "\(size) samples",
                allowed: "at least the number of classes, \(labels.count)")
        }
    }

    /// Draws one split.
    func split(using generator: inout RandomState) throws -> SplitIndices {
        try generator.stratifiedSplit(classes, nTrain: nTrain, nTest: nTest)
    }
}
