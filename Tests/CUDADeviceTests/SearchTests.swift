import Composition
import Datasets
import Estimators
import Foundation
import LinearAlgebra
import Metrics
import ModelSelection
import NeuralNetwork
import Preprocessing
import Testing

@testable import CUDADevice

extension CUDADeviceTests {
    /// Searches, cross-validations and ensembles, whose fits train together however many threads `nJobs` says.
    @Suite struct SearchTests {
        init() { MockDriver.reset() }

        private typealias Classifier = MLPClassifier<Int, Double>

        private func classifier(on device: Device = .gpu, maxIter: Int = 6) -> Classifier {
            var model = MLPClassifier(maxIter: maxIter, randomState: 1)
            model.device = device
            return model
        }

        /// 18 candidates on five splits of iris.
        private func grid(
            on device: Device, nJobs: Int? = nil, refit: Bool = false
        ) throws -> GridSearchCV<Classifier> {
            let iris = try loadIris()
            var search = GridSearchCV(
                classifier(on: device),
                paramGrid: [
                    .init(\.activation, [.logistic, .tanh, .relu]),
                    .init(\.alpha, [1e-4, 1e-2, 1]),
                    .init(\.hiddenLayerSizes, [[20], [100]]),
                ],
                nJobs: nJobs, refit: refit, cv: 5)
            try search.fit(iris.data, iris.target)
            return search
        }

        @Test(arguments: [nil, -1, 3]) func aGridIsOneLaunchAnEpoch(nJobs: Int?) throws {
            do {
                let mine = try grid(on: .gpu, nJobs: nJobs)
                #expect(MockDriver.count("launches") == 6)
                #expect(MockDriver.calls("cuGraphLaunch") == 0)
                let theirs = try grid(on: .cpu, nJobs: 2)
                #expect(mine.cvResults.splitTestScores == theirs.cvResults.splitTestScores)
                #expect(mine.bestIndex == theirs.bestIndex)
                #expect(MockDriver.count("blocks") == 0)
            }
            #expect(MockDriver.count("live") == 0)
        }

        /// The best candidate is fitted by itself.
        @Test func refitting() throws {
            let search = try grid(on: .gpu, refit: true)
            var best = search.bestParams?.applied(to: classifier())
            let iris = try loadIris()
            try best?.fit(iris.data, iris.target)
            #expect(search.bestEstimator?.fitted == best?.fitted)
        }

        /// Each network stops for itself, and learns the same bits whoever trains with it.
        @Test func networksStopForThemselves() throws {
            let iris = try loadIris()
            func fits(_ sizes: [Int]) throws -> [Classifier] {
                try parallelFits(count: sizes.count, jobs: 1) { index in
                    var model = self.classifier(maxIter: 60)
                    (model.hiddenLayerSizes, model.nIterNoChange, model.tol) = ([sizes[index]], sizes[index], 0.05)
                    return try model.fitted(iris.data, iris.target)
                }
            }
            let some = try fits([5, 30, 11])
            #expect(Set(some.map(\.nIter)).count > 1)
            #expect(MockDriver.count("launches") == some.compactMap(\.nIter).max())
            let others = try fits([40, 11, 5, 30, 8, 5])
            #expect(others[1].fitted == some[2].fitted)
            #expect(others[2].fitted == some[0].fitted)
            #expect(others[3].fitted == some[1].fitted)
            #expect(others[5].fitted == some[0].fitted)
        }

        /// Everything that fits several copies of an estimator.
        @Test func everythingThatFitsManyTrainsTogether() throws {
            let (x, y, model) = (Sample.x, Sample.classes, classifier())
            func expectTogether(_ name: Comment, _ fits: () throws -> Void) rethrows {
                MockDriver.reset()
                try fits()
                #expect(MockDriver.count("launches") == 6, name)
            }
            try expectTogether("crossValidate") { _ = try crossValidate(model, x, y, cv: 4) }
            try expectTogether("crossValScore") { _ = try crossValScore(model, x, y, cv: 4) }
            try expectTogether("crossValPredict") { _ = try crossValPredict(model, x, y, cv: 4) }
            try expectTogether("learningCurve") { _ = try learningCurve(model, x, y, trainSizes: [0.5, 1.0], cv: 4) }
            try expectTogether("validationCurve") {
                _ = try validationCurve(model, x, y, param: \.alpha, range: [0.1, 1], cv: 4)
            }
            try expectTogether("bagging") { _ = try BaggingClassifier(model, randomState: 1).fitted(x, y) }
            try expectTogether("voting") {
                var other = classifier()
                other.hiddenLayerSizes = [5]
                _ = try VotingClassifier([model, other]).fitted(x, y)
            }
            try expectTogether("calibration") { _ = try CalibratedClassifierCV(model, cv: 3).fitted(x, y) }
            try expectTogether("pipeline") { _ = try crossValScore(Pipeline(StandardScaler(), model), x, y, cv: 4) }
        }

