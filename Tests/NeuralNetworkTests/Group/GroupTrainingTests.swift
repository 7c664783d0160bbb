import Estimators
import Foundation
import LinearAlgebra
import Testing

@testable import NeuralNetwork

/// Training across a group equals that of one process with all samples.
@Suite struct GroupTrainingTests {
    typealias Classifier = MLPClassifier<Int, Double>
    typealias Regressor = MLPRegressor<Double, Double>

    private static let x: Matrix<Double> = (try? SmallData.features(rows: 61, columns: 5)) ?? Matrix()
    /// In some process, all samples weigh 0.
    private static let weights = (0..<61).map { $0 < 20 ? 0 : Double($0 % 4) / 2 + 0.25 }

    /// Trains one model on the parts of a group, and another on all, and requires that they agree.
    private static func expectEqual<Model: MultilayerPerceptron>(
        _ model: Model, _ x: NetworkInput<Double>, _ y: [Model.Target], ranks: Int,
        method: _NetworkOptions.Method = .fit,
        weights: [Double]? = nil, validation: (x: NetworkInput<Double>, y: [Model.Target])? = nil,
        numbers: [Int]? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) throws where Model.Scalar == Double {
        var single = model
        single.hyperparameters.verbose = .silent
        let silent = single
        try single.train(call(x, y, weights, validation, _NetworkOptions(method)))
        nonisolated(unsafe) let validation = validation
        let results = ThreadGroup.run(ranks) { group in
            var model = silent
            let rows = numbers.map { $0.indices.filter { $0 % ranks == group.rank } } ?? part(of: y.count, group)
            let own = validation.map { ($0.x.selectingRows(part(of: $0.y.count, group)), part(of: $0.y, group)) }
            try model.train(
                call(
                    x.selectingRows(numbers.map { all in rows.map { all[$0] } } ?? rows),
                    y.selectingSamples(numbers.map { all in rows.map { all[$0] } } ?? rows),
                    weights?.selectingSamples(numbers.map { all in rows.map { all[$0] } } ?? rows), own,
                    _NetworkOptions(
                        method, group: GroupCall(group, numbers: numbers.map { all in rows.map { all[$0] } }))))
            return model
        }
        #expect(results.count == ranks, sourceLocation: sourceLocation)
        let models = try results.map { try $0.get() }
        for trained in models {
            #expect(
                greatestDifference(trained.lossCurve, single.lossCurve) < 1e-9
                    && greatestDifference(
                        trained.fitted.model?.network.parameters ?? [], single.fitted.model?.network.parameters ?? [])
                        < 1e-8,
                "losses \(trained.lossCurve.last ?? .nan), \(single.lossCurve.last ?? .nan)",
                sourceLocation: sourceLocation)
            #expect(
                greatestDifference(trained.validationScores, single.validationScores) < 1e-9
                    && greatestDifference(trained.validationLossCurve, single.validationLossCurve) < 1e-9,
                sourceLocation: sourceLocation)
            #expect(
                greatestDifference([trained.finalLoss ?? .nan], [single.finalLoss ?? .nan]) < 1e-9,
                sourceLocation: sourceLocation)
            #expect(
                trained.nIter == single.nIter && trained.stopReason == single.stopReason && trained.t == single.t,
                sourceLocation: sourceLocation)
            #expect(trained.report?.data == single.report?.data, sourceLocation: sourceLocation)
            // Every process has the same bits.
            #expect(
                trained.fitted.model?.network == models[0].fitted.model?.network
                    && trained.lossCurve == models[0].lossCurve, sourceLocation: sourceLocation)
        }
    }

    private static func call<Model: MultilayerPerceptron>(
        _ x: NetworkInput<Double>, _ y: [Model.Target], _ weights: [Double]?,
        _ validation: (x: NetworkInput<Double>, y: [Model.Target])?, _ options: _NetworkOptions
    ) -> TrainingCall<Model> where Model.Scalar == Double {
        switch x {
        case .dense(let x):
            TrainingCall(
                x, y, sampleWeight: weights,
                validation: validation.map { part in
                    if case .dense(let x) = part.x { (x, part.y) } else { (Matrix(), part.y) }
                }, options)
        case .sparse(let x): TrainingCall(x, y, sampleWeight: weights, options)
        }
    }

    private static func part(of count: Int, _ group: ThreadGroup) -> [Int] {
        Array(Chunk(index: group.rank, of: group.count).range(of: count))
    }

    private static func part<Element>(of values: [Element], _ group: ThreadGroup) -> [Element] {
        part(of: values.count, group).map { values[$0] }
    }

    @Test(arguments: Solver.allCases, [1, 2, 3, 4])
    func solvers(solver: Solver, ranks: Int) throws {
        let y = SmallData.numbers(Self.x)
        let model = Regressor(
            MLPHyperparameters(
                hiddenLayerSizes: [7, 4], activation: .tanh, solver: solver, alpha: 0.01, batchSize: 16, maxIter: 12,
                randomState: 3))
        try Self.expectEqual(model, .dense(Self.x), y, ranks: ranks)
        try Self.expectEqual(model, .dense(Self.x), y, ranks: ranks, weights: Self.weights)
    }

    @Test(arguments: [2, 3], [nil, ClassWeight<Int>.balanced, .weights([0: 2, 1: 1, 2: 0.5])])
    func classes(ranks: Int, classWeight: ClassWeight<Int>?) throws {
        var model = Classifier(
            MLPHyperparameters(hiddenLayerSizes: [6], solver: .sgd, batchSize: 16, maxIter: 10, randomState: 1))
        model.classWeight = classWeight
        // Sorted classes: no process has all of them.
        let y = SmallData.classes(Self.x, count: 3).sorted()
        try Self.expectEqual(model, .dense(Self.x), y, ranks: ranks)
        try Self.expectEqual(model, .dense(Self.x), y, ranks: ranks, weights: Self.weights)
        if case .weights = classWeight { return }
        try Self.expectEqual(model, .dense(Self.x), y.map { min($0, 1) }, ranks: ranks)
    }

    @Test(arguments: [2, 4])
    func indicators(ranks: Int) throws {
        var model = MLPClassifier<[Int], Double>(
            MLPHyperparameters(hiddenLayerSizes: [6], maxIter: 10, randomState: 1))
        model.classWeight = .balanced
        try Self.expectEqual(model, .dense(Self.x), SmallData.indicators(Self.x), ranks: ranks)
    }

    @Test(arguments: [2, 3])
    func earlyStopping(ranks: Int) throws {
        let classes = SmallData.classes(Self.x, count: 2)
        let parameters = MLPHyperparameters(
            hiddenLayerSizes: [6], learningRateInit: 0.02, maxIter: 40, randomState: 1, earlyStopping: true,
            validationFraction: 0.2, nIterNoChange: 3)
        try Self.expectEqual(Classifier(parameters), .dense(Self.x), classes, ranks: ranks)
        try Self.expectEqual(Classifier(parameters), .dense(Self.x), classes, ranks: ranks, weights: Self.weights)
        var regressor = Regressor(parameters)
        try Self.expectEqual(regressor, .dense(Self.x), SmallData.numbers(Self.x), ranks: ranks)
        regressor.monitor = .loss
        try Self.expectEqual(regressor, .dense(Self.x), SmallData.numbers(Self.x), ranks: ranks)
        let other: Matrix<Double> = try SmallData.features(rows: 17, columns: 5, seed: 9)
        try Self.expectEqual(
            regressor, .dense(Self.x), SmallData.numbers(Self.x), ranks: ranks,
            validation: (.dense(other), SmallData.numbers(other)))
        regressor.hyperparameters.solver = .lbfgs
        try Self.expectEqual(
            regressor, .dense(Self.x), SmallData.numbers(Self.x), ranks: ranks,
            validation: (.dense(other), SmallData.numbers(other)))
    }

    /// The gradients of wide layers travel one by one.
    @Test(arguments: [(false, Solver.adam), (true, .adam), (false, .sgd), (false, .lbfgs)])
    func wideLayers(clips: Bool, solver: Solver) throws {
        let x: Matrix<Double> = try SmallData.features(rows: 90, columns: 10)
        var model = Regressor(
            MLPHyperparameters(
                hiddenLayerSizes: [120, 130, 20], solver: solver, alpha: 0.1, batchSize: 32, maxIter: 3, randomState: 3)
        )
        model.maxGradientNorm = clips ? 0.05 : nil
        try Self.expectEqual(model, .dense(x), SmallData.numbers(x), ranks: 3)
    }

    @Test func dropoutSmoothingAndSchedules() throws {
        let model = Classifier(
            MLPHyperparameters(
                hiddenLayerSizes: [12, 8], activation: .gelu, solver: .adamW, batchSize: 16, maxIter: 8, randomState: 3,
                dropout: 0.3, weightDecay: 0.1, schedule: .cosine, maxGradientNorm: 0.5, labelSmoothing: 0.1))
        try Self.expectEqual(model, .dense(Self.x), SmallData.classes(Self.x, count: 3), ranks: 3)
    }

    @Test(arguments: Solver.allCases, [false, true])
    func sparseFeatures(solver: Solver, weighted: Bool) throws {
        let x = SparseMatrix(Self.x.map { abs($0) < 0.6 ? 0 : $0 })
        let model = Regressor(
            MLPHyperparameters(hiddenLayerSizes: [7], solver: solver, batchSize: 16, maxIter: 8, randomState: 3))
        try Self.expectEqual(
            model, .sparse(x), SmallData.numbers(Self.x), ranks: 3, weights: weighted ? Self.weights : nil)
    }

    /// Samples in any order are trained in the order of their numbers.
    @Test func numberedSamples() throws {
        let model = Regressor(
            MLPHyperparameters(
                hiddenLayerSizes: [7], batchSize: 16, maxIter: 8, randomState: 3, earlyStopping: true))
        try Self.expectEqual(
            model, .dense(Self.x), SmallData.numbers(Self.x), ranks: 3, numbers: (0..<61).map { $0 * 8 % 61 })
    }

    /// A process without any sample of a batch takes part in the step.
    @Test func smallBatches() throws {
        let model = Regressor(
            MLPHyperparameters(hiddenLayerSizes: [4], solver: .sgd, batchSize: 2, maxIter: 3, randomState: 3))
        try Self.expectEqual(model, .dense(Self.x), SmallData.numbers(Self.x), ranks: 4)
        try Self.expectEqual(model, .dense(Self.x), SmallData.numbers(Self.x), ranks: 4, method: .partialFit)
    }
}

