public import Estimators

/// Returns the weight of each class, like scikit-learn's `compute_class_weight`.
///
/// ```swift
/// try computeClassWeight(.balanced, classes: [0, 1], y: [0, 0, 0, 1])   // [0.667, 2]
/// ```
///
/// - Parameters:
///   - classWeight: `.balanced`, a weight for each class, or nil for 1 each.
///   - classes: the classes, in the order of the result.
///   - y: the labels of all samples.
///   - sampleWeight: one non-negative weight per sample; nil for 1 each. `.balanced` adds up these weights instead of
///     counting samples. Default nil.
/// - Throws: `EstimatorError` if `y` contains a label that is not in `classes`. With `.balanced`, also if a class does
///   not occur in `y`. With `.weights`, also if a label is not a class while some class has no weight.
public func computeClassWeight<Label: ClassLabel>(
    _ classWeight: ClassWeight<Label>?, classes: [Label], y: [Label], sampleWeight: [Double]? = nil
) throws -> [Double] {
    try Check.sampleWeight(sampleWeight, count: y.count, of: "y")
    let known = Set(classes)
    try Check.noElement(
        of: y, "y", where: { !known.contains($0) }, "must contain labels of classes only (\(listed(classes)))")
    switch classWeight {
    case nil: return classes.map { _ in 1 }
    case .weights(let weights):
        let unweighted = classes.filter { weights[$0] == nil }
        try Check.require(
            unweighted.isEmpty || classes.count - unweighted.count == weights.count, parameter: "classWeight",
            "\(ClassWeight.weights(weights))",
            allowed: "weights of the classes (\(listed(classes))) only, or one for each of them")
        return classes.map { weights[$0] ?? 1 }
    case .balanced:
        var counts: [Label: Double] = [:]
        for (sample, label) in y.enumerated() { counts[label, default: 0] += sampleWeight?[sample] ?? 1 }
        let total = sampleWeight?.reduce(0, +) ?? Double(y.count)
        return try classes.map { label in
            guard let count = counts[label] else {
                throw EstimatorError.invalidInput(
                    argument: "classes", problem: "must contain labels that y has only, but y has no \(label)")
            }
            return total / (Double(counts.count) * count)
        }
    }
}

/// Returns the weight of each sample according to its class, like scikit-learn's `compute_sample_weight`.
///
/// - Parameters:
///   - classWeight: `.balanced`, a weight for each class, or nil for 1 each.
///   - y: the labels of all samples.
///   - indices: the numbers of the samples that `.balanced` counts; nil for all samples. A number may occur several
///     times. Samples weigh 0 if no counted sample has their class. Default nil.
/// - Throws: `EstimatorError` if an index is not the number of a sample, or if there are `indices` but `classWeight` is
///   not `.balanced`. Also throws what ``computeClassWeight(_:classes:y:sampleWeight:)`` throws.
public func computeSampleWeight<Label: ClassLabel>(
    _ classWeight: ClassWeight<Label>?, _ y: [Label], indices: [Int]? = nil
) throws -> [Double] {
    if let indices {
        try Check.require(
            classWeight == .balanced, parameter: "classWeight", classWeight.map { "\($0)" } ?? "nil",
            allowed: ".balanced where indices are given")
        try Check.noElement(
            of: indices, "indices", where: { !y.indices.contains($0) }, "must be in 0 ..< \(y.count)")
    }
    let counted = indices.map { $0.map { y[$0] } } ?? y
    let classes = try Label.classes(in: counted, argument: indices == nil ? "y" : "indices")
    let weights = try computeClassWeight(classWeight, classes: classes, y: counted)
    let weight = Dictionary(uniqueKeysWithValues: zip(classes, weights))
    return y.map { weight[$0] ?? 0 }
}
