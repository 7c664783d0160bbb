import Estimators
import Foundation
import LinearAlgebra
import NeuralNetwork
import Testing

@testable import CUDADevice

extension Variant<MLPHyperparameters> {
    var hyperparameters: MLPHyperparameters {
        of(
            MLPHyperparameters(
                hiddenLayerSizes: [9, 6], batchSize: 16, maxIter: 4, randomState: 1, nIterNoChange: .max))
    }
}

extension CUDADeviceTests {
    /// Everything that the processor trains, compared with the processor.
    @Suite struct EngineTests {
        init() { MockDriver.reset() }

        static let variants: [Variant<MLPHyperparameters>] =
            Activation.allCases.map { activation in Variant("activation \(activation)") { $0.activation = activation } }
            + [
                Variant("sgd") { $0.solver = .sgd },
                Variant("sgd without Nesterov") { ($0.solver, $0.nesterovsMomentum) = (.sgd, false) },
                Variant("sgd, invscaling") { ($0.solver, $0.learningRate) = (.sgd, .invscaling) },
                Variant("adamW") { ($0.solver, $0.weightDecay) = (.adamW, 0.1) },
                Variant("lbfgs") { $0.solver = .lbfgs },
                Variant("alpha") { $0.alpha = 0.5 },
                Variant("dropout") { $0.dropout = 0.3 },
                Variant("dropout, tanh") { ($0.dropout, $0.activation) = (0.2, .tanh) },
                Variant("clipping") { $0.maxGradientNorm = 0.01 },
                Variant("clipping that does not bind, alpha") { ($0.maxGradientNorm, $0.alpha) = (1e6, 0.5) },
                Variant("clipping, sgd, dropout") {
                    ($0.solver, $0.maxGradientNorm, $0.dropout) = (.sgd, 0.05, 0.1)
                },
                Variant("schedule") { $0.schedule = .cosine },
                Variant("no hidden layer") { $0.hiddenLayerSizes = [] },
                Variant("four hidden layers") { $0.hiddenLayerSizes = [3, 1, 2, 5] },
                Variant("layers beyond a tile") { $0.hiddenLayerSizes = [70, 33] },
                Variant("batches of one") { ($0.batchSize, $0.maxIter) = (1, 1) },
                Variant("one batch") { $0.batchSize = 1000 },
                Variant("many equal steps") { ($0.batchSize, $0.maxIter) = (2, 2) },
                Variant("no shuffle") { $0.shuffle = false },
                Variant("early stopping") { ($0.earlyStopping, $0.maxIter) = (true, 6) },
            ]

        /// Expects the same losses, scores and parameters as those of the processor.
        private func expectEqual<Model: MultilayerPerceptron>(
            _ untrained: Model, _ x: Matrix<Model.Scalar>, _ y: [Model.Target], weighted: Bool = false,
            validation: (Matrix<Model.Scalar>, [Model.Target])? = nil, tolerance: Double,
            sourceLocation: SourceLocation = #_sourceLocation
        ) throws {
            let weights = weighted ? y.indices.map { Double($0 % 4) + 0.5 } : nil
            var (host, model) = (untrained, untrained)
            (host.device, model.device) = (.cpu, .gpu)
            try host.fit(x, y, sampleWeight: weights, validation: validation.map { (x: $0, y: $1) })
            try model.fit(x, y, sampleWeight: weights, validation: validation.map { (x: $0, y: $1) })
            #expect(MockDriver.count("launches") > 0, sourceLocation: sourceLocation)
            func expectSame(_ values: [Double], _ expected: [Double], _ name: String) {
                expectClose(values, expected, name, tolerance: tolerance, sourceLocation: sourceLocation)
            }
            func numbers(_ parameters: [Model.Scalar]) -> [Double] { parameters.map { Double($0) } }
            expectSame(model.lossCurve, host.lossCurve, "losses")
            expectSame([model.finalLoss ?? .nan], [host.finalLoss ?? .nan], "final losses")
            expectSame(model.validationLossCurve, host.validationLossCurve, "validation losses")
            expectSame(model.validationScores, host.validationScores, "validation scores")
            for (layer, (mine, theirs)) in zip(model.coefs, host.coefs).enumerated() {
                expectSame(numbers(mine.elements), numbers(theirs.elements), "coefs[\(layer)]")
            }
            for (layer, (mine, theirs)) in zip(model.intercepts, host.intercepts).enumerated() {
                expectSame(numbers(mine), numbers(theirs), "intercepts[\(layer)]")
            }
            #expect(model.nIter == host.nIter && model.t == host.t, sourceLocation: sourceLocation)
        }

