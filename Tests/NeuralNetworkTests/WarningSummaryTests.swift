import LinearAlgebra
import ModelSelection
import TestSupport
import Testing

@testable import NeuralNetwork

/// When one operation makes many fits, it logs one line for each kind of warning.
@Suite struct WarningSummaryTests {
    private let regressor = MLPRegressor(hiddenLayerSizes: [3], maxIter: 2, randomState: 1)

    private func search(nJobs: Int) -> GridSearchCV<MLPRegressor<Double, Double>> {
        // A tolerance of 100 is reached immediately, and one of 0 never.
        GridSearchCV(
            regressor, paramGrid: [.init(\.tol, [0, 100]), .init(\.nIterNoChange, [1]), .init(\.maxIter, [9])],
            nJobs: nJobs, refit: false,
            cv: 3)
    }

    @Test(arguments: [1, 2]) func searchLogsTheNumberOfUnconvergedFits(nJobs: Int) throws {
        let x = try SmallData.features()
        var search = search(nJobs: nJobs)
        let lines = try LogRecorder.lines { try search.fit(x, SmallData.numbers(x)) }
        try #require(lines.count == 1)
        #expect(lines[0].hasPrefix("warning: 3 of 6 fits: training reached maxIter"))
    }

    @Test func countsTheRefit() throws {
        let x = try SmallData.features()
        var search = GridSearchCV(regressor, paramGrid: [.init(\.tol, [0])], cv: 3)
        let lines = try LogRecorder.lines { try search.fit(x, SmallData.numbers(x)) }
        try #require(lines.count == 1)
        #expect(lines[0].hasPrefix("warning: 4 of 4 fits: "))
    }

    @Test func eachKindOfWarningHasOneLine() throws {
        let x = try SmallData.features()
        let lines = try LogRecorder.lines {
            var model = regressor
            model.batchSize = 1_000
            _ = try crossValScore(model, x, SmallData.numbers(x), cv: 5)
        }
        try #require(lines.count == 2)
        #expect(
            lines[0].contains("5 of 5 fits: batchSize") && lines[1].contains("5 of 5 fits: training reached maxIter"))
    }

    @Test func nestedSearchesLogOneSummary() throws {
        let x = try SmallData.features()
        var search = search(nJobs: 2)
        search.refit = true
        let lines = try LogRecorder.lines { [search] in
            _ = try crossValScore(search, x, SmallData.numbers(x), cv: 2, nJobs: 2)
        }
        #expect(lines.isEmpty == false && lines.count == 1)
    }

    @Test func halvingAndPermutationTestsLogOneLine() throws {
        let x = try SmallData.features()
        let y = SmallData.numbers(x)
        var halving = HalvingGridSearchCV(
            regressor, paramGrid: [.init(\.alpha, [1, 2, 3, 4])], resource: .parameter(\.maxIter), maxResources: 4,
            minResources: 1, cv: 2)
        let ofHalving = try LogRecorder.lines { try halving.fit(x, y) }
        let ofPermutations = try LogRecorder.lines {
            _ = try permutationTestScore(regressor, x, y, nPermutations: 3)
        }
        #expect((ofHalving.count, ofPermutations.count) == (1, 1))
    }

    @Test func logsNothingIfAllFitsConverge() throws {
        let x = try SmallData.features()
        var model = regressor
        (model.tol, model.maxIter) = (100, 200)
        let lines = try LogRecorder.lines { _ = try crossValScore(model, x, SmallData.numbers(x)) }
        #expect(lines.isEmpty)
    }

    @Test func aFitAfterTheSearchLogsItsOwnWarning() throws {
        let x = try SmallData.features()
        var search = search(nJobs: 2)
        let lines = try LogRecorder.lines {
            try search.fit(x, SmallData.numbers(x))
            var model = regressor
            try model.fit(x, SmallData.numbers(x))
        }
        #expect(lines.count == 2 && lines[1].contains("maxIter = 2"))
    }
}
