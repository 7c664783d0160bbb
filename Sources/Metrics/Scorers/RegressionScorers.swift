public import Estimators

extension Scorer where Model.Target: RegressionTarget {
    /// The coefficient of determination.
    public static var r2: Scorer { of("r2") { try r2Score($0, $1, sampleWeight: $2) } }

    /// The share of the targets' variance that the predictions explain; other than R² it forgives a constant error.
    public static var explainedVariance: Scorer {
        of("explainedVariance") { try explainedVarianceScore($0, $1, sampleWeight: $2) }
    }

    /// The mean squared error, negated.
    public static var negMeanSquaredError: Scorer {
        of("negMeanSquaredError") { -(try meanSquaredError($0, $1, sampleWeight: $2)) }
    }

    /// The root of the mean squared error, negated.
    public static var negRootMeanSquaredError: Scorer {
        of("negRootMeanSquaredError") { -(try rootMeanSquaredError($0, $1, sampleWeight: $2)) }
    }

    /// The mean absolute error, negated.
    public static var negMeanAbsoluteError: Scorer {
        of("negMeanAbsoluteError") { -(try meanAbsoluteError($0, $1, sampleWeight: $2)) }
    }

    /// The median of the absolute errors, negated.
    public static var negMedianAbsoluteError: Scorer {
        of("negMedianAbsoluteError") { -(try medianAbsoluteError($0, $1, sampleWeight: $2)) }
    }

    /// The mean error relative to the target, as a fraction, negated.
    public static var negMeanAbsolutePercentageError: Scorer {
        of("negMeanAbsolutePercentageError") { -(try meanAbsolutePercentageError($0, $1, sampleWeight: $2)) }
    }

    /// The largest absolute error, negated; for a single output.
    public static var negMaxError: Scorer {
        Scorer("negMaxError") { model, x, y in -(try maxError(y, model.predict(x))) }
    }

    /// The mean Poisson deviance, negated; for a single output, with predictions above 0.
    public static var negMeanPoissonDeviance: Scorer {
        of("negMeanPoissonDeviance") { -(try meanPoissonDeviance($0, $1, sampleWeight: $2)) }
    }

    /// The mean gamma deviance, negated; for a single output, with targets and predictions above 0.
    public static var negMeanGammaDeviance: Scorer {
        of("negMeanGammaDeviance") { -(try meanGammaDeviance($0, $1, sampleWeight: $2)) }
    }

    /// The mean squared error of the logarithms, negated; with targets and predictions above −1.
    public static var negMeanSquaredLogError: Scorer {
        of("negMeanSquaredLogError") { -(try meanSquaredLogError($0, $1, sampleWeight: $2)) }
    }

    /// The root of the mean squared error of the logarithms, negated; with targets and predictions above −1.
    public static var negRootMeanSquaredLogError: Scorer {
        of("negRootMeanSquaredLogError") { -(try rootMeanSquaredLogError($0, $1, sampleWeight: $2)) }
    }

    private static func of(
        _ name: String, _ metric: @escaping @Sendable ([Model.Target], [Model.Target], [Double]?) throws -> Double
    ) -> Scorer {
        Scorer(name) { model, x, y, sampleWeight in try metric(y, model.predict(x), sampleWeight) }
    }
}
