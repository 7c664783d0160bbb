import Estimators
import LinearAlgebra
import NumPyRandom
import Testing

@testable import NeuralNetwork

extension LawSubject {
    /// Checks one law.
    func check(_ law: EstimatorLaw) async throws {
        switch law {
        case .sameSeedSameModel: try sameSeedSameModel()
        case .fitChangesNoParameter: try fitChangesNoParameter()
        case .unfittedThrows: unfittedThrows()
        case .permutedRowsPermutePredictions: try permutedRowsPermutePredictions()
        case .permutedRowsTrainTheSameModel: try permutedRowsTrainTheSameModel()
        case .weightTwoIsARepeatedRow: try weightTwoIsARepeatedRow()
        case .unitWeightsEqualNoWeights: try unitWeightsEqualNoWeights()
        case .singleRowEqualsBatch: try singleRowEqualsBatch()
        case .copiesAreIndependent: try copiesAreIndependent()
        case .throwingFitChangesNothing: try throwingFitChangesNothing()
        case .refitForgets: try refitForgets()
        case .concurrentEqualsSerial: try await concurrentEqualsSerial()
        }
    }

    // MARK: Determinism

    private func sameSeedSameModel() throws {
        let model = try fitted(parameters)
        #expect(try fitted(parameters) == model)
        var other = parameters
        other.randomState = 4
        #expect(try fitted(other).fitted.coefs != model.fitted.coefs)
        // Two seeds from the system's entropy.
        other.randomState = nil
        #expect(try fitted(other).fitted.coefs != fitted(other).fitted.coefs)
    }

    private func concurrentEqualsSerial() async throws {
        let seeds: [UInt32] = [0, 1, 2, 3, 4, 5]
        let train = { @Sendable (seed: UInt32) throws -> Model in
            var parameters = self.parameters
            parameters.randomState = seed
            return try self.fitted(parameters)
        }
        let serial = try seeds.map(train)
        let expected = try serial[0].outputs(x)
        try await withThrowingTaskGroup(of: (Int, Model, Matrix<Model.Scalar>).self) { group in
            for (index, seed) in seeds.enumerated() {
                // One fitted model predicts in each task while other models are trained.
                group.addTask { (index, try train(seed), try serial[0].outputs(x)) }
            }
            for try await (index, model, outputs) in group {
                #expect(model == serial[index])
                #expect(outputs == expected)
            }
        }
    }

    // MARK: Values

    private func fitChangesNoParameter() throws {
        #expect(try fitted(parameters).hyperparameters == parameters)
        // A solver whose batch size is derived, so that `fit` could write it back.
        #expect(try fitted(fullBatch).hyperparameters == fullBatch)
    }

    private func copiesAreIndependent() throws {
        let original = try fitted(parameters)
        let predictions = try original.outputs(x)
        var copy = original
        #expect(copy == original)
        copy.hyperparameters.randomState = 99
        try copy.fit(x, y, sampleWeight: nil)
        #expect(copy != original)
        #expect(try original == fitted(parameters))
        #expect(try original.outputs(x) == predictions)
    }

    private func throwingFitChangesNothing() throws {
        var model = try fitted(parameters)
        let before = model
        var spoilt = x
        spoilt[2, 1] = .nan
        #expect(throws: EstimatorError.self) { try model.fit(spoilt, y, sampleWeight: nil) }
        #expect(model == before)
        #expect(throws: EstimatorError.self) { try model.fit(x, Array(y.dropLast()), sampleWeight: nil) }
        #expect(model == before)
        #expect(throws: EstimatorError.self) { try model.fit(x, y, sampleWeight: [-1]) }
        #expect(model == before)
        model.hyperparameters.alpha = -1
        #expect(throws: EstimatorError.self) { try model.fit(x, y, sampleWeight: nil) }
        model.hyperparameters.alpha = before.hyperparameters.alpha
        #expect(model == before)
        #expect(try model.predict(x) == before.predict(x))
        // The largest numbers overflow in the first product to +∞ and −∞, whose sum is NaN, so training throws.
        // Except for `.lbfgs` in Float, which computes in Double.
        guard solver != .lbfgs || Model.Scalar.self == Double.self else { return }
        let enormous = x.map { $0 < 0 ? -.greatestFiniteMagnitude : Model.Scalar.greatestFiniteMagnitude }
        model.hyperparameters.activation = .identity
        #expect(throws: EstimatorError.self) { try model.fit(enormous, y, sampleWeight: nil) }
        model.hyperparameters.activation = before.hyperparameters.activation
        #expect(model == before)
    }

