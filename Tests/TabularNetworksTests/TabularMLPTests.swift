import Estimators
import Foundation
import LinearAlgebra
import ModelFiles
import NeuralNetwork
import NumPyRandom
import Tables
import TabularNetworks
import TestSupport
import Testing

/// Small networks, so that the tests are fast.
private var quick: TabularSettings {
    var settings = TabularSettings.strong
    settings.hiddenLayerSizes = [16, 8]
    settings.maxIter = 12
    settings.batchSize = 32
    settings.nCyclesNoChange = nil
    return settings
}

/// A table of numbers, gaps and strings whose targets depend on all of them.
private func people(_ rows: Int, seed: UInt32 = 1) throws -> (x: Table, income: [Double], label: [String]) {
    var random = RandomState(seed: seed)
    var (age, job, flag, income, label) = ([Double](), [String?](), [String?](), [Double](), [String]())
    for _ in 0..<rows {
        let years = 20 + 40 * random.randomSample()
        let number = random.randint(in: 0...11)
        let isGap = random.randomSample() < 0.1
        age.append(isGap ? .nan : years)
        job.append(random.randomSample() < 0.05 ? nil : "job \(number)")
        flag.append(number % 2 == 0 ? "yes" : "no")
        let value = Double(number) + 0.1 * years + 0.2 * random.standardNormal()
        income.append(value)
        label.append(value > 10 ? "high" : value > 7 ? "middle" : "low")
    }
    let x = try Table(["age": .numbers(age), "job": .strings(job), "flag": .strings(flag)])
    return (x, income, label)
}