        /// Halving trains the candidates of a round together.
        @Test func halving() throws {
            func search(_ device: Device) throws -> [Double] {
                var search = HalvingGridSearchCV(
                    classifier(on: device), paramGrid: [.init(\.alpha, [1e-4, 1e-2, 1, 10])], minResources: 20, cv: 2,
                    refit: false, randomState: 1)
                try search.fit(Sample.x, Sample.classes)
                return search.cvResults.meanTestScore
            }
            let mine = try search(.gpu)
            #expect(MockDriver.count("launches") == 2 * 6)
            #expect(try mine == search(.cpu))
        }

        /// A fit that throws, before or while it trains, does not hold up the others.
        @Test func aFitThatThrowsDelaysNoOther() throws {
            func search(_ device: Device) throws -> CVResults<Classifier> {
                var search = GridSearchCV(
                    classifier(on: device),
                    paramGrid: [.init(\.alpha, [-1, 1]), .init(\.learningRateInit, [1e-3, 1e300])], refit: false, cv: 4)
                try search.fit(Sample.x, Sample.classes)
                return search.cvResults
            }
            let (mine, theirs) = (try search(.gpu), try search(.cpu))
            #expect(MockDriver.count("launches") == 6)
            #expect(mine.meanTestScore.map(\.isNaN) == [true, true, false, true])
            #expect(mine.meanTestScore[2] == theirs.meanTestScore[2])
        }

        /// Every call of the driver fails once: the search throws the reason or succeeds, and nothing leaks or waits for ever.
        @Test(arguments: [2, 700]) func everyCallFails(error: Int) throws {
            func scores() throws -> [Double] {
                try crossValScore(classifier(maxIter: 2), Sample.x, Sample.classes, cv: 3, errorScore: .raise)
            }
            let expected = try scores()
            let calls = MockDriver.entryPoints.map { MockDriver.calls($0) }
            for (entryPoint, count) in zip(MockDriver.entryPoints, calls) where entryPoint != "cuInit" {
                for call in 1..<count + 1 {
                    MockDriver.reset()
                    MockDriver.fail(entryPoint, call: call, error: error)
                    do {
                        #expect(try scores() == expected)
                    } catch {
                        #expect(error is DeviceError, "call \(call) of \(entryPoint)")
                    }
                    #expect(MockDriver.count("failures") == 1, "call \(call) of \(entryPoint)")
                    #expect(MockDriver.count("live") == 0, "call \(call) of \(entryPoint)")
                }
            }
        }

        @Test func cancellation() async throws {
            let started = Locked(false)
            let task = Task {
                try parallelFits(count: 30, jobs: 1) { _ in
                    var model = self.classifier(maxIter: 100_000)
                    model.nIterNoChange = .max
                    try model.fit(Sample.x, Sample.classes) { _ in
                        started.withLock { $0 = true }
                        return .continue
                    }
                }
            }
            DispatchQueue.global().async {
                while !started.withLock({ $0 }) { usleep(1000) }
                task.cancel()
            }
            await #expect(throws: CancellationError.self) { _ = try await task.value }
            #expect(MockDriver.count("launches") < 100_000)
            #expect(MockDriver.count("live") == 0)
        }

        /// Scores are computed on `nJobs` threads, however many fits wait for the card.
        @Test(arguments: [nil, 2]) func scoresKeepToTheThreads(nJobs: Int?) throws {
            let counts = Locked((now: 0, most: 0))
            let scorer = Scorer<Classifier>("counted") { model, x, y in
                counts.withLock {
                    $0.now += 1
                    $0.most = max($0.most, $0.now)
                }
                defer { counts.withLock { $0.now -= 1 } }
                usleep(200)
                return try model.score(x, y)
            }
            _ = try crossValScore(classifier(), Sample.x, Sample.classes, scoring: scorer, cv: 20, nJobs: nJobs)
            #expect(counts.withLock { $0.most } <= nJobs ?? 1)
            #expect(MockDriver.count("launches") == 6)
        }

        /// As many fits train at a time as half of the card's memory holds.
        @Test func theMemoryLimitsTheFits() throws {
            let x: Matrix<Double> = Sample.features(rows: 4000, columns: 5)
            let y = Sample.labels(of: x, 3)
            let bytesOfTable = 3900 * (5 + 3) * 8
            MockDriver.set("memory", 16 * bytesOfTable)
            _ = try crossValScore(classifier(maxIter: 2), x, y, cv: 40, errorScore: .raise)
            #expect(MockDriver.count("peak_bytes") > 4 * bytesOfTable)
            // Seven at a time, so that 40 have six turns of two epochs.
            #expect(MockDriver.count("launches") == 6 * 2)
        }

        /// A network that does not fit one block keeps its place while it trains: `nJobs` such networks train at a time.
        @Test func largeNetworksAmongSmallOnes() throws {
            func search(_ device: Device) throws -> [Double] {
                var search = GridSearchCV(
                    classifier(on: device, maxIter: 3), paramGrid: [.init(\.hiddenLayerSizes, [[120, 90], [8]])],
                    refit: false, cv: 3)
                try search.fit(Sample.x, Sample.classes)
                return search.cvResults.meanTestScore
            }
            let mine = try search(.gpu)
            #expect(MockDriver.calls("cuGraphLaunch") > 0)
            #expect(try mine == search(.cpu))
        }
    }
}
