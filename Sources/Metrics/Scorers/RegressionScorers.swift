public import Estimators

extension Scorer where Model.Target: RegressionTarget {
    /// The coefficient of determination.
    public static var r2: Scorer { of { try r2Score($0, $1, sampleWeight: $2) } }

    /// The fraction of the targets' variance that the predictions explain; unlike R², it ignores a constant error.
    public static var explainedVariance: Scorer { of { try explainedVarianceScore($0, $1, sampleWeight: $2) } }

    /// The mean squared error, negated.
    public static var negMeanSquaredError: Scorer { negated { try meanSquaredError($0, $1, sampleWeight: $2) } }

    /// The root of the mean squared error, negated.
    public static var negRootMeanSquaredError: Scorer { negated { try rootMeanSquaredError($0, $1, sampleWeight: $2) } }

    /// The mean absolute error, negated.
    public static var negMeanAbsoluteError: Scorer { negated { try meanAbsoluteError($0, $1, sampleWeight: $2) } }

    /// The median of the absolute errors, negated.
    public static var negMedianAbsoluteError: Scorer { negated { try medianAbsoluteError($0, $1, sampleWeight: $2) } }

    /// The mean error relative to the target, as a fraction, negated.
    public static var negMeanAbsolutePercentageError: Scorer {
        negated { try meanAbsolutePercentageError($0, $1, sampleWeight: $2) }
    }

    /// The largest absolute error, negated; for a single output.
    public static var negMaxError: Scorer { negated { y, predicted, _ in try maxError(y, predicted) } }

    /// The mean Poisson deviance, negated; for a single output, with predictions above 0.
    public static var negMeanPoissonDeviance: Scorer { negated { try meanPoissonDeviance($0, $1, sampleWeight: $2) } }

    /// The mean gamma deviance, negated; for a single output, with targets and predictions above 0.
    public static var negMeanGammaDeviance: Scorer { negated { try meanGammaDeviance($0, $1, sampleWeight: $2) } }

    /// The mean squared error of the logarithms, negated; with targets and predictions above −1.
    public static var negMeanSquaredLogError: Scorer { negated { try meanSquaredLogError($0, $1, sampleWeight: $2) } }

    /// The root of the mean squared error of the logarithms, negated; with targets and predictions above −1.
    public static var negRootMeanSquaredLogError: Scorer {
        negated { try rootMeanSquaredLogError($0, $1, sampleWeight: $2) }
    }

    /// A scorer of the negated metric, named after the member that calls this.
    private static func negated(
        _ name: String = #function,
        by metric: @escaping @Sendable ([Model.Target], [Model.Target], [Double]?) throws -> Double
    ) -> Scorer {
        of(name) { -(try metric($0, $1, $2)) }
    }
}
