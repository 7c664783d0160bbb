import LinearAlgebra

/// What a call of `fit` or `partialFit` was given, as far as it is kept with the model.
struct TrainingInputs: Equatable, Sendable, Codable {
    let hyperparameters: MLPHyperparameters
    let loss: Loss
    /// What early stopping watches, by its name.
    let monitor: String
    /// The weights of the classes, in words; nil for 1 each.
    let classWeight: String?
    let data: DataSummary
    let versions: TrainingReport.Versions
}

/// The data of a run: their shape, and what it takes to tell other data from the same.
struct DataSummary: Equatable, Sendable, Codable {
    let samples: Int
    let features: Int
    let outputs: Int
    let isSparse: Bool
    let isWeighted: Bool
    /// Samples of a validation set of the caller's; nil without one.
    let validationSamples: Int?
    /// Of all features, targets and weights; nil after `partialFit`, which is never resumed, and in files from before there
    /// was such a one.
    let fingerprint: String?

    init<Scalar: NetworkScalar>(
        _ data: TrainingData<Scalar>, validation: TrainingData<Scalar>?, isToBeResumed: Bool
    ) {
        samples = data.count
        features = data.features.columns
        outputs = data.targets.columns
        isSparse = data.features.isSparse
        isWeighted = data.weights != nil
        validationSamples = validation?.count
        fingerprint = isToBeResumed ? data.fingerprint + (validation.map { "-" + $0.fingerprint } ?? "") : nil
    }
}

extension DataSummary: CustomStringConvertible {
    /// Samples, features and outputs: `150 × 4, 3 outputs, weighted`.
    var description: String {
        "\(samples) × \(features)\(isSparse ? " sparse" : ""), \(outputs) outputs\(isWeighted ? ", weighted" : "")"
            + (validationSamples.map { ", validated on \($0)" } ?? "")
    }

    /// Whether only the fingerprints may differ.
    func hasShape(of other: DataSummary) -> Bool { description == other.description }

    /// Whether these are the same data, as far as what is known of them tells.
    func agrees(with other: DataSummary) -> Bool {
        guard let fingerprint, let others = other.fingerprint else { return hasShape(of: other) }
        return hasShape(of: other) && fingerprint == others
    }
}

extension TrainingData {
    /// A number in text that other data are most unlikely to have.
    ///
    /// - Complexity: O(elements), less than to copy them.
    var fingerprint: String {
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
