import Estimators
import LinearAlgebra

/// What a network is trained on: features, targets coded as numbers, and perhaps a weight per sample.
struct TrainingData<Scalar: NetworkScalar>: Sendable {
    /// Samples × features.
    let features: InputFeatures<Scalar>
    /// Samples × outputs.
    let targets: Matrix<Scalar>
    /// One weight per sample; nil for 1 each.
    let weights: [Scalar]?

    var count: Int { features.rows }

    /// The samples with the given numbers.
    func selecting(_ samples: [Int]) -> TrainingData {
        TrainingData(
            features: features.selectingRows(samples), targets: targets.selectingRows(samples),
            weights: weights?.selectingSamples(samples))
    }

    var inDoublePrecision: TrainingData<Double> {
        TrainingData<Double>(
            features: features.inDoublePrecision,
            targets: Matrix(rows: targets.rows, columns: targets.columns, elements: Scalar.doubles(targets.elements)),
            weights: weights.map(Scalar.doubles))
    }
}