@Suite struct TabularMLPTests {
    @Test func learnsFromRawTables() throws {
        let (x, income, label) = try people(600)
        let (xTest, incomeTest, labelTest) = try people(200, seed: 2)
        var settings = quick
        settings.maxIter = 60
        let regressor = try TabularMLPRegressor(settings, nEnsemble: 2, randomState: 0).fitted(x, income)
        #expect(try regressor.score(xTest, incomeTest) > 0.85)
        let classifier = try TabularMLPClassifier<String>(settings, nEnsemble: 2, randomState: 0).fitted(x, label)
        #expect(classifier.classes == ["high", "low", "middle"])
        #expect(try classifier.score(xTest, labelTest) > 0.75)
        let probabilities = try classifier.predictProba(xTest)
        for row in 0..<probabilities.rows { #expect(abs(probabilities.row(row).reduce(0, +) - 1) < 1e-12) }
        #expect(regressor.nIter == 60 && regressor.validationLossCurve.count == 60)
    }

    /// What depends on the day of the week is learned from dates, and not from their number of days.
    @Test func learnsFromDates() throws {
        func sales(_ first: Int) throws -> (x: Table, y: [Double]) {
            let days = (0..<300).map { Double(first + $0) }
            let x = try Table(["sold": .numbers(days.map { $0.truncatingRemainder(dividingBy: 50) == 7 ? .nan : $0 })])
            return (x, days.map { CalendarDate(days: $0)[.weekday] > 5 ? 10 : 0 })
        }
        let (x, y) = try sales(19_000)
        var settings = quick
        settings.maxIter = 60
        let plain = try TabularMLPRegressor(settings, nEnsemble: 2, randomState: 0).fitted(x, y)
        let dated = try TabularMLPRegressor(settings, nEnsemble: 2, randomState: 0, dateColumns: ["sold"]).fitted(x, y)
        let later = try sales(19_300)
        #expect(try plain.score(later.x, later.y) < 0.3)
        #expect(try dated.score(later.x, later.y) > 0.8)
        #expect(dated.description.hasSuffix("randomState: 0, dateColumns: [\"sold\"])"))
        try withFolder { folder in
            let file = folder.appendingPathComponent("dated.safetensors")
            try dated.save(to: file)
            let loaded = try TabularMLPRegressor<Double>(contentsOf: file)
            #expect(loaded == dated)
            #expect(try loaded.predict(later.x) == dated.predict(later.x))
        }
        let wild = try Table(["sold": .numbers([1e12])])
        #expect(throws: EstimatorError.self) { try dated.predict(wild) }
        let unknown = TabularMLPRegressor(settings, dateColumns: ["bought"])
        #expect(throws: EstimatorError.self) { try unknown.fitted(x, y) }
    }

    @Test func numberOfThreadsDoesNotChangeBits() throws {
        let (x, income, _) = try people(150)
        let one = try TabularMLPRegressor(quick, nEnsemble: 3, nJobs: 1, randomState: 4).fitted(x, income)
        let two = try TabularMLPRegressor(quick, nEnsemble: 3, nJobs: 2, randomState: 4).fitted(x, income)
        #expect(try one.predict(x) == two.predict(x))
        #expect(one.lossCurve == two.lossCurve && one.validationLossCurve == two.validationLossCurve)
        // Without an observer between epochs, one network may train an epoch before the others have finished theirs.
        var watched = TabularMLPRegressor(quick, nEnsemble: 3, nJobs: 2, randomState: 4)
        try watched.fit(x, income) { _ in .continue }
        #expect(watched.lossCurve == one.lossCurve)
        #expect(try watched.predict(x) == one.predict(x))
        let other = try TabularMLPRegressor(quick, nEnsemble: 3, randomState: 5).fitted(x, income)
        #expect(try one.predict(x) != other.predict(x))
    }

    @Test func resumesBitForBit() throws {
        let (x, income, label) = try people(150)
        let whole = try TabularMLPClassifier<String>(quick, nEnsemble: 2, randomState: 4).fitted(x, label)
        try withFolder { folder in
            let file = folder.appendingPathComponent("model")
            var part = TabularMLPClassifier<String>(quick, nEnsemble: 2, randomState: 4)
            try part.fit(x, label, checkpoint: CheckpointFile(file, every: 5)) { $0.index == 7 ? .stop : .continue }
            #expect(part.stopReason == .stopped)
            var read = try TabularMLPClassifier<String>(contentsOf: file)
            #expect(read == part)
            #expect(throws: EstimatorError.self) { try read.resume(x, Array(label.reversed())) }
            try read.resume(x, label)
            #expect(try read.predictProba(x) == whole.predictProba(x))
            #expect(read.lossCurve == whole.lossCurve)
            // The run has ended.
            #expect(throws: EstimatorError.self) { try read.resume(x, label) }
            try read.save(to: file)
            #expect(try TabularMLPClassifier<String>(contentsOf: file).predictProba(x) == whole.predictProba(x))
        }
        var unfitted = TabularMLPRegressor(quick)
        #expect(throws: EstimatorError.self) { try unfitted.resume(x, income) }
        #expect(throws: EstimatorError.self) { try unfitted.partialFit(x, income) }
    }

    @Test func columnsAreFoundByNameAndUnknownCategoriesAreAllowed() throws {
        let (x, income, _) = try people(150)
        let model = try TabularMLPRegressor(quick, randomState: 0).fitted(x, income)
        let turned = try x.selectingColumns(["flag", "job", "age"])
        #expect(try model.predict(turned) == model.predict(x))
        let strange = try Table(["age": .numbers([30]), "job": .strings(["pilot"]), "flag": .strings([nil])])
        #expect(try model.predict(strange)[0].isFinite)
        expectRefusal("must have a column \"job\"") { try model.predict(x.droppingColumns(["job"])) }
        let words = try Table([
            "age": .strings(["30", "old"]), "job": .strings(["a", "b"]), "flag": .strings(["yes", "no"]),
        ])
        expectRefusal("\"old\" in row 1") { try model.predict(words) }
        #expect(try model.columnTypes().map(\.name) == ["age", "job", "flag"])
    }

    @Test func manyCategoriesTrain() throws {
        let rows = 20_000
        var random = RandomState(seed: 2)
        let codes = (0..<rows).map { _ in random.randint(in: 0...9_999) }
        let x = try Table(["a": .strings(codes.map { "category \($0)" }), "b": .numbers(codes.map { Double($0 % 7) })])
        var settings = quick
        (settings.maxIter, settings.leastCategoryCount) = (4, 1)
        let y = codes.map { Double($0 % 2) + Double($0 % 7) }
        let model = try TabularMLPRegressor(settings, nEnsemble: 2, randomState: 0).fitted(x, y)
        #expect(try model.score(x, y) > 0.8)
        let unknown = try Table(["a": .strings(["new", nil]), "b": .numbers([3, 3])])
        #expect(try model.predict(unknown).allSatisfy { abs($0 - 3.5) < 1.5 })
    }

    @Test func aDescriptionIsTheCallAsItIsWritten() {
        #expect(
            TabularMLPRegressor(nEnsemble: 2, randomState: 3, verbose: .silent).description
                == "TabularMLPRegressor(TabularSettings(nEnsemble: 2), randomState: 3, verbose: .silent)")
        #expect(TabularMLPClassifier<String>(verbose: .progressBar).description.hasSuffix("(verbose: .progressBar)"))
        // Every constant has an argument, in the order in which it is printed.
        let settings = TabularSettings(
            hiddenLayerSizes: [7], activation: nil, activationRateFactor: 0.5, numericEmbedding: .none,
            embeddingRateFactor: 0.5, oneHotAtMost: 7, leastCategoryCount: 7, embeddingSize: 7, clip: 7,
            learningRateInit: 0.5, learningRateFactor: 0.7, schedule: .constant, scaleRateFactor: 0.5,
            biasRateFactor: 0.5, beta1: 0.5,
            beta2: 0.5,
            epsilon: 0.5, batchSize: 7, dropsLastBatch: true, maxIter: 7, maxSteps: 7, nIterNoChange: 7,
            nCyclesNoChange: 7, maxRestarts: 7, dropout: 0.5,
            dropoutSchedule: .constant, weightDecay: 0.5, weightDecaySchedule: .constant, labelSmoothing: 0.5,
            selectsByAccuracy: true, clampsOutputs: false, validationFraction: 0.5, nEnsemble: 7)
        let own = Mirror(reflecting: settings).children
        for (own, strong) in zip(own, Mirror(reflecting: TabularSettings.strong).children) {
            #expect("\(own.value)" != "\(strong.value)", "\(own.label ?? "")")
        }
        #expect(settings.description.split(separator: ", ").count == own.count)
        #expect(TabularSettings() == .strong)
    }

