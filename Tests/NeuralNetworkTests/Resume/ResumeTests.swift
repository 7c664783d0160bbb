import Estimators
import Foundation
import LinearAlgebra
import NumPyRandom
import Testing

@testable import NeuralNetwork

/// Training for 2n epochs equals training for n and resuming for n more, bit for bit.
@Suite struct ResumeTests {
    @Test(arguments: ResumeSubject.all) func trainingTwiceEqualsTrainingAtOnce(_ subject: ResumeSubject) throws {
        try check(subject, classifier(subject, Double.self))
        try check(subject, classifier(subject, Float.self))
        try check(subject, regressor(subject, Double.self))
        try check(subject, regressor(subject, Float.self))
    }

    private typealias Train<Model> = (_ model: inout Model, _ resume: Bool) throws -> Void

    private func classifier<Scalar: NetworkScalar>(
        _ subject: ResumeSubject, _: Scalar.Type
    ) throws -> (MLPClassifier<Int, Scalar>, Train<MLPClassifier<Int, Scalar>>) {
        let x = try subject.features(Scalar.self)
        let y = SmallData.classes(try SmallData.features(rows: 40), count: 3)
        return (
            MLPClassifier<Int, Scalar>(subject.parameters),
            { model, resume in
                if resume {
                    try model.resume(x, y, sampleWeight: subject.weights)
                } else {
                    try model.fit(x, y, sampleWeight: subject.weights)
                }
            }
        )
    }

    private func regressor<Scalar: NetworkScalar>(
        _ subject: ResumeSubject, _: Scalar.Type
    ) throws -> (MLPRegressor<Double, Scalar>, Train<MLPRegressor<Double, Scalar>>) {
        let x = try subject.features(Scalar.self)
        let y = SmallData.numbers(try SmallData.features(rows: 40))
        return (
            MLPRegressor<Double, Scalar>(subject.parameters),
            { model, resume in
                if resume {
                    try model.resume(x, y, sampleWeight: subject.weights)
                } else {
                    try model.fit(x, y, sampleWeight: subject.weights)
                }
            }
        )
    }

    private func check<Model: MultilayerPerceptron>(
        _ subject: ResumeSubject, _ subjectModel: (untrained: Model, train: Train<Model>)
    ) throws {
        let (untrained, train) = subjectModel
        var whole = untrained
        if subject.parameters.randomState == nil {
            // Without a seed, the only comparable run is one that continues from a copy.
            whole.hyperparameters.maxIter = 1
            try train(&whole, false)
            var again = whole
            whole.hyperparameters.maxIter = subject.parameters.maxIter
            try train(&whole, true)
            for maxIter in [4, subject.parameters.maxIter] {
                again.hyperparameters.maxIter = maxIter
                try train(&again, true)
            }
            #expect(again.fitted == whole.fitted)
            return
        }
        try train(&whole, false)

        for pauses in [[subject.parameters.maxIter / 2], [1, 2, 3, 8], [subject.parameters.maxIter]] {
            var model = untrained
            for (number, maxIter) in (pauses + [subject.parameters.maxIter]).enumerated() {
                model.hyperparameters.maxIter = maxIter
                try train(&model, number > 0)
                // As stored in a file.
                model._fitted.model = try model.fitted.model.map(roundTrip)
            }
            #expect(model.fitted == whole.fitted)
            #expect(model.fitted.lossCurve == whole.fitted.lossCurve)
            #expect(model.fitted.model?.inputs == whole.fitted.model?.inputs)
        }
    }

    private func roundTrip<Value: Codable>(_ value: Value) throws -> Value {
        try JSONDecoder().decode(Value.self, from: JSONEncoder().encode(value))
    }

