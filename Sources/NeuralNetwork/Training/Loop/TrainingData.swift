import Estimators
package import LinearAlgebra

/// The data of training: features, encoded targets and optional sample weights.
package struct TrainingData<Scalar: NetworkScalar>: Sendable {
    /// Samples × features.
    package let features: _NetworkInput<Scalar>
    /// Samples × outputs.
    package let targets: Matrix<Scalar>
    /// One weight per sample; nil for 1 each.
    package let weights: [Scalar]?

    package var count: Int { features.rows }

    /// Returns the samples with the given indices.
    func selecting(_ samples: [Int]) -> TrainingData {
        TrainingData(
            features: features.selectingRows(samples), targets: targets.selectingRows(samples),
            weights: weights?.selectingSamples(samples))
    }

    /// Returns the weights in the precision of the network.
    ///
    /// - Throws: `EstimatorError.invalidInput` if a weight is too large for the precision, or the sum is too small to
    ///   divide by.
    static func weights(_ weights: [Double]?) throws -> [Scalar]? {
        guard let rounded = try rounded(weights) else { return nil }
        try checkSum(rounded.reduce(0) { $0 + Double($1) })
        return rounded
    }

    /// Returns the weights in the precision of the network.
    ///
    /// - Throws: `EstimatorError.invalidInput` if a weight is too large for the precision.
    static func rounded(_ weights: [Double]?) throws -> [Scalar]? {
        guard let weights else { return nil }
        let rounded = Scalar.rounding(weights)
        let bad = rounded.firstIndex { !$0.isFinite } ?? 0
        try Check.require(
            rounded.isEmpty || rounded[bad].isFinite, "sampleWeight",
            "must be at most \(Scalar.greatestFiniteMagnitude), the greatest \(Scalar.self), but that of sample \(bad) is "
                + "\(weights[bad])")
        return rounded
    }

    /// Throws if the sum of all weights is too small to divide by.
    ///
    /// - Throws: `EstimatorError.invalidInput`.
    static func checkSum(_ sum: Double) throws {
        try Check.require(
            canDivide(by: sum), "sampleWeight",
            "must have a sum of at least \(Scalar.leastNormalMagnitude), the least \(Scalar.self) of full precision, but its "
                + "sum is \(sum)")
    }

    /// Whether a mean over samples with this total weight is finite.
    static func canDivide(by weightSum: Double) -> Bool { Scalar(1 / weightSum).isFinite }

    var inDoublePrecision: TrainingData<Double> {
        TrainingData<Double>(
            features: features.inDoublePrecision,
            targets: Matrix(rows: targets.rows, columns: targets.columns, elements: Scalar.doubles(targets.elements)),
            weights: weights.map(Scalar.doubles))
    }
}
