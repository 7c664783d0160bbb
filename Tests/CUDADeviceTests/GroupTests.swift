import Estimators
import LinearAlgebra
import ModelSelection
import NeuralNetwork
import Testing

@testable import CUDADevice

extension CUDADeviceTests {
    /// Fits of a search or an ensemble, which train together.
    @Suite struct GroupTests {
        init() { MockDriver.reset() }

        /// Fits all variants on several threads, and returns what they learn.
        private func fitted<Scalar: NetworkScalar>(
            _ variants: [Variant<MLPHyperparameters>], on device: Device, weighted: Bool = false, in _: Scalar.Type
        ) throws -> [MLPClassifier<Int, Scalar>] {
            let x: Matrix<Scalar> = Sample.features(rows: 61, columns: 5)
            let weights = weighted ? Sample.classes.indices.map { Double($0 % 4) + 0.5 } : nil
            return try parallelFits(count: variants.count, jobs: 4) { index in
                var model = MLPClassifier<Int, Scalar>(variants[index].hyperparameters)
                model.device = device
                return try model.fitted(x, Sample.classes, sampleWeight: weights)
            }
        }

        private func greatestDifference<Scalar: NetworkScalar>(
            _ first: MLPClassifier<Int, Scalar>, _ second: MLPClassifier<Int, Scalar>
        ) -> Double {
            func numbers(_ model: MLPClassifier<Int, Scalar>) -> [Double] {
                model.lossCurve + model.coefs.flatMap(\.elements).map { Double($0) }
                    + model.intercepts.joined().map { Double($0) }
            }
            let (a, b) = (numbers(first), numbers(second))
            guard a.count == b.count else { return .infinity }
            return zip(a, b).reduce(0) { max($0, abs($1.0 - $1.1) / max(1, abs($1.1))) }
        }

        @Test(arguments: [false, true]) func equalsTheProcessor(weighted: Bool) throws {
            let variants = EngineTests.variants.filter { $0.hyperparameters.solver != .lbfgs }
            let host = try fitted(variants, on: .cpu, weighted: weighted, in: Double.self)
            let models = try fitted(variants, on: .gpu, weighted: weighted, in: Double.self)
            for (variant, (model, expected)) in zip(variants, zip(models, host)) {
                let difference = greatestDifference(model, expected)
                #expect(difference < 1e-10, "\(variant.testDescription)")
            }
            // Every network is small enough, so that no step is launched by itself.
            #expect(MockDriver.calls("cuGraphLaunch") == 0)
            let epochs = models.reduce(0) { $0 + ($1.nIter ?? 0) }
            #expect(MockDriver.count("launches") < epochs)
        }

        @Test func equalsTheProcessorInSinglePrecision() throws {
            let variants = EngineTests.variants.filter { $0.hyperparameters.solver != .lbfgs }
            let host = try fitted(variants, on: .cpu, in: Float.self)
            let models = try fitted(variants, on: .gpu, in: Float.self)
            for (variant, (model, expected)) in zip(variants, zip(models, host)) {
                #expect(greatestDifference(model, expected) < 2e-4, "\(variant.testDescription)")
            }
        }

        /// What a network learns does not depend on who trains at the same time.
        @Test func theBitsDoNotDependOnTheOthers() throws {
            let variants = EngineTests.variants.filter { $0.hyperparameters.solver != .lbfgs }
            let all = try fitted(variants, on: .gpu, in: Double.self)
            let again = try fitted(variants.reversed(), on: .gpu, in: Double.self).reversed()
            for (first, second) in zip(all, again) { #expect(first.fitted == second.fitted) }
        }

        @Test func aSearchTrainsTogether() throws {
            func search(_ device: Device) throws -> CVResults<MLPClassifier<Int, Double>> {
                var search = GridSearchCV(
                    Sample.classifier(on: device),
                    paramGrid: [.init(\.alpha, [1e-4, 1]), .init(\.hiddenLayerSizes, [[4], [6]])], nJobs: 4, cv: 3)
                try search.fit(Sample.x, Sample.classes)
                return search.cvResults
            }
            let (mine, theirs) = (try search(.gpu), try search(.cpu))
            #expect(mine.meanTestScore == theirs.meanTestScore)
            #expect(MockDriver.count("live") == 0)
        }

        @Test func aLostCardIsAnErrorOfAll() throws {
            let variants = Array(EngineTests.variants.prefix(8))
            _ = try fitted(variants, on: .gpu, in: Double.self)
            for launch in [1, 2, 4] {
                MockDriver.reset()
                MockDriver.set("losing_launch", launch)
                #expect(throws: DeviceError.self) { _ = try fitted(variants, on: .gpu, in: Double.self) }
                #expect(MockDriver.count("live") == 0)
            }
        }

        /// A network that does not fit one block's shared memory trains by itself.
        @Test func largeNetworksTrainAlone() throws {
            let large = Variant<MLPHyperparameters>("large") { ($0.hiddenLayerSizes, $0.maxIter) = ([120, 90], 1) }
            let models = try fitted([large, large], on: .gpu, in: Double.self)
            #expect(models[0].fitted == models[1].fitted)
            #expect(MockDriver.calls("cuGraphLaunch") > 0)
        }
    }
}
