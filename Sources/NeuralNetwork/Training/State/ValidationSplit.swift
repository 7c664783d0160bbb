import Estimators
import ModelFiles
import NumPyRandom

/// The split of the samples into training and validation samples for early stopping.
struct ValidationSplit: Equatable, Sendable, Codable {
    @CodedAsTensor var train: [Int]
    @CodedAsTensor var test: [Int]

    /// Draws `fraction` of the samples for validation and leaves the others for training.
    ///
    /// - Parameter stratify: for each sample, whether it belongs to the second of two classes, to keep the class
    ///   proportions. Each class must have at least two samples. Nil to ignore classes.
    /// - Throws: `EstimatorError.invalidParameter` if `fraction` leaves fewer than 2 samples for validation, or fewer
    ///   samples for training than there are classes.
    init(nSamples: Int, fraction: Double, stratify: [Bool]?, using generator: inout RandomState) throws {
        let nTest = Int((fraction * Double(nSamples)).rounded(.up))
        let nTrain = nSamples - nTest
        let classes = stratify.map { stratify in
            [false, true].map { label in stratify.indices.filter { stratify[$0] == label } }.filter { !$0.isEmpty }
        }
        let classCount = classes?.count ?? 1
        try Check.require(
            nTest >= 2 && nTrain >= classCount, parameter: "validationFraction", fraction,
            allowed: "large enough for 2 validation samples and small enough to leave \(classCount) for training of "
                + "\(nSamples) samples")
        (train, test) =
            if let classes {
                try generator.stratifiedSplit(classes, nTrain: nTrain, nTest: nTest)
            } else {
                try generator.split(nSamples, nTrain: nTrain, nTest: nTest)
            }
    }
}
