/// The data of a run: their shape, and what it takes to tell other data from the same.
struct DataDescription: Equatable, Sendable, Codable {
    let samples: Int
    let features: Int
    let outputs: Int
    let isSparse: Bool
    let isWeighted: Bool
    /// Samples of a validation set of the caller's; nil without one.
    let validationSamples: Int?
    /// Of all features, targets and weights; nil after `partialFit`, which is never resumed.
    let checksum: String?

    init<Scalar: NetworkScalar>(
        _ data: TrainingData<Scalar>, validation: TrainingData<Scalar>?, isToBeResumed: Bool
    ) {
        samples = data.count
        features = data.features.columns
        outputs = data.targets.columns
        isSparse = data.features.isSparse
        isWeighted = data.weights != nil
        validationSamples = validation?.count
        checksum = isToBeResumed ? data.checksum + (validation.map { "-" + $0.checksum } ?? "") : nil
    }
}

extension DataDescription: CustomStringConvertible {
    /// Samples, features and outputs: `150 × 4, 3 outputs, weighted`.
    var description: String {
        "\(samples) × \(features)\(isSparse ? " sparse" : ""), \(outputs) outputs\(isWeighted ? ", weighted" : "")"
            + (validationSamples.map { ", validated on \($0)" } ?? "")
    }

    /// Whether only the checksums may differ.
    func hasShape(of other: DataDescription) -> Bool { description == other.description }
}

extension TrainingData {
    /// A number in text that other data are most unlikely to have.
    ///
    /// - Complexity: O(elements), about as long as to copy them.
    var checksum: String {
        var checksum = Checksum()
        switch features {
        case .dense(let x): x.withUnsafeElements { checksum.add(UnsafeRawBufferPointer($0)) }
        case .sparse(let x):
            x.rowOffsets.withUnsafeBytes { checksum.add($0) }
            x.columnIndices.withUnsafeBytes { checksum.add($0) }
            x.values.withUnsafeBytes { checksum.add($0) }
        }
        targets.withUnsafeElements { checksum.add(UnsafeRawBufferPointer($0)) }
        weights?.withUnsafeBytes { checksum.add($0) }
        return String(checksum.value, radix: 16)
    }
}
