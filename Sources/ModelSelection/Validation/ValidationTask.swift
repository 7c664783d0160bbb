import Estimators
import LinearAlgebra
import Metrics

/// The outcome of one estimator on one split.
package struct ValidationOutcome: Codable, Sendable, Equatable {
    /// One test score per scorer.
    package var testScores: [Double]
    /// One training score per scorer; empty unless training scores are computed.
    package var trainScores: [Double]
    /// The seconds to fit.
    package var fitTime: Double
    /// The seconds to score.
    package var scoreTime = 0.0
    /// The error because of which scores were replaced; nil if there was none.
    package var error: String?
    /// Whether the estimator could be fitted.
    package var didFit = false
    /// The reason why a test score is NaN although nothing threw; nil if no test score is.
    package var undefined: String?

    package init(
        testScores: [Double], trainScores: [Double], fitTime: Double, scoreTime: Double = 0, error: String? = nil,
        didFit: Bool = false, undefined: String? = nil
    ) {
        (self.testScores, self.trainScores, self.fitTime) = (testScores, trainScores, fitTime)
        (self.scoreTime, self.error, self.didFit, self.undefined) = (scoreTime, error, didFit, undefined)
    }

    /// The reason why the split has no score, or a replacement score; nil if it has all of its own scores.
    package var loss: String? { error ?? undefined }
}

/// Features, targets and scorers by which estimators are scored, split by split. Threads share it without a copy.
struct ValidationTask<Model: Estimator>: Sendable {
    let x: Model.Features
    let y: [Model.Target]
    /// One weight per sample, for fitting; nil for 1 each.
    var sampleWeight: [Double]?
    let scoring: [Scorer<Model>]
    let errorScore: ErrorScore
    let returnTrainScore: Bool
    /// Whether the estimator validates its epochs on the test side.
    var validatesOnTestSide = false
    /// Whether the weights apply to scores as well as to fits.
    var weighsScores = false

    /// Fits a copy of `estimator` on the training side and scores it on both sides, or on the test side only.
    ///
    /// A fit that throws has no score at all. A scorer that throws loses only its own.
    ///
    /// - Returns: the scores, and the fitted estimator, nil where it threw.
    /// - Throws: the error of the estimator or scorer with `ErrorScore.raise`, and `CancellationError`.
    func run(_ estimator: Model, _ split: SplitIndices) throws -> (outcome: ValidationOutcome, model: Model?) {
        let clock = ContinuousClock()
        let start = clock.now
        let (xTrain, yTrain) = (x.selectingSamples(split.train), y.selectingSamples(split.train))
        var model = estimator
        do {
            let weights = sampleWeight?.selectingSamples(split.train)
            if validatesOnTestSide {
                try fit(&model, xTrain, yTrain, sampleWeight: weights, validatedOn: split.test)
            } else {
                try model.fit(xTrain, yTrain, sampleWeight: weights)
            }
            if Cancellation.isRequested { throw CancellationError() }
        } catch {
            let scores = [Double](repeating: try errorScore.substitute(for: error), count: scoring.count)
            let outcome = ValidationOutcome(
                testScores: scores, trainScores: returnTrainScore ? scores : [],
                fitTime: (clock.now - start).seconds, error: "\(error)")
            return (outcome, nil)
        }

        let fitted = clock.now
        var errors: [String] = []
        var undefined: [String] = []
        let (xTest, yTest) = (x.selectingSamples(split.test), y.selectingSamples(split.test))
        let testScores = try scores(
            of: model, xTest, yTest, samples: split.test, on: "test", &errors, &undefined)
        let scored = clock.now
        var ofTraining: [String] = []
        let trainScores =
            returnTrainScore
            ? try scores(of: model, xTrain, yTrain, samples: split.train, on: "training", &errors, &ofTraining) : []
        let outcome = ValidationOutcome(
            testScores: testScores, trainScores: trainScores, fitTime: (fitted - start).seconds,
            scoreTime: (scored - fitted).seconds, error: errors.isEmpty ? nil : errors.joined(separator: " "),
            didFit: true, undefined: undefined.isEmpty ? nil : undefined.joined(separator: " "))
        return (outcome, model)
    }

    private func fit(
        _ model: inout Model, _ xTrain: Model.Features, _ yTrain: [Model.Target], sampleWeight: [Double]?,
        validatedOn test: [Int]
    ) throws {
        var validating = model as? any ValidatingEstimator<Model.Features, Model.Target>
        try validating?.fit(
            xTrain, yTrain, sampleWeight: sampleWeight,
            validation: (x.selectingSamples(test), y.selectingSamples(test)))
        guard let fitted = validating as? Model else {
            throw EstimatorError.invalidParameter(
                name: "validatesOnTestSide", value: "true",
                allowed: "false for \(Model.self), which takes no validation set")
        }
        model = fitted
    }

    private func scores(
        of model: Model, _ x: Model.Features, _ y: [Model.Target], samples: [Int], on side: String,
        _ errors: inout [String], _ undefined: inout [String]
    ) throws -> [Double] {
        let weights = weighsScores ? sampleWeight?.selectingSamples(samples) : nil
        return try scoring.map { scorer in
            do {
                let (score, warnings) = try FitWarnings.collected { try scorer(model, x, y, sampleWeight: weights) }
                for warning in warnings { FitWarnings.report(warning) }
                if score.isNaN {
                    let reason = warnings.first.map { ": \($0)" } ?? "."
                    undefined.append("\(scorer.name) on the \(side) side is nan\(reason)")
                }
                return score
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