    @Test func oddTablesTrain() throws {
        var settings = quick
        settings.maxIter = 3
        func fit(_ x: Table, _ y: [Double]) throws -> [Double] {
            try TabularMLPRegressor(settings, nEnsemble: 2, randomState: 0).fitted(x, y).predict(x)
        }
        let y = (0..<40).map { Double($0) }
        let constant = try Table(["a": .numbers(Array(repeating: 3, count: 40)), "b": .numbers(y)])
        let gaps = try Table(["a": .numbers(Array(repeating: .nan, count: 40)), "b": .numbers(y)])
        let nothing = try Table(["a": .numbers(Array(repeating: 1, count: 40))])
        let identifiers = try Table(["a": .strings((0..<40).map { "id \($0)" })])
        let huge = try Table(["a": .numbers(y.map { $0 * 1e306 }), "b": .numbers(y.map { $0 * 1e-310 })])
        for table in [constant, gaps, nothing, identifiers, huge] {
            #expect(try fit(table, y).allSatisfy(\.isFinite))
            #expect(try fit(table, y.map { $0 * 1e300 }).allSatisfy(\.isFinite))
        }
        // A range beyond that of numbers, and quantiles between such numbers, are scaled like others.
        let waves = y.map { sin(0.7 * $0) * 1.5 }
        let known = try fit(Table(["a": .numbers(waves)]), y)
        for power in [0x1p1023, 0x1p-1000] {
            let scaled = try fit(Table(["a": .numbers(waves.map { $0 * power })]), y)
            #expect(zip(scaled, known).allSatisfy { abs($0 - $1) < 1e-4 })
        }
        let row = try Table(["a": .numbers([1]), "b": .strings(["x"])])
        #expect(try fit(row, [7]) == [7])
        let one = try TabularMLPClassifier<Int>(settings, randomState: 0).fitted(
            constant, Array(repeating: 5, count: 40))
        #expect(try one.predict(constant) == Array(repeating: 5, count: 40))
        #expect(try one.predictProba(constant).elements == Array(repeating: 1, count: 40))
    }