        @Test(arguments: variants) func equalsTheProcessor(_ variant: Variant<MLPHyperparameters>) throws {
            let model = MLPClassifier<Int, Double>(variant.hyperparameters)
            try expectEqual(model, Sample.x, Sample.classes, tolerance: 1e-10)
            try expectEqual(model, Sample.x, Sample.classes, weighted: true, tolerance: 1e-10)
            let single = MLPClassifier<Int, Float>(variant.hyperparameters)
            try expectEqual(single, Sample.features(rows: 61, columns: 5), Sample.classes, tolerance: 2e-4)
        }

        @Test(
            arguments: RegressionLoss.allCases + [.huber(0.4), .quantile(0.2), .quantiles([0.1, 0.5, 0.9])],
            [false, true])
        func everyLoss(_ loss: RegressionLoss, weighted: Bool) throws {
            let y = Sample.numbers(of: Sample.x).map { [abs($0) + 0.1] }
            let parameters = Self.variants[0].hyperparameters
            try expectEqual(
                MLPRegressor<[Double], Double>(loss: loss, parameters), Sample.x, y, weighted: weighted,
                tolerance: 1e-10)
        }

        @Test(arguments: [1, 2, 3, 31, 33, 40], [0, 0.1]) func anyNumberOfOutputs(_ count: Int, smoothing: Double)
            throws
        {
            var parameters = Self.variants[0].hyperparameters
            parameters.labelSmoothing = smoothing
            let x: Matrix<Double> = Sample.features(rows: 200, columns: 5)
            // Every class occurs.
            let y = (0..<200).map { $0 % (count + 1) }
            try expectEqual(MLPClassifier<Int, Double>(parameters), x, y, tolerance: 1e-10)
            guard smoothing == 0 else { return }
            let rows = (0..<200).map { row in (0..<count).map { Double((row + $0) % 7) } }
            try expectEqual(MLPRegressor<[Double], Double>(parameters), x, rows, tolerance: 1e-10)
            let indicators = (0..<200).map { row in (0..<max(2, count)).map { (row + $0) % 2 } }
            try expectEqual(MLPClassifier<[Int], Double>(parameters), x, indicators, tolerance: 1e-10)
        }

        /// Batches so large that the gradient is computed in ranges of samples.
        @Test(arguments: [false, true]) func largeBatches(clips: Bool) throws {
            let x: Matrix<Double> = Sample.features(rows: 5000, columns: 4)
            var parameters = Self.variants[0].hyperparameters
            (parameters.batchSize, parameters.maxIter) = (2600, 2)
            parameters.maxGradientNorm = clips ? 0.1 : nil
            let y = Sample.labels(of: x, 3)
            try expectEqual(MLPClassifier<Int, Double>(parameters), x, y, tolerance: 1e-10)
            parameters.solver = .lbfgs
            parameters.maxGradientNorm = nil
            try expectEqual(MLPClassifier<Int, Double>(parameters), x, y, weighted: true, tolerance: 1e-9)
        }

        @Test(arguments: [Solver.adam, .lbfgs]) func validationOnTheCard(_ solver: Solver) throws {
            var parameters = Self.variants[0].hyperparameters
            parameters.solver = solver
            let other: Matrix<Double> = Sample.features(rows: 37, columns: 5, seed: 2)
            for sizes in [[9, 6], [], [7]] {
                parameters.hiddenLayerSizes = sizes
                try expectEqual(
                    MLPClassifier<Int, Double>(parameters), Sample.x, Sample.classes,
                    validation: (other, Sample.labels(of: other, 3)), tolerance: 1e-10)
            }
        }

        /// Both precisions validate as on the processor; the card does it in double precision, in which it trains.
        @Test func validationOfLBFGS() throws {
            func launches<Scalar: NetworkScalar>(_: Scalar.Type, validates: Bool) throws -> Int {
                MockDriver.reset()
                var parameters = Self.variants[0].hyperparameters
                parameters.solver = .lbfgs
                let x: Matrix<Scalar> = Sample.features(rows: 61, columns: 5)
                try expectEqual(
                    MLPClassifier<Int, Scalar>(parameters), x, Sample.classes,
                    validation: validates ? (x, Sample.classes) : nil,
                    tolerance: Scalar.self == Float.self ? 2e-4 : 1e-10)
                return MockDriver.count("launches")
            }
            #expect(try launches(Double.self, validates: true) > launches(Double.self, validates: false))
            #expect(try launches(Float.self, validates: true) == launches(Float.self, validates: false))
        }

        // MARK: Laws

        @Test func theBitsAreThoseOfTheLastRun() throws {
            let first = try Sample.classifier(on: .gpu).fitted(Sample.x, Sample.classes)
            let second = try Sample.classifier(on: .gpu).fitted(Sample.x, Sample.classes)
            #expect(first.fitted == second.fitted)
        }

