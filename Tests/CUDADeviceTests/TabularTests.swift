import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
import NeuralNetwork
import NumPyRandom
import Tables
import Testing

@testable import CUDADevice
@testable import TabularNetworks

extension Variant<TabularSettings> {
    var settings: TabularSettings { of(SampleTable.settings) }
}

extension CUDADeviceTests {
    /// Networks for tables: everything that the processor trains, compared with the processor.
    @Suite struct TabularTests {
        init() { MockDriver.reset() }

        static let variants: [Variant<TabularSettings>] =
            Activation.allCases.map { activation in Variant("activation \(activation)") { $0.activation = activation } }
            + [
                Variant("periodic") { $0.numericEmbedding = .periodic(frequencies: 4, size: 3, sigma: 0.1) },
                Variant("no embedding of numbers") { $0.numericEmbedding = .none },
                Variant("one-hot categories only") { $0.oneHotAtMost = 20 },
                Variant("RealMLP") {
                    $0 = .realMLP
                    ($0.hiddenLayerSizes, $0.batchSize, $0.maxIter) = ([9, 6, 5], 16, 4)
                },
                Variant("no dropout") { $0.dropout = 0 },
                Variant("label smoothing") { $0.labelSmoothing = 0.1 },
                Variant("nothing but dense layers learns") {
                    ($0.activationRateFactor, $0.embeddingRateFactor, $0.scaleRateFactor) = (0, 0, 0)
                },
                Variant("weight decay") { ($0.weightDecay, $0.biasRateFactor) = (0.5, 0) },
                Variant("by accuracy") { $0.selectsByAccuracy = true },
                Variant("drops the last batch") { $0.dropsLastBatch = true },
                Variant("layers beyond a tile") { $0.hiddenLayerSizes = [70, 33] },
                Variant("one batch") { $0.batchSize = 1000 },
                Variant("many batches") { ($0.batchSize, $0.maxIter) = (1, 2) },
                Variant("early stopping") { ($0.nIterNoChange, $0.maxIter) = (1, 20) },
            ]

        /// What one network's training gives.
        private struct Trained<Scalar: MatrixScalar & Codable> {
            var epochs: [MemberEpoch] = []
            let state: MemberState<Scalar>

            init(_ settings: TabularSettings, _ task: TabularTask, weighted: Bool, on device: Device) throws {
                let table = SampleTable.x
                let encoder = try TableEncoder(table, settings: settings)
                let targets = (0..<SampleTable.rows * task.outputs).map { index in
                    let (row, output) = (index / task.outputs, index % task.outputs)
                    let isOfClass = output == row * 7 % task.outputs
                    return Scalar(
                        task.isClassification ? (isOfClass ? 1 : 0) : SampleTable.targets[row] * Double(output + 1))
                }
                let samples = TabularSamples<Scalar>(
                    table: try encoder.encode(table), targets: targets,
                    weights: weighted ? SampleTable.weights.map { Scalar($0) } : nil)
                let network = TabularNetwork(encoder.shape, task: task, settings: settings)
                let start = MemberState<Scalar>(
                    network, samples: samples, order: (0..<SampleTable.rows).filter { $0 % 5 != 0 },
                    random: RandomState(seed: 1))
                let trainer = try MemberTrainer<Scalar>(
                    start, of: network, samples: samples, validation: nil, settings: settings, device: device)
                while !trainer.isFinished {
                    try trainer.trainEpoch()
                    epochs.append(trainer.lastEpoch)
                }
                state = try trainer.currentState()
            }
        }

        /// Expects the same losses and parameters as those of the processor.
        private func expectEqual<Scalar: MatrixScalar & Codable>(
            _ settings: TabularSettings, _ task: TabularTask, weighted: Bool = false, as _: Scalar.Type,
            tolerance: Double, sourceLocation: SourceLocation = #_sourceLocation
        ) throws {
            let host = try Trained<Scalar>(settings, task, weighted: weighted, on: .cpu)
            let launches = MockDriver.count("launches")
            let card = try Trained<Scalar>(settings, task, weighted: weighted, on: .gpu)
            #expect(MockDriver.count("launches") > launches, sourceLocation: sourceLocation)
            func expectSame(_ values: [Double], _ expected: [Double], _ name: String) {
                expectClose(values, expected, name, tolerance: tolerance, sourceLocation: sourceLocation)
            }
            expectSame(card.epochs.map(\.loss), host.epochs.map(\.loss), "losses")
            expectSame(card.epochs.compactMap(\.error), host.epochs.compactMap(\.error), "validation errors")
            expectSame(card.state.best.map { Double($0) }, host.state.best.map { Double($0) }, "best parameters")
            expectSame(
                card.state.parameters.map { Double($0) }, host.state.parameters.map { Double($0) }, "parameters")
            expectSame(card.state.means.map { Double($0) }, host.state.means.map { Double($0) }, "means")
            #expect(
                (card.state.bestEpoch, card.state.step, card.state.restarts)
                    == (host.state.bestEpoch, host.state.step, host.state.restarts), sourceLocation: sourceLocation)
        }

