import LinearAlgebra
import NeuralNetwork

extension ScikitLearnCase {
    /// Returns a line for each result that differs from scikit-learn's.
    package func differences<Model: ScikitLearnModel>(of model: Model) throws -> [String] {
        var differences = Differences(tolerance: tolerance, smallness: smallness)
        compareNetworks(model.fitted, &differences)
        compareRecords(model.fitted, &differences)
        try compareAnswers(model, &differences)
        return differences.lines
    }

    private func compareNetworks<Scalar>(_ fitted: FittedNetwork<Scalar>, _ differences: inout Differences) {
        let expected = stored.expected
        differences.compare(fitted.nLayers, expected.nLayers, "nLayers")
        differences.compare(fitted.nOutputs, expected.nOutputs, "nOutputs")
        differences.compare(fitted.nFeaturesIn, expected.nFeaturesIn, "nFeaturesIn")
        differences.compare(fitted.outActivation, expected.outActivation, "outActivation")
        differences.compare(fitted.coefs.count, expected.coefs.count, "coefs.count")
        differences.compare(fitted.intercepts.count, expected.intercepts.count, "intercepts.count")
        for (layer, (coefficients, expected)) in zip(fitted.coefs, expected.coefs).enumerated() {
            differences.compare(
                [coefficients.rows, coefficients.columns], expected.shape, "the shape of coefs[\(layer)]")
            differences.compare(Scalar.doubles(coefficients.elements), expected, "coefs[\(layer)]")
        }
        for (layer, (intercepts, expected)) in zip(fitted.intercepts, expected.intercepts).enumerated() {
            differences.compare([intercepts.count], expected.shape, "the shape of intercepts[\(layer)]")
            differences.compare(Scalar.doubles(intercepts), expected, "intercepts[\(layer)]")
        }
    }

    private func compareRecords<Scalar>(_ fitted: FittedNetwork<Scalar>, _ differences: inout Differences) {
        let expected = stored.expected
        differences.compare(fitted.nIter, expected.nIter, "nIter")
        differences.compare(fitted.t, expected.t, "t")
        differences.compare(fitted.lossCurve, expected.lossCurve, "lossCurve")
        differences.compare([fitted.finalLoss], [expected.finalLoss], "finalLoss")
        differences.compare([fitted.bestLoss], [expected.bestLoss], "bestLoss")
        differences.compare(fitted.validationScores, expected.validationScores, "validationScores", floor: 1)
        differences.compare(
            [fitted.bestValidationScore], [expected.bestValidationScore], "bestValidationScore", floor: 1)
        if let reason = expected.stopReason { differences.compare(fitted.stopReason, reason, "stopReason") }
    }

    private func compareAnswers<Model: ScikitLearnModel>(_ model: Model, _ differences: inout Differences) throws {
        let expected = stored.expected
        let all = Array(data.x.indices)
        let x: Matrix<Model.Scalar> = data.features(all)
        let y: [Model.Target] = data.targets(all)
        let first: Matrix<Model.Scalar> = data.features(Array(all.prefix(4)))
        differences.compare(try model.outputsAsDoubles(first), expected.outputs, "outputs")
        differences.compare(model.classesAsText, expected.classes, "classes")
        differences.compare(try model.predictedAsText(x), expected.predicted, "predictions")
        differences.compare([try model.score(x, y, sampleWeight: nil)], [expected.score], "score", floor: 1)
        differences.compare(
            [try model.score(x, y, sampleWeight: data.weights)], [expected.weightedScore], "weighted score", floor: 1)
    }
}

// MARK: - Comparison

/// Compares values, and collects a line for each difference.
private struct Differences {
    let tolerance: Double
    let smallness: Double
    private(set) var lines: [String] = []

    init(tolerance: Double, smallness: Double) { (self.tolerance, self.smallness) = (tolerance, smallness) }

    mutating func compare<Value: Equatable>(_ value: Value?, _ expected: Value?, _ name: String) {
        guard value != expected else { return }
        lines.append(
            "\(name) is \(value.map { "\($0)" } ?? "nil") and not \(expected.map { "\($0)" } ?? "nil")")
    }

    /// Compares counts, and each element within the tolerance relative to its own size.
    ///
    /// Elements are sums of terms of the array's own order, whose rounding errors do not shrink when the sum happens to
    /// be near 0. What is below a thousandth of the largest element is therefore compared relative to that thousandth;
    /// in single precision, where that would ask for the last bit, to a tenth of the largest. Scores are one minus a
    /// ratio, so that their errors are relative to `floor` 1.
    mutating func compare(_ values: [Double], _ expected: [Double], _ name: String, floor: Double = 0) {
        let largest = expected.reduce(0) { max($0, abs($1)) }
        let least = max(floor, largest * smallness, Double.leastNormalMagnitude)
        compare(values.count, expected.count, "\(name).count")
        let differences = zip(values, expected).map { abs($0 - $1) / max(abs($1), least) }
        guard let worst = differences.indices.first(where: { !(differences[$0] <= tolerance) }) else { return }
        lines.append(
            "\(name)[\(worst)] is \(values[worst]) and not \(expected[worst]): relatively \(differences[worst])")
    }

    mutating func compare(_ values: [Double?], _ expected: [Double?], _ name: String, floor: Double = 0) {
        compare(values.map { $0 == nil }, expected.map { $0 == nil }, "whether \(name) is nil")
        compare(values.compactMap(\.self), expected.compactMap(\.self), name, floor: floor)
    }

    mutating func compare(_ values: [Double], _ expected: ExpectedArray, _ name: String) {
        compare(stride(from: 0, to: values.count, by: expected.stride).map { values[$0] }, expected.values, name)
        guard let squares = expected.squares, let sum = expected.sum else { return }
        let least = smallness * values.reduce(0) { $0 + abs($1) }
        compare([values.reduce(0, +)], [sum], "sum of \(name)", floor: least)
        compare([values.reduce(0) { $0 + $1 * $1 }], [squares], "squares of \(name)")
    }
}
