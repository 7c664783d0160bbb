import Estimators
import LinearAlgebra

/// What a network is trained on: features, targets coded as numbers, and perhaps a weight per sample.
struct TrainingData<Scalar: NetworkScalar>: Sendable {
    /// Samples × features.
    let features: Matrix<Scalar>
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
            features: features.inDoublePrecision, targets: targets.inDoublePrecision,
            weights: weights.map(Scalar.doubles))
    }

    /// Copies `count` samples into the memory of a step.
    func gather(
        _ samples: UnsafePointer<Int>, count: Int, features: UnsafeMutablePointer<Scalar>,
        targets: UnsafeMutablePointer<Scalar>, weights: UnsafeMutablePointer<Scalar>?
    ) {
        self.features.gatherRows(samples, count: count, into: features)
        self.targets.gatherRows(samples, count: count, into: targets)
        if let weights, let source = self.weights {
            for position in 0..<count { weights[position] = source[samples[position]] }
        }
    }
}

extension Matrix where Scalar: NetworkScalar {
    fileprivate var inDoublePrecision: Matrix<Double> {
        Matrix<Double>(rows: rows, columns: columns, elements: Scalar.doubles(elements))
    }

    fileprivate func gatherRows(
        _ indices: UnsafePointer<Int>, count: Int, into target: UnsafeMutablePointer<Scalar>
    ) {
        withUnsafeElements { source in
            guard let source = source.baseAddress else { return }
            Scalar.gatherRows(target, from: source, indices, count: count, columns: columns)
        }
    }
}
