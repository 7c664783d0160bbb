import Estimators
import Foundation
import LinearAlgebra
import ScikitLearnCases
import TestSupport
import Testing

@testable import NeuralNetwork

/// Compares models with given weights with scikit-learn: predictions, hidden layers and warm starts.
@Suite struct GivenWeightsTests {
    @Test(arguments: try fixture("given_weights", in: .module, of: [GivenWeights].self))
    func equalsScikitLearn(_ given: GivenWeights) throws {
        switch given.task {
        case .binary, .multiclass: try check(given, try given.classifier(of: Int.self))
        case .multilabel: try check(given, try given.classifier(of: [Int].self))
        case .number, .counts: try check(given, try given.regressor(of: Double.self))
        case .outputs: try check(given, try given.regressor(of: [Double].self))
        }
    }

    private func check<Model: ScikitLearnModel>(
        _ given: GivenWeights, _ untrained: Model
    ) throws where Model.Scalar == Double {
        var model = untrained
        let x = try Matrix(given.x)
        let few = x.selectingRows(Array(0..<5))
        let y = given.y.map { Model.Target.target($0, names: []) }
        #expect(model.hyperparameters.hiddenLayerSizes == [5, 3])
        #expect(greatestDifference(try model.outputsAsDoubles(few), given.before.flatMap(\.self)) < 1e-14)

        for (index, hidden) in given.hidden.enumerated() {
            let ours = try model.transform(few, layer: index + 1)
            #expect(ours.difference(from: try Matrix(hidden)) < 1e-14)
            let sparse = try model.transform(SparseMatrix(few), layer: index + 1)
            #expect(sparse.difference(from: ours) < 1e-14)
        }

        for call in given.calls {
            switch call {
            case .fit: try model.fit(x, y, sampleWeight: nil)
            case .partialFit: try model.partialFit(x, y, sampleWeight: nil, allOf: y)
            }
        }
        let tolerance = given.solver == .lbfgs ? 1e-8 : 1e-11
        #expect(greatestDifference(model.fitted.lossCurve, given.lossCurve) < tolerance)
        #expect(abs(try #require(model.fitted.finalLoss) - given.finalLoss) < tolerance)
        #expect(greatestDifference(try model.outputsAsDoubles(few), given.after.flatMap(\.self)) < tolerance)
    }

    /// A model with the weights of a fitted model makes the same predictions.
    @Test func weightsOfAFittedModelMakeAnEqualModel() throws {
        let x: Matrix<Double> = try SmallData.features()
        var fitted = MLPClassifier(hiddenLayerSizes: [7], maxIter: 5, randomState: 0)
        try fitted.fit(x, SmallData.classes(x, count: 3))
        let made = try MLPClassifier<Int, Double>(
            coefs: fitted.coefs, intercepts: fitted.intercepts, classes: fitted.classes, fitted.hyperparameters)
        #expect(try made.predictProba(x) == fitted.predictProba(x))
        #expect(try made.transform(x, layer: 1) == fitted.transform(x, layer: 1))
        #expect(made.nIter == 0 && made.lossCurve.isEmpty && made.stopReason == nil)
    }

