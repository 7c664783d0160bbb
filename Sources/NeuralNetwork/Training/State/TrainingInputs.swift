import LinearAlgebra

/// The part of the inputs of `fit` or `partialFit` that is stored with the model.
struct TrainingInputs: Equatable, Sendable, Codable {
    let hyperparameters: MLPHyperparameters
    let loss: Loss
    /// The name of the quantity that early stopping watches.
    let monitor: String
    /// A description of the class weights; nil for 1 each.
    let classWeight: String?
    let data: DataSummary
    let versions: TrainingReport.Versions
}

/// The shape and a fingerprint of a run's data, to detect whether other data are the same.
struct DataSummary: Equatable, Sendable, Codable {
    let samples: Int
    let features: Int
    let outputs: Int
    let isSparse: Bool
    let isWeighted: Bool
    /// The number of samples in the caller's validation set; nil without one.
    let validationSamples: Int?
    /// A checksum of all features, targets and weights. Nil after `partialFit`, which is never resumed, and in files
    /// from before fingerprints existed.
    let fingerprint: String?

}

extension _TrainingRun {
    /// Returns the summary of the data of all processes.
    ///
    /// - Parameter other: the summary to compare it with, which says how the fingerprint is computed; nil for none.
    func dataSummary(like other: DataSummary? = nil) throws -> DataSummary {
        DataSummary(
            samples: sampleCount, features: data.features.columns, outputs: data.targets.columns,
            isSparse: data.features.isSparse, isWeighted: data.weights != nil,
            validationSamples: membership?.validationShare?.total ?? validation?.count,
            fingerprint: isIncremental ? nil : try fingerprint(like: other?.fingerprint))
    }
}

extension DataSummary: CustomStringConvertible {
    /// Samples, features and outputs: `150 × 4, 3 outputs, weighted`.
    var description: String {
        "\(samples) × \(features)\(isSparse ? " sparse" : ""), \(outputs) outputs\(isWeighted ? ", weighted" : "")"
            + (validationSamples.map { ", validated on \($0)" } ?? "")
    }

    /// Whether everything except the fingerprint is equal.
    func hasShape(of other: DataSummary) -> Bool { description == other.description }

    /// Whether these are the same data, if both fingerprints are known; otherwise whether they have the same shape.
    func agrees(with other: DataSummary) -> Bool {
        guard let fingerprint, let others = other.fingerprint else { return hasShape(of: other) }
        return hasShape(of: other) && fingerprint == others
    }
}

extension TrainingData {
    /// A checksum that differs for different data with very high probability.
    ///
    /// - Complexity: O(elements); faster than a copy.
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