        @Test(arguments: variants) func equalsTheProcessor(_ variant: Variant<TabularSettings>) throws {
            try expectEqual(variant.settings, .classes(3), as: Double.self, tolerance: 1e-10)
            try expectEqual(variant.settings, .classes(3), weighted: true, as: Double.self, tolerance: 1e-10)
            try expectEqual(variant.settings, .numbers(1), as: Double.self, tolerance: 1e-10)
        }

        @Test(arguments: [1, 2, 3, 40]) func anyNumberOfOutputs(_ count: Int) throws {
            try expectEqual(SampleTable.settings, .numbers(count), as: Double.self, tolerance: 1e-10)
            try expectEqual(SampleTable.settings, .classes(count), weighted: true, as: Double.self, tolerance: 1e-10)
        }

        @Test func singlePrecision() throws {
            try expectEqual(SampleTable.settings, .classes(3), weighted: true, as: Float.self, tolerance: 2e-4)
            try expectEqual(SampleTable.settings, .numbers(2), as: Float.self, tolerance: 2e-4)
        }

        /// The first epochs diverge. What follows the last restart is as if they had not been.
        @Test func restarts() throws {
            var settings = SampleTable.settings
            (settings.learningRateInit, settings.maxRestarts, settings.maxIter) = (20, 20, 16)
            let host = try Trained<Double>(settings, .numbers(1), weighted: false, on: .cpu)
            let card = try Trained<Double>(settings, .numbers(1), weighted: false, on: .gpu)
            #expect(host.state.restarts > 0 && card.state.restarts == host.state.restarts)
            #expect(abs((card.epochs.last?.loss ?? .nan) - (host.epochs.last?.loss ?? 0)) < 1e-8)
        }

        // MARK: Estimators

        @Test func estimatorsPredictTheSame() throws {
            let host = try SampleTable.classifier(on: .cpu).fitted(SampleTable.x, SampleTable.classes)
            let card = try SampleTable.classifier(on: .gpu).fitted(SampleTable.x, SampleTable.classes)
            let (mine, theirs) = (try card.predictProba(SampleTable.x), try host.predictProba(SampleTable.x))
            #expect(zip(mine.elements, theirs.elements).allSatisfy { abs($0 - $1) < 2e-4 })
            #expect(zip(card.lossCurve, host.lossCurve).allSatisfy { abs($0 - $1) < 2e-4 })

            let y = SampleTable.targets.map { [$0, -2 * $0] }
            var settings = SampleTable.settings
            settings.numericEmbedding = .periodic(frequencies: 4, size: 3, sigma: 0.1)
            var regressor = TabularMLPRegressor<[Double]>(settings, randomState: 1)
            try regressor.fit(SampleTable.x, y, sampleWeight: SampleTable.weights)
            let expected = try regressor.predict(SampleTable.x)
            regressor.device = .gpu
            let launches = MockDriver.count("launches")
            try regressor.fit(SampleTable.x, y, sampleWeight: SampleTable.weights)
            #expect(MockDriver.count("launches") > launches)
            let predictions = try regressor.predict(SampleTable.x)
            #expect(zip(predictions.joined(), expected.joined()).allSatisfy { abs($0 - $1) < 1e-3 })
        }

        /// What the default classifier learns on the card: everything but times.
        private func trainedOnTheCard() throws -> SampleTable.Learned {
            SampleTable.Learned(try SampleTable.classifier(on: .gpu).fitted(SampleTable.x, SampleTable.classes))
        }