    /// A run can be resumed from each of its checkpoints.
    @Test(arguments: ResumeSubject.all.filter { $0.parameters.randomState != nil })
    func resumesFromEveryCheckpoint(_ subject: ResumeSubject) throws {
        let x = try subject.features(Double.self)
        let targets: Matrix<Double> = Matrix(
            rows: 40, columns: 1, elements: SmallData.numbers(try SmallData.features(rows: 40)))
        var models: [TrainedModel<Double>] = []
        var run = TrainingRun(
            hyperparameters: subject.parameters, loss: .regression(.squaredError),
            data: TrainingData(features: x, targets: targets, weights: subject.weights), validation: nil,
            score: { _ in
                { _, outputs, data in
                    -zip(outputs.elements, data.targets.elements).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
                }
            },
            stratifiesValidation: false, monitor: "score", watched: subject.parameters.earlyStopping ? .score : .loss,
            classWeight: nil, isIncremental: false, onEpoch: nil)
        run.checkpoint = { models.append(try $0()) }
        let whole = try run.train(from: nil)
        #expect(models.count == whole.history.nIter)
        run.checkpoint = nil
        for model in models { #expect(try run.resume(roundTrip(model)) == whole) }
    }

    @Test func higherNIterNoChangeResumesAfterConvergence() throws {
        let x = try SmallData.features()
        let y = SmallData.numbers(x)
        var whole = MLPRegressor(maxIter: 50, randomState: 1, tol: 1, nIterNoChange: 20)
        var model = whole
        try whole.fit(x, y)
        model.nIterNoChange = 4
        try model.fit(x, y)
        #expect(model.stopReason == .converged && whole.stopReason == .converged)
        #expect(try #require(model.nIter) < #require(whole.nIter))
        model.nIterNoChange = 20
        try model.resume(x, y)
        #expect(model == whole)
    }

    @Test(arguments: Solver.allCases) func resumesACancelledRun(solver: Solver) async throws {
        let x = try SmallData.features()
        let y = SmallData.numbers(x)
        let untrained = MLPRegressor(hiddenLayerSizes: [5], solver: solver, maxIter: 9, randomState: 1)
        var whole = untrained
        try whole.fit(x, y)
        var model = try await Task {
            withUnsafeCurrentTask { $0?.cancel() }
            var mlp = untrained
            try mlp.fit(x, y)
            return mlp
        }.value
        #expect(model.stopReason == .cancelled)
        try model.resume(x, y)
        #expect(model == whole)
    }

    // MARK: Errors

    @Test func resumingWithoutARunThrows() throws {
        let x = try SmallData.features()
        let y = SmallData.numbers(x)
        var mlp = MLPRegressor(maxIter: 2, randomState: 1)
        #expect(throws: EstimatorError.notFitted(estimator: "MLPRegressor")) { try mlp.resume(x, y) }
        try mlp.partialFit(x, y)
        #expect { try mlp.resume(x, y) } throws: { "\($0)".contains("partialFit") }
        try mlp.fit(x, y)
        try mlp.partialFit(x, y)
        #expect { try mlp.resume(x, y) } throws: { "\($0)".contains("partialFit") }
    }

    @Test func rejectsDifferentData() throws {
        let x = try SmallData.features()
        let y = SmallData.classes(x, count: 3)
        var mlp = MLPClassifier(maxIter: 2, randomState: 1)
        try mlp.fit(x, y)
        let before = mlp
        mlp.maxIter = 4
        var flipped = x
        flipped[3, 1] = -flipped[3, 1]
        flipped[9, 2] = -flipped[9, 2]
        var relabelled = y
        relabelled.swapAt(0, try #require(y.firstIndex { $0 != y[0] }))
        let attempts: [(inout MLPClassifier<Int, Double>) throws -> Void] = [
            { try $0.resume(flipped, y) },
            { try $0.resume(x, relabelled) },
            { try $0.resume(x, y.map { $0 + 1 }) },
            { try $0.resume(x, y, sampleWeight: Array(repeating: 1, count: x.rows)) },
            { try $0.resume(x.selectingRows(Array(0..<29)), Array(y.dropLast())) },
            { try $0.resume(SmallData.features(columns: 5), y) },
            { try $0.resume(SparseMatrix(x), y) },
        ]
        for attempt in attempts {
            #expect(throws: EstimatorError.self) { try attempt(&mlp) }
            #expect(mlp.fitted == before.fitted)
        }
    }

    @Test func rejectsChangedParametersByName() throws {
        let x = try SmallData.features()
        let y = SmallData.numbers(x)
        var mlp = MLPRegressor(maxIter: 2, randomState: 1)
        try mlp.fit(x, y)
        let changes: [(String, (inout MLPHyperparameters) -> Void)] = [
            ("alpha", { $0.alpha = 1 }), ("solver", { $0.solver = .lbfgs }), ("beta1", { $0.beta1 = 0.5 }),
            ("hiddenLayerSizes", { $0.hiddenLayerSizes = [3] }), ("randomState", { $0.randomState = nil }),
            ("batchSize", { $0.batchSize = 3 }), ("earlyStopping", { $0.earlyStopping = true }),
        ]
        for (name, change) in changes {
            var other = mlp
            change(&other.hyperparameters)
            #expect { try other.resume(x, y) } throws: { "\($0)".hasPrefix("\(name) must be ") }
        }
        var unseeded = mlp
        unseeded.randomState = nil
        #expect { try unseeded.resume(x, y) } throws: { "\($0)".hasPrefix("randomState must be 1, as in the run ") }
        mlp.loss = .poisson
        #expect(throws: EstimatorError.self) { try mlp.resume(x, y.map(abs)) }
    }
}
