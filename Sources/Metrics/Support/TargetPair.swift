import Estimators

/// True and predicted targets, checked and coded by number.
struct TargetPair<Label: ClassLabel> {
    /// The classes of the samples.
    enum Codes {
        /// One class each: positions in ``TargetPair/labels``.
        case classes(truth: [Int], prediction: [Int])
        /// A row of 0/1 indicators each.
        case indicators(truth: [[Int]], prediction: [[Int]])
    }

    /// The distinct labels of both, in ascending order; for indicators the indices of the columns.
    let labels: [Label]
    let codes: Codes
    let sampleWeight: [Double]?
    let count: Int

    /// - Throws: `EstimatorError.invalidInput` for what ``accuracyScore(_:_:normalize:sampleWeight:)`` rejects.
    init<Target: ClassificationTarget>(
        _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]?, names: (String, String) = ("yTrue", "yPred")
    ) throws where Target.Label == Label {
        try checkPair(yTrue, yPred, sampleWeight: sampleWeight, names: names)
        self.sampleWeight = sampleWeight
        count = yTrue.count
        if let truth = yTrue as? [[Int]], let prediction = yPred as? [[Int]], truth[0].count > 1 {
            labels = try Target.classes(in: yTrue, argument: names.0)
            codes = .indicators(truth: truth, prediction: prediction)
        } else {
            let (truth, prediction) = (singleLabels(yTrue), singleLabels(yPred))
            labels = Set(truth).union(prediction).sorted(by: Label.precedes)
            let number = Dictionary(uniqueKeysWithValues: zip(labels, 0...))
            codes = .classes(
                truth: truth.compactMap { number[$0] }, prediction: prediction.compactMap { number[$0] })
        }
    }

    var isMultilabel: Bool {
        if case .indicators = codes { true } else { false }
    }

    /// The weight of a sample, 1 where none are given.
    func weight(_ sample: Int) -> Double { sampleWeight?[sample] ?? 1 }
}

/// Rejects targets that differ in number from each other or from their weights.
func checkPair<Target: ClassificationTarget>(
    _ yTrue: [Target], _ yPred: [Target], sampleWeight: [Double]?, names: (String, String) = ("yTrue", "yPred")
) throws {
    try Check.notEmpty(yTrue.count, argument: names.0)
    try Check.sameCount(yPred.count, argument: names.1, as: yTrue.count, of: names.0)
    try Check.sampleWeight(sampleWeight, count: yTrue.count, of: names.0)
    guard Target.isMultilabel else { return }
    let labels = try Target.classes(in: yTrue, argument: names.0)
    let predicted = try Target.classes(in: yPred, argument: names.1)
    try Check.require(
        predicted == labels, names.1,
        "must have rows of \(labels.count) indicators, as \(names.0), but has \(predicted.count)")
}

/// The labels of targets that name one class each. A row of a single indicator counts as its label, 0 or 1.
func singleLabels<Target: ClassificationTarget>(_ targets: [Target]) -> [Target.Label] {
    if let labels = targets as? [Target.Label] { return labels }
    return (targets as? [[Int]])?.compactMap { $0.first as? Target.Label } ?? []
}
