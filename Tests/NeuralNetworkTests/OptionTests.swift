import Estimators
import Foundation
import LinearAlgebra
import NumPyRandom
import RealModule
import TestSupport
import Testing

@testable import NeuralNetwork

/// The laws of dropout, schedules, clipping, label smoothing and AdamW, and what each rejects.
@Suite struct OptionTests {
    /// Every option at once.
    static let all = MLPHyperparameters(
        hiddenLayerSizes: [40, 30], activation: .mish, solver: .adamW, batchSize: 40, maxIter: 6, randomState: 3,
        dropout: 0.3, weightDecay: 0.1, schedule: .warmUp(0.2, then: .cosine), maxGradientNorm: 0.2,
        labelSmoothing: 0.1)

    @Test(arguments: [false, true]) func bitsDoNotDependOnThreads(sparse: Bool) throws {
        let x = try SmallData.features(rows: 120, columns: 30)
        let y = Matrix(rows: 120, columns: 1, elements: SmallData.classes(x, count: 2).map { Double($0) })
        let data = TrainingData(features: sparse ? .sparse(SparseMatrix(x)) : .dense(x), targets: y, weights: nil)
        func parameters(threads: Int) throws -> [Double] {
            var generator = RandomState(seed: 1)
            let shape = try #require(NetworkShape(layerUnits: [30, 70, 50, 1]))
            let network = try Network<Double>(
                shape: shape, activation: .gelu, outActivation: .logistic, using: &generator)
            var adam = Adam<Double>(
                count: shape.parameterCount, learningRateInit: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8,
                weightDecay: 0.1)
            return try WorkerPool.with(threads) { pool in
                let engine = HostEngine(
                    network, loss: .binaryLogLoss, alpha: 0, data: data, batchSize: 40,
                    options: Self.all.stepOptions, moments: adam.moments, pool: pool)
                for epoch in 0..<3 {
                    try engine.train(
                        over: SampleOrder(count: 120), inBatchesOf: 40, noise: UInt64(epoch), with: &adam
                    ) { _ in }
                }
                var result = network.parameters
                engine.copyParameters(to: &result)
                return result
            }
        }
        let one = try parameters(threads: 1)
        for threads in 2...4 { #expect(try parameters(threads: threads) == one) }
    }

    /// The fraction of zeros is the rate, the others are scaled, and the draws depend on nothing but key and index.
    @Test(arguments: [0.1, 0.5, 0.9]) func dropoutDropsItsRate(rate: Double) {
        let (rows, columns) = (400, 100)
        func dropped(_ part: Range<Int>, key: UInt64) -> [Double] {
            var values = [Double](repeating: 1, count: rows * columns)
            var slopes = values
            Dropout(rate: rate).apply(
                to: &values[part.lowerBound * columns], slopes: &slopes[part.lowerBound * columns], stride: columns,
                rows: part.count, columns: columns, first: part.lowerBound * columns, key: key)
            #expect(values == slopes)
            return Array(values[part.lowerBound * columns..<part.upperBound * columns])
        }
        let values = dropped(0..<rows, key: 1)
        #expect(Set(values) == [0, 1 / (1 - rate)])
        // Five standard deviations.
        let share = Double(values.count { $0 == 0 }) / Double(values.count)
        #expect(abs(share - rate) < 5 * (rate * (1 - rate) / Double(values.count)).squareRoot())
        #expect(dropped(0..<150, key: 1) + dropped(150..<rows, key: 1) == values)
        #expect(dropped(0..<rows, key: 2) != values)
    }

    @Test func dropoutDoesNotTouchPredictions() throws {
        let x = try SmallData.features()
        var mlp = MLPRegressor(hiddenLayerSizes: [20], maxIter: 3, randomState: 1, dropout: 0.5)
        try mlp.fit(x, SmallData.numbers(x))
        #expect(try mlp.predict(x) == mlp.predict(x))
    }

    /// Two calls with the same seed do not drop the same values.
    @Test func callsOfPartialFitDropOthers() throws {
        let x = try SmallData.features()
        let y = SmallData.numbers(x)
        func changes(dropout: Double) throws -> [Double] {
            var mlp = MLPRegressor(
                hiddenLayerSizes: [20], solver: .sgd, batchSize: 30, shuffle: false, randomState: 1, momentum: 0,
                dropout: dropout)
            mlp.learningRateInit = 1e-9
            try mlp.partialFit(x, y)
            let first = try #require(mlp.fitted.finalLoss)
            try mlp.partialFit(x, y)
            return [first, try #require(mlp.fitted.finalLoss)]
        }
        let (plain, dropped) = (try changes(dropout: 0), try changes(dropout: 0.5))
        #expect(abs(plain[0] - plain[1]) < 1e-6)
        #expect(abs(dropped[0] - dropped[1]) > 1e-4)
    }

    @Test func clippingToAHugeNormChangesNothingButRounding() throws {
        let x = try SmallData.features()
        var plain = MLPRegressor(hiddenLayerSizes: [9], maxIter: 10, randomState: 1)
        var clipped = MLPRegressor(hiddenLayerSizes: [9], maxIter: 10, randomState: 1, maxGradientNorm: 1e9)
        try plain.fit(x, SmallData.numbers(x))
        try clipped.fit(x, SmallData.numbers(x))
        #expect(greatestDifference(plain.lossCurve, clipped.lossCurve) < 1e-13)
    }

    @Test func floatAndDoubleAgree() throws {
        let x = try SmallData.features()
        let y = SmallData.classes(x, count: 3)
        for activation in Activation.allCases {
            var double = MLPClassifier<Int, Double>(Self.all)
            double.activation = activation
            var single = MLPClassifier<Int, Float>(double.hyperparameters)
            try double.fit(x, y)
            try single.fit(x.map { Float($0) }, y)
            #expect(greatestDifference(double.lossCurve, single.lossCurve) < 1e-5, "\(activation)")
        }
        for loss in [RegressionLoss.absoluteError, .huber(0.5), .quantile(0.3), .gamma] {
            let targets = SmallData.numbers(x).map { Double.exp($0) }
            var parameters = Self.all
            parameters.labelSmoothing = 0
            var double = MLPRegressor<Double, Double>(loss: loss, parameters)
            var single = MLPRegressor<Double, Float>(loss: loss, parameters)
            try double.fit(x, targets)
            try single.fit(x.map { Float($0) }, targets)
            #expect(greatestDifference(double.lossCurve, single.lossCurve) < 1e-5, "\(loss)")
        }
    }

    /// The hidden layer has the values of the activation function, as in training.
    @Test(arguments: Activation.allCases) func hiddenLayersEqualTheirFormula(activation: Activation) throws {
        let z = [-30.0, -4, -1, -0.1, 0, 0.1, 1, 4, 30]
        let mlp = try MLPRegressor<Double, Double>(
            coefs: [[[1]], [[1]]], intercepts: [[0], [0]], MLPHyperparameters(activation: activation))
        let found = try mlp.transform(Matrix(rows: z.count, columns: 1, elements: z), layer: 1).elements
        let logistic = z.map { 1 / (1 + .exp(-$0)) }
        let softplus = z.map { Double.log(onePlus: .exp($0)) }
        let expected: [Double] =
            switch activation {
            case .identity: z
            case .logistic: logistic
            case .tanh: z.map { .tanh($0) }
            case .relu: z.map { max(0, $0) }
            case .leakyReLU: z.map { max(0.01 * $0, $0) }
            case .elu: z.map { $0 > 0 ? $0 : .expMinusOne($0) }
            case .selu:
                z.map { 1.0507009873554805 * ($0 > 0 ? $0 : 1.6732632423543772 * .expMinusOne($0)) }
            case .gelu: z.map { $0 * 0.5 * .erfc(-$0 / 2.0.squareRoot()) }
            case .silu: zip(z, logistic).map { $0 * $1 }
            case .mish: zip(z, softplus).map { $0 * .tanh($1) }
            case .softplus: softplus
            }
        #expect(greatestDifference(found, expected) < 1e-14)
    }

    // MARK: Quantiles and gamma

    @Test func quantilesGiveOneOutputEach() throws {
        let x = try SmallData.features(rows: 60)
        let y = SmallData.numbers(x).map { [$0] }
        var mlp = MLPRegressor<[Double], Double>(
            loss: .quantiles([0.1, 0.5, 0.9]), hiddenLayerSizes: [20], maxIter: 100, randomState: 0)
        try mlp.fit(x, y, validation: (x, y))
        let predictions = try mlp.predict(x)
        #expect(predictions.allSatisfy { $0.count == 3 })
        // Higher quantiles lie higher in the mean.
        let means = (0..<3).map { column in predictions.reduce(0) { $0 + $1[column] } / 60 }
        #expect(means[0] < means[1] && means[1] < means[2])
        // R² judges the median.
        let score = try mlp.score(x, y, sampleWeight: nil)
        #expect(score == mlp.validationScores.last)
        #expect(mlp.report?.loss == "quantiles([0.1, 0.5, 0.9])")
    }

    @Test(arguments: [
        Refusal("quantile 1", mentions: "loss", "(0, 1)", "quantile(1.0)") { try fit(.quantile(1)) },
        Refusal("quantile 0", mentions: "loss", "(0, 1)", "quantile(0.0)") { try fit(.quantile(0)) },
        Refusal("no quantiles", mentions: "loss", "at least one", "quantiles([])") { try fit(.quantiles([])) },
        Refusal("quantile NaN", mentions: "loss", "nan") { try fit(.quantiles([0.5, .nan])) },
        Refusal("two quantiles of a number", mentions: "loss", "Double") { try fit(.quantiles([0.5, 0.9])) },
        Refusal("distance 0", mentions: "loss", "(0, ∞)", "huber(0.0)") { try fit(.huber(0)) },
        Refusal("gamma of 0", mentions: "y", "above 0", "gamma") { try fit(.gamma) },
        Refusal("quantiles of two outputs", mentions: "y", "one number", "2") {
            var mlp = MLPRegressor<[Double], Double>(loss: .quantiles([0.5, 0.9]))
            try mlp.fit([[1], [2]], [[1, 2], [3, 4]], sampleWeight: nil)
        },
        Refusal("smoothed numbers", mentions: "labelSmoothing", "regressor") {
            var mlp = MLPRegressor()
            mlp.labelSmoothing = 0.1
            try mlp.fit([[1], [2]], [1, 2])
        },
        Refusal("dropout of lbfgs", mentions: "dropout", "lbfgs", "0.5") {
            var mlp = MLPRegressor(solver: .lbfgs, dropout: 0.5)
            try mlp.fit([[1], [2]], [1, 2])
        },
        Refusal("schedule of lbfgs", mentions: "schedule", "lbfgs", "cosine") {
            var mlp = MLPRegressor(solver: .lbfgs, schedule: .cosine)
            try mlp.fit([[1], [2]], [1, 2])
        },
        Refusal("clipped lbfgs", mentions: "maxGradientNorm", "lbfgs", "1.0") {
            var mlp = MLPRegressor(solver: .lbfgs, maxGradientNorm: 1)
            try mlp.fit([[1], [2]], [1, 2])
        },
        Refusal("schedule of partialFit", mentions: "schedule", "partialFit", "cosine") {
            var mlp = MLPRegressor(schedule: .cosine)
            try mlp.partialFit([[1], [2]], [1, 2])
        },
        Refusal("a longer schedule", mentions: "maxIter", "2", "3") {
            var mlp = MLPRegressor(maxIter: 2, randomState: 0, schedule: .cosine)
            try mlp.fit([[1], [2]], [1, 2])
            mlp.maxIter = 3
            try mlp.resume([[1], [2]], [1, 2])
        },
        Refusal("another loss", mentions: "loss", "squaredError", "huber(1.0)") {
            var mlp = MLPRegressor(maxIter: 2, randomState: 0)
            try mlp.fit([[1], [2]], [1, 2])
            mlp.loss = .huber(1)
            try mlp.resume([[1], [2]], [1, 2])
        },
    ])
    func rejectsWhatItCannotDo(_ refusal: Refusal) { refusal.check() }

    private static func fit(_ loss: RegressionLoss) throws {
        var mlp = MLPRegressor(loss: loss)
        try mlp.fit([[1], [2]], [1, 0])
    }

    // MARK: Schedules

    @Test func schedulesEndWhereTheySay() {
        #expect(Schedule.cosine.factor(0, of: 10) == 1 && abs(Schedule.cosine.factor(5, of: 10) - 0.5) < 1e-15)
        #expect(Schedule.cosine(to: 0.2).factor(10, of: 10) == 0.2)
        #expect(abs(Schedule.oneCycle.factor(29, of: 100) - 1) < 1e-15)
        #expect(abs(Schedule.oneCycle.factor(99, of: 100) - 4e-6) < 1e-15)
        #expect(Schedule.warmUp(0.5).factor(0, of: 4) == 1.0 / 3 && Schedule.warmUp(0.5).factor(3, of: 4) == 1)
        #expect((0..<4).map { Schedule.step(every: 0.5, factor: 0.5).factor($0, of: 4) } == [1, 1, 0.5, 0.5])
        for schedule in [Schedule.cosine, .oneCycle, .warmUp(), .exponential(), .step()] {
            for steps in 1...7 {
                for step in 0..<steps {
                    let factor = schedule.factor(step, of: steps)
                    #expect(factor >= 0 && factor <= 1, "\(schedule) \(step) of \(steps)")
                }
            }
        }
    }

    /// A run that `onEpoch` stopped resumes its schedule, its dropout and its clipping, also from a file.
    @Test(arguments: [Solver.sgd, .adam, .adamW]) func resumesWithTheSameBits(solver: Solver) throws {
        let x = try SmallData.features(rows: 90)
        let y = SmallData.classes(x, count: 3)
        var whole = MLPClassifier<Int, Double>(Self.all)
        whole.solver = solver
        var stopped = whole
        try whole.fit(x, y)
        try stopped.fit(x, y) { $0.index == 3 ? .stop : .continue }
        var read = try JSONDecoder().decode(
            MLPClassifier<Int, Double>.self, from: try JSONEncoder().encode(stopped))
        try stopped.resume(x, y)
        try read.resume(x, y)
        #expect(stopped.fitted == whole.fitted && read.fitted == whole.fitted)
    }

    /// The name is stored, the function is not: training must not continue without it.
    @Test func functionsMustBeSetAgain() throws {
        let x = try SmallData.features()
        let y = SmallData.numbers(x)
        var mlp = MLPRegressor(maxIter: 2, randomState: 0, schedule: .function("half") { _ in 0.5 })
        try mlp.fit(x, y)
        var read = try JSONDecoder().decode(
            MLPRegressor<Double, Double>.self, from: try JSONEncoder().encode(mlp))
        #expect(try read.predict(x) == mlp.predict(x))
        #expect(throws: EstimatorError.self) { try read.fit(x, y) }
        read.schedule = .function("half") { _ in 0.5 }
        try read.fit(x, y)
        #expect(read.fitted == mlp.fitted)
    }

    /// Parameters of a file that an older version wrote have the defaults of the newer ones.
    @Test func olderParametersAreRead() throws {
        let json = try JSONEncoder().encode(MLPHyperparameters(alpha: 0.5))
        var object = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        for name in ["dropout", "weightDecay", "schedule", "labelSmoothing"] {
            #expect(object.removeValue(forKey: name) != nil)
        }
        let read = try JSONDecoder().decode(
            MLPHyperparameters.self, from: try JSONSerialization.data(withJSONObject: object))
        #expect(read == MLPHyperparameters(alpha: 0.5))
    }

    @Test(arguments: [
        Schedule.constant, .cosine, .cosine(to: 0.1), .oneCycle, .oneCycle(peak: 0.4), .exponential(),
        .warmUp(0.2, then: .step(every: 0.5, factor: 0.5)),
    ])
    func schedulesAreStored(schedule: Schedule) throws {
        let read = try JSONDecoder().decode(Schedule.self, from: try JSONEncoder().encode(schedule))
        #expect(read == schedule && "\(read)" == "\(schedule)")
        #expect(read.factor(3, of: 10) == schedule.factor(3, of: 10))
    }

    @Test(arguments: [
        RegressionLoss.squaredError, .poisson, .absoluteError, .gamma, .huber(1e-20), .quantile(0.1),
        .quantiles([0.05, 0.95]), .quantiles([]),
    ])
    func lossesAreStoredByName(loss: RegressionLoss) {
        #expect(RegressionLoss(rawValue: loss.rawValue) == (loss == .quantiles([]) ? nil : loss))
        for text in ["", "huber", "huber()", "huber(1, 2)", "quantile(x)", "other(1.0)"] {
            #expect(RegressionLoss(rawValue: text) == nil, "\(text)")
        }
    }

    @Test func theLastRateOfAnEpochFollowsTheSchedule() throws {
        let x = try SmallData.features()
        var mlp = MLPRegressor(
            hiddenLayerSizes: [3], solver: .sgd, batchSize: 10, learningRateInit: 0.1, maxIter: 4, randomState: 0,
            schedule: .cosine)
        var rates: [Double] = []
        try mlp.fit(x, SmallData.numbers(x)) { epoch in
            rates.append(epoch.learningRate ?? .nan)
            return .continue
        }
        #expect(rates == [2, 5, 8, 11].map { 0.1 * Schedule.cosine.factor($0, of: 12) })
    }
}
