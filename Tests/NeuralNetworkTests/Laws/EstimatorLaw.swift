/// The laws that every estimator must satisfy, for all targets and solvers.
enum EstimatorLaw: String, CaseIterable, Sendable {
    /// The same seed gives the same model, bit for bit, and a different seed a different model.
    case sameSeedSameModel
    /// `fit` changes no parameter.
    case fitChangesNoParameter
    /// Every method that needs a fitted model throws before `fit`.
    case unfittedThrows
    /// Permuted rows permute the predictions.
    case permutedRowsPermutePredictions
    /// With the whole table as one batch, the order of the rows does not matter.
    case permutedRowsTrainTheSameModel
    /// With the whole table as one batch, weight 2 equals a repeated row.
    case weightTwoIsARepeatedRow
    /// Weights of 1 equal no weights.
    case unitWeightsEqualNoWeights
    /// The prediction of a single row equals that of the same row in a batch.
    case singleRowEqualsBatch
    /// Fitting a copy does not change the original.
    case copiesAreIndependent
    /// A call of `fit` that throws does not change the estimator.
    case throwingFitChangesNothing
    /// After a change of parameters, `fit` gives the same model as a new estimator.
    case refitForgets
    /// Concurrent fits and predictions give the same results as serial ones.
    case concurrentEqualsSerial
}
