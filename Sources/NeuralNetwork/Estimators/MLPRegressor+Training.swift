import Estimators
import LinearAlgebra
import Metrics

extension MLPRegressor {
    /// Turns a call into a training run: encodes its targets as numbers. Not for clients.
    public mutating func _trainingRun(for call: _TrainingCall<MLPRegressor>) throws -> _TrainingRun<Scalar> {
        let (targets, validation) = try call.together {
            try checkLoss()
            let (targets, validation) = (try encode(call.y, argument: "y"), try validationData(of: call))
            if let found = validation?.targets.columns {
                try Check.require(
                    found == targets.columns, "validation.y",
                    "must have \(targets.columns) outputs per sample, as y has, but has \(found)")
            }
            return (targets, validation)
        }
        return TrainingRun(
            hyperparameters: hyperparameters, loss: .regression(loss),
            data: TrainingData(
                features: call.x, targets: targets, weights: try call.weights(call.sampleWeight)),
            validation: validation,
            score: try monitoredScore(call) { [loss] _, outputs, data in
                try r2Score(
                    rows(of: data.targets.scored(by: loss)), rows(of: outputs.scored(by: loss)),
                    sampleWeight: data.weights.map(Scalar.doubles))
            },
            stratifiesValidation: false, monitor: "\(monitor)", watched: watched, classWeight: nil,
            isIncremental: call.options.isIncremental, onEpoch: call.options.onEpoch)
    }

    private func validationData(of call: TrainingCall<MLPRegressor>) throws -> TrainingData<Scalar>? {
        try call.validation.map { x, y in
            TrainingData(features: x, targets: try encode(y, argument: "validation.y"), weights: nil)
        }
    }

    /// Throws if the loss has a parameter outside its range, or more outputs than a target has numbers.
    private func checkLoss() throws {
        if let violation = loss.violation {
            throw EstimatorError.invalidParameter(name: "loss", value: loss.rawValue, allowed: violation)
        }
        try Check.require(
            (loss.quantiles?.count ?? 1) == 1 || Target.hasSeveralOutputs, parameter: "loss", loss.rawValue,
            allowed: "a loss with one output for targets that are \(Target.self); an array of numbers, as in "
                + "MLPRegressor<[Double], Double>, has several")
        try Check.require(
            hyperparameters.labelSmoothing == 0, parameter: "labelSmoothing", hyperparameters.labelSmoothing,
            allowed: "0 for a regressor, whose targets are no labels")
    }

    /// Returns the targets as a matrix of samples × outputs. Each output of several quantiles has the same target.
    private func encode(_ y: [Target], argument: String) throws -> Matrix<Scalar> {
        var targets = try Target._outputs(of: y, argument: argument)
        if loss == .poisson, let bad = targets.elements.first(where: { $0 < 0 }) {
            throw EstimatorError.invalidInput(
                argument: argument, problem: "must not be negative when loss is poisson, but contains \(bad)")
        }
        if loss == .gamma, let bad = targets.elements.first(where: { $0 <= 0 }) {
            throw EstimatorError.invalidInput(
                argument: argument, problem: "must be above 0 when loss is gamma, but contains \(bad)")
        }
        if let quantiles = loss.quantiles {
            try Check.require(
                targets.columns == 1, argument,
                "must have one number per sample when loss is quantiles, but has \(targets.columns)")
            targets = Matrix(
                rows: targets.rows, columns: quantiles.count,
                elements: targets.elements.flatMap { Array(repeating: $0, count: quantiles.count) })
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

extension Matrix {
    /// Returns the outputs that R² judges: of several quantiles, the one that is closest to the median; otherwise all.
    func scored(by loss: RegressionLoss) -> Matrix {
        guard let quantiles = loss.quantiles, columns == quantiles.count,
            let column = quantiles.indices.min(by: { abs(quantiles[$0] - 0.5) < abs(quantiles[$1] - 0.5) })
        else { return self }
        return Matrix(rows: rows, columns: 1, elements: (0..<rows).map { self[$0, column] })
    }
}

/// Returns the rows as arrays of doubles.
private func rows<Scalar: NetworkScalar>(of matrix: Matrix<Scalar>) -> [[Double]] {
    (0..<matrix.rows).map { matrix.rowSlice($0).map { Double($0) } }
}
