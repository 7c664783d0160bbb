import Composition
import Estimators
import Foundation
import LinearAlgebra
import NeuralNetwork
import Preprocessing
import TestSupport
import Testing

@testable import Interchange

/// Models that are read from skops files predict and continue training like scikit-learn's.
@Suite struct SkopsTests {
    @Test(arguments: try SkopsFixture.read().networks)
    func equalsScikitLearn(_ stored: NetworkCase) throws {
        switch stored.precision {
        case .double: try check(stored, Double.self)
        case .float: try check(stored, Float.self)
        }
    }

    private func check<Scalar: NetworkScalar & RegressionTarget & CaseTarget>(
        _ stored: NetworkCase, _: Scalar.Type
    ) throws {
        guard !stored.name.hasPrefix("pipeline") else { return try checkPipeline(stored) }
        switch stored.target {
        case .int, .pair: try check(stored, MLPClassifier<Int, Scalar>(skops: skopsFile(stored.name)))
        case .bool: try check(stored, MLPClassifier<Bool, Scalar>(skops: skopsFile(stored.name)))
        case .labels: try check(stored, MLPClassifier<[Int], Scalar>(skops: skopsFile(stored.name)))
        case .string:
            try check(stored, MLPClassifier<String, Scalar>(skops: skopsFile(stored.name)))
            try check(stored, MLPClassifier<Word, Scalar>(skops: skopsFile(stored.name)))
        case .number, .count: try check(stored, MLPRegressor<Scalar, Scalar>(skops: skopsFile(stored.name)))
        case .numbers: try check(stored, MLPRegressor<[Scalar], Scalar>(skops: skopsFile(stored.name)))
        }
    }

    private func check<Model: NetworkModel>(_ stored: NetworkCase, _ read: Model) throws {
        let fixture = try SkopsFixture.read()
        let few: Matrix<Model.Scalar> = fixture.features(5)
        var model = read
        #expect(greatestDifference(try model.outputs(few), stored.before.flatMap(\.self)) < stored.tolerance)
        #expect(model.fitted.lossCurve == stored.lossCurve)
        #expect(model.fitted.finalLoss == stored.finalLoss)
        #expect(model.fitted.nIter == stored.nIter)
        #expect(model.fitted.t == stored.t)

        guard let further = stored.further else { return }
        let x: Matrix<Model.Scalar> = fixture.features()
        let y = try #require(fixture.y[stored.target.rawValue]).map(Model.Target.target)
        switch further {
        case .fit:
            model.hyperparameters.warmStart = true
            model.hyperparameters.maxIter = 4
            try model.fit(x, y, sampleWeight: nil)
        case .partialFit:
            for _ in 0..<3 { try model.learnMore(x, y) }
        }
        // The line search amplifies rounding errors.
        let tolerance = model.hyperparameters.solver == .lbfgs ? 1e-8 : 10 * stored.tolerance
        #expect(greatestDifference(try model.outputs(few), try #require(stored.after).flatMap(\.self)) < tolerance)
        #expect(greatestDifference(model.fitted.lossCurve, try #require(stored.lossCurveAfter)) < tolerance)
        #expect(model.fitted.t == stored.tAfter)
    }

    private func checkPipeline(_ stored: NetworkCase) throws {
        let few: Matrix<Double> = try SkopsFixture.read().features(5)
        let outputs: [Double]
        if stored.target == .string {
            let pipeline = try Pipeline<StandardScaler, MLPClassifier<String, Double>>(skops: skopsFile(stored.name))
            outputs = try pipeline.predictProba(few).elements
            // In single precision, the weights are rounded.
            let rounded = try Pipeline<StandardScaler, MLPClassifier<String, Float>>(skops: skopsFile(stored.name))
            let floats = try rounded.predictProba(few.map { Float($0) })
            #expect(greatestDifference(Float.doubles(floats.elements), outputs) < 1e-6)
        } else {
            typealias Scalers = Chain<Chain<MinMaxScaler, RobustScaler>, MaxAbsScaler>
            let pipeline = try Pipeline<Scalers, MLPRegressor<Double, Double>>(skops: skopsFile(stored.name))
            outputs = try pipeline.predict(few)
            #expect(pipeline.transformer.first.first.clip)
            // scikit-learn's generator is not a seed.
            #expect(pipeline.last.randomState == nil)
        }
        #expect(greatestDifference(outputs, stored.before.flatMap(\.self)) < stored.tolerance)
    }

    @Test(arguments: try SkopsFixture.read().scalers)
    func scalersEqualScikitLearn(_ stored: ScalerCase) throws {
        var scaler = try StandardScaler(skops: skopsFile(stored.name))
        let fixture = try SkopsFixture.read()
        let transformed = try scaler.transform(fixture.features(5) as Matrix<Double>)
        #expect(greatestDifference(transformed.elements, stored.transformed.flatMap(\.self)) < 1e-14)
        try scaler.partialFit(fixture.features() as Matrix<Double>)
        #expect(scaler.nSamplesSeen == (stored.name == "standard" ? [80, 74, 80] : [80, 80, 80]))
    }

    @Test func readsAnUnfittedEstimator() throws {
        let mlp = try MLPClassifier<Int, Double>(skops: skopsFile("unfitted"))
        #expect(mlp == MLPClassifier<Int, Double>(solver: .sgd, alpha: 0.25, batchSize: 9))
        #expect(throws: EstimatorError.notFitted(estimator: "MLPClassifier")) { try mlp.predict([[1, 2, 3]]) }
    }

    @Test func readsParameters() throws {
        let strings = try MLPClassifier<String, Double>(skops: skopsFile("strings-adam"))
        #expect(strings.nIterNoChange == .max && strings.tol == 0.5 && strings.hiddenLayerSizes == [4])
        #expect(strings.classes == ["Zebra", "ant", "élan"])
        let pair = try MLPClassifier<Int, Double>(skops: skopsFile("pair-sgd"))
        #expect(pair.learningRate == .invscaling && pair.classes == [-2, 7] && pair.randomState == 5)
        #expect(pair.bestLoss == pair.lossCurve.min())
        // No value is NaN, which would differ from itself.
        #expect(pair == pair)
        let stopped = try MLPClassifier<Int, Double>(skops: skopsFile("int-early-stopping"))
        #expect(stopped.validationScores.max() == stopped.bestValidationScore && stopped.bestLoss == nil)
    }
}

/// The interface of both estimators that the comparison needs.
private protocol NetworkModel: MatrixEstimator where Target: CaseTarget, Scalar: NetworkScalar {
    var hyperparameters: MLPHyperparameters { get set }
    var fitted: FittedNetwork<Scalar> { get }
    mutating func learnMore(_ x: Matrix<Scalar>, _ y: [Target]) throws
    func outputs(_ x: Matrix<Scalar>) throws -> [Double]
}

extension MLPClassifier: NetworkModel where Target: CaseTarget {
    fileprivate mutating func learnMore(_ x: Matrix<Scalar>, _ y: [Target]) throws { try partialFit(x, y) }
    fileprivate func outputs(_ x: Matrix<Scalar>) throws -> [Double] { Scalar.doubles(try predictProba(x).elements) }
}

extension MLPRegressor: NetworkModel where Target: CaseTarget {
    fileprivate mutating func learnMore(_ x: Matrix<Scalar>, _ y: [Target]) throws { try partialFit(x, y) }
    fileprivate func outputs(_ x: Matrix<Scalar>) throws -> [Double] {
        try Target._outputs(of: predict(x), argument: "y").elements
    }
}
