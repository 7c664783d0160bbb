import Estimators
import NeuralNetwork
import Tables

// A search varies parameters by key path and reports them by name. A key path through a dynamic member does not know the
// name of its property, so this table has them.

extension TabularMLP {
    /// The name of each constant.
    static var constantNames: [PartialKeyPath<Self>: String] {
        func named<Value>(_ name: String, _ path: WritableKeyPath<TabularSettings, Value>) -> (
            PartialKeyPath<Self>, String
        ) {
            (\Self.[dynamicMember: path], name)
        }
        return Dictionary(
            uniqueKeysWithValues: [
                named("hiddenLayerSizes", \.hiddenLayerSizes),
                named("activation", \.activation),
                named("activationRateFactor", \.activationRateFactor),
                named("numericEmbedding", \.numericEmbedding),
                named("embeddingRateFactor", \.embeddingRateFactor),
                named("oneHotAtMost", \.oneHotAtMost),
                named("leastCategoryCount", \.leastCategoryCount),
                named("embeddingSize", \.embeddingSize),
                named("clip", \.clip),
                named("learningRateInit", \.learningRateInit),
                named("learningRateFactor", \.learningRateFactor),
                named("schedule", \.schedule),
                named("scaleRateFactor", \.scaleRateFactor),
                named("biasRateFactor", \.biasRateFactor),
                named("beta1", \.beta1),
                named("beta2", \.beta2),
                named("epsilon", \.epsilon),
                named("batchSize", \.batchSize),
                named("dropsLastBatch", \.dropsLastBatch),
                named("maxIter", \.maxIter),
                named("maxSteps", \.maxSteps),
                named("nIterNoChange", \.nIterNoChange),
                named("nCyclesNoChange", \.nCyclesNoChange),
                named("maxRestarts", \.maxRestarts),
                named("dropout", \.dropout),
                named("dropoutSchedule", \.dropoutSchedule),
                named("weightDecay", \.weightDecay),
                named("weightDecaySchedule", \.weightDecaySchedule),
                named("labelSmoothing", \.labelSmoothing),
                named("selectsByAccuracy", \.selectsByAccuracy),
                named("clampsOutputs", \.clampsOutputs),
                named("validationFraction", \.validationFraction), named("nEnsemble", \.nEnsemble),
            ])
    }
}
