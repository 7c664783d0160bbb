/// What must hold for every estimator, whatever it learns and however it is trained.
enum EstimatorLaw: String, CaseIterable, Sendable {
    /// The same seed makes the same model, to the last bit, and another seed another.
    case sameSeedSameModel
    /// `fit` changes no parameter.
    case fitChangesNoParameter
    /// Everything that needs a fitted model says so before `fit`.
    case unfittedThrows
    /// Permuted rows permute the predictions.
    case permutedRowsPermutePredictions
    /// In training on the whole table at once, the order of the rows does not matter.
    case permutedRowsTrainTheSameModel
    /// In training on the whole table at once, weight 2 is the same as a row that occurs twice.
    case weightTwoIsARepeatedRow
    /// Weights of 1 are the same as none.
    case weightsOfOneAreNone
    /// One row's prediction is the one that it gets among others.
    case singleRowEqualsBatch
    /// A copy that is fitted leaves the original alone.
    case copiesAreIndependent
    /// A call of `fit` that throws leaves the estimator as it was.
    case throwingFitChangesNothing
    /// After a change of parameters, `fit` gives what a new estimator gives.
    case refitForgets
    /// Fits and predictions on several threads give what they give one after the other.
    case concurrentEqualsSerial
}