        @Test(arguments: [Solver.adam, .sgd, .lbfgs], [0, 0.2]) func resumingIsNotResuming(
            _ solver: Solver, dropout: Double
        ) throws {
            guard solver != .lbfgs || dropout == 0 else { return }
            var whole = Sample.classifier(on: .gpu)
            (whole.solver, whole.dropout, whole.maxIter) = (solver, dropout, 6)
            var half = whole
            half.maxIter = 3
            try whole.fit(Sample.x, Sample.classes)
            try half.fit(Sample.x, Sample.classes)
            half.maxIter = 6
            try half.resume(Sample.x, Sample.classes)
            #expect(half.fitted == whole.fitted)
        }

        /// A model that was trained on the card continues on the processor, and back.
        @Test func devicesChange() throws {
            func trained(_ devices: [Device]) throws -> MLPClassifier<Int, Double> {
                var model = Sample.classifier(on: .cpu)
                for device in devices {
                    model.device = device
                    try model.partialFit(Sample.x, Sample.classes, classes: [0, 1, 2])
                }
                return model
            }
            let (host, mixed) = (try trained([.cpu, .cpu, .cpu]), try trained([.gpu, .cpu, .gpu]))
            for (mine, theirs) in zip(mixed.coefs, host.coefs) {
                #expect(zip(mine.elements, theirs.elements).allSatisfy { abs($0 - $1) < 1e-12 })
            }
            #expect(mixed.t == host.t)
        }

        @Test func theDeviceIsNotInTheFile() throws {
            let model = try Sample.classifier(on: .gpu).fitted(Sample.x, Sample.classes)
            let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).safetensors")
            defer { try? FileManager.default.removeItem(at: url) }
            try model.save(to: url)
            let copy = try MLPClassifier<Int, Double>(contentsOf: url)
            #expect(copy.device == .cpu)
            #expect(copy.fitted == model.fitted)
        }

        // MARK: What goes to the card

        /// An epoch uploads its order and its rates and downloads its losses and the parameters; the data stay.
        @Test func dataAreUploadedOnce() throws {
            func copies(_ epochs: Int) throws -> [Int] {
                MockDriver.reset()
                var model = Sample.classifier(on: .gpu)
                model.maxIter = epochs
                try model.fit(Sample.x, Sample.classes)
                return ["cuMemcpyHtoDAsync_v2", "cuMemcpyDtoHAsync_v2", "cuMemAlloc_v2", "cuModuleLoadData"].map {
                    MockDriver.calls($0)
                }
            }
            let (three, five) = (try copies(3), try copies(5))
            #expect(zip(five, three).map { $0 - $1 } == [4, 4, 0, 0])
            #expect(three[2] == 1 && three[3] == 1)
        }

        /// 61 samples in batches of 2: thirty equal steps, of which sixteen are one graph, and one of another size. Of each, the
        /// first is launched directly.
        @Test func stepsAreReplayed() throws {
            var model = Sample.classifier(on: .gpu)
            model.batchSize = 2
            try model.fit(Sample.x, Sample.classes)
            #expect(MockDriver.calls("cuGraphInstantiateWithFlags") == 3)
            #expect(MockDriver.count("replays") == 3 * (1 + 14 + 1) - 3)
            // Two to begin the run, and nine launches a step.
            #expect(MockDriver.count("launches") == 2 + 3 * 31 * 9)
        }

        @Test func nothingIsLeft() throws {
            do { _ = try Sample.classifier(on: .gpu).fitted(Sample.x, Sample.classes) }
            #expect(MockDriver.count("live") == 0)
        }

        /// A card stays open while a device that was used exists.
        @Test func theCardStaysOpen() throws {
            do {
                let device = Device.gpu
                for _ in 0..<3 { _ = try Sample.classifier(on: device).fitted(Sample.x, Sample.classes) }
                #expect(MockDriver.count("contexts") == 1)
                #expect(MockDriver.count("blocks") == 0)
                #expect(MockDriver.calls("cuDevicePrimaryCtxRetain") == 1)
                #expect(MockDriver.calls("cuModuleLoadData") == 1)
            }
            #expect(MockDriver.count("live") == 0)
        }

        @Test func severalThreadsTrainAtOnce() async throws {
            let expected = try Sample.classifier(on: .gpu).fitted(Sample.x, Sample.classes)
            let models = try await withThrowingTaskGroup { group in
                for _ in 0..<4 {
                    group.addTask { try Sample.classifier(on: .gpu).fitted(Sample.x, Sample.classes) }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(models.allSatisfy { $0.fitted == expected.fitted })
        }
    }
}
