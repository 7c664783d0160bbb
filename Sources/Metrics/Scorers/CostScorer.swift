public import Estimators

extension Scorer where Model.Target: ClassLabel {
    /// The mean cost of a prediction for two classes, with a cost for each kind of right and wrong, negated.
    ///
    /// ```swift
    /// // A missed fraud costs twenty times as much as a false alarm.
    /// let tuned = TunedThresholdClassifierCV(model, scoring: .negCost(falsePositive: 1, falseNegative: 20))
    /// ```
    ///
    /// - Parameters:
    ///   - falsePositive: the cost of predicting the positive class for a sample of the other.
    ///   - falseNegative: the cost of missing a sample of the positive class.
    ///   - truePositive: the cost of finding one; a gain is negative.
    ///   - trueNegative: the cost of predicting the other class rightly; a gain is negative.
    ///   - posLabel: the positive class; nil for 1 or `true` if the labels are 0 and 1 or −1 and 1.
    public static func negCost(
        falsePositive: Double, falseNegative: Double, truePositive: Double = 0, trueNegative: Double = 0,
        posLabel: Model.Target? = nil
    ) -> Scorer {
        ofPositive("negCost", posLabel) { y, predicted, sampleWeight in
            for (name, cost) in [
                ("falsePositive", falsePositive), ("falseNegative", falseNegative), ("truePositive", truePositive),
                ("trueNegative", trueNegative),
            ] {
                try Check.require(cost.isFinite, parameter: name, cost, allowed: "a finite number")
            }
            try checkPair(y, predicted, sampleWeight: sampleWeight)
            let positive = try positiveClass(posLabel, of: y)
            let costs = zip(y, predicted).map { truth, prediction in
                truth == positive
                    ? (prediction == positive ? truePositive : falseNegative)
                    : (prediction == positive ? falsePositive : trueNegative)
            }
            return -average(costs, weights: sampleWeight)
        }
    }
}
