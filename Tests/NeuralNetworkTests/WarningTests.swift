import LinearAlgebra
import ModelSelection
import TestSupport
import Testing

@testable import NeuralNetwork

/// The warnings that are logged with swift-log: one line each.
@Suite struct WarningTests {
    @Test(arguments: Solver.allCases) func reachingMaxIterIsLoggedOnce(solver: Solver) throws {
        let x = try SmallData.features()
        var mlp = MLPRegressor(solver: solver, maxIter: 3, randomState: 1)
        let lines = try LogRecorder.lines { try mlp.fit(x, SmallData.numbers(x)) }
        #expect(mlp.stopReason == .reachedMaxIter)
        try #require(lines.count == 1)
        #expect(lines[0].hasPrefix("warning: ") && lines[0].contains("maxIter = 3"))
    }

    @Test func reachingMaxFunIsLoggedOnce() throws {
        let x = try SmallData.features()
        var mlp = MLPRegressor(solver: .lbfgs, randomState: 1, tol: 0, maxFun: 5)
        let lines = try LogRecorder.lines { try mlp.fit(x, SmallData.numbers(x)) }
        #expect(mlp.stopReason == .reachedMaxFun)
        try #require(lines.count == 1)
        #expect(lines[0].hasPrefix("warning: ") && lines[0].contains("maxFun = 5"))
    }

    @Test(arguments: Solver.allCases) func convergedTrainingLogsNothing(solver: Solver) throws {
        let x = try SmallData.features()
        var mlp = MLPRegressor(solver: solver, randomState: 1, tol: 100)
        let lines = try LogRecorder.lines { try mlp.fit(x, SmallData.numbers(x)) }
        #expect(mlp.stopReason == .converged)
        #expect(lines.isEmpty)
    }

    @Test func partialFitLogsNothing() throws {
        let x = try SmallData.features()
        var mlp = MLPRegressor(maxIter: 1, randomState: 1)
        let lines = try LogRecorder.lines {
            for _ in 0..<3 { try mlp.partialFit(x, SmallData.numbers(x)) }
        }
        #expect(lines.isEmpty)
    }

    @Test func batchSizeAboveTheSamplesIsLogged() throws {
        let x = try SmallData.features()
        for (batchSize, isLogged) in [(BatchSize.auto, false), (30, false), (31, true), (.count(.max), true)] {
            var mlp = MLPRegressor(batchSize: batchSize, randomState: 1, tol: 100)
            let lines = try LogRecorder.lines { try mlp.fit(x, SmallData.numbers(x)) }
            #expect(lines.count == (isLogged ? 1 : 0), "\(batchSize)")
            if isLogged { #expect(lines[0].contains("batchSize \(batchSize)") && lines[0].contains("30")) }
        }
    }

    @Test func lbfgsIgnoresTheBatchSize() throws {
        let x = try SmallData.features()
        var mlp = MLPRegressor(solver: .lbfgs, batchSize: 1_000, randomState: 1, tol: 100)
        #expect(try LogRecorder.lines { try mlp.fit(x, SmallData.numbers(x)) }.isEmpty)
    }
}

/// `verbose: .silent`, which needs no logging system, and parameters without effect.
@Suite struct SilenceTests {
    @Test(arguments: Solver.allCases) func silentFitsLogNothing(solver: Solver) throws {
        let x = try SmallData.features()
        let y = SmallData.numbers(x)
        for (verbose, count) in [(Verbosity.silent, 0), (false, 1), (.warnings, 1)] {
            var mlp = MLPRegressor(solver: solver, maxIter: 3, randomState: 1, verbose: verbose)
            #expect(try LogRecorder.lines { try mlp.fit(x, y) }.count == count)
            #expect(try LogRecorder.lines { _ = try crossValScore(mlp, x, y, cv: 3) }.count == count)
        }
        #expect(MLPRegressor().verbose == .warnings)
    }

    @Test func earlyStoppingHasNoEffectOnLBFGS() throws {
        let x = try SmallData.features()
        var mlp = MLPRegressor(solver: .lbfgs, randomState: 1, tol: 100, earlyStopping: true)
        let lines = try LogRecorder.lines { try mlp.fit(x, SmallData.numbers(x)) }
        #expect(
            lines == [
                "warning: earlyStopping has no effect with lbfgs, which trains on all samples until it converges."
            ])
        mlp.earlyStopping = false
        #expect(try LogRecorder.lines { try mlp.fit(x, SmallData.numbers(x)) }.isEmpty)
    }
}
