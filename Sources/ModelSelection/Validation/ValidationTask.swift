import Estimators
import LinearAlgebra
import Metrics

/// Features, targets and scorers by which estimators are judged, split by split. Threads share it; none copies it.
struct ValidationTask<Model: Estimator>: Sendable {
    let x: Model.Features
    let y: [Model.Target]
    /// One weight per sample, for fitting; nil for 1 each.
    var sampleWeight: [Double]?
    let scoring: [Scorer<Model>]
    let errorScore: ErrorScore
    let returnTrainScore: Bool
    /// Whether the estimator judges its passes on the test side.
    var validatesOnTestSide = false
    /// Whether samples weigh in the scores what they weigh in the fits.
    var weighsScores = false

    /// What came of one estimator on one split.
    struct Outcome: Sendable {
        /// One score per scorer.
        var testScores: [Double]
        /// One score per scorer; empty unless asked for.
        var trainScores: [Double]
        /// Seconds.
        var fitTime: Double
        /// Seconds.
        var scoreTime: Double
        /// What was thrown in the place of scores; nil where nothing was.
        var error: String?
        /// Whether the estimator could be fitted.
        var didFit: Bool
        /// The fitted estimator; nil where it threw.
        var model: Model?
    }

    /// Fits a copy of `estimator` on the training side and scores it on the other.
    ///
    /// A fit that throws has no score at all; a scorer that throws lacks its own.
    ///
    /// - Throws: the estimator's or scorer's error with `ErrorScore.raise`, and `CancellationError`.
    func run(_ estimator: Model, train: [Int], test: [Int]) throws -> Outcome {
        let clock = ContinuousClock()
        let start = clock.now
        let (xTrain, yTrain) = (x.selectingSamples(train), y.selectingSamples(train))
        var model = estimator
        do {
            let weights = sampleWeight?.selectingSamples(train)
            if validatesOnTestSide {
                try fit(&model, xTrain, yTrain, sampleWeight: weights, validatedOn: test)
            } else {
                try model.fit(xTrain, yTrain, sampleWeight: weights)
            }
            if Cancellation.isRequested { throw CancellationError() }
        } catch {
            let scores = [Double](repeating: try errorScore.substitute(for: error), count: scoring.count)
            return Outcome(
                testScores: scores, trainScores: returnTrainScore ? scores : [],
                fitTime: (clock.now - start).seconds, scoreTime: 0, error: "\(error)", didFit: false, model: nil)
        }

        let fitted = clock.now
        var errors: [String] = []
        let testScores = try scores(
            of: model, x.selectingSamples(test), y.selectingSamples(test), samples: test, on: "test", errors: &errors)
        let scored = clock.now
        let trainScores =
            returnTrainScore
            ? try scores(of: model, xTrain, yTrain, samples: train, on: "training", errors: &errors) : []
        return Outcome(
            testScores: testScores, trainScores: trainScores, fitTime: (fitted - start).seconds,
            scoreTime: (scored - fitted).seconds, error: errors.isEmpty ? nil : errors.joined(separator: " "),
            didFit: true, model: model)
    }

    private func fit(
        _ model: inout Model, _ xTrain: Model.Features, _ yTrain: [Model.Target], sampleWeight: [Double]?,
        validatedOn test: [Int]
    ) throws {
        guard var validating = model as? any ValidatingEstimator<Model.Features, Model.Target> else {
            throw EstimatorError.invalidParameter(
                name: "validatesOnTestSide", value: "true",
                allowed: "false for \(Model.self), which takes no validation set")
        }
        try validating.fit(
            xTrain, yTrain, sampleWeight: sampleWeight,
            validation: (x.selectingSamples(test), y.selectingSamples(test)))
        if let fitted = validating as? Model { model = fitted }
    }

    private func scores(
        of model: Model, _ x: Model.Features, _ y: [Model.Target], samples: [Int], on side: String,
        errors: inout [String]
    ) throws -> [Double] {
        let weights = weighsScores ? sampleWeight?.selectingSamples(samples) : nil
        return try scoring.map { scorer in
            do {
                return try scorer(model, x, y, sampleWeight: weights)
            } catch {
                let score = try errorScore.substitute(for: error)
                errors.append("\(scorer.name) on the \(side) side: \(error)")
                return score
            }
        }
    }
}

extension Duration {
    var seconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