/// Calls across a group that differ or fail end in all processes.
@Suite struct GroupErrorTests {
    private static func errors(
        _ ranks: Int,
        _ change:
            @escaping @Sendable (inout MLPRegressor<Double, Double>, inout Matrix<Double>, Int) throws
            -> Void,
        onEpoch: @escaping @Sendable (TrainingEpoch) throws -> TrainingDecision = { _ in .continue }
    ) throws -> [String] {
        let results = ThreadGroup.run(ranks) { group in
            var x: Matrix<Double> = try SmallData.features(rows: 20, columns: 3, seed: 4)
            let y = SmallData.numbers(x)
            var model = MLPRegressor<Double, Double>(
                MLPHyperparameters(hiddenLayerSizes: [4], maxIter: 5, randomState: 3, verbose: .silent))
            try change(&model, &x, group.rank)
            try model.train(
                TrainingCall(
                    x, y, sampleWeight: nil,
                    _NetworkOptions(.fit, group: GroupCall(group, numbers: nil), onEpoch: onEpoch)))
        }
        return results.map { result in
            switch result {
            case .success: ""
            case .failure(let error): "\(error)"
            }
        }
    }

    @Test func invalidDataOfOneProcess() throws {
        let errors = try Self.errors(3) { _, x, rank in if rank == 1 { x[2, 1] = .nan } }
        #expect(errors[1].contains("x[2, 1] is nan"))
        for rank in [0, 2] {
            #expect(errors[rank].hasPrefix("rank 1 of 3 has stopped: ") && errors[rank].contains("x[2, 1] is nan"))
        }
    }

