import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// Compares all results with scikit-learn's, element by element.
@Suite struct ScikitLearnTests {
    @Test(arguments: try Fixture.cases())
    func equalsScikitLearn(_ testCase: ScikitLearnCase) throws {
        try testCase.withModel { try testCase.expectEqual(testCase.train(quietly($0))) }
    }

    /// VerboseTests compares the printed lines.
    private func quietly(_ model: any ScikitLearnModel) -> any ScikitLearnModel {
        var model = model
        model.hyperparameters.verbose = false
        return model
    }
}

extension ScikitLearnCase {
    fileprivate func expectEqual<Model: ScikitLearnModel>(_ model: Model) throws {
        expectEqualNetworks(model.fitted)
        expectEqualRecords(model.fitted)
        try expectEqualAnswers(model)
    }

    private func expectEqualNetworks<Scalar>(_ fitted: FittedNetwork<Scalar>) {
        let expected = stored.expected
        #expect(fitted.nLayers == expected.nLayers)
        #expect(fitted.nOutputs == expected.nOutputs)
        #expect(fitted.nFeaturesIn == expected.nFeaturesIn)
        #expect(fitted.outActivation == expected.outActivation)
        #expect(fitted.coefs.count == expected.coefs.count)
        #expect(fitted.intercepts.count == expected.intercepts.count)
        for (layer, (coefficients, expected)) in zip(fitted.coefs, expected.coefs).enumerated() {
            #expect([coefficients.rows, coefficients.columns] == expected.shape)
            expectClose(Scalar.doubles(coefficients.elements), expected, "coefs[\(layer)]")
        }
        for (layer, (intercepts, expected)) in zip(fitted.intercepts, expected.intercepts).enumerated() {
            #expect([intercepts.count] == expected.shape)
            expectClose(Scalar.doubles(intercepts), expected, "intercepts[\(layer)]")
        }
    }

    private func expectEqualRecords<Scalar>(_ fitted: FittedNetwork<Scalar>) {
        let expected = stored.expected
        #expect(fitted.nIter == expected.nIter)
        #expect(fitted.t == expected.t)
        expectClose(fitted.lossCurve, expected.lossCurve, "lossCurve")
        expectClose([fitted.finalLoss], [expected.finalLoss], "finalLoss")
        expectClose([fitted.bestLoss], [expected.bestLoss], "bestLoss")
        expectClose(fitted.validationScores, expected.validationScores, "validationScores", floor: 1)
        expectClose([fitted.bestValidationScore], [expected.bestValidationScore], "bestValidationScore", floor: 1)
        if let reason = expected.stopReason { #expect(fitted.stopReason == reason) }
    }

    private func expectEqualAnswers<Model: ScikitLearnModel>(_ model: Model) throws {
        let expected = stored.expected
        let all = Array(data.x.indices)
        let x: Matrix<Model.Scalar> = data.features(all)
        let y: [Model.Target] = data.targets(all)
        expectClose(try model.outputsAsDoubles(data.features(Array(all.prefix(4)))), expected.outputs, "outputs")
        #expect(model.classesAsText == expected.classes)
        #expect(try model.predictedAsText(x) == expected.predicted)
        expectClose([try model.score(x, y, sampleWeight: nil)], [expected.score], "score", floor: 1)
        expectClose(
            [try model.score(x, y, sampleWeight: data.weights)], [expected.weightedScore], "weighted score", floor: 1)
    }
}

// MARK: - Comparison

extension ScikitLearnCase {
    /// Expects equal counts, and each element within the tolerance relative to its own size.
    ///
    /// Elements are sums of terms of the array's own order, whose rounding errors do not shrink when the sum happens to
    /// be near 0. What is below a thousandth of the largest element is therefore compared relative to that thousandth;
    /// in single precision, where that would ask for the last bit, to a tenth of the largest. Scores are one minus a
    /// ratio, so that their errors are relative to `floor` 1.
    private func expectClose(
        _ values: [Double], _ expected: [Double], _ name: String, floor: Double = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let largest = expected.reduce(0) { max($0, abs($1)) }
        let least = max(floor, largest * smallness, Double.leastNormalMagnitude)
        #expect(values.count == expected.count, "\(name)", sourceLocation: sourceLocation)
        let differences = zip(values, expected).map { abs($0 - $1) / max(abs($1), least) }
        guard let worst = differences.indices.first(where: { !(differences[$0] <= tolerance) }) else { return }
        Issue.record(
            "\(name)[\(worst)] is \(values[worst]) and not \(expected[worst]): relatively \(differences[worst])",
            sourceLocation: sourceLocation)
    }

    private func expectClose(
        _ values: [Double?], _ expected: [Double?], _ name: String, floor: Double = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(values.map { $0 == nil } == expected.map { $0 == nil }, "\(name)", sourceLocation: sourceLocation)
        expectClose(
            values.compactMap(\.self), expected.compactMap(\.self), name, floor: floor, sourceLocation: sourceLocation)
    }

    private func expectClose(
        _ values: [Double], _ expected: ExpectedArray, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let chosen = stride(from: 0, to: values.count, by: expected.stride).map { values[$0] }
        expectClose(chosen, expected.values, name, sourceLocation: sourceLocation)
        guard let squares = expected.squares, let sum = expected.sum else { return }
        let least = smallness * values.reduce(0) { $0 + abs($1) }
        expectClose([values.reduce(0, +)], [sum], "sum of \(name)", floor: least, sourceLocation: sourceLocation)
        expectClose(
            [values.reduce(0) { $0 + $1 * $1 }], [squares], "squares of \(name)", sourceLocation: sourceLocation)
    }
}
