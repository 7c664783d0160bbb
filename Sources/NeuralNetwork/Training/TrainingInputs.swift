import LinearAlgebra

/// What a call of `fit` or `partialFit` was given, as far as it is kept with the model.
struct TrainingInputs: Equatable, Sendable, Codable {
    let hyperparameters: MLPHyperparameters
    let loss: Loss
    /// What early stopping watches, by its name.
    let monitor: String
    /// The weights of the classes, in words; nil for 1 each.
    let classWeight: String?
    let data: DataDescription
    let versions: TrainingReport.Versions
}

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
        isSparse = if case .sparse = data.features { true } else { false }
        isWeighted = data.weights != nil
        validationSamples = validation?.count
        checksum = isToBeResumed ? data.checksum + (validation.map { "-" + $0.checksum } ?? "") : nil
    }
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

/// A 64-bit checksum of arrays, word by word.
private struct Checksum {
    private(set) var value: UInt64 = 0xcbf2_9ce4_8422_2325

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        let words = bytes.count / 8
        for word in 0..<words { add(bytes.loadUnaligned(fromByteOffset: 8 * word, as: UInt64.self)) }
        add(bytes[(8 * words)...].reduce(0) { $0 << 8 | UInt64($1) })
        add(UInt64(bytes.count))
    }

    private mutating func add(_ word: UInt64) {
        // The rotation takes the high bits, a number's sign and exponent, to where the multiplication spreads them.
        let mixed = value ^ word
        value = (mixed << 29 | mixed >> 35) &* 0x9e37_79b9_7f4a_7c15
    }
}