    @Test func otherParameters() throws {
        let errors = try Self.errors(2) { model, _, rank in model.alpha = rank == 1 ? 0.5 : 0.1 }
        #expect(errors[1].contains("rank 1 has MLPRegressor(hiddenLayerSizes: [4], alpha: 0.5, maxIter: 5"))
        #expect(errors[0].hasPrefix("rank 1 of 2 has stopped: the estimator must be the same in all processes"))
    }

    @Test func otherColumns() throws {
        let errors = try Self.errors(2) { _, x, rank in
            if rank == 1 { x = try SmallData.features(rows: 20, columns: 4, seed: 4) }
        }
        #expect(errors.allSatisfy { $0.contains("the number of columns of x must be the same") })
    }

    @Test func errorOfAFunction() throws {
        struct Refusal: Error {}
        let calls = Locked(0)
        let errors = try Self.errors(2, { _, _, _ in }) { epoch in
            calls.withLock { $0 += 1 }
            if epoch.index == 2 { throw Refusal() }
            return .continue
        }
        #expect(errors[0] == "Refusal()" && errors[1] == "rank 0 of 2 has stopped: Refusal()")
        #expect(calls.withLock { $0 } == 2, "only the first process calls onEpoch")
    }

    @Test func decisionOfAFunction() throws {
        #expect(try Self.errors(3, { _, _, _ in }) { $0.index == 2 ? .stop : .continue } == ["", "", ""])
    }
}
