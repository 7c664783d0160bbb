public import Estimators

/// The weight of each class, as scikit-learn's `compute_class_weight` computes it.
///
/// ```swift
/// try computeClassWeight(.balanced, classes: [0, 1], y: [0, 0, 0, 1])   // [0.667, 2]
/// ```
///
/// - Parameters:
///   - classWeight: `.balanced`, a weight for each class, or nil for 1 each.
///   - classes: the classes, in the order of the result.
///   - y: the labels of all samples.
///   - sampleWeight: one non-negative weight per sample, by which `.balanced` counts; nil for 1 each.
/// - Throws: `EstimatorError` for labels that are not in `classes`, with `.balanced` for classes that `y` does not
///   contain, and for given weights of which some name no class while a class has none.
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

/// The weight of each sample according to its class, as scikit-learn's `compute_sample_weight` computes it.
///
/// - Parameters:
///   - classWeight: `.balanced`, a weight for each class, or nil for 1 each.
///   - y: the labels of all samples.
///   - indices: the samples by which `.balanced` counts, some of them possibly several times; samples of classes that are
///     not among them weigh 0. nil for all samples.
/// - Throws: `EstimatorError` for `indices` without `.balanced` or outside of the samples, and what
///   ``computeClassWeight(_:classes:y:sampleWeight:)`` throws.
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