    @Test func refusesWhatCannotBeLearned() throws {
        let (x, income, label) = try people(40)
        var model = TabularMLPRegressor(quick)
        expectRefusal("range that is finite, but is from -1.7e+308 to 1.7e+308") {
            try model.fit(x, income.indices.map { $0 == 0 ? -1.7e308 : 1.7e308 })
        }
        expectRefusal("y[2] is nan") { try model.fit(x, income.enumerated().map { $0 == 2 ? .nan : $1 }) }
        expectRefusal("y must have as many samples as x") { try model.fit(x, Array(income.dropLast())) }
        let infinite = try Table(["a": .numbers([1, .infinity])])
        expectRefusal("\"a\" is inf in row 1") { try model.fit(infinite, [1, 2]) }
        expectRefusal("sampleWeight") { try model.fit(x, income, sampleWeight: [1]) }
        model.dropout = 1
        expectRefusal("dropout must be at least 0 and below 1, but is 1.0") { try model.fit(x, income) }
        #expect(throws: EstimatorError.notFitted(estimator: "TabularMLPRegressor")) { try model.predict(x) }
        var classifier = TabularMLPClassifier<String>(quick)
        expectRefusal("validation.y[0] is new") {
            try classifier.fit(x, label, sampleWeight: nil, validation: (x, ["new"] + label.dropFirst()))
        }
    }

    @Test func weightsMoveThePredictions() throws {
        let x = try Table(["a": .numbers((0..<80).map { Double($0 % 4) })])
        let y = (0..<80).map { $0 % 2 == 0 ? "a" : "b" }
        let even = try TabularMLPClassifier<String>(quick, randomState: 0).fitted(x, y).predictProba(x)
        let weighted = try TabularMLPClassifier<String>(quick, randomState: 0, classWeight: .weights(["a": 9, "b": 1]))
            .fitted(x, y).predictProba(x)
        #expect((0..<80).allSatisfy { weighted[$0, 0] > even[$0, 0] || even[$0, 0] > 0.95 })
    }

    @Test func matricesAreTables() throws {
        let x: Matrix<Double> = Matrix(rows: 30, columns: 2, elements: (0..<60).map { Double($0 * 7 % 13) })
        let y = (0..<30).map { x[$0, 0] * 2 - x[$0, 1] }
        var model = TabularMLPRegressor(quick, randomState: 0)
        try model.fit(x, y)
        #expect(try model.predict(x).count == 30)
        #expect(try model.score(x, y).isFinite)
        var two = TabularMLPRegressor<[Double]>(quick, randomState: 0)
        try two.fit(x, y.map { [$0, -$0] })
        #expect(try two.predict(x).allSatisfy { $0.count == 2 })
    }

    /// Targets that are noise: the first cycles are the best. With 30 epochs they end after 2, 6, 14 and 30.
    @Test func worseCyclesEndTraining() throws {
        let (x, _, _) = try people(300)
        var random = RandomState(seed: 9)
        let y = (0..<300).map { _ in random.standardNormal() }
        var settings = quick
        (settings.maxIter, settings.hiddenLayerSizes, settings.dropout) = (30, [64], 0)
        let whole = try TabularMLPRegressor(settings, nEnsemble: 1, randomState: 0).fitted(x, y)
        let errors = whole.validationLossCurve
        #expect(errors.count == 30)
        func end(after cycles: Int) -> Int {
            let ends = [2, 6, 14, 30]
            return ends.first { end in
                let best = errors.prefix(end).indices.min { errors[$0] < errors[$1] } ?? 0
                return ends.count { (best + 1...end).contains($0) } > cycles
            } ?? 30
        }
        #expect(end(after: 1) < 30)
        for cycles in [1, 2] {
            settings.nCyclesNoChange = cycles
            let model = try TabularMLPRegressor(settings, nEnsemble: 1, randomState: 0).fitted(x, y)
            #expect(model.nIter == end(after: cycles))
            #expect(model.validationLossCurve == Array(errors.prefix(model.nIter)))
            #expect(model.stopReason == (model.nIter == 30 ? .reachedMaxIter : .validationStoppedImproving))
        }
        // Other schedules have no cycles.
        settings.schedule = .cosine
        settings.nCyclesNoChange = 1
        #expect(try TabularMLPRegressor(settings, nEnsemble: 1, randomState: 0).fitted(x, y).nIter == 30)
    }

