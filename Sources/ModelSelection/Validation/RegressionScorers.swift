import Estimators
import Metrics

extension Scorer where Model.Target: RegressionTarget {
    /// The coefficient of determination.
    public static var r2: Scorer { Scorer("r2") { model, x, y in try r2Score(y, model.predict(x)) } }

    /// The share of the targets' variance that the predictions explain; other than R² it forgives a constant error.
    public static var explainedVariance: Scorer {
        Scorer("explainedVariance") { model, x, y in try explainedVarianceScore(y, model.predict(x)) }
    }

    /// The mean squared error, negated.
    public static var negMeanSquaredError: Scorer {
        Scorer("negMeanSquaredError") { model, x, y in -(try meanSquaredError(y, model.predict(x))) }
    }

    /// The root of the mean squared error, negated.
    public static var negRootMeanSquaredError: Scorer {
        Scorer("negRootMeanSquaredError") { model, x, y in -(try rootMeanSquaredError(y, model.predict(x))) }
    }

    /// The mean absolute error, negated.
    public static var negMeanAbsoluteError: Scorer {
        Scorer("negMeanAbsoluteError") { model, x, y in -(try meanAbsoluteError(y, model.predict(x))) }
    }

    /// The median of the absolute errors, negated.
    public static var negMedianAbsoluteError: Scorer {
        Scorer("negMedianAbsoluteError") { model, x, y in -(try medianAbsoluteError(y, model.predict(x))) }
    }

    /// The mean error relative to the target, as a fraction, negated.
    public static var negMeanAbsolutePercentageError: Scorer {
        Scorer("negMeanAbsolutePercentageError") { model, x, y in
            -(try meanAbsolutePercentageError(y, model.predict(x)))
        }
    }

    /// The largest absolute error, negated; for a single output.
    public static var negMaxError: Scorer {
        Scorer("negMaxError") { model, x, y in -(try maxError(y, model.predict(x))) }
    }

    /// The mean Poisson deviance, negated; for a single output, with predictions above 0.
    public static var negMeanPoissonDeviance: Scorer {
        Scorer("negMeanPoissonDeviance") { model, x, y in -(try meanPoissonDeviance(y, model.predict(x))) }
    }
}