    private func refitForgets() throws {
        var model = try fitted(parameters)
        var other = parameters
        other.hiddenLayerSizes = [4, 3]
        other.activation = .logistic
        model.hyperparameters = other
        try model.fit(x, y, sampleWeight: nil)
        #expect(try model == fitted(other))
    }

    // MARK: Errors

    private func unfittedThrows() {
        let model = make(parameters)
        let error = EstimatorError.notFitted(estimator: Model.name)
        #expect(throws: error) { try model.predict(x) }
        #expect(throws: error) { try model.score(x, y, sampleWeight: nil) }
        #expect(throws: error) { try model.outputs(x) as Matrix }
        #expect(model.fitted.coefs.isEmpty && model.fitted.intercepts.isEmpty && model.fitted.lossCurve.isEmpty)
        #expect(model.fitted.nIter == nil && model.fitted.finalLoss == nil && model.fitted.stopReason == nil)
    }

    // MARK: Rows

    private var permutation: [Int] {
        var order = Array(0..<x.rows)
        var generator = RandomState(seed: 11)
        generator.shuffle(&order)
        return order
    }

    private func permutedRowsPermutePredictions() throws {
        let model = try fitted(parameters)
        let outputs = try model.outputs(x)
        let permuted = try model.outputs(x.selectingRows(permutation))
        // The order of the sums within a row may depend on the position of the row.
        #expect(permuted.difference(from: outputs.selectingRows(permutation)) <= tolerance)
    }

    private func permutedRowsTrainTheSameModel() throws {
        let model = try fitted(fullBatch)
        var other = make(fullBatch)
        try other.fit(x.selectingRows(permutation), y.selectingSamples(permutation), sampleWeight: nil)
        expectSameModel(other, model)
    }

    private func weightTwoIsARepeatedRow() throws {
        let weights = (0..<x.rows).map { $0 % 3 == 0 ? 2.0 : 1 }
        let weighted = try fitted(fullBatch, weights: weights)
        let rows = (0..<x.rows).flatMap { Array(repeating: $0, count: Int(weights[$0])) }
        var repeated = make(fullBatch)
        try repeated.fit(x.selectingRows(rows), y.selectingSamples(rows), sampleWeight: nil)
        expectSameModel(weighted, repeated)
        // Otherwise a training that ignores both would satisfy the law.
        #expect(try fitted(fullBatch).outputs(x).difference(from: weighted.outputs(x)) > 4 * tolerance)
    }

    private func unitWeightsEqualNoWeights() throws {
        let weighted = try fitted(parameters, weights: Array(repeating: 1, count: x.rows))
        expectSameModel(weighted, try fitted(parameters))
    }

    private func singleRowEqualsBatch() throws {
        let model = try fitted(parameters)
        let outputs = try model.outputs(x)
        let predictions = try model.predict(x)
        for row in 0..<x.rows {
            #expect(
                try model.outputs(x.selectingRows([row])).difference(from: outputs.selectingRows([row])) <= tolerance)
            if Model.Target.self is any ClassLabel.Type {
                #expect(try model.predict(x.selectingRows([row])) == [predictions[row]])
            }
        }
    }

    private func expectSameModel(
        _ first: Model, _ second: Model, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        for (first, second) in zip(first.fitted.coefs, second.fitted.coefs) {
            #expect(first.difference(from: second) <= tolerance, sourceLocation: sourceLocation)
        }
        for (first, second) in zip(first.fitted.intercepts, second.fitted.intercepts) {
            #expect(greatestDifference(first, second) <= tolerance, sourceLocation: sourceLocation)
        }
        #expect(
            abs((first.fitted.finalLoss ?? .nan) - (second.fitted.finalLoss ?? .nan)) <= tolerance,
            sourceLocation: sourceLocation)
    }
}