    @Test(arguments: [
        Refusal("no layers", mentions: "coefs", "empty") { try Weights(coefs: [], intercepts: []).classifier([0, 1]) },
        Refusal("intercepts missing", mentions: "intercepts", "2 layers", "1") {
            try Weights(coefs: [[[1], [2]], [[1]]], intercepts: [[0]]).classifier([0, 1])
        },
        Refusal("layers that do not meet", mentions: "coefs[1]", "2 rows", "1 × 1") {
            try Weights(coefs: [[[1, 2]], [[1]]], intercepts: [[0, 0], [0]]).classifier([0, 1])
        },
        Refusal("a layer without units", mentions: "coefs[0]", "0 × 0") {
            try Weights(coefs: [[]], intercepts: [[]]).classifier([0, 1])
        },
        Refusal("too few intercepts", mentions: "intercepts[0]", "2 columns", "1") {
            try Weights(coefs: [[[1, 2]]], intercepts: [[0]]).regressor()
        },
        Refusal("infinite", mentions: "coefs[0]", "inf") {
            try Weights(coefs: [[[.infinity]]], intercepts: [[0]]).regressor()
        },
        Refusal("NaN", mentions: "intercepts[0]", "nan") {
            try Weights(coefs: [[[1]]], intercepts: [[.nan]]).regressor()
        },
        Refusal("one class", mentions: "classes", "2", "1") {
            try Weights(coefs: [[[1]]], intercepts: [[0]]).classifier([3])
        },
        Refusal("classes out of order", mentions: "classes", "ascending", "[1, 0]") {
            try Weights(coefs: [[[1]]], intercepts: [[0]]).classifier([1, 0])
        },
        Refusal("two outputs for two classes", mentions: "coefs", "1 column", "2") {
            try Weights(coefs: [[[1, 2]]], intercepts: [[0, 0]]).classifier([0, 1])
        },
        Refusal("two outputs for one number", mentions: "coefs", "Double", "2") {
            try Weights(coefs: [[[1, 2]]], intercepts: [[0, 0]]).regressor()
        },
        Refusal("indicator columns by other numbers", mentions: "classes", "[1, 2]") {
            _ = try MLPClassifier<[Int], Double>(coefs: [[[1, 2]]], intercepts: [[0, 0]], classes: [1, 2])
        },
        Refusal("layer 0", mentions: "layer", "from 1 to 1", "0") { try Weights.small.transform(layer: 0) },
        Refusal("the output layer", mentions: "layer", "from 1 to 1", "2") { try Weights.small.transform(layer: 2) },
        Refusal("a network without hidden layers", mentions: "layer", "none") {
            try Weights(coefs: [[[1]]], intercepts: [[0]]).transform(layer: 1)
        },
        Refusal("before fit", mentions: "MLPRegressor", "fit") {
            _ = try MLPRegressor().transform([[1]], layer: 1)
        },
        Refusal("features of another number", mentions: "x", "1 columns", "2") {
            _ = try Weights.small.regressor().transform([[1, 2]], layer: 1)
        },
    ])
    func rejectsInvalidInput(_ refusal: Refusal) { refusal.check() }
}

/// Layers, and calls that use them.
private struct Weights {
    var coefs: [Matrix<Double>]
    var intercepts: [[Double]]

    static let small = Weights(coefs: [[[1, 2]], [[1], [1]]], intercepts: [[0, 0], [0]])

    func classifier(_ classes: [Int]) throws {
        _ = try MLPClassifier<Int, Double>(coefs: coefs, intercepts: intercepts, classes: classes)
    }

    @discardableResult func regressor() throws -> MLPRegressor<Double, Double> {
        try MLPRegressor(coefs: coefs, intercepts: intercepts)
    }

    func transform(layer: Int) throws { _ = try regressor().transform([[1]], layer: layer) }
}

/// The output of `Scripts/fixtures/given_weights.py`.
struct GivenWeights: Decodable, Sendable, CustomTestStringConvertible {
    enum Task: String, Decodable { case binary, multiclass, multilabel, number, outputs, counts }
    enum Call: String, Decodable {
        case fit
        case partialFit = "partial_fit"
    }

    let name: String
    let task: Task
    let loss: RegressionLoss
    let solver: Solver
    let activation: Activation
    let earlyStopping: Bool
    let calls: [Call]
    let x: [[Double]]
    let y: [[Double]]
    let coefs: [[[Double]]]
    let intercepts: [[Double]]
    let before: [[Double]]
    let hidden: [[[Double]]]
    let lossCurve: [Double]
    let finalLoss: Double
    let after: [[Double]]

    var testDescription: String { name }

    private var hyperparameters: MLPHyperparameters {
        MLPHyperparameters(
            activation: activation, solver: solver, batchSize: 16, learningRateInit: solver == .sgd ? 0.1 : 0.001,
            maxIter: 6, randomState: 7, warmStart: true, earlyStopping: earlyStopping)
    }

    func classifier<Target: ClassificationTarget & FixtureTarget>(
        of _: Target.Type
    ) throws -> MLPClassifier<Target, Double> {
        try MLPClassifier(
            coefs: coefs.map { try Matrix($0) }, intercepts: intercepts,
            classes: Target.classes(in: y.map { Target.target($0, names: []) }, argument: "y"), hyperparameters)
    }

    func regressor<Target: RegressionTarget & FixtureTarget>(of _: Target.Type) throws -> MLPRegressor<Target, Double> {
        try MLPRegressor(
            coefs: coefs.map { try Matrix($0) }, intercepts: intercepts, loss: loss, hyperparameters)
    }
}