        /// A validation set of more samples than pass through the network together.
        @Test func validationInTwoParts() throws {
            let rows = (0..<4100).map { $0 % SampleTable.rows }
            let validation = (x: SampleTable.x.selectingRows(rows), y: rows.map { SampleTable.classes[$0] })
            let curves = try [Device.cpu, .gpu].map { device in
                var model = SampleTable.classifier(on: device)
                try model.fit(SampleTable.x, SampleTable.classes, validation: validation)
                return model.validationLossCurve
            }
            #expect(curves[1].count == 4 && zip(curves[0], curves[1]).allSatisfy { abs($0 - $1) < 2e-4 })
        }

        @Test func theBitsAreThoseOfTheLastRun() throws {
            #expect(try trainedOnTheCard() == trainedOnTheCard())
        }

        /// Threads of the card in another order change no bit.
        @Test func theBitsDoNotDependOnTheOrderOfThreads() throws {
            let kernels = URL(filePath: MockDriver.path).deletingLastPathComponent()
                .appending(path: "libcuda-kernels.so").path
            let library = try #require(dlopen(kernels, RTLD_NOW))
            let address = try #require(dlsym(library, "cuda_kernels_order"))
            let order = unsafeBitCast(address, to: (@convention(c) (CInt, CUnsignedInt) -> Void).self)
            defer { order(0, 0) }
            let expected = try trainedOnTheCard()
            for kind: CInt in 1...2 {
                order(kind, 1)
                #expect(try trainedOnTheCard() == expected)
            }
        }

        /// The device is not in the file, and a run goes from one device to the other.
        @Test func aRunChangesItsDevice() throws {
            let whole = try SampleTable.classifier(on: .cpu).fitted(SampleTable.x, SampleTable.classes)
            var half = SampleTable.classifier(on: .gpu)
            try half.fit(SampleTable.x, SampleTable.classes) { $0.index == 2 ? .stop : .continue }
            let url = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).safetensors")
            defer { try? FileManager.default.removeItem(at: url) }
            try half.save(to: url)
            for device in [Device.cpu, .gpu] {
                var rest = try TabularMLPClassifier<String>(contentsOf: url)
                #expect(rest.device == .cpu)
                rest.device = device
                try rest.resume(SampleTable.x, SampleTable.classes)
                #expect(rest.nIter == whole.nIter)
                #expect(zip(rest.lossCurve, whole.lossCurve).allSatisfy { abs($0 - $1) < 2e-4 })
            }
        }

        @Test func nothingIsLeft() throws {
            do { _ = try SampleTable.classifier(on: .gpu).fitted(SampleTable.x, SampleTable.classes) }
            #expect(MockDriver.count("live") == 0)
        }

        /// 66 samples in five batches of 13 or 14. Of each size, the first is launched directly.
        @Test func stepsAreReplayed() throws {
            var model = SampleTable.classifier(on: .gpu)
            model.nEnsemble = 1
            try model.fit(SampleTable.x, SampleTable.classes)
            #expect(model.nIter == 4)
            #expect(MockDriver.calls("cuGraphInstantiateWithFlags") == 2)
            #expect(MockDriver.count("replays") == 4 * 5 - 2)
            // Nineteen launches a step, and six a validation.
            #expect(MockDriver.count("launches") == 4 * (5 * 19 + 6))
        }

        @Test func withoutACard() throws {
            MockDriver.set("cards", 0)
            var model = try SampleTable.classifier(on: .cpu).fitted(SampleTable.x, SampleTable.classes)
            let before = model._fitted
            model.device = Device.gpu
            let error = #expect(throws: DeviceError.self) { try model.fit(SampleTable.x, SampleTable.classes) }
            #expect(error?.description == "device .gpu is not there: the driver finds no card.")
            #expect(model._fitted == before)
        }

        /// A device whose engines train other networks only.
        @Test func aDeviceWithoutEnginesForTables() throws {
            struct Others: EngineFactory {
                func engine<Scalar: MatrixScalar>(for task: EngineTask<Scalar>) throws -> any TrainingEngine<Scalar> {
                    throw EstimatorError.notSupported("this test")
                }
            }
            let model = SampleTable.classifier(on: Device(name: "other", engines: Others()))
            let error = #expect(throws: EstimatorError.self) {
                _ = try model.fitted(SampleTable.x, SampleTable.classes)
            }
            #expect(
                error?.description
                    == "a network for tables on device .other: train with device .cpu; it is not supported yet.")
        }
    }
}