    /// Rates at which the first steps are far too large.
    @Test func divergingNetworksBeginAnew() throws {
        let (x, income, label) = try people(300)
        for rate in [20.0, 1e30] {
            var settings = quick
            (settings.learningRateInit, settings.maxIter, settings.maxRestarts) = (rate, 60, 200)
            let regressor = try TabularMLPRegressor(settings, nEnsemble: 2, nJobs: 1, randomState: 0).fitted(x, income)
            let score = try regressor.score(x, income)
            #expect(rate == 20 ? score > 0.5 : score.isFinite)
            let classifier = try TabularMLPClassifier<String>(settings, nEnsemble: 2, randomState: 0).fitted(x, label)
            #expect(try classifier.predictProba(x).elements.allSatisfy(\.isFinite))
        }
        var settings = quick
        (settings.learningRateInit, settings.maxRestarts) = (1e30, nil)
        #expect(throws: EstimatorError.self) { try TabularMLPRegressor(settings).fitted(x, income) }
    }

    @Test func manyRowsHaveFewerEpochs() throws {
        var settings = quick
        settings.maxSteps = 30
        #expect([1, 80, 81, 192, 10_000].map { settings.epochs(rows: $0) } == [12, 12, 12, 5, 1])
        let (x, income, _) = try people(192)
        let model = try TabularMLPRegressor(settings, nEnsemble: 2, randomState: 4).fitted(x, income)
        #expect(model.nIter == 5 && model.stopReason == .reachedMaxIter)
        settings.maxSteps = 0
        expectRefusal("maxSteps must be nil or from 1") { try TabularMLPRegressor(settings).fitted(x, income) }
    }

    /// The networks share a tenth of the time of one epoch, and each learns something.
    @Test func timeLimitEndsEpochs() throws {
        let (x, income, _) = try people(4_000)
        var settings = TabularSettings.strong
        (settings.hiddenLayerSizes, settings.batchSize, settings.maxIter) = ([256, 256, 256], 2, 1)
        func fitted(maxTime: Double?) throws -> TabularMLPRegressor<Double> {
            try TabularMLPRegressor(settings, nEnsemble: 5, nJobs: 2, maxTime: maxTime, randomState: 0)
                .fitted(x, income)
        }
        let epoch = try fitted(maxTime: nil)._fitted.epochs[0].elapsed
        settings.maxIter = 128
        let model = try fitted(maxTime: epoch / 10)
        #expect(model.nIter == 1)
        #expect(model._fitted.epochs[0].elapsed < epoch / 2)
        #expect(try model.predict(x).allSatisfy(\.isFinite))
    }

    @Test func timeLimitEndsTraining() throws {
        let (x, income, _) = try people(150)
        var settings = quick
        settings.maxIter = 1_000_000
        var model = TabularMLPRegressor(settings, maxTime: 0.2, randomState: 0)
        try model.fit(x, income)
        #expect(model.nIter > 1 && model.nIter < 1_000_000)
        #expect(try model.predict(x).allSatisfy(\.isFinite))
    }
}

/// Expects an `EstimatorError` whose text contains `text`.
private func expectRefusal(
    _ text: String, sourceLocation: SourceLocation = #_sourceLocation, _ call: () throws -> Any
) {
    let error = #expect(throws: EstimatorError.self, sourceLocation: sourceLocation) { _ = try call() }
    #expect(error?.description.contains(text) ?? false, "\(error?.description ?? "")", sourceLocation: sourceLocation)
}
