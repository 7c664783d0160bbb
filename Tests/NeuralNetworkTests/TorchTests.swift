import LinearAlgebra
import TestSupport
import Testing

@testable import NeuralNetwork

/// Compares what scikit-learn does not have with PyTorch: the gradient of the first batch and 100 steps from the same
/// weights.
@Suite struct TorchTests {
    @Test(arguments: try fixture("torch_steps", in: .module, of: [TorchCase].self))
    func equalsTorch(_ test: TorchCase) throws {
        switch test.loss {
        case "logLoss": try check(test, test.classifier([0, 1, 2]), test.y.map { Int($0) })
        case "binaryLogLoss": try check(test, test.classifier([0, 1]), test.y.map { Int($0) })
        default: try check(test, test.regressor(), test.y.map { [$0] })
        }
    }

    private func check<Model: MultilayerPerceptron>(
        _ test: TorchCase, _ untrained: Model, _ y: [Model.Target]
    ) throws where Model.Scalar == Double {
        var model = untrained
        let x = try Matrix(test.x)
        var lowered = model
        let run = try lowered._trainingRun(for: TrainingCall(x, y, sampleWeight: test.weights, _NetworkOptions(.fit)))
        #expect(greatestDifference(try test.gradient(of: model, run), test.gradient) < 1e-10)
        try model.fit(x, y, sampleWeight: test.weights)
        #expect(greatestDifference(model.fitted.lossCurve, test.lossCurve) < 1e-10)
        let parameters = try #require(model.fitted.model?.network.parameters)
        #expect(greatestDifference(parameters, test.after) < 1e-10)
    }
}

/// The output of `Scripts/fixtures/torch/torch_steps.py`.
struct TorchCase: Decodable, Sendable, CustomTestStringConvertible {
    let name: String
    let loss: String
    let activation: Activation
    let solver: Solver
    let alpha: Double
    let weightDecay: Double
    let schedule: String
    let dropout: Double
    let maxGradientNorm: Double?
    let labelSmoothing: Double
    let momentum: Double
    let x: [[Double]]
    let y: [Double]
    let weights: [Double]?
    let coefs: [[[Double]]]
    let intercepts: [[Double]]
    let gradient: [Double]
    let lossCurve: [Double]
    let after: [Double]

    var testDescription: String { name }

    private static let schedules: [String: Schedule] = [
        "constant": .constant, "cosine": .cosine, "oneCycle": .oneCycle, "warmUp": .warmUp(0.1, then: .cosine),
        "exponential": .exponential(to: 0.01), "step": .step(every: 0.3, factor: 0.1),
        "square": .function("square") { (1 - $0) * (1 - $0) },
    ]

    /// 25 epochs of 4 batches, in the order of the table.
    private var hyperparameters: MLPHyperparameters {
        get throws {
            MLPHyperparameters(
                activation: activation, solver: solver, alpha: alpha, batchSize: 6, learningRateInit: 0.02, maxIter: 25,
                shuffle: false, randomState: 5, tol: 0, warmStart: true, momentum: momentum, nIterNoChange: .max,
                dropout: dropout, weightDecay: weightDecay, schedule: try #require(Self.schedules[schedule]),
                maxGradientNorm: maxGradientNorm, labelSmoothing: labelSmoothing)
        }
    }

    func classifier(_ classes: [Int]) throws -> MLPClassifier<Int, Double> {
        try MLPClassifier(
            coefs: coefs.map { try Matrix($0) }, intercepts: intercepts, classes: classes, hyperparameters)
    }

    func regressor() throws -> MLPRegressor<[Double], Double> {
        try MLPRegressor(
            coefs: coefs.map { try Matrix($0) }, intercepts: intercepts,
            loss: #require(RegressionLoss(rawValue: loss)), hyperparameters)
    }

    /// Returns the gradient of the first batch.
    func gradient<Model: MultilayerPerceptron>(
        of model: Model, _ run: TrainingRun<Double>
    ) throws -> [Double] where Model.Scalar == Double {
        var options = model.hyperparameters.stepOptions
        options.maxGradientNorm = nil
        let network = try #require(model.fitted.model?.network)
        return WorkerPool.with(1) { pool in
            let engine = HostEngine(
                network, loss: run.loss, alpha: model.hyperparameters.penalty, data: run.data, batchSize: nil,
                options: options, moments: [], pool: pool)
            // NumPy's generator draws this number first from the seed 5.
            engine.dropoutKey = Dropout.key(Dropout.key(953_453_411, 0), 0)
            engine.load([0, 1, 2, 3, 4, 5])
            engine.forward()
            engine.backward(then: .keepGradient)
            var gradient = network.parameters
            engine.buffers.copyGradient(to: &gradient)
            return gradient
        }
    }
}
