import Estimators
import LinearAlgebra
import Metrics

extension MLPRegressor {
    /// Turns a call into a training run: encodes its targets as numbers. Not for clients.
    public mutating func _trainingRun(for call: _TrainingCall<MLPRegressor>) throws -> _TrainingRun<Scalar> {
        let targets = try encode(call.y, argument: "y")
        let validation = try call.validation.map { x, y in
            TrainingData(features: x, targets: try encode(y, argument: "validation.y"), weights: nil)
        }
        if let found = validation?.targets.columns {
            try Check.require(
                found == targets.columns, "validation.y",
                "must have \(targets.columns) outputs per sample, as y has, but has \(found)")
        }
        return TrainingRun(
            hyperparameters: hyperparameters, loss: Loss(loss),
            data: TrainingData(
                features: call.x, targets: targets, weights: try TrainingData.weights(call.sampleWeight)),
            validation: validation,
            score: monitoredScore(call) { _, outputs, data in
                try r2Score(rows(of: data.targets), rows(of: outputs), sampleWeight: data.weights.map(Scalar.doubles))
            },
            stratifiesValidation: false, monitor: "\(monitor)", watched: watched, classWeight: nil,
            isIncremental: call.options.isIncremental, onEpoch: call.options.onEpoch)
    }

    /// Returns the targets as a matrix of samples × outputs.
    private func encode(_ y: [Target], argument: String) throws -> Matrix<Scalar> {
        let targets = try Target._outputs(of: y, argument: argument)
        if loss == .poisson, let bad = targets.elements.first(where: { $0 < 0 }) {
            throw EstimatorError.invalidInput(
                argument: argument, problem: "must not be negative when loss is poisson, but contains \(bad)")
        }
        let rounded = Scalar.rounding(targets.elements)
        if !rounded.withUnsafeBufferPointer(Scalar.allFinite), let bad = rounded.firstIndex(where: { !$0.isFinite }) {
            throw EstimatorError.invalidInput(
                argument: argument,
                problem: "must be within ±\(Scalar.greatestFiniteMagnitude), the range of \(Scalar.self), but contains "
                    + "\(targets.elements[bad])")
        }
        return Matrix(rows: targets.rows, columns: targets.columns, elements: rounded)
    }
}

/// Returns the rows as arrays of doubles.
private func rows<Scalar: NetworkScalar>(of matrix: Matrix<Scalar>) -> [[Double]] {
    (0..<matrix.rows).map { matrix.rowSlice($0).map { Double($0) } }
}
